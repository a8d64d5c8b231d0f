"""The one cookie: a secret by which the house knows a browser again."""

import re
from http.cookies import SimpleCookie
from typing import Final

from domain.web_sessions import IDLE
from sync_server.settings import Settings

_SECRET: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def cookie_name(settings: Settings) -> str:
    """`__Host-` binds it to exactly this host, where browsers take that: over https."""
    return "__Host-foyer" if settings.over_https else "foyer"


def secret_in(settings: Settings, cookies: dict[str, str]) -> str | None:
    """The secret a browser brought; None where it looks like none of ours."""
    found = cookies.get(cookie_name(settings), "")
    return found if _SECRET.fullmatch(found) else None


def set_cookie(settings: Settings, secret: str | None) -> str:
    """The header that leaves a secret with the browser; None takes it away."""
    name = cookie_name(settings)
    cookie: SimpleCookie = SimpleCookie({name: secret or ""})
    morsel = cookie[name]
    morsel["path"] = "/"
    morsel["httponly"] = True
    morsel["samesite"] = "Lax"
    morsel["max-age"] = int(IDLE.total_seconds()) if secret else 0
    if settings.over_https:
        morsel["secure"] = True
    return morsel.OutputString()

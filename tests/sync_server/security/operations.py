"""Every operation of the server, as its route table lists them, and whose things it is about."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from fastapi.routing import iter_route_contexts

from sync_server.app import create_app
from sync_server.settings import Settings

_PARAMETER: Final = re.compile(r"\{(\w+)(?::\w+)?\}")


class Of(StrEnum):
    """What an operation is about; a new one has to be said here, or the tests tell."""

    NOBODY = "nobody"  # nothing of anybody: pages and lists that are for everybody
    ID = "id"  # something of a person's, named by its id
    LINK = "link"  # something whose address is its own secret
    OWN = "own"  # a list of what is theirs, whoever asks by a token or a session
    STAFF = "staff"  # for tokens of those who run or audit, of which none here is a stranger's
    SELF = "self"  # whatever belongs to whoever is signed in
    KIOSK = "kiosk"  # for kiosks, by their token
    PROOF = "proof"  # brings its own proof: a signature, a one-time code, a link in a mail


ABOUT: Final[dict[str, Of]] = {
    "/": Of.NOBODY,
    "/openapi.json": Of.NOBODY,
    "/healthz": Of.NOBODY,
    "/readyz": Of.NOBODY,
    "/static": Of.NOBODY,
    "/legal": Of.NOBODY,
    "/s": Of.NOBODY,
    "/api/v1/resources": Of.NOBODY,
    "/api/v1/availability": Of.NOBODY,
    "/api/v1/quotes": Of.ID,
    "/api/v1/day-passes": Of.ID,
    "/api/v1/bookings": Of.ID,
    "GET /api/v1/bookings": Of.OWN,
    "/api/v1/series": Of.ID,
    "/api/v1/payments": Of.ID,
    "/api/v1/passes": Of.ID,
    "POST /api/v1/holds": Of.NOBODY,
    "/api/v1/holds": Of.LINK,
    "/api/v1/usage": Of.STAFF,
    "/api/v1/house": Of.STAFF,
    "/api/v1/me": Of.OWN,
    "POST /api/v1/me/lost-phone": Of.PROOF,  # of nobody but the person of the token
    "/api/v1/check-ins": Of.PROOF,
    "/sync/v1/push": Of.KIOSK,
    "/sync/v1/pull": Of.KIOSK,
    "/sync/v1/snapshot": Of.KIOSK,
    "/sync/v1/names": Of.KIOSK,
    "/sync/v1": Of.PROOF,
    "/pay/hook": Of.PROOF,
    "/pay": Of.LINK,
    "/b": Of.LINK,
    "/hold": Of.LINK,
    "/sign-in": Of.PROOF,
    "/sign-out": Of.SELF,
    "/me": Of.SELF,
    "/office": Of.SELF,
}
"""By method and path, else by the beginning of the path; the longest that fits counts."""


@dataclass(frozen=True, slots=True)
class Operation:
    method: str
    path: str
    of: Of | None

    @property
    def parameters(self) -> tuple[str, ...]:
        return tuple(_PARAMETER.findall(self.path))

    def filled(self, values: dict[str, str]) -> str:
        """The address with these values in it."""
        return _PARAMETER.sub(lambda found: values[found[1]], self.path)

    def __str__(self) -> str:
        return f"{self.method} {self.path}"


def operations(*about: Of) -> list[Operation]:
    """All operations, or those about something of the given kinds."""
    app = create_app(Settings(Path("nowhere")))
    found = [
        Operation(method, route.path, _about(method, route.path))
        for route in iter_route_contexts(app.routes)
        for method in sorted(route.methods or ())
        if route.path and method != "HEAD"
    ]
    return [each for each in found if not about or each.of in about]


def _about(method: str, path: str) -> Of | None:
    if (exact := ABOUT.get(f"{method} {path}")) is not None:
        return exact
    fitting = [each for each in ABOUT if _begins(path, each)]
    return ABOUT[max(fitting, key=len)] if fitting else None


def _begins(path: str, beginning: str) -> bool:
    return path == beginning or (beginning != "/" and path.startswith(f"{beginning}/"))


def names_of(found: Iterable[Operation]) -> list[str]:
    return [str(each) for each in found]

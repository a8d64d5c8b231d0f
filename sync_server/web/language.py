"""In which language a page is: asked for by a link, remembered, else as the browser wishes."""

from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from sync_server.api.languages import KNOWN, language_for

COOKIE: Final = "language"
PARAMETER: Final = "lang"
_YEAR_S: Final = 365 * 24 * 3600


def language_of(request: Request) -> str:
    """One of KNOWN."""
    asked = request.query_params.get(PARAMETER), request.cookies.get(COOKIE)
    known = next((each for each in asked if each in KNOWN), None)
    return known or language_for(request.headers.get("accept-language"))


def locale_of(language: str, *, formal: bool) -> str:
    """The catalogue for a language: German says "Sie" where the house wishes so."""
    return f"{language}_formal" if formal and language == "de" else language


def remember_language(request: Request, response: Response) -> None:
    """Keep the language that the request chose by its link, if it chose one."""
    asked = request.query_params.get(PARAMETER)
    if asked in KNOWN:
        response.set_cookie(
            COOKIE,
            asked,
            max_age=_YEAR_S,
            samesite="lax",
            httponly=True,
            secure=request.url.scheme == "https",
        )


def switch_address(request: Request, language: str) -> str:
    """This page in `language`; where it is the answer to a form, its address alone."""
    kept = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if name != PARAMETER and request.method in ("GET", "HEAD")
    ]
    return f"{request.url.path}?{urlencode([*kept, (PARAMETER, language)])}"

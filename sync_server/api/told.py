"""Refusals of the booking API: a stable code for programs, a sentence for people."""

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from domain.site import Site
from sync_server.api.codes import ApiCode
from sync_server.api.languages import language_for
from sync_server.api.problems import CanonicalResponse
from wording import sentence


def locale_of(request: Request, site: Site | None = None) -> str:
    """The language asked for, in the form of address that the site has chosen."""
    language = language_for(request.headers.get("accept-language"))
    return "de_formal" if language == "de" and site is not None and site.formal else language


def told(
    request: Request,
    status: int,
    code: ApiCode,
    *,
    headers: Mapping[str, str] | None = None,
    more: Mapping[str, Any] | None = None,
    site: Site | None = None,
) -> CanonicalResponse:
    """`{"code", "sentence"}` and what `more` there is to say."""
    words = sentence(f"problem.{code.value}", {}, locale_of(request, site))
    content = {"code": code.value, "sentence": words, **(more or {})}
    return CanonicalResponse(content, status_code=status, headers=dict(headers or {}))


def no_token(request: Request) -> CanonicalResponse:
    return told(request, 401, ApiCode.NO_TOKEN, headers={"WWW-Authenticate": "Bearer"})

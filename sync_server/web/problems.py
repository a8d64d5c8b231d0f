"""What went otherwise: a page in words for people, a stable code for programs."""

from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from sync_server.api.codes import ApiCode
from sync_server.api.problems import problem
from sync_server.api.told import told
from sync_server.web.page import page

_FOR_PROGRAMS: Final = (
    "/api/",
    "/sync/",
    "/pay/hook/",
    "/healthz",
    "/readyz",
    "/openapi.json",
    "/static/",
)
_TOLD: Final = {403: "not_yours", 404: "not_here", 429: "too_often", 503: "not_now"}
_CODES: Final = {403: "forbidden", 404: "not_found", 405: "wrong_method", 429: "too_many_tries"}
_BROKEN: Final = "broken"
_RETRY_S: Final = {429: "60", 503: "1"}


def wants_page(request: Request) -> bool:
    """Whether a person is asking."""
    if request.url.path.startswith(_FOR_PROGRAMS):
        return False
    return "text/html" in request.headers.get("accept", "")


def problem_page(request: Request, status: int, trouble: str = "") -> Response:
    """The page for this status: what to do now, in the asked language."""
    trouble = trouble or _TOLD.get(status, _BROKEN if status >= 500 else _TOLD[404])
    response = page(request, "problem.html", status=status, told=trouble)
    if status in _RETRY_S:
        response.headers["retry-after"] = _RETRY_S[status]
    return response


def answer(request: Request, status: int, code: str | None = None) -> Response:
    """A page for people, `code` as JSON for programs."""
    if wants_page(request):
        return problem_page(request, status)
    retry = {"Retry-After": _RETRY_S[status]} if status in _RETRY_S else None
    return problem(status, code or _CODES.get(status, "refused"), retry)


def not_sent_by_us(request: Request, status: int) -> Response:
    """For what the guard did not let through: mostly a page that was open for too long."""
    if status == 404:
        return _nowhere(request)
    if wants_page(request):
        return problem_page(request, status, "stale" if status == 403 else "too_long")
    return problem(status, "not_from_our_page" if status == 403 else "too_large")


def _nowhere(request: Request) -> Response:
    """An address with a character that no address of ours has."""
    if request.url.path.startswith("/api/"):
        return told(request, 422, ApiCode.BAD_REQUEST, more={"detail": "NUL"})
    return answer(request, 404)

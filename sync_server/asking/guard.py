"""The guard before every page: a form that no page of ours sent changes nothing.

It stands before the whole application, so that no route can be without it. Programs, which
bring a token or a signature instead of a cookie, have their own paths; there `who_asks` counts
no cookie alone.
"""

from collections.abc import Callable, MutableMapping
from typing import Any, Final

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sync_server.asking.origins import is_from_us
from sync_server.asking.visits import Visit, visit_of

FOR_PROGRAMS: Final = ("/api/", "/sync/", "/pay/hook/")
SAFE: Final = ("GET", "HEAD", "OPTIONS", "TRACE")
MAX_BYTES: Final = 320 * 1024
HEADER: Final = "x-csrf-token"
FIELD: Final = "csrf"
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


class Guard:
    """Lets safe requests and proven ones through, and hands browsers their cookie."""

    def __init__(self, app: ASGIApp, refusal: Callable[[Request, int], ASGIApp]) -> None:
        """`refusal` answers for 403 (not proven), 404 (no address) and 413 (too long)."""
        self._app = app
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope.setdefault("state", {})
        request = Request(scope, receive)
        if "\0" in scope["path"] or _says_nul(scope["query_string"]):
            await self._refusal(request, 404)(scope, receive, send)
            return
        if scope["path"].startswith(FOR_PROGRAMS):
            await self._app(scope, receive, send)
            return
        visit = visit_of(request)
        answer: ASGIApp = self._app
        if scope["method"] not in SAFE:
            body = await _whole_body(receive)
            if body is None:
                answer = self._refusal(request, 413)
            elif _says_nul(body):
                answer = self._refusal(request, 404)
            else:
                receive = _once_more(body, receive)
                if not await _is_proven(Request(scope, _once_more(body, receive)), visit):
                    answer = self._refusal(request, 403)
        await answer(scope, receive, _with_cookie(visit, send))


def is_proven_by_header(request: Request) -> bool:
    """Whether a script of ours sent this, by its origin and the header that ours send."""
    visit = visit_of(request)
    settings = visit.house.settings
    return is_from_us(settings, request) and visit.is_csrf(request.headers.get(HEADER, ""))


async def _is_proven(request: Request, visit: Visit) -> bool:
    if not is_from_us(visit.house.settings, request):
        return False
    if HEADER in request.headers:
        return visit.is_csrf(request.headers[HEADER])
    if not request.headers.get("content-type", "").startswith(_FORMS):
        return False
    try:
        async with request.form() as form:
            found = form.get(FIELD)
            return isinstance(found, str) and visit.is_csrf(found)
    except HTTPException:  # a form that cannot be read has no proof in it
        return False


def _says_nul(text: bytes) -> bool:
    """A character that no form of ours sends, and that PostgreSQL keeps in no text."""
    return b"\0" in text or b"%00" in text


async def _whole_body(receive: Receive) -> bytes | None:
    """All of it, or None if it is too long."""
    chunks, size, more = [], 0, True
    while more:
        message = await receive()
        chunk = message.get("body", b"")
        size += len(chunk)
        if size > MAX_BYTES:
            return None
        chunks.append(chunk)
        more = message["type"] == "http.request" and message.get("more_body", False)
    return b"".join(chunks)


def _once_more(body: bytes, receive: Receive) -> Receive:
    """What was read, for whoever reads next; then whatever else there is to hear."""
    left = [body]

    async def replay() -> MutableMapping[str, Any]:
        if left:
            return {"type": "http.request", "body": left.pop(), "more_body": False}
        return await receive()

    return replay


def _with_cookie(visit: Visit, send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start" and (cookie := visit.cookie()):
            MutableHeaders(scope=message).append("set-cookie", cookie)
        await send(message)

    return sending

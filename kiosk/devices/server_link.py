"""The server over HTTP: translation only. The one user of httpx."""

import ssl
from typing import Any, Final, TypeVar

import httpx

from domain.sync import (
    Cursor,
    EnrolReply,
    EnrolRequest,
    NameDown,
    Page,
    Push,
    PushReply,
    SignedHello,
    SignedReply,
)
from kiosk.services.link import (
    LinkTrouble,
    NotUnderstood,
    Resync,
    RetryLater,
    Revoked,
    SayHelloAgain,
)
from ledger.codec import BadBody, canonical, decode

T = TypeVar("T")

_TIMEOUT_S: Final = 3.0
_PAGE_LIMIT: Final = 500
_RETRY: Final = frozenset({408, 425, 429, 500, 502, 503, 504})


class HttpServerLink:
    """A `ServerLink` to one base address. `ca_file` replaces the system's authorities."""

    def __init__(self, base_url: str, ca_file: str | None = None) -> None:
        tls = ssl.create_default_context(cafile=ca_file)
        self._http = httpx.AsyncClient(
            base_url=base_url, timeout=_TIMEOUT_S, verify=tls, trust_env=False
        )

    async def enrol(self, request: EnrolRequest) -> EnrolReply:
        return await self._call(EnrolReply, "POST", "/sync/v1/enrol", request)

    async def challenge(self) -> str:
        reply = await self._call(dict, "GET", "/sync/v1/challenge")
        return str(reply["challenge"])

    async def hello(self, hello: SignedHello) -> SignedReply:
        return await self._call(SignedReply, "POST", "/sync/v1/hello", hello)

    async def push(self, token: str, push: Push) -> PushReply:
        return await self._call(PushReply, "POST", "/sync/v1/push", push, token=token)

    async def pull(
        self, token: str, cursor: Cursor, epoch: str, *, wait_s: int, digest: bool
    ) -> Page:
        query = {
            "stream": cursor.stream,
            "epoch": epoch,
            "after": cursor.seq,
            "hash": cursor.hash,
            "limit": _PAGE_LIMIT,
            "wait": wait_s,
            "digest": int(digest),
        }
        patience = _TIMEOUT_S + wait_s
        return await self._call(
            Page, "GET", "/sync/v1/pull", token=token, query=query, timeout_s=patience
        )

    async def snapshot(self, token: str, stream: str, after: int) -> Page:
        query = {"stream": stream, "after": after, "limit": _PAGE_LIMIT}
        return await self._call(
            Page, "GET", "/sync/v1/snapshot", token=token, query=query, timeout_s=30
        )

    async def names(self, token: str) -> tuple[NameDown, ...]:
        found = await self._call(list[NameDown], "GET", "/sync/v1/names", token=token, timeout_s=30)
        return tuple(found)

    async def close(self) -> None:
        await self._http.aclose()

    async def _call(  # noqa: PLR0913 - one place for all that a request may carry
        self,
        type_: type[T],
        method: str,
        path: str,
        body: object = None,
        *,
        token: str | None = None,
        query: dict[str, Any] | None = None,
        timeout_s: float = _TIMEOUT_S,
    ) -> T:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        content = None
        if body is not None:
            content = canonical(body)
            headers["Content-Type"] = "application/json"
        try:
            response = await self._http.request(
                method, path, content=content, params=query, headers=headers, timeout=timeout_s
            )
        except (httpx.HTTPError, OSError) as error:
            raise RetryLater(type(error).__name__) from error
        if response.status_code == httpx.codes.OK:
            return _decoded(response.content, type_)
        raise _trouble(response)


def _decoded(content: bytes, type_: type[T]) -> T:
    try:
        return decode(content, type_)
    except BadBody as error:
        raise NotUnderstood(str(error)) from error


def _trouble(response: httpx.Response) -> LinkTrouble:
    status = response.status_code
    if status == httpx.codes.UNAUTHORIZED:
        return SayHelloAgain(str(status))
    if status == httpx.codes.GONE:
        return Resync(str(status))
    if status == httpx.codes.FORBIDDEN:
        return Revoked(_signed(response.content))
    if status in _RETRY:
        return RetryLater(str(status))
    return NotUnderstood(f"{status} {response.text[:200]}")


def _signed(content: bytes) -> SignedReply | None:
    try:
        return decode(content, SignedReply)
    except BadBody:
        return None

"""The body of a request: bounded, unpacked, decoded into what was expected."""

import json
from typing import Any, Final, TypeVar

import zstandard
from starlette.requests import Request
from starlette.responses import Response

from ledger.codec import BadBody, checked, decode
from sync_server.api.codes import ApiCode
from sync_server.api.problems import problem
from sync_server.api.told import told

T = TypeVar("T")

MAX_BYTES: Final = 320 * 1024
"""A push of 256 KiB with what surrounds its events."""
_MOST_DETAIL: Final = 200


async def body_as(request: Request, type_: type[T]) -> T | Response:
    """The decoded body, or the answer to a body that is too large or not understood."""
    raw = await _read(request)
    if raw is None:
        return problem(413, "too_large")
    try:
        return decode(_unpacked(request, raw), type_)
    except (BadBody, zstandard.ZstdError):
        return problem(422, "bad_body")


async def message_as(request: Request, type_: type[T]) -> T | Response:
    """`body_as` for what kiosks send, which goes into the ledger as it is."""
    body = await body_as(request, type_)
    try:
        return body if isinstance(body, Response) else checked(body)
    except BadBody:
        return problem(422, "bad_body")


async def exact_body_as(request: Request, type_: type[T]) -> T | Response:
    """`message_as` for people's programs: no name twice, and what is wrong is told in words."""
    raw = await _read(request)
    if raw is None:
        return told(request, 413, ApiCode.TOO_LARGE)
    try:
        unpacked = _unpacked(request, raw)
        json.loads(unpacked, object_pairs_hook=_each_once)
        return checked(decode(unpacked, type_))
    except (BadBody, zstandard.ZstdError, ValueError, RecursionError) as error:
        return told(request, 422, ApiCode.BAD_BODY, more={"detail": str(error)[:_MOST_DETAIL]})


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Raises ValueError where a name stands twice: nobody knows which of them was meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


async def _read(request: Request) -> bytes | None:
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > MAX_BYTES:
            return None
        chunks.append(chunk)
    return b"".join(chunks)


def _unpacked(request: Request, raw: bytes) -> bytes:
    if request.headers.get("content-encoding") != "zstd":
        return raw
    with zstandard.ZstdDecompressor().stream_reader(raw) as reader:
        found = reader.read(MAX_BYTES + 1)
    if len(found) > MAX_BYTES:
        raise zstandard.ZstdError("too large")
    return found

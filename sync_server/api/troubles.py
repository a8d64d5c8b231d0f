"""What is wrong before any route was reached, told like all refusals of the API."""

from functools import cache
from re import Pattern
from typing import Final

from fastapi import FastAPI
from fastapi.exception_handlers import (
    http_exception_handler,
    request_validation_exception_handler,
)
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import compile_path

from sync_server.api.codes import ApiCode
from sync_server.api.told import told

PREFIX: Final = "/api/"
_CODES: Final = {404: ApiCode.NOT_FOUND, 405: ApiCode.NOT_SO}


def tell_troubles(app: FastAPI) -> None:
    """Give every address under /api/ its own words; all others keep what they had."""
    app.add_exception_handler(HTTPException, _http_trouble)
    app.add_exception_handler(RequestValidationError, _not_understood)


async def _http_trouble(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code = _CODES.get(error.status_code)
    if code is None or not request.url.path.startswith(PREFIX):
        return await http_exception_handler(request, error)
    headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
    return told(request, error.status_code, code, headers=headers)


async def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    if not request.url.path.startswith(PREFIX):
        return await request_validation_exception_handler(request, error)
    if any(each["loc"] == ("header", "Idempotency-Key") for each in error.errors()):
        return told(request, 422, ApiCode.BAD_KEY)
    where = sorted({str(each["loc"][-1]) for each in error.errors()})
    return told(request, 422, ApiCode.BAD_REQUEST, more={"detail": ", ".join(where)})


def _allowed(request: Request) -> str:
    """Every method of this address, whichever route has it (RFC 9110, section 10.2.1).

    An address written out in full is itself, even where an id could stand in its place.
    """
    path, routes = request.url.path, _routes(request.app)
    own = [methods for written, _, methods in routes if written == path]
    like = [methods for _, pattern, methods in routes if pattern.match(path)]
    return ", ".join(sorted(set().union(*(own or like))))


@cache
def _routes(app: FastAPI) -> tuple[tuple[str, Pattern[str], frozenset[str]], ...]:
    return tuple(
        (route.path, compile_path(route.path)[0], frozenset(route.methods))
        for route in iter_route_contexts(app.routes)
        if route.path and route.methods
    )

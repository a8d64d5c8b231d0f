"""POST /pay/hook/<provider>: a provider says that something changed, and we go and look."""

from typing import Final

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sync_server.api.desk import desk_of
from sync_server.api.problems import problem
from sync_server.payments.ports import ProviderAway, ProviderRefuses

router: Final = APIRouter(include_in_schema=False)
MOST_BYTES: Final = 16 * 1024
_log = structlog.get_logger(__name__)


@router.post("/pay/hook/{provider}")
async def pay_hook(request: Request, provider: str) -> Response:
    """204 once we have looked; 503 where looking did not work now. The body is not believed."""
    desk = desk_of(request)
    found = desk.payments.providers.get(provider)
    if found is None:
        return problem(404, "not_found")
    if not desk.hints.lets_in():
        return problem(429, "too_many", {"Retry-After": "5"})
    body = await _short_body(request)
    if body is None:
        return problem(413, "too_large")
    reference = found.hint(body, request.headers, desk.house.clock())
    if reference is None:
        return problem(403, "not_signed")
    try:
        await desk.payments.heard(found, reference)
    except ProviderAway as trouble:
        _log.warning("payment_hint_delayed", why=str(trouble))
        return problem(503, "try_again", {"Retry-After": "5"})
    except ProviderRefuses as no:
        _log.warning("payment_hint_in_vain", why=no.code)
    desk.heads.poke()
    return Response(status_code=204)


async def _short_body(request: Request) -> bytes | None:
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return body

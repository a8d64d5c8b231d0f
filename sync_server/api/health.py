"""Is the process alive, and can it do its work?"""

from typing import Final

import structlog
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sync_server.api.desk import desk_of
from sync_server.api.problems import CanonicalResponse, problem

router: Final = APIRouter(tags=["health"])
_log = structlog.get_logger(__name__)


@router.get("/healthz", summary="The process answers")
async def healthz() -> Response:
    return CanonicalResponse({"status": "ok"})


@router.get("/readyz", summary="The database answers too")
async def readyz(request: Request) -> Response:
    try:
        await desk_of(request).house.ledger.heads()
    except Exception:  # noqa: BLE001 - whatever it is, we are not ready
        _log.exception("not_ready")
        return problem(503, "not_ready")
    return CanonicalResponse({"status": "ready"})

"""Sync, second part: what happened at kiosks comes up."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.sync import MAX_PUSH_EVENTS
from ledger.codec import BadBody
from sync_server.api.body import message_as
from sync_server.api.desk import desk_of
from sync_server.api.kiosk_auth import asking_kiosk, revoked
from sync_server.api.problems import CanonicalResponse, problem
from sync_server.use_cases.read_push import PushSent
from sync_server.use_cases.take_push import PushNo, TroubleOfTheWhole, take_push

router: Final = APIRouter(prefix="/sync/v1", tags=["sync"])


@router.post("/push", summary="Events up: at most 100 and 256 KiB, never splitting an act")
async def push(request: Request) -> Response:
    desk = desk_of(request)
    asking = await asking_kiosk(desk, request)
    if isinstance(asking, Response):
        return asking
    body = await message_as(request, PushSent)
    if isinstance(body, Response):
        return body
    if len(body.events) > MAX_PUSH_EVENTS:
        return problem(413, "too_many_events")
    token, _, epoch = asking
    try:
        reply = await take_push(desk.house, token, body)
    except BadBody:
        return problem(422, "bad_body")
    except TroubleOfTheWhole:
        return problem(503, "try_again", {"Retry-After": "1"})
    desk.heads.poke()
    if reply is PushNo.REVOKED:
        return revoked(desk.house, epoch)
    if isinstance(reply, PushNo):
        return problem(401, reply.value, {"WWW-Authenticate": "Bearer"})
    return CanonicalResponse(reply)

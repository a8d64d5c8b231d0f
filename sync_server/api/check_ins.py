"""POST /api/v1/check-ins: the kiosk's rule for other people's door systems and apps."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from typing import Annotated, Final
from uuid import UUID

import msgspec
from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.visit import MOST_PEOPLE
from ledger.errors import AnswerTaken
from sync_server.api.body import body_as
from sync_server.api.desk import Desk, bearer, desk_of
from sync_server.api.languages import language_for
from sync_server.api.openapi import CHECK_IN_RESPONSES
from sync_server.api.problems import CanonicalResponse, problem
from sync_server.use_cases import presented
from sync_server.use_cases.check_in import Answer, No, TooMany, check_in, locked_for
from sync_server.use_cases.scopes import CHECK_IN, CHECK_IN_OFFLINE
from sync_server.use_cases.spoken import as_json
from sync_server.use_cases.tokens import ApiToken

router: Final = APIRouter(prefix="/api/v1", tags=["check-ins"])


@dataclass(frozen=True, slots=True)
class CheckInBody:
    """What somebody presented, at which door or site. No `at`: now."""

    id: UUID
    code: str
    place: str
    at: Annotated[datetime, msgspec.Meta(tz=True)] | None = None
    people: Annotated[int, msgspec.Meta(ge=1, le=MOST_PEOPLE)] = 1


_SCHEMA: Final = msgspec.json.schema_components(
    [CheckInBody], ref_template="#/components/schemas/{name}"
)[1]["CheckInBody"]
_STATUS: Final = {No.ID_REUSED: 409, No.FORBIDDEN: 403, No.BAD_TIME: 422}


@router.post(
    "/check-ins",
    summary="Decide and record one check-in",
    description="201 admitted, 403 refused, 200 the stored answer to the same request; see "
    "docs/check-in-api.md.",
    status_code=201,
    responses=CHECK_IN_RESPONSES,
    openapi_extra={
        "requestBody": {"required": True, "content": {"application/json": {"schema": _SCHEMA}}},
        "security": [{"token": []}],
    },
)
async def check_ins(request: Request) -> Response:
    desk = desk_of(request)
    text = bearer(request)
    token = await desk.known.token(text) if text else None
    if token is None:
        return problem(401, "no_token", {"WWW-Authenticate": "Bearer"})
    body = await body_as(request, CheckInBody)
    if isinstance(body, Response):
        return body
    if not token.may(CHECK_IN):
        return problem(403, "forbidden")
    return await _at_place(desk, token, body, language_for(request.headers.get("accept-language")))


async def _at_place(desk: Desk, token: ApiToken, body: CheckInBody, language: str) -> Response:
    places = await desk.known.places(body.place)
    site_id = places.site_of.get(body.place)
    if site_id is None and token.site is None:
        return problem(422, "unknown_place")
    if site_id is None or not token.may(CHECK_IN, site_id):
        return problem(403, "forbidden")
    request = presented.Request(
        asker=token.id,
        id=str(body.id),
        place=body.place,
        site_id=site_id,
        presented=presented.read_presented(body.code, places.verify, places.sites[site_id]),
        people=body.people,
        at=body.at,
        may_be_offline=token.may(CHECK_IN_OFFLINE, site_id),
        language=language,
        content=presented.content_hash(body.code, body.place, body.at, body.people),
    )
    return _response(desk, await _decide(desk, request))


async def _decide(desk: Desk, request: presented.Request) -> Answer | No | TooMany:
    """Once more if the same id was answered at another site in this very moment."""
    streams = locked_for(request)
    try:
        return await desk.house.ledger.work(streams, lambda unit: check_in(unit, request))
    except AnswerTaken:
        return await desk.house.ledger.work(streams, lambda unit: check_in(unit, request))


def _response(desk: Desk, answer: Answer | No | TooMany) -> Response:
    if isinstance(answer, TooMany):
        return problem(429, "too_many_tries", {"Retry-After": str(ceil(answer.wait_s))})
    if isinstance(answer, No):
        return problem(_STATUS[answer], answer.value)
    desk.heads.poke()
    if answer.again:
        return CanonicalResponse(as_json(answer.spoken))
    admitted = answer.spoken.outcome == "admitted"
    return CanonicalResponse(as_json(answer.spoken), status_code=201 if admitted else 403)

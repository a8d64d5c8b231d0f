"""The person of the token: what they have left, and what to do about a lost phone."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.rates import TooOften
from domain.subjects import HOUSE
from ledger.unit import Unit
from sync_server.api.answers import MeAnswer
from sync_server.api.asking import who_reads
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured, without_body
from sync_server.api.desk import Desk, desk_of
from sync_server.api.problems import CanonicalResponse
from sync_server.api.told import told
from sync_server.links import Links, pass_token
from sync_server.use_cases.asker import Member
from sync_server.use_cases.lost_phone import carried_by, replace_codes
from sync_server.use_cases.member_page import MemberPage, OwnPlan, read_member

router: Final = APIRouter(prefix="/api/v1/me", tags=["me"])
_WHO: Final = {401: (ApiCode.NO_TOKEN,), 403: (ApiCode.FORBIDDEN,)}
_RETRY_S: Final = "600"


@router.get(
    "",
    summary="Who the token is for, and what they have left",
    description="For tokens with `book`.",
    responses=answered(200, "As it stands", MeAnswer) | refused(_WHO),
    openapi_extra=secured(),
)
async def me(request: Request) -> Response:
    desk = desk_of(request)
    asker = await who_reads(desk, request)
    if isinstance(asker, Response):
        return asker
    if not isinstance(asker, Member):
        return told(request, 403, ApiCode.FORBIDDEN)
    person_id, now = asker.person_id, desk.house.clock()
    page = await desk.house.ledger.read(lambda reader: read_member(reader, person_id, now))
    return CanonicalResponse(_answer(desk, person_id, page))


@router.post(
    "/lost-phone",
    summary='"I lost my phone"',
    description="Every code of theirs opens nothing any more, new ones are mailed, and every "
    "browser is signed out.",
    status_code=204,
    responses=without_body(204, "Done, and mailed")
    | refused(_WHO | {429: (ApiCode.TOO_MANY_TRIES,)}),
    openapi_extra=secured(),
)
async def lost_phone(request: Request) -> Response:
    desk = desk_of(request)
    asker = await who_reads(desk, request)
    if isinstance(asker, Response):
        return asker
    if not isinstance(asker, Member):
        return told(request, 403, ApiCode.FORBIDDEN)
    if isinstance(await _replaced(desk, asker.person_id), TooOften):
        return told(request, 429, ApiCode.TOO_MANY_TRIES, headers={"Retry-After": _RETRY_S})
    desk.heads.poke()
    return Response(status_code=204)


async def _replaced(desk: Desk, person_id: str) -> TooOften | None:
    house, now = desk.house, desk.house.clock()
    carried = await house.ledger.read(lambda reader: carried_by(reader, person_id, now))

    def work(unit: Unit) -> TooOften | None:
        return replace_codes(unit, house.keys, person_id, "", carried)

    return await house.ledger.work(sorted({HOUSE, *(each.stream for each in carried)}), work)


def _answer(desk: Desk, person_id: str, page: MemberPage) -> MeAnswer:
    plan = page.plan or OwnPlan((), None)
    links, keys = Links(desk.house.settings.base_url), desk.house.keys
    return MeAnswer(
        person=person_id,
        name=page.card.name,
        mail=page.card.mail,
        plans=list(plan.names),
        last_day=plan.last_day,
        minutes_left=plan.minutes_left,
        minutes_all=plan.minutes_all,
        passes_left=plan.passes_left,
        passes_all=plan.passes_all,
        bought_passes_left=plan.bought_left,
        page=links.booking(pass_token(keys, page.pass_id)) if page.pass_id else None,
    )

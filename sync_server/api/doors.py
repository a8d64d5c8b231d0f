"""Doors for programs: what a pass opens now, opening one, and saying that nobody gets in.

A pass is named by its id, by whoever may use it, or by the token in the address of its own page,
which is as strong as the pass itself.
"""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.access import Reason
from domain.door import Door
from domain.passes import Pass
from domain.rates import TooOften
from domain.site import Site
from domain.subjects import site_stream
from domain.visit import MOST_PEOPLE
from ledger.reader import Reader
from sync_server.api.answers import DoorAnswer, DoorsAnswer, OpeningAnswer, ReportAnswer
from sync_server.api.asking import who_changes
from sync_server.api.body import exact_body_as
from sync_server.api.bookings import Key
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured, takes
from sync_server.api.desk import Desk, desk_of
from sync_server.api.problems import CanonicalResponse
from sync_server.api.told import locale_of, told
from sync_server.api.wishes import DoorReportBody
from sync_server.links import pass_of_token
from sync_server.use_cases.asker import Member, Operator, runs
from sync_server.use_cases.at_the_door import No, Reply, Wish, ask_to_open
from sync_server.use_cases.door_words import door_words
from sync_server.use_cases.doors_now import DoorsNow, doors_now, sites_of_pass
from sync_server.use_cases.no_way_in import report_cannot_get_in

router: Final = APIRouter(prefix="/api/v1/passes", tags=["doors"])
PassId = Annotated[
    str, Path(max_length=200, description="Its id, or the token in the address of its page.")
]
DoorId = Annotated[str, Path(max_length=200)]
People = Annotated[
    int, Query(ge=1, le=MOST_PEOPLE, description="How many of a group are coming in.")
]
_WHOSE: Final = {401: (ApiCode.NO_TOKEN,), 403: (ApiCode.FORBIDDEN,)}
_RETRY: Final = {"Retry-After": "600"}


@dataclass(frozen=True, slots=True)
class Meant:
    """A pass that the asker may use, and the sites where it counts."""

    pass_id: str
    sites: tuple[tuple[str, Site], ...]

    def of_door(self, door_id: str) -> tuple[str, Site] | None:
        return next((found for found in self.sites if found[1].door(door_id)), None)


@router.get(
    "/{pass_id}/doors",
    summary="The doors a pass opens now",
    responses=answered(200, "By the same rule that opens them", DoorsAnswer)
    | refused(_WHOSE | {404: (ApiCode.UNKNOWN_PASS,), 422: (ApiCode.BAD_REQUEST,)}),
    openapi_extra=secured(needed=False),
)
async def doors(request: Request, pass_id: PassId) -> Response:
    desk = desk_of(request)
    meant = await _meant(desk, request, pass_id)
    if isinstance(meant, Response):
        return meant
    now = desk.house.clock()

    def look(reader: Reader) -> list[tuple[str, DoorsNow]]:
        found = (
            (id_, doors_now(reader, id_, meant.pass_id, now, locale_of(request, site)))
            for id_, site in meant.sites
        )
        return [(id_, each) for id_, each in found if each is not None]

    return CanonicalResponse(_doors_answer(desk, await desk.house.ledger.read(look)))


@router.post(
    "/{pass_id}/doors/{door_id}",
    summary="Open a door",
    description="Decided and recorded as a check-in; the door is commanded once for each key, and "
    "the answer is the lock's own, within 5 s. Nothing is queued.",
    responses=answered(200, "Let in; `outcome` says what the lock did", OpeningAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            403: (ApiCode.FORBIDDEN, *(reason.value for reason in Reason)),
            404: (ApiCode.UNKNOWN_PASS, ApiCode.UNKNOWN_DOOR),
            409: (ApiCode.ID_REUSED,),
            422: (ApiCode.BAD_REQUEST, ApiCode.BAD_KEY),
            429: (ApiCode.TOO_MANY_TRIES,),
        }
    ),
    openapi_extra=secured(needed=False),
)
async def open_door(
    request: Request, pass_id: PassId, door_id: DoorId, key: Key, people: People = 1
) -> Response:
    desk = desk_of(request)
    meant = await _meant(desk, request, pass_id)
    if isinstance(meant, Response):
        return meant
    here = meant.of_door(door_id)
    if here is None or desk.house.doors is None:
        return told(request, 404, ApiCode.UNKNOWN_DOOR)
    locale = locale_of(request, here[1])
    wish = Wish(here[0], meant.pass_id, door_id, f"api:{key}", people, locale)
    reply = await ask_to_open(desk.house, wish)
    desk.heads.poke()
    match reply:
        case No.NO_SUCH_DOOR:
            return told(request, 404, ApiCode.UNKNOWN_DOOR)
        case No.ID_REUSED:
            return told(request, 409, ApiCode.ID_REUSED)
        case No.TOO_OFTEN:
            return told(request, 429, ApiCode.TOO_MANY_TRIES, headers=_RETRY)
        case Reply():
            return _opening(reply, locale)


@router.post(
    "/{pass_id}/reports",
    summary="Say that somebody cannot get in",
    description="A ticket with the door and the booking; the operator gets a mail about a new one.",
    status_code=201,
    responses=answered(201, "Told", ReportAnswer)
    | refused(
        _WHOSE
        | {
            404: (ApiCode.UNKNOWN_PASS, ApiCode.UNKNOWN_DOOR),
            413: (ApiCode.TOO_LARGE,),
            422: (ApiCode.BAD_REQUEST, ApiCode.BAD_BODY),
            429: (ApiCode.TOO_MANY_TRIES,),
        }
    ),
    openapi_extra=secured(needed=False) | takes(DoorReportBody),
)
async def reports(request: Request, pass_id: PassId) -> Response:
    desk = desk_of(request)
    meant = await _meant(desk, request, pass_id)
    if isinstance(meant, Response):
        return meant
    body = await exact_body_as(request, DoorReportBody)
    if isinstance(body, Response):
        return body
    here = meant.of_door(body.door) if body.door else meant.sites[0]
    if here is None:
        return told(request, 404, ApiCode.UNKNOWN_DOOR)
    site_id = here[0]
    found = await desk.house.ledger.work(
        [site_stream(site_id)],
        lambda unit: report_cannot_get_in(unit, site_id, meant.pass_id, body.door),
    )
    if isinstance(found, TooOften):
        return told(request, 429, ApiCode.TOO_MANY_TRIES, headers=_RETRY)
    if found is None:
        return told(request, 404, ApiCode.UNKNOWN_PASS)
    desk.heads.poke()
    other = found.other.id if found.other else None
    answer = ReportAnswer(found.ticket_id, found.again, other, found.phone)
    return CanonicalResponse(answer, status_code=201)


async def _meant(desk: Desk, request: Request, named: str) -> Meant | Response:
    """The pass, for its own token, its person, or whoever runs the site; else 404 or 401."""
    shown = pass_of_token(desk.house.keys, named)
    asker = None if shown else await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    pass_id = shown or named

    def look(reader: Reader) -> Meant | None:
        sites = tuple(sites_of_pass(reader, pass_id))
        if asker is not None and not _may_use(reader, asker, pass_id):
            return None
        return Meant(pass_id, sites) if sites else None

    meant = await desk.house.ledger.read(look)
    return meant or told(request, 404, ApiCode.UNKNOWN_PASS)


def _may_use(reader: Reader, asker: Member | Operator, pass_id: str) -> bool:
    issued = reader.full("pass", pass_id, Pass)
    if isinstance(asker, Member):
        return issued is not None and issued.person_id == asker.person_id
    return all(runs(asker, site_id) for site_id, _ in sites_of_pass(reader, pass_id))


def _doors_answer(desk: Desk, found: list[tuple[str, DoorsNow]]) -> DoorsAnswer:
    house = desk.house
    opens = [
        _door(site_id, door)
        for site_id, now in found
        for door in now.doors
        if house.doors is not None
    ]
    refusal = next((now.refusal for _, now in found if now.refusal and not opens), None)
    return DoorsAnswer(
        doors=opens,
        reason=refusal.reason if refusal else None,
        sentence=refusal.sentence if refusal else "",
        connected=house.doors is not None and house.doors.connected(),
        phone=found[0][1].site.phone if found else "",
    )


def _door(site_id: str, door: Door) -> DoorAnswer:
    return DoorAnswer(door.id, site_id, door.name, door.hint)


def _opening(reply: Reply, locale: str) -> Response:
    words = door_words(reply, locale).whole
    if reply.told is None:
        return CanonicalResponse({"code": reply.spoken.reason, "sentence": words}, status_code=403)
    return CanonicalResponse(
        OpeningAnswer(
            reply.door.id, reply.told.outcome, words, reply.told.other_way, again=reply.again
        )
    )

""" "I'm at the door": the doors that open for a pass now, one button each, and who helps."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any, Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.door import Door
from domain.rates import TooOften
from domain.subjects import site_stream
from domain.visit import MOST_PEOPLE
from ledger.reader import Reader
from sync_server.api.desk import desk_of
from sync_server.links import pass_of_token
from sync_server.use_cases.at_the_door import No, Reply, Wish, ask_to_open
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.door_words import DoorWords, door_words, in_one_line
from sync_server.use_cases.doors_now import DoorsNow, doors_now, sites_of_pass
from sync_server.use_cases.no_way_in import report_cannot_get_in
from sync_server.web.page import page, voice_of
from sync_server.web.places import Place
from wording import split_message

router: Final = APIRouter(include_in_schema=False)
TELLS_FOR: Final = timedelta(seconds=60)
"""An answer seen again after so long is history: the page then asks anew."""
_MOST_ASKED: Final = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """Somebody with a pass, and what it opens at each site where it counts."""

    token: str
    pass_id: str
    sites: tuple[tuple[Place, DoorsNow], ...]

    @property
    def url(self) -> str:
        return f"/b/{self.token}/door"

    @property
    def place(self) -> Place:
        """The site the page speaks for: the first that opens a door, else the first."""
        opening = (place for place, now in self.sites if now.doors)
        return next(opening, self.sites[0][0])

    def of_door(self, door_id: str) -> Place | None:
        found = (place for place, _ in self.sites if place.site.door(door_id))
        return next(found, None)


@router.get("/b/{token}/door")
async def at_the_door(request: Request, token: str, told: str = "") -> Response:
    standing = await _standing(request, token)
    return page(request, "door.html", place=standing.place, **_values(request, standing, told))


@router.get("/b/{token}/door/{door_id}")
async def asked_before(token: str, door_id: str) -> Response:  # noqa: ARG001 - of the address
    """The address of an answer, opened anew."""
    return RedirectResponse(f"/b/{token}/door", 303)


@router.post("/b/{token}/door/{door_id}")
async def open_door(request: Request, token: str, door_id: str) -> Response:
    standing = await _standing(request, token)
    place = standing.of_door(door_id)
    if place is None:
        raise HTTPException(404)
    desk = desk_of(request)
    if desk.house.doors is None:
        return RedirectResponse(standing.url, 303)
    wish = await _wish(request, standing, place, door_id)
    reply = await ask_to_open(desk.house, wish)
    desk.heads.poke()
    if reply is No.TOO_OFTEN:
        raise HTTPException(429)
    if isinstance(reply, No) or _is_history(request, reply):
        return RedirectResponse(standing.url, 303)
    after = await _standing(request, token)
    answer = door_words(reply, voice_of(request, place).locale)
    values = _values(request, after) | {
        "answer": answer,
        "reply": reply,
        "in_order": partial(_in_order, reply, answer),
    }
    return page(request, "door_answer.html", place=place, **values)


@router.post("/b/{token}/cannot-get-in")
async def cannot_get_in(request: Request, token: str) -> Response:
    """Tell the house, once however often it is pressed."""
    standing = await _standing(request, token)
    desk = desk_of(request)
    async with request.form() as form:
        door_id = str(form.get("door", ""))
    place = standing.of_door(door_id)
    site_id = (place or standing.place).id
    report = await desk.house.ledger.work(
        [site_stream(site_id)],
        lambda unit: report_cannot_get_in(
            unit, site_id, standing.pass_id, door_id if place else None
        ),
    )
    if isinstance(report, TooOften):
        raise HTTPException(429)
    desk.heads.poke()
    return RedirectResponse(f"{standing.url}?told=yes", 303)


async def _standing(request: Request, token: str) -> Standing:
    """Raises 404 for an address that is no pass's own."""
    house = desk_of(request).house
    pass_id = pass_of_token(house.keys, token)
    now, language = house.clock(), voice_of(request).language

    def look(reader: Reader, pass_id: str) -> tuple[tuple[Place, DoorsNow], ...]:
        sites = [Place(id_, site) for id_, site in sites_of_pass(reader, pass_id)]
        found = [
            (place, doors_now(reader, place.id, pass_id, now, _locale(place, language)))
            for place in sites
        ]
        return tuple((place, each) for place, each in found if each is not None)

    sites = await house.ledger.read(lambda reader: look(reader, pass_id)) if pass_id else ()
    if not pass_id or not sites:
        raise HTTPException(404)
    return Standing(token, pass_id, sites)


def _locale(place: Place, language: str) -> str:
    return f"{language}_formal" if place.site.formal and language == "de" else language


def _values(request: Request, standing: Standing, told: str = "") -> dict[str, Any]:
    """What both pages show: the buttons, or why there are none, and who helps."""
    house = desk_of(request).house
    opens = house.doors is not None
    shown = [(place, now) for place, now in standing.sites if now.doors and opens]
    refusal = next((now.refusal for _, now in standing.sites if now.refusal), None)
    refused = split_message(refusal.sentence) if refusal and not shown else None
    return {
        "token": standing.token,
        "shown": shown,
        "refused": refused,
        "away": house.doors is not None and not house.doors.connected(),
        "request_id": Ids().subject(house.clock()),
        "most": _MOST_ASKED,
        "told": told == "yes",
        "phone": in_one_line(standing.place.site.phone),
    }


async def _wish(request: Request, standing: Standing, place: Place, door_id: str) -> Wish:
    async with request.form() as form:
        request_id, people = str(form.get("request", "")), str(form.get("people", "1"))
    if not request_id or len(request_id) > 64 or not people.isascii() or not people.isdigit():
        raise HTTPException(422)
    locale = voice_of(request, place).locale
    count = min(int(people[:6]), MOST_PEOPLE)
    return Wish(place.id, standing.pass_id, door_id, request_id, count, locale)


def _in_order(reply: Reply, answer: DoorWords, doors: tuple[Door, ...]) -> list[Door]:
    """The way to take now comes first, the door that was just asked last."""
    other = answer.other.id if answer.other else ""
    return sorted(doors, key=lambda door: (door.id != other, door.id == reply.door.id))


def _is_history(request: Request, reply: Reply) -> bool:
    return reply.again and desk_of(request).house.clock() > reply.asked_at + TELLS_FOR

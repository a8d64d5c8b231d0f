""" "Vertrag widerrufen" and "Vertrag kündigen": without signing in, in two steps, with a receipt.

Section 356a and section 312k BGB ask for the buttons, their words, and the receipt by mail.
"""

from collections.abc import Mapping
from datetime import date
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.calendar import local_date
from domain.declaration import MOST_WORDS, Declaration, Declared, Ending, missing_in
from domain.names import MOST_LETTERS
from domain.rates import TooOften
from domain.subjects import site_stream
from domain.ticket import ticket_number
from sync_server.api.desk import desk_of
from sync_server.asking.clients import client_of
from sync_server.mail.declaration_letter import in_lines
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.declare import Asked, declare
from sync_server.web.page import page, voice_of
from sync_server.web.places import Place, place_at, places_of
from sync_server.web.waiting import come_back_later

router: Final = APIRouter(include_in_schema=False)
PATHS: Final = {"withdraw": Declared.WITHDRAWAL, "cancel-contract": Declared.ENDING}
_FIELDS: Final = ("name", "contract", "mail", "ending", "why", "last_day")


@router.get("/legal/withdraw")
@router.get("/legal/cancel-contract")
async def form(request: Request, site: str = "") -> Response:
    place = await _place(request, site)
    values = {"contract": request.query_params.get("contract", "")[:MOST_LETTERS]}
    return _asking(request, place, values, {})


@router.post("/legal/withdraw")
@router.post("/legal/cancel-contract")
async def declared(request: Request, site: str = "") -> Response:
    """The first step asks to look at it once more, the second one takes it down."""
    async with request.form() as sent:
        values = {name: str(sent.get(name, "")).strip() for name in (*_FIELDS, "request")}
        step = str(sent.get("step", ""))
    place = await _place(request, site)
    voice = voice_of(request, place)
    made, problems = _read(request, place, values)
    if problems or step == "change":
        return _asking(request, place, values, problems)
    lines = in_lines(made, voice.locale)
    if step != "confirm" or not 0 < len(values["request"]) <= MOST_LETTERS:
        fresh = Ids().subject(desk_of(request).house.clock())
        values = {name: values[name] for name in _FIELDS} | {"request": fresh}
        return _page(request, "check", place, values=values, lines=lines)
    house = desk_of(request).house
    asked = Asked(client_of(request), values["request"])
    taken = await house.ledger.work(
        [site_stream(place.id)], lambda unit: declare(unit, house.keys, place.id, made, asked)
    )
    if isinstance(taken, TooOften):
        return come_back_later(request, place, taken, house.clock())
    day, number = voice.local_day(taken.at), ticket_number(taken.ticket_id)
    at = {"day": day, "at": taken.at, "number": number}
    return _page(request, "done", place, lines=lines, at=at, mail=made.mail)


def _read(
    request: Request, place: Place, values: Mapping[str, str]
) -> tuple[Declaration, dict[str, str]]:
    """What was filled in, and by field what is still to be."""
    voice = voice_of(request, place)
    by_notice = values["ending"] != Ending.CAUSE
    last_day, is_day = _day(values["last_day"])
    made = Declaration(
        _what(request),
        values["name"],
        values["mail"],
        values["contract"],
        voice.locale,
        Ending.ORDINARY if by_notice else Ending.CAUSE,
        values["why"].replace("\r\n", "\n"),
        last_day,
    )
    problems = {name: voice.say(f"declare.missing.{name}") for name in missing_in(made)}
    if not is_day:
        problems["last_day"] = voice.say("declare.missing.last_day")
    return made, problems


def _day(text: str) -> tuple[date | None, bool]:
    try:
        return (date.fromisoformat(text) if text else None), True
    except ValueError:
        return None, False


def _what(request: Request) -> Declared:
    return PATHS[request.url.path.rpartition("/")[2]]


async def _place(request: Request, slug: str) -> Place:
    """The site that is told; the first of the house where none is asked for."""
    places = await places_of(request)
    found = await place_at(request, slug) if slug else next(iter(places), None)
    if found is None:
        raise HTTPException(404)
    return found


def _asking(
    request: Request, place: Place, values: Mapping[str, str], problems: Mapping[str, str]
) -> Response:
    return _page(
        request,
        "form",
        place,
        status=422 if problems else 200,
        values={name: values.get(name, "") for name in _FIELDS},
        problems={name: problems.get(name, "") for name in _FIELDS},
        again=bool(problems),
        most={"words": MOST_WORDS, "letters": MOST_LETTERS},
        today=local_date(desk_of(request).house.clock(), place.site.zone).isoformat(),
    )


def _page(
    request: Request, step: str, place: Place, status: int = 200, **values: object
) -> Response:
    name = request.url.path.rpartition("/")[2]
    address = f"{request.url.path}?site={place.slug}"
    frame = {"declared": PATHS[name].value, "address": address, **values}
    return page(request, f"declare/{step}.html", place=place, status=status, **frame)

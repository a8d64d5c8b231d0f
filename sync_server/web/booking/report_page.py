"""Reporting a problem from the page of a pass: what kind it is, in which words, and thanks."""

from collections.abc import Mapping
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.rates import TooOften
from domain.subjects import site_stream
from domain.ticket import ticket_number
from sync_server.api.desk import desk_of
from sync_server.links import pass_of_token
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.pass_view import PassView, view_pass
from sync_server.use_cases.report import MOST_WORDS, Report, Trouble, report_problem
from sync_server.web.page import page, voice_of
from sync_server.web.places import Place
from sync_server.web.waiting import come_back_later

router: Final = APIRouter(include_in_schema=False)
_LONGEST_ID: Final = 64


@router.get("/b/{token}/problem")
async def ask(request: Request, token: str, told: str = "") -> Response:
    view = await _view(request, token)
    if told:
        place = Place(view.site_id, view.site)
        number = told[:9]
        return page(request, "booking/problem_told.html", place=place, token=token, number=number)
    return _page(request, token, view, {}, {})


@router.post("/b/{token}/problem")
async def report(request: Request, token: str) -> Response:
    async with request.form() as form:
        sent = {name: str(form.get(name, "")) for name in ("trouble", "words", "request")}
    view = await _view(request, token)
    desk, place = desk_of(request), Place(view.site_id, view.site)
    words = sent["words"].replace("\r\n", "\n").strip()
    if problems := _missing(request, place, sent["trouble"], words):
        return _page(request, token, view, sent, problems)
    if not 0 < len(sent["request"]) <= _LONGEST_ID:
        raise HTTPException(422)
    what = Report(Trouble(sent["trouble"]), words, sent["request"])
    made = await desk.house.ledger.work(
        [site_stream(place.id)],
        lambda unit: report_problem(unit, place.id, view.pass_id, what),
    )
    if isinstance(made, TooOften):
        return come_back_later(request, place, made, desk.house.clock())
    desk.heads.poke()
    return RedirectResponse(f"/b/{token}/problem?told={ticket_number(made)}", 303)


def _missing(request: Request, place: Place, trouble: str, words: str) -> dict[str, str]:
    """What is still to be filled in, by field."""
    voice = voice_of(request, place)
    problems = {}
    if trouble not in [each.value for each in Trouble]:
        problems["trouble"] = voice.say("report.missing.trouble")
    if len(words) > MOST_WORDS:
        problems["words"] = voice.say("report.missing.shorter", most=MOST_WORDS)
    if trouble == Trouble.OTHER and not words:
        problems["words"] = voice.say("report.missing.words")
    return problems


async def _view(request: Request, token: str) -> PassView:
    """Raises 404 for an address that is no pass's own."""
    house = desk_of(request).house
    pass_id = pass_of_token(house.keys, token)
    now = house.clock()
    if pass_id is None:
        raise HTTPException(404)
    view = await house.ledger.read(lambda reader: view_pass(reader, house.keys, pass_id, now))
    if view is None:
        raise HTTPException(404)
    return view


def _page(
    request: Request,
    token: str,
    view: PassView,
    sent: Mapping[str, str],
    problems: Mapping[str, str],
) -> Response:
    place = Place(view.site_id, view.site)
    voice = voice_of(request, place)
    where = view.booking.resource.name if view.booking else place.site.name
    return page(
        request,
        "booking/problem.html",
        place=place,
        status=422 if problems else 200,
        token=token,
        where=where,
        kinds=[(each.value, voice.say(f"report.kind.{each}")) for each in Trouble],
        values={name: sent.get(name, "") for name in ("trouble", "words")},
        problems={name: problems.get(name, "") for name in ("trouble", "words")},
        most=MOST_WORDS,
        request_id=sent.get("request") or Ids().subject(desk_of(request).house.clock()),
    )

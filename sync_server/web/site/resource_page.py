"""GET /s/SITE/r/NUMBER: one resource, its terms, its pictures, and its week."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from domain.calendar import local_date
from domain.money import Money
from domain.plan import Plan
from domain.resource import Resource
from ledger.reader import Reader
from sync_server.api.desk import desk_of
from sync_server.asking.visits import asker_of_browser
from sync_server.use_cases.asker import Asker
from sync_server.web.page import Voice, page, voice_of
from sync_server.web.places import Place, place_at
from sync_server.web.site.asked import number, wanted_of
from sync_server.web.site.pictures import picture_url
from sync_server.web.site.reading import look_of
from sync_server.web.site.terms import Fact, TermsInWords
from sync_server.web.site.week import DAYS, Week, week_of
from sync_server.web.site.words import capital, facts_of, feature

router: Final = APIRouter(include_in_schema=False)
_MOST_NUMBER: Final = 10**9


@dataclass(frozen=True, slots=True)
class ResourceView:
    """Everything the template draws."""

    resource: Resource
    line: str
    features: str
    facts: list[Fact]
    add_ons: list[tuple[str, Money]]
    photos: list[str]
    week: Week


@router.get("/s/{slug}/r/{which}")
async def resource_page(request: Request, slug: str, which: str) -> Response:
    place = await place_at(request, slug)
    wished = number(which, _MOST_NUMBER)
    if place is None or wished is None:
        raise HTTPException(404)
    house = desk_of(request).house
    now, voice = house.clock(), voice_of(request, place)
    today = local_date(now, place.site.zone)
    first = wanted_of(request.query_params, today, place.site.zone).day
    asker = await asker_of_browser(request)
    view = await house.ledger.read(
        lambda reader: _view(reader, (place, wished), (asker, now), first, voice)
    )
    if view is None:
        raise HTTPException(404)
    return page(
        request,
        "resource.html",
        place=place,
        view=view,
        before=max(today, first - timedelta(days=DAYS)) if first > today else None,
        after=first + timedelta(days=DAYS),
    )


def _view(
    reader: Reader,
    what: tuple[Place, int],
    who: tuple[Asker, datetime],
    first: date,
    voice: Voice,
) -> ResourceView | None:
    place, wished = what
    found = [each for each in reader.resources(place.id) if each[1].number == wished]
    if not found:
        return None
    id_, resource = found[0]
    today = local_date(who[1], place.site.zone)
    days = look_of(reader, place, *who).days_of(id_, first, DAYS)
    plans = {plan_id: plan.name for plan_id, plan in reader.all("plan", Plan)}
    runs = next((day.runs for day in days if day), ())
    return ResourceView(
        resource,
        facts_of(resource, runs, voice),
        capital(", ".join(feature(name, voice) for name in resource.features)),
        TermsInWords(place.site, resource, voice, plans).facts(),
        [
            (voice.words(each.name), Money(each.price_cents, place.site.currency))
            for each in place.site.add_ons
            if not each.kinds or resource.kind.value in each.kinds
        ],
        [picture_url(place, name) for name in resource.photos],
        week_of(place, days, first, today, voice),
    )

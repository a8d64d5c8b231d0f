"""Random houses of few things, each of which a file could describe."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from domain.add_on import AddOn, AddOnPer
from domain.calendar import DAY_MIN, WeeklyHours
from domain.day_pass import DayProduct
from domain.door import Door
from domain.plan import Plan
from domain.resource import Resource, ResourceKind, Spot, WayStep
from domain.site import Site, Wifi, Zone
from domain.tariff import LengthDiscount, Rate, Tariff
from domain.terms import Audience, Blackout, BookingTerms, CancelStep, Per, Quota
from sync_server.use_cases.apply.forms import text as one_line
from sync_server.use_cases.apply.standing import HouseParts
from sync_server.use_cases.apply.trouble import BadValue

TODAY = date(2026, 11, 22)
ZONES = ("Europe/Berlin", "UTC", "America/New_York", "Australia/Lord_Howe")
PICTURES = ("a1.jpg", "b2.jpg")
_ROOMS = ("kiln", "clay", "desk")
GROUPS = ("residents", "students")
_KINDS = tuple(kind.value for kind in ResourceKind)
_PLAIN = "abcXYZ äöüß€\"'\\#[]{}=.,-09"


def _fits(words: str) -> bool:
    try:
        return one_line(words, lines=True) == words
    except BadValue:
        return False


LINE = st.text(_PLAIN, min_size=1, max_size=12).filter(lambda words: words == words.strip() != "")
LINES = st.text(_PLAIN + '\n"', min_size=1, max_size=40).filter(_fits)
WORDS = st.dictionaries(st.sampled_from(("en", "de", "fr")), LINE, min_size=1)
LONG = st.dictionaries(st.sampled_from(("en", "de")), LINES, min_size=1)
MINUTES = st.integers(0, 5 * DAY_MIN)
CENTS = st.integers(0, 50_000)
PERCENT = st.integers(0, 100)
VAT = st.integers(0, 10_000)
DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
PHOTOS = st.lists(st.sampled_from(PICTURES), max_size=2).map(tuple)
HEX = st.integers(0, 2**256 - 1).map(lambda number: f"{number:064x}")


@st.composite
def hours(draw: DrawFn) -> tuple[WeeklyHours, ...]:
    """Hours that do not overlap, in order."""
    found = []
    for day in range(7):
        edges = sorted(draw(st.sets(st.integers(0, DAY_MIN), max_size=4)))
        pairs = zip(edges[::2], edges[1::2], strict=False)
        found += [WeeklyHours(day, start, end) for start, end in pairs]
    return tuple(found)


@st.composite
def sites(draw: DrawFn, site_id: str) -> Site:
    names = draw(st.lists(LINE, min_size=1, max_size=3, unique=True))
    zones = tuple(Zone(2 * number, name) for number, name in enumerate(names))
    mask = st.sampled_from(zones).map(lambda zone: zone.bit)
    product = st.builds(
        DayProduct, st.just("x"), WORDS, CENTS, mask, st.none() | st.integers(0, 700),
        st.none() | st.integers(701, DAY_MIN), st.integers(1, 10), VAT, st.none() | WORDS,
    )  # fmt: skip
    add_on = st.builds(
        AddOn, st.just("x"), WORDS, CENTS, st.sampled_from(AddOnPer), VAT,
        kinds=st.lists(st.sampled_from(_KINDS), max_size=2).map(tuple),
        most=st.integers(1, 9), task=st.none() | WORDS, task_before_min=MINUTES,
    )  # fmt: skip
    site = draw(
        st.builds(
            Site, LINE, st.just(0), st.sampled_from(ZONES), st.just(zones),
            opening=hours(), holidays=st.sets(DAYS, max_size=3).map(sorted).map(tuple),
            early_min=MINUTES, late_min=MINUTES, wifi=st.none() | st.builds(Wifi, LINE, LINE),
            phone=st.just("") | LINE, door_offline_h=st.integers(0, 500),
            currency=st.sampled_from(("EUR", "CHF", "JPY", "KWD")), about=st.just({}) | WORDS,
            address=st.just("") | LINE, photos=PHOTOS, formal=st.booleans(),
            texts=st.dictionaries(st.sampled_from(("imprint", "rules")), LONG),
            floor_plan=st.just("") | st.sampled_from(PICTURES), net_prices=st.booleans(),
            day_places=st.none() | st.integers(1, 90),
            guests_pay_by=st.sampled_from(((), ("link",), ("invoice",), ("desk", "link"))),
        )
    )  # fmt: skip
    door = st.builds(
        Door, st.just("x"), LINE, st.sampled_from([z.number for z in zones]), LINE, HEX
    )
    return replace(
        site,
        doors=_named(draw, door, f"{site_id}-door"),
        day_products=_named(draw, product, "pass"),
        add_ons=_named(draw, add_on, "extra"),
    )


def _named(draw: DrawFn, things: st.SearchStrategy[Any], name: str) -> tuple[Any, ...]:
    found = draw(st.lists(things, max_size=2))
    return tuple(replace(each, id=f"{name}-{number}") for number, each in enumerate(found))


@st.composite
def blackouts(draw: DrawFn) -> Blackout:
    starts = datetime(2026, 10, 24, tzinfo=UTC) + timedelta(minutes=draw(st.integers(0, 4000)))
    return Blackout(starts, starts + timedelta(minutes=draw(st.integers(1, 9000))), draw(WORDS))


@st.composite
def rates(draw: DrawFn) -> Rate:
    start = draw(st.integers(0, DAY_MIN - 1))
    days = draw(st.sets(st.integers(0, 6)).map(sorted).map(tuple))
    groups = draw(st.lists(st.sampled_from(GROUPS), max_size=2, unique=True).map(tuple))
    span = draw(st.sampled_from(((0, DAY_MIN), (start, draw(st.integers(start + 1, DAY_MIN))))))
    return Rate(draw(CENTS) * 60, days, *span, groups)


@st.composite
def terms(draw: DrawFn, plans: tuple[str, ...]) -> BookingTerms:
    shortest = draw(st.integers(1, 300))
    audience = draw(st.sampled_from(Audience)) if plans else Audience.ANYONE
    quota = st.builds(Quota, st.sampled_from(Per), MINUTES, st.none() | st.integers(1, 9))
    return draw(
        st.builds(
            BookingTerms, st.sampled_from((5, 15, 30, 60)), st.just(shortest),
            st.integers(shortest + 60, 5000), MINUTES, MINUTES, MINUTES, st.integers(1, 366),
            st.just(audience), st.just(plans[:1] if audience is Audience.PLANS else ()),
            st.booleans(), st.booleans(), st.lists(quota, max_size=2).map(tuple),
            st.lists(blackouts(), max_size=2).map(tuple), st.none() | MINUTES,
            st.none() | MINUTES,
            st.lists(st.builds(CancelStep, MINUTES, PERCENT), max_size=2).map(tuple), MINUTES,
        )
    )  # fmt: skip


@st.composite
def resources(draw: DrawFn, site: Site, plans: tuple[str, ...]) -> Resource:
    mask = st.sets(st.sampled_from(site.zones), min_size=1).map(lambda zs: sum(z.bit for z in zs))
    tariff = st.builds(
        Tariff, st.lists(rates(), max_size=2).map(tuple), st.none() | CENTS, CENTS,
        st.lists(st.builds(LengthDiscount, MINUTES, PERCENT), max_size=2).map(tuple), VAT,
        st.booleans(),
    )  # fmt: skip
    spot = st.builds(
        Spot, st.integers(0, 400), st.integers(0, 400), st.integers(1, 600), st.integers(1, 600)
    )
    return draw(
        st.builds(
            Resource, st.just(0), LINE, st.sampled_from(ResourceKind), st.integers(0, 99), mask,
            st.just({}) | WORDS,
            st.lists(st.builds(WayStep, st.just("steps"), WORDS), max_size=2).map(tuple),
            CENTS.map(lambda cents: cents * 60), st.booleans(), st.integers(1, 5), st.booleans(),
            st.lists(st.sampled_from(("screen", "quiet")), max_size=2, unique=True).map(tuple),
            st.just({}) | LONG, PHOTOS, st.none() | spot, tariff, terms(plans),
        )
    )  # fmt: skip


@st.composite
def houses(draw: DrawFn) -> HouseParts:
    """One or two sites (with number 0), up to three resources and two plans."""
    ids = draw(st.sampled_from((("north",), ("north", "south"))))
    found = {id_: draw(sites(id_)) for id_ in ids}
    plan_ids = draw(st.sampled_from(((), ("flex",), ("flex", "fix"))))
    plans = {id_: draw(_plans(found)) for id_ in plan_ids}
    known = {plan.group for plan in plans.values()}
    rooms: dict[str, Resource] = {}
    site_of: dict[str, str] = {}
    for number, id_ in enumerate(draw(st.sampled_from(((), ("kiln",), _ROOMS))), start=1):
        site_of[id_] = draw(st.sampled_from(ids))
        room = draw(resources(found[site_of[id_]], plan_ids))
        kept = tuple(each for each in room.tariff.rates if set(each.groups) <= known)
        rooms[id_] = replace(room, number=number, tariff=replace(room.tariff, rates=kept))
    return HouseParts(found, rooms, plans, site_of)


@st.composite
def _plans(draw: DrawFn, found: dict[str, Site]) -> Plan:
    site_id = draw(st.sampled_from(sorted(found)))
    zone = draw(st.sampled_from(found[site_id].zones))
    return draw(
        st.builds(
            Plan, LINE, st.just((site_id,)), st.just(zone.bit), hours(), CENTS, MINUTES,
            st.integers(0, 30), PERCENT, st.just("") | st.sampled_from(GROUPS), st.booleans(),
        )
    )  # fmt: skip

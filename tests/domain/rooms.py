"""Rooms of the Ziegelhof and of places with odd nights, and slots on their grid."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import strategies as st

from domain.add_on import AddOn, AddOnPer
from domain.booking import Booking
from domain.booking.grid import grid_from
from domain.booking.wish import BookingFacts, SlotWish
from domain.calendar import DAY_MIN, Window, days_window
from domain.resource import Resource, ResourceKind
from domain.site import Site
from domain.tariff import LengthDiscount, Rate, Tariff
from domain.terms import BookingTerms
from tests.domain.house import SITE, at
from tests.domain.zones import EVERY_NIGHT

TICK = timedelta.resolution
STEPS = (5, 15, 20, 30, 60, 90, 240)


def a_room(tariff: Tariff | None = None, **terms: object) -> Resource:
    """The Kiln: 8 seats, 24 euros an hour, free of other terms unless said otherwise."""
    return Resource(
        number=1,
        name="Kiln",
        kind=ResourceKind.ROOM,
        seats=8,
        zones=1,
        place={},
        hour_price_cents=2400,
        tariff=tariff or Tariff(),
        terms=replace(BookingTerms(), **terms),  # type: ignore[arg-type]
    )


def facts(resource: Resource | None = None, **more: object) -> BookingFacts:
    found = BookingFacts("kiln", resource or a_room(), SITE)
    return replace(found, **more)  # type: ignore[arg-type]


def wish(
    from_: tuple[int, int] = (10, 0), to: tuple[int, int] = (11, 0), party: int = 1
) -> SlotWish:
    return SlotWish(at(*from_), at(*to), party)


def a_stay(from_hour: int, to_hour: int, **more: object) -> Booking:
    return Booking("kiln", "ada", at(from_hour), at(to_hour), **more)  # type: ignore[arg-type]


def grid_points(day: date, step_min: int, zone: str, *, days: int = 2) -> list[datetime]:
    """All points of the grid of some days in a row, from the first on."""
    span = days_window(day, day + timedelta(days=days - 1), zone)
    assert span is not None
    points = [grid_from(span.start, step_min, zone)]
    while points[-1] < span.end:
        points.append(grid_from(points[-1] + TICK, step_min, zone))
    return points


@st.composite
def nights(draw: st.DrawFn) -> tuple[str, date]:
    """A zone and the day before one on which something happens to its clocks, or the day."""
    zone, day = draw(st.sampled_from(EVERY_NIGHT))
    return zone, day - timedelta(days=draw(st.integers(0, 1)))


@st.composite
def tariffs(draw: st.DrawFn, *, long_is_cheaper: bool = True) -> Tariff:
    """Prices are whole amounts for each five minutes."""
    prices = st.integers(0, 400).map(lambda n: 12 * n)
    edges = st.lists(st.integers(0, DAY_MIN), min_size=2, max_size=2, unique=True).map(sorted)
    weekdays = st.lists(st.integers(0, 6), max_size=3, unique=True).map(tuple)
    groups = st.sampled_from(((), ("team",), ("club", "team")))
    rates = st.builds(
        lambda cents, days, edge, who: Rate(cents, days, edge[0], edge[1], who),
        prices,
        weekdays,
        edges,
        groups,
    )
    discounts = st.builds(LengthDiscount, st.integers(30, 2 * DAY_MIN), st.integers(0, 100))
    return Tariff(
        rates=tuple(draw(st.lists(rates, max_size=3))),
        day_cap_cents=draw(st.none() | st.integers(0, 20_000)),
        least_cents=draw(st.just(0) | st.integers(0, 5_000)),
        length_discounts=tuple(draw(st.lists(discounts, max_size=2))) if long_is_cheaper else (),
        vat_bp=draw(st.sampled_from((0, 700, 1900))),
        included=draw(st.booleans()),
    )


@st.composite
def priced_rooms(draw: st.DrawFn, *, long_is_cheaper: bool = True) -> Resource:
    tariff = draw(tariffs(long_is_cheaper=long_is_cheaper))
    room = a_room(tariff, step_min=draw(st.sampled_from(STEPS)))
    return replace(room, hour_price_cents=draw(st.integers(0, 400)) * 12)


@st.composite
def split_slots(draw: st.DrawFn, resource: Resource) -> tuple[Site, tuple[Window, ...]]:
    """Pieces on the grid that follow on each other, on an odd night of some zone."""
    zone, day = draw(nights())
    points = grid_points(day, resource.terms.step_min, zone)
    some = st.lists(st.integers(0, len(points) - 1), min_size=2, max_size=5, unique=True)
    cuts = sorted(draw(some))
    pieces = tuple(Window(points[one], points[two]) for one, two in pairwise(cuts))
    return replace(SITE, zone=zone), pieces


ADD_ONS = (
    AddOn("beamer", {"en": "Projector"}, 1500),
    AddOn("heat", {"en": "Heating"}, 333, AddOnPer.HOUR),
    AddOn("lunch", {"en": "Lunch"}, 1290, AddOnPer.PERSON, vat_bp=700, most=2),
    AddOn("chair", {"en": "Chair"}, 200, AddOnPer.PIECE, most=10),
)

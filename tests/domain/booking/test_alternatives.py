"""What is offered instead of a taken slot: nearest first, allowed, and really free."""

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.availability import Taken, free_unit
from domain.booking.alternatives import AlternativeKind, alternatives, span_to_read
from domain.booking.decide import Bookable, Booker, BookingFacts, SlotWish, decide_booking
from domain.booking.time_rules import claim_of
from domain.calendar import Window, local_date
from domain.resource import Resource, ResourceKind
from domain.terms import Audience, Per, Quota
from tests.domain.house import SITE, at
from tests.domain.rooms import a_room, facts, grid_points, nights, wish

NOW = at(7)


def held(from_: tuple[int, int], to: tuple[int, int], unit: str = "kiln") -> Taken:
    return Taken(unit, Window(at(*from_), at(*to)))


def other(name: str, seats: int = 8, **changes: object) -> BookingFacts:
    room = replace(a_room(), name=name, seats=seats, **changes)  # type: ignore[arg-type]
    return BookingFacts(name, room, SITE)


def offered(
    taken: list[Taken], others: tuple[BookingFacts, ...] = (), resource: Resource | None = None
) -> list[tuple[str, str, str, str]]:
    found = alternatives(facts(resource), wish((10, 0), (12, 0), 4), taken, others, NOW)
    return [
        (each.kind.value, each.resource_id, f"{each.starts:%H:%M}", f"{each.ends:%H:%M}")
        for each in found
    ]


def test_the_same_room_is_offered_shifted_and_shorter_and_others_of_that_size() -> None:
    taken = [held((11, 0), (13, 0)), held((9, 0), (13, 0), "oven")]
    others = (
        other("hall", 40, number=4),
        other("oven", 6, number=2),
        other("cup", 3, number=3),
        other("loft", 10, number=5),
        other("desk", 10, number=6, kind=ResourceKind.DESK),
        other("club", 8, number=7, terms=replace(a_room().terms, audience=Audience.MEMBERS)),
    )
    # in UTC, two hours behind the wall
    assert offered(taken, others) == [
        ("shifted", "kiln", "07:00", "09:00"),
        ("shifted", "kiln", "11:00", "13:00"),
        ("shorter", "kiln", "08:00", "09:00"),
        ("other_resource", "loft", "08:00", "10:00"),
        ("other_resource", "hall", "08:00", "10:00"),
    ]


def test_buffers_quotas_and_closing_are_minded() -> None:
    room = a_room(buffer_after_min=30, shortest_min=60, quotas=(Quota(Per.DAY, most_min=120),))
    assert offered([held((11, 0), (17, 30))], resource=room) == [
        ("shifted", "kiln", "06:30", "08:30"),
        ("shifted", "kiln", "15:30", "17:30"),
    ]


def test_on_another_day_nothing_is_shifted_to() -> None:
    assert offered([held((8, 0), (20, 0))]) == []


@st.composite
def cases(draw: st.DrawFn) -> tuple[BookingFacts, SlotWish, list[Taken], list[BookingFacts]]:
    zone, day = draw(nights())
    site = replace(SITE, zone=zone)
    found = []
    for n in range(3):
        room = a_room(
            step_min=draw(st.sampled_from((15, 60))),
            shortest_min=draw(st.sampled_from((15, 60))),
            buffer_before_min=draw(st.sampled_from((0, 20))),
            around_the_clock=draw(st.booleans()),
        )
        room = replace(room, number=n, units=draw(st.integers(1, 2)), seats=draw(st.integers(2, 4)))
        found.append(BookingFacts(f"room-{n}", room, site, Booker()))
    points = grid_points(day, found[0].resource.terms.step_min, zone)
    first = draw(st.integers(0, len(points) - 2))
    last = draw(st.integers(first + 1, min(len(points) - 1, first + 12)))
    wanted = SlotWish(points[first], points[last], draw(st.integers(1, 4)))
    units = [unit for each in found for unit in each.resource.unit_ids(each.resource_id)]
    spans = st.tuples(st.sampled_from(units), st.integers(-20, 40), st.integers(1, 30))
    taken = [
        Taken(unit, Window(*(wanted.starts + timedelta(minutes=15 * n) for n in (at_, at_ + long))))
        for unit, at_, long in draw(st.lists(spans, max_size=8))
    ]
    return found[0], wanted, taken, found[1:]


@given(cases(), st.integers(-600, 600))
def test_every_alternative_is_allowed_free_near_and_something_else(
    case: tuple[BookingFacts, SlotWish, list[Taken], list[BookingFacts]], now_min: int
) -> None:
    asked, wanted, taken, others = case
    now = wanted.starts + timedelta(minutes=now_min)
    by_id = {each.resource_id: each for each in (asked, *others)}
    span = span_to_read(asked, wanted)
    near = [each for each in taken if each.window.start < span.end and span.start < each.window.end]
    found = alternatives(asked, wanted, taken, others, now)
    assert found == alternatives(asked, wanted, near, others, now)
    assert len(found) <= 5
    for each in found:
        where = by_id[each.resource_id]
        slot = Window(each.starts, each.ends)
        again = replace(wanted, starts=each.starts, ends=each.ends)
        assert isinstance(decide_booking(where, again, now), Bookable)
        claim = claim_of(where.resource.terms, slot)
        assert free_unit(each.resource_id, where.resource, claim, taken)
        match each.kind:
            case AlternativeKind.SHIFTED:
                assert slot != wanted.slot
                assert slot.end - slot.start == wanted.ends - wanted.starts
                zone = asked.site.zone
                assert local_date(slot.start, zone) == local_date(wanted.starts, zone)
            case AlternativeKind.SHORTER:
                assert wanted.starts <= slot.start < slot.end <= wanted.ends
                assert slot != wanted.slot
            case AlternativeKind.OTHER_RESOURCE:
                assert each.resource_id != asked.resource_id
                assert where.resource.seats >= wanted.party


@given(st.lists(st.integers(8 * 4, 20 * 4 - 4), max_size=5))
def test_a_slot_of_that_length_is_found_wherever_there_is_one(quarters: list[int]) -> None:
    """Against every start of the day, tried one by one."""
    starts = (at(0) + timedelta(minutes=15 * n) for n in (*quarters, 13 * 4))
    taken = [Taken("kiln", Window(start, start + timedelta(hours=1))) for start in starts]
    wanted = wish((12, 0), (14, 0))
    found = alternatives(facts(), wanted, taken, (), NOW)
    shifted = [each.starts for each in found if each.kind is AlternativeKind.SHIFTED]
    free = [
        start
        for start in grid_points(date(2026, 6, 15), 15, "Europe/Berlin", days=1)
        if start != wanted.starts
        and at(8) <= start <= at(18)
        and free_unit("kiln", a_room(), Window(start, start + timedelta(hours=2)), taken)
    ]
    distances = [abs(start - wanted.starts) for start in shifted]
    assert distances == sorted(distances)
    assert bool(shifted) == bool(free)
    assert min(distances, default=None) == min(
        (abs(start - wanted.starts) for start in free), default=None
    )

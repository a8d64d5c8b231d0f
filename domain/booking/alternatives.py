"""What could be had instead of a slot that is taken: the same shifted, shorter, or elsewhere."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from domain.availability import Taken, free_pieces, free_unit
from domain.booking.decide import decide_booking
from domain.booking.grid import grid_from, grid_until
from domain.booking.outcomes import Bookable
from domain.booking.time_rules import claim_of
from domain.booking.wish import BookingFacts, SlotWish
from domain.calendar import DAY_MIN, Window, day_window, local_date

MOST_SHIFTED: Final = 2
MOST_ELSEWHERE: Final = 2


class AlternativeKind(StrEnum):
    SHIFTED = "shifted"
    SHORTER = "shorter"
    OTHER_RESOURCE = "other_resource"


@dataclass(frozen=True, slots=True)
class Alternative:
    """A slot that the rules allow and that nobody holds now."""

    kind: AlternativeKind
    resource_id: str
    starts: datetime
    ends: datetime


def span_to_read(facts: BookingFacts, wish: SlotWish) -> Window:
    """Where holdings have a say in the alternatives to `wish`."""
    terms = facts.resource.terms
    day = day_window(local_date(wish.starts, facts.site.zone), 0, DAY_MIN, facts.site.zone)
    start, end = (day.start, day.end) if day else (wish.starts, wish.ends)
    span = Window(min(start, wish.starts), max(end, wish.ends) + (wish.ends - wish.starts))
    more = terms.buffer_before_min + terms.buffer_after_min + terms.step_min
    return span.widened(more, more)


def alternatives(
    facts: BookingFacts,
    wish: SlotWish,
    taken: Iterable[Taken],
    others: Sequence[BookingFacts],
    now: datetime,
) -> tuple[Alternative, ...]:
    """The nearest shifted slots of the same length that day, the longest shorter one within
    the wished time, and the smallest other resources of that kind with room for the party.

    `taken` are all holdings of these resources in `span_to_read`.
    """
    taken = tuple(taken)
    pieces = free_pieces(facts, span_to_read(facts, wish), taken, now)
    gaps = sorted({gap for found in pieces.values() for gap in found}, key=lambda gap: gap.start)
    shifted = _shifted(facts, wish, gaps, now)
    shorter = _shorter(facts, wish, gaps, now)
    return (*shifted, *shorter, *_elsewhere(wish, taken, _alike(facts, wish, others), now))


def _shifted(
    facts: BookingFacts, wish: SlotWish, gaps: Sequence[Window], now: datetime
) -> Iterator[Alternative]:
    """Nearest first, in both directions."""
    starts = sorted(
        {start for gap in gaps for start in _starts_in(gap, facts, wish)},
        key=lambda start: (abs(start - wish.starts), start),
    )
    zone, left = facts.site.zone, MOST_SHIFTED
    for start in starts:
        same_day = local_date(start, zone) == local_date(wish.starts, zone)
        slot = Window(start, start + (wish.ends - wish.starts))
        if left and same_day and start != wish.starts and _allowed(facts, wish, slot, now):
            left -= 1
            yield _of(AlternativeKind.SHIFTED, facts, slot)


def _starts_in(gap: Window, facts: BookingFacts, wish: SlotWish) -> Iterator[datetime]:
    """Where the wished length fits into a free stretch nearest to the wished start."""
    last = gap.end - (wish.ends - wish.starts)
    if last < gap.start:
        return
    step_min, zone = facts.resource.terms.step_min, facts.site.zone
    near = min(max(wish.starts, gap.start), last)
    points = (grid_until(near, step_min, zone), grid_from(near, step_min, zone))
    yield from (point for point in points if gap.start <= point <= last)


def _shorter(
    facts: BookingFacts, wish: SlotWish, gaps: Sequence[Window], now: datetime
) -> tuple[Alternative, ...]:
    inside = (Window(max(g.start, wish.starts), min(g.end, wish.ends)) for g in gaps)
    some = [slot for slot in inside if slot.start < slot.end and slot != wish.slot]
    some.sort(key=lambda slot: (slot.start - slot.end, slot.start))
    best = next((slot for slot in some if _allowed(facts, wish, slot, now)), None)
    return (_of(AlternativeKind.SHORTER, facts, best),) if best else ()


def _alike(
    facts: BookingFacts, wish: SlotWish, others: Sequence[BookingFacts]
) -> list[BookingFacts]:
    """Other resources of that kind with room, the smallest first."""
    kind = facts.resource.kind
    found = [
        other
        for other in others
        if other.resource_id != facts.resource_id
        and other.resource.kind is kind
        and (other.resource.seats == 0 or other.resource.seats >= wish.party)
    ]
    return sorted(found, key=lambda other: (other.resource.seats, other.resource.number))


def _elsewhere(
    wish: SlotWish, taken: Sequence[Taken], others: Iterable[BookingFacts], now: datetime
) -> Iterator[Alternative]:
    left = MOST_ELSEWHERE
    for other in others:
        claim = claim_of(other.resource.terms, wish.slot)
        is_free = left and free_unit(other.resource_id, other.resource, claim, taken)
        if is_free and _allowed(other, wish, wish.slot, now):
            left -= 1
            yield _of(AlternativeKind.OTHER_RESOURCE, other, wish.slot)


def _allowed(facts: BookingFacts, wish: SlotWish, slot: Window, now: datetime) -> bool:
    wished = SlotWish(slot.start, slot.end, wish.party, wish.add_ons)
    return isinstance(decide_booking(facts, wished, now), Bookable)


def _of(kind: AlternativeKind, facts: BookingFacts, slot: Window) -> Alternative:
    return Alternative(kind, facts.resource_id, slot.start, slot.end)

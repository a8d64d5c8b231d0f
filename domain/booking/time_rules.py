"""The rules about when: each says no with its own code, or nothing."""

from datetime import timedelta
from typing import Final

from domain.booking.grid import grid_from, grid_until, on_grid
from domain.booking.outcomes import BookingRule, NotBookable
from domain.booking.wish import Asked, BookingFacts, SlotWish
from domain.calendar import DAY_MIN, Window, common_time, day_window, local_date, wall_time
from domain.opening import hours_around, opening_windows
from domain.terms import BookingTerms

_DAY: Final = timedelta(days=1)


def still_to_come(asked: Asked) -> NotBookable | None:
    """Nothing that is over; the step of the grid that is running can still be taken."""
    wish, step = asked.wish, minutes(asked.terms.step_min)
    began = wish.starts <= asked.now - step and not _stays(asked.facts, wish)
    return _no(BookingRule.IN_THE_PAST, asked.facts) if began or wish.ends <= asked.now else None


def on_the_grid(asked: Asked) -> NotBookable | None:
    """Tells the slot on the grid that is nearest, and not empty."""
    wish, step_min, zone = asked.wish, asked.terms.step_min, asked.zone
    if on_grid(wish.starts, step_min, zone) and on_grid(wish.ends, step_min, zone):
        return None
    starts = grid_until(wish.starts, step_min, zone)
    next_point = grid_from(starts + timedelta.resolution, step_min, zone)
    ends = max(grid_until(wish.ends, step_min, zone), next_point)
    return _no(BookingRule.OFF_GRID, asked.facts, step=minutes(step_min), starts=starts, ends=ends)


def long_enough(asked: Asked) -> NotBookable | None:
    """By a stop watch or by the wall, whichever is longer in the nights the clocks change."""
    shortest = minutes(asked.terms.shortest_min)
    if max(lengths(asked.wish.slot, asked.zone)) >= shortest:
        return None
    return _no(BookingRule.TOO_SHORT, asked.facts, shortest=shortest)


def short_enough(asked: Asked) -> NotBookable | None:
    """By the shorter of the two."""
    longest = minutes(asked.terms.longest_min)
    if min(lengths(asked.wish.slot, asked.zone)) <= longest:
        return None
    return _no(BookingRule.TOO_LONG, asked.facts, longest=longest)


def with_notice(asked: Asked) -> NotBookable | None:
    """The whole notice before a new start."""
    wish, notice = asked.wish, minutes(asked.terms.notice_min)
    if not notice or wish.starts >= asked.now + notice or _stays(asked.facts, wish):
        return None
    return _no(BookingRule.TOO_SOON, asked.facts, notice=notice)


def within_horizon(asked: Asked) -> NotBookable | None:
    """Days of the site's calendar, today the first of them."""
    last = local_date(asked.now, asked.zone) + (asked.terms.horizon_days - 1) * _DAY
    if local_date(asked.wish.starts, asked.zone) <= last or _stays(asked.facts, asked.wish):
        return None
    return _no(BookingRule.TOO_FAR, asked.facts, last=last)


def in_open_hours(asked: Asked) -> NotBookable | None:
    """Whole in one stretch of the opening hours, which the plans of a member add to."""
    if asked.terms.around_the_clock:
        return None
    slot = asked.wish.slot
    hours = hours_around(asked.facts.site, slot, asked.facts.booker.hours)
    if any(window.start <= slot.start and slot.end <= window.end for window in hours):
        return None
    return _closed(asked.facts, asked.wish, hours)


def not_blacked_out(asked: Asked) -> NotBookable | None:
    """Buffers count: nobody sets up a room while it is painted."""
    claim = claim_of(asked.terms, asked.wish.slot)
    for blackout in asked.terms.blackouts:
        if common_time(claim, Window(blackout.starts, blackout.ends)) > timedelta():
            params = {"why": blackout.why, "until": blackout.ends}
            return _no(BookingRule.BLACKED_OUT, asked.facts, **params)
    return None


def claim_of(terms: BookingTerms, slot: Window) -> Window:
    """What a slot holds: itself and its buffers."""
    return slot.widened(terms.buffer_before_min, terms.buffer_after_min)


def lengths(slot: Window, zone: str) -> tuple[timedelta, timedelta]:
    """How long a slot is by a stop watch and by the clock on the wall."""
    return slot.end - slot.start, wall_time(slot.end, zone) - wall_time(slot.start, zone)


def minutes(count: int) -> timedelta:
    return timedelta(minutes=count)


def _stays(facts: BookingFacts, wish: SlotWish) -> bool:
    """A booking that is extended or shortened does not begin anew."""
    return facts.changed is not None and facts.changed.starts == wish.starts


def _closed(facts: BookingFacts, wish: SlotWish, hours: tuple[Window, ...]) -> NotBookable:
    """Tells the stretch of that day that fits best, if it has one."""
    day = local_date(wish.starts, facts.site.zone)
    whole = day_window(day, 0, DAY_MIN, facts.site.zone)
    near = [window for window in hours if whole and common_time(window, whole) > timedelta()]
    if not near:
        next_days = opening_windows(facts.site, day + _DAY, day + 14 * _DAY)
        if not next_days:
            return _no(BookingRule.OUTSIDE_HOURS, facts)
        opens = local_date(next_days[0].start, facts.site.zone)
        return _no(BookingRule.OUTSIDE_HOURS, facts, "closed", opens=opens)
    best = max(near, key=lambda window: common_time(window, wish.slot))
    span = {"opens": best.start, "closes": best.end}
    return _no(BookingRule.OUTSIDE_HOURS, facts, "hours", **span)


def _no(
    rule: BookingRule, facts: BookingFacts, variant: str = "", /, **params: object
) -> NotBookable:
    return NotBookable(rule, {"zone": facts.site.zone, **params}, variant)

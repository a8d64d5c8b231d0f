"""Grants: what a membership, booking, day pass, invitation or staff role opens, and when.

They are derived from states each time and never stored, so they end with what they came from.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.access.facts import AccessFacts, BookingFact
from domain.calendar import (
    DAY_MIN,
    FAR,
    LAST_DAY,
    LONG_AGO,
    WeeklyHours,
    Window,
    day_window,
    days_around,
    days_window,
    local_date,
    merged,
    weekly_windows,
)
from domain.day_pass import DayPass
from domain.membership import Membership
from domain.passes import GrantKind
from domain.plan import Plan

DAYS_AHEAD: Final = 8
"""How far hours are looked ahead; a week and a day finds the next opening of any plan."""
_DAYS_FARTHER: Final = DAYS_AHEAD + 7
"""A gap that one week hides, in the night the clocks skip it, the next one shows."""

_RANKS: Final = ("booking", "invitation", "day_pass", "membership", "staff")


class GrantState(StrEnum):
    GOOD = "good"
    UNPAID = "unpaid"
    CANCELLED = "cancelled"
    ELSEWHERE = "elsewhere"
    """It is for other sites only."""


@dataclass(frozen=True, slots=True)
class Grant:
    """`spans` are the UTC spans it admits in; `lifetime` those it exists in.

    `by_hours`: between the spans of its lifetime it is closed, not over.
    """

    kind: str
    id: str
    spans: tuple[tuple[datetime, datetime], ...]
    zones: int
    state: GrantState = GrantState.GOOD
    by_hours: bool = False
    life: tuple[tuple[datetime, datetime], ...] = ()
    amount_cents: int = 0

    @property
    def lifetime(self) -> tuple[tuple[datetime, datetime], ...]:
        return self.life or self.spans

    @property
    def rank(self) -> int:
        """Which grant is named when several admit: the most particular first."""
        return _RANKS.index(self.kind)

    def covers(self, now: datetime) -> bool:
        return any(start <= now < end for start, end in self.spans)


def derive_grants(facts: AccessFacts, now: datetime) -> tuple[Grant, ...]:
    """All grants these facts hold for the days around `now`."""
    found = [_of_membership(facts, now, *each) for each in facts.memberships]
    found += [_of_booking(facts, now, fact) for fact in facts.bookings]
    found += [_of_day_pass(facts, *each) for each in facts.day_passes]
    return (*found, *_of_staff(facts))


def _of_staff(facts: AccessFacts) -> tuple[Grant, ...]:
    """Only the member pass stands for the person: others are handed on to guests."""
    own = facts.issued is not None and facts.issued.grant_kind is GrantKind.MEMBERSHIP
    if not (own and facts.owner_id and facts.owner and facts.owner.is_staff_at(facts.site_id)):
        return ()
    return (Grant("staff", facts.owner_id, ((LONG_AGO, FAR),), facts.site.all_zones),)


def _of_membership(
    facts: AccessFacts, now: datetime, id_: str, membership: Membership, plan: Plan
) -> Grant:
    site = facts.site
    if plan.sites and facts.site_id not in plan.sites:
        return Grant("membership", id_, (), plan.zones, GrantState.ELSEWHERE)
    first, last = membership.first_day, membership.last_day or date.max
    life = days_window(first, last, site.zone)
    if life is None:
        return Grant("membership", id_, (), plan.zones)
    closed = () if plan.hours else site.holidays
    open_ = _Open(plan.hours or site.opening, closed, first, last, site.zone)
    spans = _spans(open_.around(max(now, life.start)))
    return Grant("membership", id_, spans, plan.zones, by_hours=True, life=_spans((life,)))


@dataclass(frozen=True, slots=True)
class _Open:
    """Weekly `hours` from the `first` day to the `last`, but for the `closed` days."""

    hours: tuple[WeeklyHours, ...]
    closed: tuple[date, ...]
    first: date
    last: date
    zone: str

    def around(self, now: datetime) -> tuple[Window, ...]:
        """The spans near `now`; the one it lies in has its true end, however far that is."""
        near = self._near(now, DAYS_AHEAD)
        if not self._runs_out_of_sight(near, now, DAYS_AHEAD):
            return near
        farther = self._near(now, _DAYS_FARTHER)
        if not self._runs_out_of_sight(farther, now, _DAYS_FARTHER):
            return farther
        return (*farther[:-1], Window(farther[-1].start, self._end_beyond(now)))

    def _near(self, now: datetime, ahead: int) -> tuple[Window, ...]:
        days = days_around(now, self.zone, 1, ahead)
        lived = (day for day in days if self.first <= day <= self.last)
        return weekly_windows(self.hours, lived, self.zone, self.closed)

    def _runs_out_of_sight(
        self, windows: tuple[Window, ...], now: datetime, days_ahead: int
    ) -> bool:
        today = local_date(now, self.zone)
        sight = days_window(today, today + timedelta(days=days_ahead), self.zone)
        return bool(windows and sight and now in windows[-1] and sight.end <= windows[-1].end)

    def _end_beyond(self, now: datetime) -> datetime:
        """Hours without a gap end with the last day before one that is closed."""
        today = local_date(now, self.zone)
        ahead = (day for day in sorted(self.closed) if day > today)
        real = (day for day in ahead if days_window(day, day, self.zone))  # a zone can skip one
        closes = next(real, None)
        last = min(self.last, closes - timedelta(days=1)) if closes else self.last
        whole = days_window(today, last, self.zone) if last < LAST_DAY else None
        return whole.end if whole else FAR


def _of_booking(facts: AccessFacts, now: datetime, fact: BookingFact) -> Grant:
    booking = fact.booking
    early, late = facts.site.early_min, facts.site.late_min
    slot = Window(booking.starts, booking.ends).widened(early, late)
    state = GrantState.GOOD if booking.paid else GrantState.UNPAID
    if not booking.stands_at(now):
        state = GrantState.CANCELLED
    kind = "invitation" if facts.grant_kind is GrantKind.INVITATION else "booking"
    return Grant(
        kind, fact.id, _spans((slot,)), fact.zones, state, amount_cents=booking.amount_cents
    )


def _of_day_pass(facts: AccessFacts, id_: str, day_pass: DayPass) -> Grant:
    site = facts.site
    open_hours = weekly_windows(site.opening, (day_pass.day,), site.zone, site.holidays)
    bounds = day_window(day_pass.day, day_pass.from_min or 0, day_pass.to_min or DAY_MIN, site.zone)
    windows = [_cut(window, bounds) for window in open_hours] if bounds else []
    state = GrantState.GOOD if day_pass.paid else GrantState.UNPAID
    if day_pass.cancelled:
        state = GrantState.CANCELLED
    return Grant(
        "day_pass",
        id_,
        _spans(merged(w for w in windows if w)),
        day_pass.zones,
        state,
        by_hours=True,
        life=((bounds.start, bounds.end),) if bounds else (),
        amount_cents=day_pass.amount_cents,
    )


def _cut(window: Window, bounds: Window) -> Window | None:
    start, end = max(window.start, bounds.start), min(window.end, bounds.end)
    return Window(start, end) if start < end else None


def _spans(windows: Iterable[Window]) -> tuple[tuple[datetime, datetime], ...]:
    return tuple((window.start, window.end) for window in windows)

"""Quotas: how long or how often one person may book a resource in a day, week or month."""

from collections.abc import Iterator
from datetime import date, timedelta

from domain.booking.outcomes import BookingRule, NotBookable
from domain.booking.state import Booking, BookingStatus
from domain.booking.wish import Asked, BookingFacts, SlotWish
from domain.calendar import Window, common_time, days_window, local_date
from domain.terms import Per, Quota


def within_quotas(asked: Asked) -> NotBookable | None:
    """Each quota holds in every day, week (from Monday) or month that the slot touches."""
    for quota in asked.terms.quotas:
        for span in _spans(quota.per, asked.wish.slot, asked.zone):
            if variant := _over(quota, span, asked.facts, asked.wish):
                most = timedelta(minutes=quota.most_min or 0)
                params: dict[str, object] = {"most": most, "count": quota.most_bookings or 0}
                return NotBookable(BookingRule.QUOTA_REACHED, params, variant)
    return None


def _over(quota: Quota, span: Window, facts: BookingFacts, wish: SlotWish) -> str:
    """Which sentence tells that this quota is passed in `span`, or nothing."""
    own = [Window(each.starts, each.ends) for each in facts.own if _counts(each)]
    touching = [slot for slot in (*own, wish.slot) if common_time(slot, span) > timedelta()]
    if quota.most_bookings is not None and len(touching) > quota.most_bookings:
        return f"{quota.per}.bookings"
    taken = sum((common_time(slot, span) for slot in touching), timedelta())
    if quota.most_min is not None and taken > timedelta(minutes=quota.most_min):
        return f"{quota.per}.minutes"
    return ""


def _counts(booking: Booking) -> bool:
    return booking.status in (BookingStatus.CONFIRMED, BookingStatus.WISHED)


def _spans(per: Per, slot: Window, zone: str) -> Iterator[Window]:
    """The days, weeks or months of the site's calendar that `slot` touches."""
    day, last = local_date(slot.start, zone), local_date(slot.end - timedelta.resolution, zone)
    while day <= last:
        first, end = _span_days(per, day)
        if window := days_window(first, end, zone):
            yield window
        day = end + timedelta(days=1)


def _span_days(per: Per, day: date) -> tuple[date, date]:
    match per:
        case Per.DAY:
            return day, day
        case Per.WEEK:
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6)
        case Per.MONTH:
            first = day.replace(day=1)
            next_month = (first + timedelta(days=31)).replace(day=1)
            return first, next_month - timedelta(days=1)

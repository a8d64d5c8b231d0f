"""What a series would come to, day by day, before anything is booked."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from domain import account
from domain.account import CreditSpent, Spent
from domain.booking import Booking, PayBy
from domain.booking.outcomes import Bookable
from domain.booking.series import Occurrence, SeriesProblem
from domain.booking.wish import SlotWish
from domain.calendar import Window, local_date
from domain.standing import month_of, ways_to_pay
from ledger.reader import Reader
from sync_server.use_cases.booking.alternatives import alternatives_to
from sync_server.use_cases.booking.case import Case, Place, open_case, own_bookings
from sync_server.use_cases.booking.drafting import Draft, draft_booking
from sync_server.use_cases.booking.outcomes import No, PriceChanged, SlotTaken
from sync_server.use_cases.booking.price import free_now
from sync_server.use_cases.booking.requests import NewBooking
from sync_server.use_cases.series.wish import NewSeries, NotThatDay, Omitted, Planned, planned

MOST_WITH_ALTERNATIVES: Final = 12
"""Of so many taken days it is looked up what could be had instead."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """One day as it could be booked now, or why not."""

    day: date
    slot: Window | None
    outcome: Draft | NotThatDay

    @property
    def cents(self) -> int:
        """What it would cost; nothing where it cannot be had."""
        return self.outcome.booking.amount_cents if isinstance(self.outcome, Draft) else 0


@dataclass(frozen=True, slots=True)
class Preview:
    """Every day of a series, and the price of all that can be had."""

    place: Place
    days: tuple[Prospect, ...]

    @property
    def bookable(self) -> tuple[Prospect, ...]:
        return tuple(each for each in self.days if isinstance(each.outcome, Draft))

    @property
    def total_cents(self) -> int:
        return sum(each.cents for each in self.days)


def preview_series(
    reader: Reader, person_id: str, new: NewSeries, now: datetime, *, staff: bool = False
) -> Preview | SeriesProblem | No:
    """As if each day was booked after the other: quotas and included minutes are used up."""
    opened = open_series(reader, person_id, new, staff=staff)
    if not isinstance(opened, tuple):
        return opened
    case, plan = opened
    days: list[Prospect] = []
    own: tuple[Booking, ...] = ()
    for occurrence in plan.found:
        each = look_ahead(reader, case, new, occurrence, (own, now))
        if isinstance(each.outcome, Draft):
            own = (*own, each.outcome.booking)
            case = _after(case, each.outcome)
        days.append(each)
    return Preview(case.place, _with_alternatives(reader, case, new, days, now))


def open_series(
    reader: Reader, person_id: str, new: NewSeries, *, staff: bool = False
) -> tuple[Case, Planned] | SeriesProblem | No:
    """Who books what, and all days it comes to. A link asks for money within minutes: that is
    nothing for a whole series.
    """
    case = open_case(reader, new.resource_id, person_id, staff=staff)
    if isinstance(case, No):
        return case
    plan = planned(case.place, new)
    if isinstance(plan, SeriesProblem):
        return plan
    return No.WAY_TO_PAY if new.pay_by is PayBy.LINK else (case, plan)


def look_ahead(
    reader: Reader,
    case: Case,
    new: NewSeries,
    occurrence: Occurrence,
    so_far: tuple[tuple[Booking, ...], datetime],
) -> Prospect:
    """One day at this moment; `so_far`: what of the series comes before it, and the moment."""
    slot, (made, now) = occurrence.slot, so_far
    if omitted := left_out(new, occurrence):
        return Prospect(occurrence.day, slot, omitted)
    assert slot is not None, "a day without a slot is left out"
    request = request_on(case, new, slot)
    draft = draft_day(reader, case, request, made, now)
    if isinstance(draft, Draft):
        allowed = Bookable(draft.claim, draft.needs_approval)
        if not free_now(reader, case, request.wish, allowed, now):
            return Prospect(occurrence.day, slot, SlotTaken())
    return Prospect(occurrence.day, slot, draft)


def left_out(new: NewSeries, occurrence: Occurrence) -> Omitted | None:
    """Why a day is not even tried."""
    if occurrence.slot is None:
        return Omitted.SWALLOWED
    return Omitted.UNWANTED if occurrence.day in new.without else None


def request_on(case: Case, new: NewSeries, slot: Window, series_id: str = "") -> NewBooking:
    """The booking of one day, settled in the usual way that is no link."""
    wish = replace(new.first, starts=slot.start, ends=slot.end)
    place, pay_by = case.place, new.pay_by
    if pay_by is None and not case.staff:
        day = local_date(slot.start, place.site.zone)
        ways = ways_to_pay(case.standing, place.site_id, place.site, day)
        pay_by = next((way for way in ways if way is not PayBy.LINK), PayBy.INVOICE)
    return NewBooking(new.resource_id, wish, pay_by=pay_by, series_id=series_id or None, mail=False)


def draft_day(
    reader: Reader, case: Case, request: NewBooking, made: tuple[Booking, ...], now: datetime
) -> Draft | NotThatDay:
    """The rules and the price of one day, after those of the series that were made before."""
    person_id = case.standing.person_id
    own = own_bookings(reader, case, request.wish, (person_id,) if person_id else ())
    draft = draft_booking(case, request, (*own, *made), now)
    assert not isinstance(draft, PriceChanged), "no price was expected of a single day"
    return draft


def _after(case: Case, draft: Draft) -> Case:
    """The same person, with what this day takes of their included minutes spent."""
    if not draft.included_min:
        return case
    starts = draft.booking.starts
    month = month_of(starts, case.place.site.zone)
    event = CreditSpent(Spent(f"series {starts.isoformat()}", month, draft.included_min))
    spent = account.evolve(case.standing.account, event)
    assert spent is not None, "there was an account to spend from"
    return replace(case, standing=replace(case.standing, account=spent))


def _with_alternatives(
    reader: Reader, case: Case, new: NewSeries, days: list[Prospect], now: datetime
) -> tuple[Prospect, ...]:
    """The nearest instead of the first days that are taken."""
    whom, left = (case.place, case.standing.person_id), MOST_WITH_ALTERNATIVES
    found = []
    for each in days:
        whole = each
        if isinstance(each.outcome, SlotTaken) and each.slot and left:
            wish = SlotWish(each.slot.start, each.slot.end, new.first.party, new.first.add_ons)
            nearest = alternatives_to(reader, whom, wish, now)
            whole = replace(each, outcome=replace(each.outcome, alternatives=nearest))
            left -= 1
        found.append(whole)
    return tuple(found)

"""What is done to a series: a day skipped, added again, or everything from a day on ended."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.series import SeriesDayAdded, SeriesDaySkipped, SeriesEnded
from ledger.reader import Reader
from sync_server.use_cases.booking.cancel import CancelTerms, cancel_booking
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import Booked, Cancelled, No
from sync_server.use_cases.mails import SERIES_ENDED, queue_booking_mail, queue_series_mail
from sync_server.use_cases.series.make import make_day
from sync_server.use_cases.series.standing import DayView, FoundSeries, day_view
from sync_server.use_cases.series.wish import NotThatDay


@dataclass(frozen=True, slots=True)
class EndTerms:
    """What ending from `first_day` on costs now, all days together."""

    first_day: date
    days: tuple[DayView, ...]
    currency: str

    @property
    def fee_cents(self) -> int:
        return sum(each.terms.fee_cents for each in self.days if each.terms)

    @property
    def refund_cents(self) -> int:
        return sum(each.terms.refund_cents for each in self.days if each.terms)


@dataclass(frozen=True, slots=True)
class Ended:
    """The days from `first_day` on are called off; `fee_cents` stay due."""

    first_day: date
    fee_cents: int
    refund_cents: int


def skip_day(
    making: Making, found: FoundSeries, day: date, expected_fee_cents: int | None = None
) -> Cancelled | CancelTerms | No:
    """Call the booking of one day off by its terms; the day can be added again.

    At another fee than expected nothing happens. Locks the site's stream. Raises NeedsHouse.
    """
    booking_id = found.series.booking_on(day)
    if not booking_id:
        return No.NOT_STANDING
    staff = found.case.staff
    fee = expected_fee_cents
    done = cancel_booking(making, booking_id, expected_fee_cents=fee, staff=staff)
    if isinstance(done, Cancelled):
        _append(making, found, SeriesDaySkipped(day))
    return done


def add_day(
    making: Making, found: FoundSeries, day: date, *, mail: bool = True
) -> Booked | NotThatDay:
    """Book a skipped day again, if it can be had. Locks the site's stream. Raises NeedsHouse."""
    unit, series = making.unit, found.series
    person_id = series.person_id
    view = day_view(unit, found, day, unit.now)
    if view.stands or not series.is_open_on(day) or person_id is None:
        return No.NOT_STANDING
    whom = (person_id, found.case.staff)
    so_far = (found.series_id, ())
    made = make_day(making, whom, found.wish, found.occurrence(day), so_far)
    if isinstance(made, Booked):
        _append(making, found, SeriesDayAdded(day, made.booking_id))
        if mail and made.pass_id:
            queue_booking_mail(unit, person_id, made.pass_id, making.ids)
    return made


def read_end_terms(reader: Reader, found: FoundSeries, first_day: date, now: datetime) -> EndTerms:
    """To be shown before `end_series`."""
    views = (
        day_view(reader, found, each.day, now)
        for each in found.series.days
        if each.day >= first_day and each.booking_id
    )
    days = tuple(each for each in views if each.terms)
    return EndTerms(first_day, days, found.case.place.site.currency)


def end_series(
    making: Making, found: FoundSeries, first_day: date, expected_fee_cents: int | None = None
) -> Ended | EndTerms:
    """Call off every day from `first_day` on, each by its terms, all or none.

    At another fee than expected nothing happens, and the terms are answered. Locks the site's
    stream. Raises NeedsHouse.
    """
    unit = making.unit
    terms = read_end_terms(unit, found, first_day, unit.now)
    if expected_fee_cents not in (None, terms.fee_cents):
        return terms
    for each in terms.days:
        done = cancel_booking(making, each.booking_id, mail=False)
        assert isinstance(done, Cancelled), "its terms were read a moment ago"
    _append(making, found, SeriesEnded(first_day))
    if terms.days and found.series.person_id:
        person_id = found.series.person_id
        queue_series_mail(unit, SERIES_ENDED, person_id, found.series_id, making.ids)
    return Ended(first_day, terms.fee_cents, terms.refund_cents)


def _append(
    making: Making, found: FoundSeries, event: SeriesDaySkipped | SeriesDayAdded | SeriesEnded
) -> None:
    stream = found.case.place.stream
    making.unit.append(stream, "series", found.series_id, event, actor=making.actor)

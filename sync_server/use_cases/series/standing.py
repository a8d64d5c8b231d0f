"""A series as it stands: each day with its booking, or with what booking it now would come to."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.booking import Booking, BookingStatus
from domain.booking.series import Occurrence, occurrences
from domain.booking.wish import SlotWish
from domain.calendar import Window
from domain.series import Series
from domain.standing import NOBODY
from domain.subjects import site_of_stream
from ledger.reader import Reader
from sync_server.use_cases.asker import Asker, Member, runs, sees_all_of
from sync_server.use_cases.booking.cancel import CancelTerms, read_cancel_terms
from sync_server.use_cases.booking.case import Case, Place, find_place, standing_of
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.series.preview import Prospect, look_ahead
from sync_server.use_cases.series.wish import NewSeries
from sync_server.use_cases.streams import stream_of

OPEN = (BookingStatus.CONFIRMED, BookingStatus.WISHED)


@dataclass(frozen=True, slots=True)
class FoundSeries:
    """A series with its place, and its host as the rules see them."""

    series_id: str
    series: Series
    case: Case

    @property
    def wish(self) -> NewSeries:
        """What each day of it asks for."""
        series = self.series
        slot = _first(series, self.case.place.site.zone)
        first = SlotWish(slot.start, slot.end, series.party, series.add_ons)
        return NewSeries(series.resource_id, first, series.rule.rrule, pay_by=series.pay_by)

    def occurrence(self, day: date) -> Occurrence:
        """The slot of `day`, whether it is skipped or not."""
        whole = replace(self.series.rule, skipped=frozenset())
        return occurrences(whole, [day], self.case.place.site.zone)[0]


@dataclass(frozen=True, slots=True)
class DayView:
    """A day with its newest booking, if it ever had one.

    `terms`: what skipping it costs; None: it cannot be skipped. `ahead`: what booking it now
    would come to; None: it is booked, past, or after the end.
    """

    day: date
    slot: Window | None
    booking_id: str = ""
    booking: Booking | None = None
    terms: CancelTerms | None = None
    ahead: Prospect | None = None

    @property
    def stands(self) -> bool:
        return self.booking is not None and self.booking.status in OPEN


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series with every day of it."""

    found: FoundSeries
    days: tuple[DayView, ...]

    @property
    def place(self) -> Place:
        return self.found.case.place


def site_of_series(reader: Reader, series_id: str) -> str | None:
    """The site whose stream holds this series."""
    stream = stream_of(reader, "series", series_id)
    return site_of_stream(stream) if stream else None


def find_series(reader: Reader, asker: Asker, series_id: str) -> FoundSeries | No:
    """A series for whoever may see it; one of somebody else's is as unknown as none."""
    series = reader.full("series", series_id, Series)
    site_id = site_of_series(reader, series_id)
    if series is None or site_id is None:
        return No.UNKNOWN_SERIES
    mine = isinstance(asker, Member) and asker.person_id == series.person_id
    if not mine and not sees_all_of(asker, site_id):
        return No.UNKNOWN_SERIES
    place = find_place(reader, series.resource_id)
    if place is None:
        return No.UNKNOWN_SERIES
    standing = standing_of(reader, series.person_id)
    who = NOBODY if isinstance(standing, No) else standing
    return FoundSeries(series_id, series, Case(place, who, runs(asker, site_id)))


def read_series(reader: Reader, asker: Asker, series_id: str, now: datetime) -> SeriesView | No:
    """Every day: what skipping it costs, or what adding it again would."""
    found = find_series(reader, asker, series_id)
    if isinstance(found, No):
        return found
    days = tuple(day_view(reader, found, each.day, now) for each in found.series.days)
    return SeriesView(found, days)


def day_view(reader: Reader, found: FoundSeries, day: date, now: datetime) -> DayView:
    """One day of a series, which is one of its days."""
    occurrence = found.occurrence(day)
    booking_id = found.series.booking_on(day) or ""
    booking = reader.full("booking", booking_id, Booking) if booking_id else None
    if booking is not None and booking.status in OPEN:
        terms = read_cancel_terms(reader, booking_id, now)
        slot = Window(booking.starts, booking.ends)
        can_be_skipped = None if isinstance(terms, No) else terms
        return DayView(day, slot, booking_id, booking, can_be_skipped)
    over = occurrence.slot is not None and occurrence.slot.start <= now
    ahead = None
    if not over and found.series.is_open_on(day):
        ahead = look_ahead(reader, found.case, found.wish, occurrence, ((), now))
    return DayView(day, occurrence.slot, booking_id, booking, ahead=ahead)


def _first(series: Series, zone: str) -> Window:
    """Some slot of the series: what it asks for besides the day is the same each time."""
    whole = replace(series.rule, skipped=frozenset())
    found = (occurrences(whole, [each.day], zone)[0].slot for each in series.days)
    slot = next((each for each in found if each), None)
    assert slot is not None, "a series is made of days that were booked"
    return slot

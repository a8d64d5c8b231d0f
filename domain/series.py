"""A series as it stands: its rule, and which booking each of its days has."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from domain.booking.series import SeriesRule, add_again, skip
from domain.booking.state import PayBy


@dataclass(frozen=True, slots=True)
class SeriesDay:
    """A day of a series with its newest booking; empty: it was never booked."""

    day: date
    booking_id: str = ""


@dataclass(frozen=True, slots=True)
class Series:
    """The same slot on many days; each booked day is a booking of its own."""

    rule: SeriesRule
    resource_id: str
    person_id: str | None
    days: tuple[SeriesDay, ...]
    party: int = 1
    add_ons: tuple[tuple[str, int], ...] = ()
    pay_by: PayBy | None = None
    """How it was to be settled; None: in the usual way of the person."""
    made_at: datetime | None = None
    ended_from: date | None = None
    """No day from this one on is added any more."""

    def booking_on(self, day: date) -> str | None:
        """The newest booking of `day`, maybe empty; None: `day` is none of the series."""
        return next((each.booking_id for each in self.days if each.day == day), None)

    def is_open_on(self, day: date) -> bool:
        """Whether `day` could be booked (again)."""
        ended = self.ended_from is not None and day >= self.ended_from
        return not ended and self.booking_on(day) is not None


@dataclass(frozen=True, slots=True)
class SeriesMade:
    series: Series


@dataclass(frozen=True, slots=True)
class SeriesDaySkipped:
    """Its booking was called off; it can be added again."""

    day: date


@dataclass(frozen=True, slots=True)
class SeriesDayAdded:
    """A skipped day has a booking again."""

    day: date
    booking_id: str


@dataclass(frozen=True, slots=True)
class SeriesEnded:
    """Over from `first_day` on; earlier days stay as they are."""

    first_day: date


SeriesEvent = SeriesMade | SeriesDaySkipped | SeriesDayAdded | SeriesEnded


def evolve(state: Series | None, event: SeriesEvent) -> Series | None:
    """A series after `event`; nothing happens to one that was never made."""
    if isinstance(event, SeriesMade):
        return event.series
    return _changed(state, event) if state is not None else None


def _changed(state: Series, event: SeriesEvent) -> Series:
    match event:
        case SeriesMade(series):
            return series
        case SeriesDaySkipped(day):
            return replace(state, rule=skip(state.rule, day))
        case SeriesDayAdded(day, booking_id):
            days = tuple(
                replace(each, booking_id=booking_id) if each.day == day else each
                for each in state.days
            )
            return replace(state, rule=add_again(state.rule, day), days=days)
        case SeriesEnded(first_day):
            return replace(state, ended_from=min(first_day, state.ended_from or first_day))

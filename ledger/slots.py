"""Bookings by person and by day: the index of all that were made, whatever became of them."""

# ruff: noqa: S608 - every part is written here

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from domain.booking import LONGEST, BookingStatus
from domain.subjects import site_stream
from ledger.instants import from_us, to_us
from ledger.session import Session, statement

_LONGEST_US: Final = LONGEST // timedelta(microseconds=1)
_ROW: Final = "stream, booking_id, resource_id, person_id, from_us, until_us, status, series_id"
_OF_PERSON: Final = statement(
    f"SELECT {_ROW} FROM slot WHERE person_id = :person AND from_us >= :reach"
    " AND from_us < :until AND until_us > :from ORDER BY from_us, booking_id LIMIT :limit"
)
_OF_SITE: Final = statement(
    f"SELECT {_ROW} FROM slot WHERE stream = :stream AND from_us >= :reach"
    " AND from_us < :until AND until_us > :from ORDER BY from_us, booking_id LIMIT :limit"
)
_BEGINNING: Final = (
    f"SELECT {_ROW} FROM slot WHERE {{of}} AND (from_us, booking_id) > (:after_us, :after_id)"
    " AND from_us < :until ORDER BY from_us, booking_id LIMIT :limit"
)
_BEGINNING_OF_PERSON: Final = statement(_BEGINNING.format(of="person_id = :of"))
_BEGINNING_OF_SITE: Final = statement(_BEGINNING.format(of="stream = :of"))
_OF_SERIES: Final = statement(
    f"SELECT {_ROW} FROM slot WHERE series_id = :series ORDER BY from_us, booking_id"
)


@dataclass(frozen=True, slots=True)
class Slot:
    """One booking, as far as it is looked for."""

    stream: str
    booking_id: str
    resource_id: str
    person_id: str | None
    starts: datetime
    ends: datetime
    status: BookingStatus
    series_id: str | None


class SlotReader:
    """What is committed; a unit of work that made a booking finds it here afterwards."""

    session: Session

    def slots_of_person(
        self, person_id: str, from_: datetime, until: datetime, limit: int = 10_000
    ) -> list[Slot]:
        """Their bookings that meet [from_, until), by beginning."""
        params = _range(from_, until) | {"person": person_id, "limit": limit}
        return [_slot(row) for row in self.session.rows(_OF_PERSON, params)]

    def slots_of_site(
        self, site_id: str, from_: datetime, until: datetime, limit: int = 100_000
    ) -> list[Slot]:
        """The bookings of a site that meet [from_, until), by beginning."""
        params = _range(from_, until) | {"stream": site_stream(site_id), "limit": limit}
        return [_slot(row) for row in self.session.rows(_OF_SITE, params)]

    def page_of_person(
        self, person_id: str, after: tuple[datetime, str], until: datetime, limit: int
    ) -> list[Slot]:
        """Those of their bookings that begin before `until` and stand behind `after` in order
        of beginning and id: a beginning and an empty id is where a first page starts."""
        params = _page(after, until, limit) | {"of": person_id}
        return [_slot(row) for row in self.session.rows(_BEGINNING_OF_PERSON, params)]

    def page_of_site(
        self, site_id: str, after: tuple[datetime, str], until: datetime, limit: int
    ) -> list[Slot]:
        """The same of everybody's bookings at a site."""
        params = _page(after, until, limit) | {"of": site_stream(site_id)}
        return [_slot(row) for row in self.session.rows(_BEGINNING_OF_SITE, params)]

    def slots_of_series(self, series_id: str) -> list[Slot]:
        return [_slot(row) for row in self.session.rows(_OF_SERIES, {"series": series_id})]


def _range(from_: datetime, until: datetime) -> dict[str, Any]:
    """A booking that reaches into the range begins at most the longest booking before it."""
    begin = to_us(from_)
    return {"reach": begin - _LONGEST_US, "from": begin, "until": to_us(until)}


def _page(after: tuple[datetime, str], until: datetime, limit: int) -> dict[str, Any]:
    return {
        "after_us": to_us(after[0]),
        "after_id": after[1],
        "until": to_us(until),
        "limit": limit,
    }


def _slot(row: Sequence[Any]) -> Slot:
    stream, booking_id, resource_id, person_id, from_, until, status, series_id = row
    times = from_us(from_), from_us(until)
    return Slot(
        stream, booking_id, resource_id, person_id, *times, BookingStatus(status), series_id
    )

"""The events that a figure comes from, so that nobody has to believe it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from domain.attempt import attempts_id
from domain.site import Site
from domain.subjects import site_stream
from domain.usage import Figure, last_moment
from ledger.instants import from_text
from ledger.reader import Reader
from sync_server.use_cases.usage.history import EventRow, events_about
from sync_server.use_cases.usage.read_usage import Days, read_usage

_ATTEMPTS: Final = {Figure.REFUSED: "BookingRefused", Figure.TAKEN: "SlotWasTaken"}


def events_behind(reader: Reader, days: Days, figure: Figure) -> list[EventRow] | None:
    """All that a figure of one resource on these days comes from, in the order of the log.

    None: there is no such site, or no resource is named.
    """
    site = reader.full("site", days.site_id, Site)
    if site is None or days.resource_id is None:
        return None
    stream = site_stream(days.site_id)
    if figure in _ATTEMPTS:
        found = events_about(reader, stream, [attempts_id(days.resource_id, day) for day in days])
        return [each for each in found if _name(each) == _ATTEMPTS[figure]]
    if figure is Figure.BOOKABLE:
        return _settings(reader, stream, days, site)
    rows = read_usage(reader, days) or []
    bookings = {id_ for row in rows for id_ in row.usage.bookings.get(figure, ())}
    return events_about(reader, stream, sorted(bookings))


def _settings(reader: Reader, stream: str, days: Days, site: Site) -> list[EventRow]:
    """What set the hours and blackouts that stood on these days."""
    found: list[EventRow] = []
    for subject in (days.site_id, days.resource_id or ""):
        about = events_about(reader, stream, [subject])
        standing = {_standing(about, by) for day in days if (by := last_moment(day, site.zone))}
        found += [each for number, each in enumerate(about) if number in standing]
    return sorted(found, key=lambda each: each.seq)


def _standing(about: Sequence[EventRow], by: datetime) -> int:
    """Which of them stood by then: the last one before, else the first."""
    before = [n for n, each in enumerate(about) if from_text(each.recorded_at) <= by]
    return before[-1] if before else 0


def _name(row: EventRow) -> str:
    return row.kind.partition(".")[2].partition("/")[0]

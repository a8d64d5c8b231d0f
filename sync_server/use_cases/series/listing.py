"""The series of a person that are not over: one line each for their own page."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.resource import Resource
from domain.site import Site
from domain.subjects import site_of_stream
from ledger.reader import Reader
from ledger.slots import Slot
from sync_server.use_cases.series.standing import OPEN

AHEAD: Final = timedelta(days=3 * 366)


@dataclass(frozen=True, slots=True)
class SeriesLine:
    """A series with how many of its dates are still to come, and the next."""

    series_id: str
    resource: Resource
    site: Site
    left: int
    next_starts: datetime


def series_of_person(reader: Reader, person_id: str, now: datetime) -> list[SeriesLine]:
    """By their next dates."""
    coming: dict[str, list[Slot]] = {}
    for slot in reader.slots_of_person(person_id, now, now + AHEAD):
        if slot.series_id and slot.status in OPEN:
            coming.setdefault(slot.series_id, []).append(slot)
    lines = []
    for series_id, slots in coming.items():
        first = slots[0]
        resource = reader.full("resource", first.resource_id, Resource)
        site = reader.full("site", site_of_stream(first.stream), Site)
        if resource and site:
            lines.append(SeriesLine(series_id, resource, site, len(slots), first.starts))
    return lines

"""What people ask for when they book a series, and the days it comes to."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.booking import PayBy
from domain.booking.outcomes import NotBookable
from domain.booking.series import (
    Occurrence,
    SeriesProblem,
    SeriesRule,
    occurrences,
    overlaps_itself,
    rule_of,
)
from domain.booking.wish import SlotWish
from sync_server.use_cases.booking.case import Place
from sync_server.use_cases.booking.outcomes import No, SlotTaken
from sync_server.use_cases.booking.requests import RequestKey
from sync_server.use_cases.booking.rhythm import dates_of


@dataclass(frozen=True, slots=True)
class NewSeries:
    """`first` as on its first day, on the days of `rrule`; `without`: days not wanted.

    `expected_cents`: what the person was shown; at more nothing is booked.
    """

    resource_id: str
    first: SlotWish
    rrule: str
    without: frozenset[date] = frozenset()
    pay_by: PayBy | None = None
    expected_cents: int | None = None
    key: RequestKey | None = None
    mail: bool = True


class Omitted(StrEnum):
    """Why nobody tried to book a day; codes of the sentences `series.<value>`."""

    UNWANTED = "unwanted"
    SWALLOWED = "swallowed"
    """That night the clocks skip its start or its end."""


NotThatDay = NotBookable | SlotTaken | No | Omitted
"""Why a day of a series has no booking."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A series that can be asked for: its rule, and every day of it."""

    rule: SeriesRule
    found: tuple[Occurrence, ...]


def planned(place: Place, new: NewSeries) -> Planned | SeriesProblem:
    """The days of a wish at a place, or why it is no series."""
    zone = place.site.zone
    rule = rule_of(new.first.slot, new.rrule, zone)
    if isinstance(rule, SeriesProblem):
        return rule
    days = dates_of(rule)
    if isinstance(days, SeriesProblem):
        return days
    found = occurrences(rule, days, zone)
    if overlaps_itself(found, place.resource.terms):
        return SeriesProblem.OVERLAPS
    return Planned(rule, found)

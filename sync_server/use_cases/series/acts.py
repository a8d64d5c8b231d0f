"""The acts on series as pages and the API call them: for whom it is theirs, in which streams."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from domain.booking.series import SeriesProblem
from domain.subjects import site_stream
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.house import House
from sync_server.use_cases.asker import Asker, Auditor, Member, runs
from sync_server.use_cases.booking.acts import actor_of, in_streams
from sync_server.use_cases.booking.cancel import CancelTerms
from sync_server.use_cases.booking.case import find_place
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import Booked, Cancelled, No
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.series.change import (
    Ended,
    EndTerms,
    add_day,
    end_series,
    read_end_terms,
    skip_day,
)
from sync_server.use_cases.series.make import SeriesOutcome, TooDear, make_series
from sync_server.use_cases.series.preview import Preview, preview_series
from sync_server.use_cases.series.standing import FoundSeries, find_series, site_of_series
from sync_server.use_cases.series.wish import NewSeries, NotThatDay

T = TypeVar("T")


async def preview(
    house: House, asker: Asker, person_id: str, new: NewSeries
) -> Preview | SeriesProblem | No:
    """What it would come to, for oneself or, as an operator, for anybody the house knows."""
    now = house.clock()

    def look(reader: Reader) -> Preview | SeriesProblem | No:
        place = find_place(reader, new.resource_id)
        if place is None:
            return No.UNKNOWN_RESOURCE
        staff = runs(asker, place.site_id)
        if not staff and asker != Member(person_id):
            return No.UNKNOWN_PERSON
        return preview_series(reader, person_id, new, now, staff=staff)

    return await house.ledger.read(look)


async def book_series(house: House, asker: Asker, person_id: str, new: NewSeries) -> SeriesOutcome:
    """Book all days that can be had, or none where they cost more than expected."""
    place = await house.ledger.read(lambda reader: find_place(reader, new.resource_id))
    if place is None:
        return No.UNKNOWN_RESOURCE
    staff = runs(asker, place.site_id)
    if not staff and asker != Member(person_id):
        return No.UNKNOWN_PERSON

    def work(unit: Unit) -> SeriesOutcome:
        making = Making(unit, house.keys, Ids(), actor_of(asker))
        return make_series(making, person_id, new, staff=staff)

    try:
        return await in_streams(house, place.stream, work)
    except TooDear as trouble:
        return trouble.outcome


async def skip(
    house: House, asker: Asker, series_id: str, day: date, expected_fee_cents: int | None = None
) -> Cancelled | CancelTerms | No:
    """Call one day off; the terms where they are not those that were shown."""

    def work(making: Making, found: FoundSeries) -> Cancelled | CancelTerms | No:
        return skip_day(making, found, day, expected_fee_cents)

    return await _in_its_stream(house, asker, series_id, work)


async def add_again(house: House, asker: Asker, series_id: str, day: date) -> Booked | NotThatDay:
    """Book a skipped day again, if it can be had."""

    def work(making: Making, found: FoundSeries) -> Booked | NotThatDay:
        return add_day(making, found, day)

    return await _in_its_stream(house, asker, series_id, work)


async def end(
    house: House,
    asker: Asker,
    series_id: str,
    first_day: date,
    expected_fee_cents: int | None = None,
) -> Ended | EndTerms | No:
    """Call off everything from a day on; the terms where they are not those that were shown."""

    def work(making: Making, found: FoundSeries) -> Ended | EndTerms | No:
        return end_series(making, found, first_day, expected_fee_cents)

    return await _in_its_stream(house, asker, series_id, work)


async def end_terms(house: House, asker: Asker, series_id: str, first_day: date) -> EndTerms | No:
    """What ending would cost now."""
    now = house.clock()

    def read(reader: Reader) -> EndTerms | No:
        found = find_series(reader, asker, series_id)
        return found if isinstance(found, No) else read_end_terms(reader, found, first_day, now)

    return await house.ledger.read(read)


async def _in_its_stream(
    house: House, asker: Asker, series_id: str, work: Callable[[Making, FoundSeries], T]
) -> T | No:
    """Do `work` where the series lives, if it is theirs to change."""
    site_id = await house.ledger.read(lambda reader: site_of_series(reader, series_id))
    if site_id is None or isinstance(asker, Auditor):
        return No.UNKNOWN_SERIES

    def one_unit(unit: Unit) -> T | No:
        found = find_series(unit, asker, series_id)
        if isinstance(found, No):
            return found
        return work(Making(unit, house.keys, Ids(), actor_of(asker)), found)

    return await in_streams(house, site_stream(site_id), one_unit)

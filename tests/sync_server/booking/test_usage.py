"""Figures of a house that was booked in, and the events behind each of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.booking import BookingClaimed, BookingReleased
from domain.booking.outcomes import NotBookable
from domain.resource import Resource, ResourceRetired
from domain.usage import Figure, Usage
from sync_server.use_cases.booking import attempts
from sync_server.use_cases.booking.holding import hold
from sync_server.use_cases.booking.holds import Holder
from sync_server.use_cases.booking.outcomes import SlotTaken
from sync_server.use_cases.usage.events import events_behind
from sync_server.use_cases.usage.read_usage import Days, UsageRow, read_usage
from tests.sync_server.booking.town import (
    DESKS,
    NOBODYS,
    OTHER,
    ROOM,
    SITE,
    STREAM,
    TOMORROW,
    Town,
    slot,
)

FRIDAY = date(2026, 5, 15)
ONE_DAY = Days(SITE, FRIDAY, FRIDAY)


async def rows(town: Town, days: Days = ONE_DAY) -> list[UsageRow]:
    found = await town.ledger.read(lambda r: read_usage(r, days))
    assert found is not None
    return found


async def usage(town: Town, resource_id: str = ROOM) -> Usage:
    return next(row.usage for row in await rows(town) if row.resource_id == resource_id)


async def behind(town: Town, figure: Figure, resource_id: str = ROOM) -> list[tuple[str, str]]:
    """(name of the event, subject) of what a figure comes from."""
    days = replace(ONE_DAY, resource_id=resource_id)
    found = await town.ledger.read(lambda r: events_behind(r, days, figure))
    assert found is not None
    return [(each.kind.partition(".")[2].partition("/")[0], each.subject) for each in found]


async def test_a_day_of_every_resource_is_told(town: Town) -> None:
    found = await rows(town)
    assert [row.name for row in found] == ["Clay", "Kiln", "Desks", "Beamers"]
    whole = found[0].usage.bookable_min
    assert found[2].usage.bookable_min == 3 * whole
    assert {row.usage.booked_min for row in found} == {0}


async def test_what_was_booked_used_and_earned_is_counted_with_its_events(town: Town) -> None:
    first = await town.booked(slot(0, 2), NOBODYS)
    second = await town.booked(slot(4, 1), NOBODYS)
    await town.booked(slot(0, 2), resource=DESKS)

    def acts(unit):  # type: ignore[no-untyped-def]
        came = BookingClaimed(TOMORROW + timedelta(minutes=30))
        gone = BookingReleased(TOMORROW + timedelta(hours=4, minutes=15))
        unit.append(STREAM, "booking", first.booking_id, came, actor="test")
        unit.append(STREAM, "booking", second.booking_id, gone, actor="test")

    await town.work(acts)
    found = await usage(town)
    assert (found.booked_min, found.used_min, found.no_shows) == (135, 90, 1)
    assert found.gross_cents == 6000
    assert found.net_cents == 3361 + 1681
    made, came = ("BookingMade", first.booking_id), ("BookingClaimed", first.booking_id)
    assert await behind(town, Figure.USED) == [made, came]
    assert await behind(town, Figure.NO_SHOWS) == [
        ("BookingMade", second.booking_id),
        ("BookingReleased", second.booking_id),
    ]
    assert len(await behind(town, Figure.REVENUE)) == 4
    assert await behind(town, Figure.USED, DESKS) == []


async def test_who_comes_too_late_and_who_is_refused_is_kept(town: Town) -> None:
    await town.booked()
    assert isinstance(await town.book(person=OTHER), SlotTaken)
    assert isinstance(await town.book(slot(0.1), OTHER), NotBookable)
    assert isinstance(await town.book(slot(0, 0.1), OTHER), NotBookable)
    far = slot(24 * 5000)
    assert isinstance(await town.book(far, OTHER), NotBookable)
    found = await usage(town)
    assert (found.refused, found.taken) == (2, 1)
    subject = f"{ROOM}@2026-05-15"
    assert await behind(town, Figure.TAKEN) == [("SlotWasTaken", subject)]
    assert await behind(town, Figure.REFUSED) == [("BookingRefused", subject)] * 2


async def test_who_only_tried_to_hold_it_counts_too(town: Town) -> None:
    await town.booked()
    holder = Holder(session="somebody's")
    assert isinstance(await hold(town.house, holder, ROOM, slot()), SlotTaken)
    assert isinstance(await hold(town.house, holder, ROOM, slot(0.1)), NotBookable)
    found = await usage(town)
    assert (found.refused, found.taken) == (1, 1)


async def test_nobody_fills_the_log_by_asking_in_vain(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "MOST_COUNTED", 3)
    for _ in range(5):
        await town.book(slot(0.1))
    assert (await usage(town)).refused == 3


async def test_hours_of_a_past_day_stay_what_they_were(town: Town) -> None:
    before = await usage(town)
    town.clock.move(days=3)
    await town.set_site(opening=())
    await town.set_terms(ROOM, buffer_after_min=30)
    assert await usage(town) == before
    now = Days(SITE, FRIDAY + timedelta(days=3), FRIDAY + timedelta(days=3))
    assert {row.usage.bookable_min for row in await rows(town, now)} == {0}
    assert await behind(town, Figure.BOOKABLE) == [("SiteSet", SITE), ("ResourceSet", ROOM)]


async def test_what_was_retired_is_still_told_of_its_days(town: Town) -> None:
    await town.booked()
    town.clock.move(days=3)
    gone = ResourceRetired()
    await town.work(lambda u: u.append(STREAM, "resource", ROOM, gone, actor="test"))
    assert (await usage(town)).booked_min == 60
    today = FRIDAY + timedelta(days=5)
    names = [row.name for row in await rows(town, Days(SITE, today, today))]
    assert names == ["Kiln", "Desks", "Beamers"]
    resource = await town.state("resource", ROOM, Resource)
    assert resource is None


async def test_days_in_a_row_and_one_resource_alone(town: Town) -> None:
    await town.booked(slot(0, 1))
    await town.booked(slot(24, 1))
    days = Days(SITE, FRIDAY, FRIDAY + timedelta(days=2), ROOM)
    found = await rows(town, days)
    assert [(row.day.day, row.usage.booked_min) for row in found] == [(15, 60), (16, 60), (17, 0)]


@pytest.mark.parametrize(
    "days", [Days("ghost", FRIDAY, FRIDAY), Days("ghost", FRIDAY, FRIDAY, ROOM)]
)
async def test_there_is_no_usage_of_no_site(town: Town, days: Days) -> None:
    assert await town.ledger.read(lambda r: read_usage(r, days)) is None
    assert await town.ledger.read(lambda r: events_behind(r, days, Figure.BOOKED)) is None

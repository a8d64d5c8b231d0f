"""Rights that end, presence that counts once, parties at two doors: on the real server."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.access import Reason
from kiosk.services.answers import Answer, RefusalAnswer, WelcomeAnswer
from sync_server.admin.orders import NewBooking, Subject
from tests.end_to_end.near_house import NearHouse, NearKiosk, near_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[NearHouse]:
    with near_house(tmp_path) as stands:
        yield stands


@pytest.fixture
async def kiosk(house: NearHouse) -> AsyncIterator[NearKiosk]:
    near = await house.enrol("kiosk")
    await near.go_online()
    yield near
    await near.close()


@pytest.fixture
async def other(house: NearHouse) -> AsyncIterator[NearKiosk]:
    near = await house.enrol("other")
    await near.go_online()
    yield near
    await near.close()


def reason(answer: Answer) -> Reason | None:
    """Why not; None for a welcome."""
    assert isinstance(answer, RefusalAnswer | WelcomeAnswer), answer
    return answer.refused.reason if isinstance(answer, RefusalAnswer) else None


async def reasons(house: NearHouse, kiosk: NearKiosk, *names: str) -> list[Reason | None]:
    """What each of these codes gets, a minute and more after the last."""
    house.pass_time(seconds=61)
    return [reason(await kiosk.show(house.code(name))) for name in names]


@pytest.mark.parametrize("bunches", [(5,), (4, 1), (1, 1, 1, 1, 1)], ids=str)
async def test_two_offline_kiosks_that_let_ten_of_eight_in_raise_one_contradiction(
    house: NearHouse, kiosk: NearKiosk, other: NearKiosk, bunches: tuple[int, ...]
) -> None:
    for each in (kiosk, other):
        await each.go_offline()
    assert reason(await kiosk.show(house.code("group"), 5)) is None
    for people in bunches:
        assert reason(await other.show(house.code("group"), people)) is None
    await kiosk.go_online()
    await other.go_online()
    await kiosk.even()
    found = kiosk.books.contradictions()
    assert [each["code"] for each in found] == ["party_full"]
    assert kiosk.books.inside(house.ids["passes"]["group"]["id"]) == 10
    for each in (kiosk, other):
        assert reason(await each.show(house.code("group"))) is Reason.PARTY_FULL
        assert each.books.unlike() == []


async def test_the_ninth_is_refused_and_room_made_by_leaving_is_given_again(
    house: NearHouse, kiosk: NearKiosk
) -> None:
    code = house.code("group")
    welcome = await kiosk.show(code, 8)
    assert reason(welcome) is None
    assert reason(await kiosk.show(code)) is Reason.PARTY_FULL
    await kiosk.parts.desk.leave(welcome.serial)
    assert reason(await kiosk.show(code, 1)) is None
    await kiosk.even()
    assert kiosk.books.contradictions() == []


@pytest.mark.parametrize("online", [True, False])
async def test_in_and_in_again_five_times_a_day_opens_five_times_and_counts_once(
    house: NearHouse, kiosk: NearKiosk, online: bool
) -> None:
    if not online:
        await kiosk.go_offline()
    for back in range(5):
        answer = await kiosk.show(house.code("member"))
        assert isinstance(answer, WelcomeAnswer)
        assert answer.admitted.again is (back > 0)
        assert answer.here == 1
        house.pass_time(hours=1)
    assert len(kiosk.parts.locks.commands) == 5
    await (kiosk.even() if online else kiosk.go_online())
    assert kiosk.books.inside(house.ids["member"]) == 1
    rows = kiosk.books.server("SELECT id FROM event WHERE kind = 'visit.Arrived/1'")
    assert len(rows) == 5
    assert kiosk.books.contradictions() == []


async def test_offboarding_ends_pass_bookings_and_guests_with_the_next_sync(
    house: NearHouse, kiosk: NearKiosk
) -> None:
    assert await reasons(house, kiosk, "member", "booking", "host", "group") == [None] * 4
    tomorrow = await booked_tomorrow(house)
    for name in ("member", "host"):
        await house.ask("offboard", Subject(house.ids[name]))
    await kiosk.even()
    gone = await reasons(house, kiosk, "member", "booking", "host", "group")
    assert gone == [Reason.REVOKED] * 4
    house.pass_time(days=1)
    await kiosk.even()
    assert reason(await kiosk.show(tomorrow)) is Reason.REVOKED


async def test_a_revoked_pass_ends_alone(house: NearHouse, kiosk: NearKiosk) -> None:
    assert await reasons(house, kiosk, "member", "booking") == [None, None]
    await house.ask("revoke-pass", Subject(house.ids["passes"]["member"]["id"]))
    await kiosk.even()
    assert await reasons(house, kiosk, "member", "booking") == [Reason.REVOKED, None]


async def test_after_erasing_and_dropping_the_tombstones_absent_means_ended(
    house: NearHouse, kiosk: NearKiosk
) -> None:
    """The kiosk was away when it happened, and starts over with what the server still has."""
    names = await names_on(kiosk)
    tomorrow = await booked_tomorrow(house)
    await kiosk.even()
    await kiosk.go_offline()
    for name in ("member", "host"):
        await house.ask("offboard", Subject(house.ids[name]))
        await house.ask("erase-person", Subject(house.ids[name]))
    drop_every_tombstone(house)
    house.pass_time(days=31)
    await kiosk.go_online()
    assert await names_on(kiosk) == names - {house.ids["member"], house.ids["host"]}
    house.clock.ahead -= timedelta(days=31)
    gone = await reasons(house, kiosk, "member", "booking", "host", "group")
    assert gone == [Reason.REVOKED] * 4
    house.pass_time(days=1)
    assert reason(await kiosk.show(tomorrow)) is Reason.REVOKED
    assert kiosk.books.unlike() == []


async def names_on(kiosk: NearKiosk) -> set[str]:
    rows = kiosk.books.kiosk("SELECT person FROM name")
    return {person for (person,) in rows}


async def booked_tomorrow(house: NearHouse) -> str:
    """A pass for a booking of the member at this time tomorrow."""
    starts = house.clock() + timedelta(days=1)
    booth = NewBooking(
        house.ids["resource"], house.ids["member"], starts, starts + timedelta(hours=2)
    )
    booked: dict[str, Any] = await house.ask("book", booth)
    return str(booked["pass"]["code"])


def drop_every_tombstone(house: NearHouse) -> None:
    """As after many days: nobody is told any more what went; also not who was erased."""
    with closing(sqlite3.connect(house.server.settings.data / "foyer.sqlite")) as db, db:
        db.execute("DELETE FROM state WHERE op != 'put'")
        db.execute("UPDATE stream SET floor = head")

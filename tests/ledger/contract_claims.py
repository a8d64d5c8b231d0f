"""Claims of several units at once, holds that become bookings, and reading a day of them."""

from datetime import datetime, timedelta
from random import Random

from ledger.holdings import OPEN_END, Held, HoldingKind, NotFree, Want
from ledger.ledger import Ledger
from ledger.unit import Unit
from tests.ledger.acts import START, STREAM, Clock

HOUR = timedelta(hours=1)
DESKS = ("desk#1", "desk#2", "desk#3")


def _want(from_h: float, until_h: float, units: tuple[str, ...] = DESKS) -> Want:
    return Want(units, START + from_h * HOUR, START + until_h * HOUR)


async def test_the_first_free_unit_is_taken_until_none_is_left(ledger: Ledger) -> None:
    def act(unit: Unit) -> list[str | None]:
        unit.claim("desk#2", START, START + HOUR, "booking", "a")
        return [unit.claim_one_of(_want(0, 1), "booking", ref) for ref in ("b", "c", "d")]

    assert await ledger.work([STREAM], act) == ["desk#1", "desk#3", None]


async def test_all_wants_are_met_or_none(ledger: Ledger) -> None:
    def act(unit: Unit) -> tuple[object, ...]:
        unit.claim("beamer", START, START + HOUR, "booking", "a")
        wants = (_want(0, 1), _want(0, 1), _want(0, 1, ("beamer",)))
        return (
            unit.claim_all(wants, "booking", "b"),
            unit.claims_of("b"),
            unit.claim_all(wants[:2], "booking", "b"),
        )

    assert await ledger.work([STREAM], act) == (NotFree(2), [], ("desk#1", "desk#2"))


async def test_other_claims_take_the_place_of_the_first_or_all_stays(ledger: Ledger) -> None:
    def act(unit: Unit) -> tuple[object, ...]:
        unit.claim("desk#1", START + 2 * HOUR, START + 3 * HOUR, "booking", "a")
        unit.claim_all((_want(0, 1, DESKS[:1]), _want(0, 1, ("beamer",))), "booking", "b")
        no = unit.reclaim_all((_want(0, 1), _want(2, 3, DESKS[:1])), "booking", "b")
        kept = [each.unit for each in unit.claims_of("b")]
        yes = unit.reclaim_all((_want(0.5, 2, DESKS[:1]),), "booking", "b")
        return no, kept, yes, unit.claims_of("b")

    no, kept, yes, now = await ledger.work([STREAM], act)
    assert (no, kept, yes) == (NotFree(1), ["beamer", "desk#1"], ("desk#1",))
    half_past, two = START + HOUR / 2, START + 2 * HOUR
    assert now == [Held("desk#1", half_past, two, HoldingKind.BOOKING, "b")]


async def test_a_hold_becomes_a_booking_if_nobody_came_between(
    ledger: Ledger, clock: Clock
) -> None:
    want = _want(0, 1, ("room",))

    def hold(unit: Unit, ref: str) -> bool:
        ends = unit.now + timedelta(minutes=10)
        return unit.claim_one_of(want, "hold", ref, ends) is not None

    async def book(ref: str) -> bool:
        got = await ledger.work([STREAM], lambda u: u.reclaim_all((want,), "booking", ref))
        return got == ("room",)

    assert await ledger.work([STREAM], lambda u: hold(u, "a"))
    clock.move(minutes=9)
    ends = clock() + timedelta(minutes=10)
    assert await ledger.work([STREAM], lambda u: u.extend_claim("a", ends))
    clock.move(minutes=10)
    assert not await ledger.work([STREAM], lambda u: u.extend_claim("a", OPEN_END))
    assert await ledger.work([STREAM], lambda u: hold(u, "b"))
    assert not await book("a")
    clock.move(minutes=11)
    assert await book("b")
    clock.move(minutes=11)
    assert not await ledger.work([STREAM], lambda u: hold(u, "c"))
    (held,) = await ledger.read(lambda r: r.claims_of("b"))
    assert (held.kind, held.expires_at) == (HoldingKind.BOOKING, None)


async def test_a_day_is_read_with_what_reaches_into_it(ledger: Ledger, clock: Clock) -> None:
    def act(unit: Unit) -> None:
        unit.claim("room", START - 3 * HOUR, START - 2 * HOUR, "booking", "before")
        unit.claim("room", START - HOUR, START + HOUR, "booking", "reaching")
        unit.claim("room", START + HOUR, START + 2 * HOUR, "hold", "over", clock() + HOUR / 2)
        unit.claim("room", START + 4 * HOUR, START + 6 * HOUR, "booking", "leaving")
        unit.claim("room", START + 6 * HOUR, START + 7 * HOUR, "booking", "after")
        unit.claim("booth", START - 100 * HOUR, OPEN_END, "blackout", "always")
        unit.claim("other", START, START + HOUR, "booking", "other")

    await ledger.work([STREAM], act)

    async def read() -> list[str]:
        units, now = ("room", "booth", "empty"), clock()
        held = await ledger.read(lambda r: r.held(units, START, START + 5 * HOUR, now))
        return sorted(each.ref for each in held)

    assert await read() == ["always", "leaving", "over", "reaching"]
    clock.move(minutes=30)
    assert await read() == ["always", "leaving", "reaching"]


async def test_the_short_way_to_overlaps_finds_what_the_long_way_finds(ledger: Ledger) -> None:
    chance = Random(5)

    def act(unit: Unit) -> None:
        mine: list[tuple[int, int]] = []
        for turn in range(300):
            start = chance.randrange(400)
            until = start + 1 + chance.randrange(9)
            free = all(until <= from_ or to <= start for from_, to in mine)
            assert unit.claim("room", *_minutes(start, until), "booking", str(turn)) is free
            if free:
                mine.append((start, until))
            span = chance.randrange(400), 401
            found = {each.ref for each in unit.held(("room",), *_minutes(*span), unit.now)}
            assert len(found) == sum(from_ < 401 and to > span[0] for from_, to in mine)

    await ledger.work([STREAM], act)


def _minutes(start: int, until: int) -> tuple[datetime, datetime]:
    minute = timedelta(minutes=1)
    return START + start * minute, START + until * minute

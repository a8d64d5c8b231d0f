"""No scarce unit is claimed twice, whoever asks at the same instant."""

import asyncio
from datetime import timedelta
from itertools import chain, pairwise

import pytest
from sqlalchemy import text

from ledger.holdings import OPEN_END
from ledger.ledger import Ledger
from ledger.unit import Unit
from tests.ledger.acts import START, STREAM, Clock

HOUR = timedelta(hours=1)


def _claim(unit: Unit, ref: str, from_h: float, until_h: float, room: str = "room") -> bool:
    return unit.claim(room, START + from_h * HOUR, START + until_h * HOUR, "booking", ref)


async def test_touching_claims_stand_and_overlapping_ones_do_not(ledger: Ledger) -> None:
    def act(unit: Unit) -> list[bool]:
        return [
            _claim(unit, "a", 0, 1),
            _claim(unit, "b", 1, 2),
            _claim(unit, "c", 0.5, 1.5),
            _claim(unit, "d", -1, 5),
            _claim(unit, "e", 0.2, 0.4),
            _claim(unit, "f", 0, 1, room="other"),
            unit.claim("room", START + 2 * HOUR, OPEN_END, "loan", "g"),
            _claim(unit, "h", 9000, 9001),
        ]

    assert await ledger.work([STREAM], act) == [True, True, False, False, False, True, True, False]


async def test_sixteen_claimers_of_random_slots_never_overlap(ledgers: list[Ledger]) -> None:
    async def claimer(number: int) -> list[tuple[int, int]]:
        won = []
        for turn in range(8):
            start = (number * 7 + turn * 5) % 20
            ref, until = f"{number}-{turn}", start + 1 + (number + turn) % 3
            ledger = ledgers[number % len(ledgers)]
            # Streams of their own: even unserialised, the database refuses.
            if await ledger.work(
                [f"site:{number}"], lambda u, r=ref, s=start, e=until: _claim(u, r, s, e)
            ):
                won.append((start, until))
        return won

    won = sorted(chain.from_iterable(await asyncio.gather(*map(claimer, range(16)))))
    assert len(won) >= 7
    assert all(before[1] <= after[0] for before, after in pairwise(won))


async def test_sixteen_claimers_of_one_slot_have_one_winner(ledgers: list[Ledger]) -> None:
    won = await asyncio.gather(
        *(
            ledgers[n % len(ledgers)].work([f"site:{n}"], lambda u, n=n: _claim(u, str(n), 0, 1))
            for n in range(16)
        )
    )
    assert sum(won) == 1


async def test_an_expired_hold_stands_in_nobodys_way(ledger: Ledger, clock: Clock) -> None:
    def hold(unit: Unit) -> bool:
        ends = unit.now + timedelta(minutes=10)
        return unit.claim("room", START, START + HOUR, "hold", "cart", expires_at=ends)

    assert await ledger.work([STREAM], hold)
    clock.move(minutes=9)
    assert not await ledger.work([STREAM], lambda u: _claim(u, "b", 0, 1))
    clock.move(minutes=1)
    assert await ledger.work([STREAM], lambda u: _claim(u, "b", 0, 1))


async def test_a_claim_moves_whole_or_not_at_all(ledger: Ledger, clock: Clock) -> None:
    def act(unit: Unit) -> list[bool]:
        _claim(unit, "a", 0, 1)
        _claim(unit, "b", 2, 3)
        return [
            unit.move_claim("a", START, START + 2 * HOUR),
            unit.move_claim("a", START, START + 2.5 * HOUR),
            unit.move_claim("a", START + 1 * HOUR, START + 2 * HOUR),
            unit.move_claim("nobody", START, START + HOUR),
            _claim(unit, "c", 0, 1),
        ]

    assert await ledger.work([STREAM], act) == [True, False, True, False, True]


async def test_moving_over_an_expired_hold_works(ledger: Ledger, clock: Clock) -> None:
    def prepare(unit: Unit) -> None:
        _claim(unit, "a", 0, 1)
        unit.claim("room", START + HOUR, START + 2 * HOUR, "hold", "h", expires_at=START + HOUR)

    await ledger.work([STREAM], prepare)
    longer = (START, START + 2 * HOUR)
    assert not await ledger.work([STREAM], lambda u: u.move_claim("a", *longer))
    clock.move(hours=1)
    assert await ledger.work([STREAM], lambda u: u.move_claim("a", *longer))


async def test_what_is_released_is_free_again(ledger: Ledger) -> None:
    def act(unit: Unit) -> bool:
        _claim(unit, "a", 0, 1)
        unit.release_claim("a")
        return _claim(unit, "b", 0, 1)

    assert await ledger.work([STREAM], act)


async def test_a_claim_that_holds_nothing_is_a_mistake(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="holds nothing"):
        await ledger.work([STREAM], lambda u: _claim(u, "a", 1, 1))


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO holding VALUES ('b', 'room', 5, 15, 'booking', NULL)",
        "UPDATE holding SET until_us = 21 WHERE ref = 'a'",
        "UPDATE holding SET unit = 'room' WHERE ref = 'other'",
        "INSERT INTO holding VALUES ('b', 'free', 5, 5, 'booking', NULL)",
        "INSERT INTO holding VALUES ('b', 'free', 5, 9, 'wish', NULL)",
    ],
)
async def test_the_constraint_stands_in_the_database_itself(ledger: Ledger, sql: str) -> None:
    def raw(unit: Unit) -> None:
        rows = "('a', 'room', 0, 10), ('c', 'room', 20, 30), ('other', 'else', 0, 30)"
        insert = "INSERT INTO holding (ref, unit, from_us, until_us, kind) SELECT v.*, 'loan' FROM"
        unit.session.connection.execute(text(f"{insert} (VALUES {rows}) AS v"))
        unit.session.connection.execute(text(sql))

    with pytest.raises(Exception, match=r"holding_(apart|forward|kind)"):
        await ledger.work([STREAM], raw)

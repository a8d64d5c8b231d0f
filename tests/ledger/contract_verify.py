"""Whoever changes the log behind its back is found out, at the first row they touched."""

from collections.abc import Awaitable, Callable

import pytest

from ledger.ledger import Ledger
from ledger.log import BadRow
from tests.ledger.acts import STREAM, arrive

COLUMNS = "id, kind, subject, at, recorded_at, origin, actor, act, n, body, decision, hash"


async def _ten(ledger: Ledger) -> None:
    for number in range(10):
        await ledger.work([STREAM], arrive(f"h{number}"))
        await ledger.work(["site:z"], arrive(f"h{number}", "site:z"))


@pytest.mark.parametrize(
    ("sql", "bad"),
    [
        ("UPDATE event SET body = replace(body, 'h4', 'h9') WHERE seq = 5 AND stream = 'site:z'",
         BadRow("site:z", 5, "does not match its hash")),
        (f"UPDATE event SET hash = '{'ab' * 32}' WHERE seq = 7 AND stream = '{STREAM}'",
         BadRow(STREAM, 7, "does not match its hash")),
        (f"UPDATE event SET actor = 'boss' WHERE seq = 10 AND stream = '{STREAM}'",
         BadRow(STREAM, 10, "does not match its hash")),
        (f"DELETE FROM event WHERE seq = 3 AND stream = '{STREAM}'",
         BadRow(STREAM, 3, "is missing")),
        (f"DELETE FROM event WHERE seq >= 9 AND stream = '{STREAM}'",
         BadRow(STREAM, 9, "is missing")),
        (f"DELETE FROM event WHERE seq = 1 AND stream = '{STREAM}'",
         BadRow(STREAM, 1, "is missing")),
        (f"UPDATE event SET seq = 99 WHERE seq = 2 AND stream = '{STREAM}';"
         f"UPDATE event SET seq = 2 WHERE seq = 3 AND stream = '{STREAM}';"
         f"UPDATE event SET seq = 3 WHERE seq = 99 AND stream = '{STREAM}'",
         BadRow(STREAM, 2, "does not match its hash")),
        (f"UPDATE event SET stream = 'site:y' WHERE seq = 10 AND stream = '{STREAM}'",
         BadRow(STREAM, 10, "is missing")),
        (f"INSERT INTO event SELECT stream, 11, 'new', kind, subject, at, recorded_at, origin,"
         f" actor, act, n, body, decision, hash FROM event WHERE seq = 10 AND stream = '{STREAM}'",
         BadRow(STREAM, 11, "does not match its hash")),
        (f"UPDATE stream SET head = 9 WHERE stream = '{STREAM}'",
         BadRow(STREAM, 10, "was added behind the head")),
        (f"UPDATE stream SET hash = '{'cd' * 32}' WHERE stream = '{STREAM}'",
         BadRow(STREAM, 10, "is not the head of its stream")),
        ("DELETE FROM stream WHERE stream = 'site:z'",
         BadRow("site:z", 1, "belongs to no stream")),
    ],
)  # fmt: skip
async def test_the_first_bad_row_is_named(
    ledger: Ledger, tamper: Callable[[str], Awaitable[None]], sql: str, bad: BadRow
) -> None:
    await _ten(ledger)
    assert await ledger.verify() is None
    await tamper(sql)
    assert await ledger.verify() == bad


async def test_an_untouched_log_longer_than_a_chunk_is_good(ledger: Ledger) -> None:
    def many(unit):  # type: ignore[no-untyped-def]
        for number in range(2050):
            arrive(f"h{number}")(unit)

    await ledger.work([STREAM], many)
    assert await ledger.verify() is None

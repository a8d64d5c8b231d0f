"""What could be had instead of a slot that somebody else has; looked up without any lock."""

from dataclasses import replace
from typing import TypeVar

from domain.booking.wish import SlotWish
from ledger.reader import Reader
from sync_server.house import House
from sync_server.use_cases.booking.case import Place
from sync_server.use_cases.booking.outcomes import Alternative, SlotTaken

T = TypeVar("T")


async def with_alternatives(
    house: House, whom: tuple[Place, str | None], wish: SlotWish, made: T
) -> T:
    """`made`, where it says that a slot is taken with the nearest that can be had."""
    if not isinstance(made, SlotTaken):
        return made
    found = await house.ledger.read(lambda reader: alternatives(reader, whom, wish))
    return replace(made, alternatives=found)


def alternatives(
    _reader: Reader, _whom: tuple[Place, str | None], _wish: SlotWish
) -> tuple[Alternative, ...]:
    return ()

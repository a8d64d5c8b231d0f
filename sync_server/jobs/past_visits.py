"""Once an hour, what has ended of who asked is dropped: sessions, sign-in links, tries."""

from sync_server.house import House


async def forget_past_visits(house: House) -> None:
    """Nothing of it is needed any more; any number of processes may do it."""
    await house.ledger.work([], lambda unit: unit.forget_the_past())

"""A house with doors for the tests of locks."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.campaigns.door_house import DoorHouse, Simulator


@pytest.fixture
def house(tmp_path: Path) -> Iterator[DoorHouse]:
    """A running broker with accounts for the locks "north" and "south"."""
    house = DoorHouse(tmp_path, ["north", "south"])
    yield house
    house.broker.stop()


@pytest.fixture
async def simulator(house: DoorHouse) -> AsyncIterator[Simulator]:
    """Both locks in a process of their own, connected."""
    async with house.simulator() as simulator:
        yield simulator

"""Two servers on one PostgreSQL and one broker: neither disturbs the other, a request is one."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from domain.door import DoorOutcome
from sync_server.main import main
from sync_server.settings import Settings
from sync_server.use_cases.at_the_door import Reply, ask_to_open
from tests.campaigns.door_house import DoorHouse, Simulator
from tests.ledger.throw_away_postgresql import throw_away_postgresql
from tests.sync_server.conftest import Demo
from tests.sync_server.door_stand import DoorStand, door_stand, doors_of_demo, with_broker


@pytest.fixture
def demo(tmp_path: Path) -> Iterator[tuple[Demo, Settings]]:
    with throw_away_postgresql() as cluster:
        settings = Settings(tmp_path / "house", database_url=cluster.create())
        where = ("--data", str(settings.data), "--database-url", settings.database_url)
        out = StringIO()
        with redirect_stdout(out):
            assert main(["init", *where]) == 0
            out.truncate(0)
            out.seek(0)
            assert main(["seed-demo", "--members", "12", "--bookings", "10", *where]) == 0
        yield Demo(settings.data, json.loads(out.getvalue())), settings


@pytest.fixture
def doors(demo: tuple[Demo, Settings], tmp_path: Path) -> Iterator[DoorHouse]:
    doors = doors_of_demo(demo[0], tmp_path / "doors")
    yield doors
    doors.broker.stop()


@pytest.fixture
async def locks(doors: DoorHouse) -> AsyncIterator[Simulator]:
    async with doors.simulator() as locks:
        yield locks


@pytest.fixture
async def pair(
    demo: tuple[Demo, Settings], doors: DoorHouse
) -> AsyncIterator[tuple[DoorStand, DoorStand]]:
    settings = with_broker(demo[1], doors)
    async with AsyncExitStack() as stack:
        one = await stack.enter_async_context(door_stand(demo[0], settings))
        yield one, await stack.enter_async_context(door_stand(demo[0], settings))


async def test_a_request_sent_to_both_commands_once_and_many_are_let_in_side_by_side(
    pair: tuple[DoorStand, DoorStand], locks: Simulator
) -> None:
    one, two = pair
    wish = one.wish("member")
    both = await asyncio.gather(ask_to_open(one.house, wish), ask_to_open(two.house, wish))
    told = [reply.told.outcome for reply in both if isinstance(reply, Reply) and reply.told]
    assert told == [DoorOutcome.OPENED] * 2
    assert len(locks.openings()) == 1
    assert len(await one.events("visit.Arrived/1")) == 1
    asked = [stand.ask(part) for stand in pair for part in ("member", "host", "booking", "staff")]
    replies = await asyncio.gather(*asked)
    assert [
        reply.told for reply in replies if not reply.told or not reply.told.outcome.is_open
    ] == []
    assert len({opening["command"] for opening in locks.openings()}) == 9

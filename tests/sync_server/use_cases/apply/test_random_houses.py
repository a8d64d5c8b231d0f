"""Any house survives being written as a file and read back, and applying it twice is once."""

import asyncio
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.ledger import Ledger, open_ledger
from ledger.migrate import migrate
from sync_server.use_cases.apply.apply_house import (
    NotApplied,
    Planned,
    WantedHouse,
    apply_house,
    plan_house,
    streams_of,
)
from sync_server.use_cases.apply.calling import calling
from sync_server.use_cases.apply.read_house import Given, read_house
from sync_server.use_cases.apply.standing import HouseParts, read_standing
from sync_server.use_cases.apply.toml_text import toml_text
from sync_server.use_cases.apply.written import Written
from tests.domain.how_often import one_in
from tests.sync_server.use_cases.apply.houses import PICTURES, TODAY, houses

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PICTURE_NAMES = {name: name for name in PICTURES}


def file_of(parts: HouseParts) -> str:
    return toml_text(Written(parts, calling(parts)).document())


def bare(parts: HouseParts) -> HouseParts:
    """Without what the house itself fills in."""
    sites = {
        id_: replace(each, number=0, short_code_salt="", day_pass=None)
        for id_, each in parts.sites.items()
    }
    return replace(parts, sites=sites)


@one_in(2)
@given(houses())
def test_a_house_that_is_written_reads_back_the_same(house: HouseParts) -> None:
    document = tomllib.loads(file_of(house))
    found = read_house(document, Given(TODAY, HouseParts(), PICTURE_NAMES))
    assert found.problems == ()
    assert found.parts == house


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    url = f"sqlite:///{tmp_path_factory.mktemp('random') / 'house.sqlite'}"
    migrate(url)
    return url


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(house=houses(), remove=st.booleans())
def test_applying_upon_any_house_is_all_or_nothing_and_twice_is_once(
    url: str, house: HouseParts, remove: bool
) -> None:
    """The houses of all examples stand one upon the other."""

    async def act() -> None:
        ledger = await open_ledger(url, lambda: NOW)
        try:
            await _apply(ledger, house, remove=remove)
        finally:
            await ledger.close()

    asyncio.run(act())


async def _apply(ledger: Ledger, house: HouseParts, *, remove: bool) -> None:
    wanted = WantedHouse(tomllib.loads(file_of(house)), PICTURE_NAMES, remove)
    heads = await ledger.heads()
    dry = await ledger.read(lambda reader: plan_house(reader, wanted, NOW))
    assert await ledger.heads() == heads
    before = await ledger.read(read_standing)
    streams = streams_of(wanted.document, before)
    done = await ledger.work(streams, lambda unit: apply_house(unit, wanted, "test"))
    if isinstance(done, NotApplied):
        assert dry == done
        assert await ledger.read(read_standing) == before
        return
    assert isinstance(dry, Planned)
    assert dry.changes == done.changes
    after = await ledger.read(read_standing)
    assert after == done.after
    if remove:
        assert bare(after) == house
    heads = await ledger.heads()
    again = await ledger.work(streams, lambda unit: apply_house(unit, wanted, "test"))
    assert isinstance(again, Planned)
    assert again.changes == ()
    assert await ledger.heads() == heads
    assert file_of(after) == file_of(await ledger.read(read_standing))

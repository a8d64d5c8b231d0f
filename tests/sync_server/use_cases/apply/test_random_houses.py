"""Any house survives being written as a file and read back, and applying it twice is once."""

import asyncio
import tomllib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.codec import canonical
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
from sync_server.use_cases.apply.changes import changes_between
from sync_server.use_cases.apply.checks import house_problems
from sync_server.use_cases.apply.complete import Filling, complete
from sync_server.use_cases.apply.likeness import as_written
from sync_server.use_cases.apply.named import Named
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


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
    | st.sampled_from(["2026-12-24", "0001-01-01T00:00:00+14:00", "2 h", "1.00", "kiln", "House"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=4,
)  # fmt: skip


def places(document: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Every place in a document, as the way there."""
    pairs: list[tuple[object, object]] = []
    if isinstance(document, dict):
        pairs = list(document.items())
    elif isinstance(document, list):
        pairs = list(enumerate(document))
    found = [(*path, key) for key, _ in pairs]
    return found + [each for key, value in pairs for each in places(value, (*path, key))]


@one_in(1)
@given(houses(), st.data())
def test_whatever_stands_in_a_file_is_told_and_never_breaks(
    house: HouseParts, data: st.DataObject
) -> None:
    document = tomllib.loads(file_of(house))
    for _ in range(3):
        way = data.draw(st.sampled_from(places(document)))
        inside: Any = document
        for key in way[:-1]:
            inside = inside[key]
        inside[way[-1]] = data.draw(JSON)
    found = read_house(document, Given(TODAY, HouseParts(), PICTURE_NAMES))
    after = complete(found.parts, HouseParts(), Filling(TODAY, lambda: "00"))
    problems = house_problems(after, HouseParts(), Named(document))
    for each in as_written(document, (*found.problems, *problems)):
        assert str(each)
    if not found.problems and not problems:
        changes = changes_between(HouseParts(), after)
        assert all(change.sentence for change in changes)
        canonical(after)

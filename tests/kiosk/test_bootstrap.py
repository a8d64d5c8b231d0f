"""The kiosk put together does what its settings say, and tells the ones that cannot be."""

import asyncio
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

import kiosk.services.until_stored
from domain.passes import GrantKind
from kiosk.bootstrap import Kiosk
from kiosk.services.answers import Answer, NotStoredAnswer, WelcomeAnswer
from kiosk.services.data_folder import DATABASE
from kiosk.services.identity import Identity, make_key, save
from kiosk.settings import Settings
from ledger.kiosk import KioskLedger, pages
from tests.ledger.kiosk.held import held
from tests.world import World, ziegelhof

NOBODY = "http://127.0.0.1:1"


@pytest.fixture
def world() -> World:
    return ziegelhof()


@pytest.fixture
def code(world: World) -> str:
    """Of a member who may come at any hour for years."""
    who, until = world.person_id, datetime(2100, 1, 1, tzinfo=UTC)
    return world.issue(GrantKind.MEMBERSHIP, who, who, valid_until=until)[1]


@pytest.fixture
def folder(tmp_path: Path, world: World, code: str) -> Path:
    """The data folder of a kiosk that knows its site."""
    make_key(tmp_path)
    save(tmp_path, Identity("kiosk", world.site_id, 1, "aa" * 32, 0, NOBODY))
    ledger = KioskLedger(tmp_path / DATABASE)
    for page in world.pages():
        ledger.work_now(lambda unit, page=page: pages.apply_snapshot_page(unit, page))
    ledger.close()
    return tmp_path


async def test_a_door_the_site_does_not_have_is_told_and_refuses_nobody(
    folder: Path, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    said: asyncio.Queue[Mapping[str, Any]] = asyncio.Queue()
    settings = Settings(folder, broker="127.0.0.1:1", door="cellar")
    kiosk = Kiosk(settings, lambda what, **facts: said.put_nowait({"what": what, **facts}))
    running = asyncio.ensure_future(kiosk.run())
    try:
        while not (line := await said.get()).get("door_unknown"):
            assert line["what"] != "answer"
        await kiosk.desk.code(code)
        while (line := await said.get())["what"] != "answer":
            pass
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    assert (line["outcome"], line["reason"]) == ("admitted", None)
    assert "--door names no door of this site" in caplog.text
    assert "front (Front door)" in caplog.text


async def test_while_nothing_can_be_written_the_lobby_runs_on_and_then_goes_on_by_itself(
    folder: Path, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kiosk.services.until_stored, "RETRY_S", 0.01)
    told: list[Answer] = []
    troubles = asyncio.Semaphore(0)

    def report(what: str, **facts: object) -> None:
        if facts.get("of") == "LedgerUnavailable":
            troubles.release()

    lobby = Kiosk(Settings(folder, broker="127.0.0.1:1"), report)
    lobby.desk.on_answer(told.append)
    with held(lobby.ledger, folder / DATABASE):
        running = asyncio.ensure_future(lobby.run())
        for _ in range(20):  # the doors, the clock and the sync each try again and again
            await troubles.acquire()
        await lobby.desk.code(code)
        assert await lobby.desk.type_code("0000000000")
        assert not running.done()
    await lobby.desk.code(code)
    while not await lobby.ledger.work(lambda unit: unit.meta("clock_anchor")):
        pass
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    assert [type(each) for each in told[:3]] == [NotStoredAnswer, NotStoredAnswer, WelcomeAnswer]
    assert [each.serial for each in told[:3]] == [1, 2, 3]

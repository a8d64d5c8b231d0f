"""The sync engine in trouble: when it tries again, and how hard, in simulated time."""

import asyncio
import sqlite3
import tempfile
from collections.abc import Iterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest

from domain.subjects import HOUSE
from domain.sync import Cursor, HelloReply, Op, Page, StateDown
from kiosk.services.link import RetryLater, Revoked, SayHelloAgain
from ledger.kiosk import KioskLedger, pages
from tests.end_to_end.simulation.day import cast
from tests.end_to_end.simulation.jumping_loop import LoopClocks, run_jumping
from tests.end_to_end.simulation.life import Life, Witness
from tests.end_to_end.simulation.log_link import Line, LogLink
from tests.end_to_end.simulation.log_server import LogServer
from tests.end_to_end.simulation.mortal import Mortal
from tests.world import NOON


class Hellos:
    """Counts hellos, by the simulated second of each."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.at_s: list[float] = []
        hello = LogServer.hello

        def counted(server: LogServer, said: object) -> HelloReply:
            self.at_s.append(asyncio.get_running_loop().time())
            return hello(server, said)  # type: ignore[arg-type]

        patch.setattr(LogServer, "hello", counted)


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def hellos_in(seconds: float, folder: Path, patch: pytest.MonkeyPatch) -> list[float]:
    hellos = Hellos(patch)

    async def wait(_: Life) -> None:
        await asyncio.sleep(seconds)

    async def live() -> None:
        world = cast().world
        clocks = LoopClocks(world.now)
        life = Life(folder, LogServer(world, clocks.wall), Line(), Mortal(), clocks)
        await life.live([wait], Witness())
        life.ledger.close()

    run_jumping(live())
    return hellos.at_s


@pytest.mark.parametrize("trouble", [SayHelloAgain, RetryLater, Revoked])
def test_a_server_that_says_hello_and_nothing_else_is_asked_less_and_less(
    folder: Path, monkeypatch: pytest.MonkeyPatch, trouble: type[Exception]
) -> None:
    async def never(*_: object, **__: object) -> Page:
        raise trouble("never")

    monkeypatch.setattr(LogLink, "pull", never)
    monkeypatch.setattr(LogLink, "snapshot", never)
    at_s = hellos_in(600, folder, monkeypatch)
    assert 10 <= len(at_s) <= 20
    assert max(later - at for at, later in pairwise(at_s)) <= 76


def test_a_fault_of_ours_is_logged_and_the_lobby_goes_on(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(pages, "apply_snapshot_page", broken)
    assert len(hellos_in(60, folder, monkeypatch)) > 3
    assert "disk is full" in caplog.text


def test_a_kind_of_state_from_a_newer_server_is_kept_and_harms_nothing(folder: Path) -> None:
    ledger = KioskLedger(folder / "kiosk.sqlite")
    strange = StateDown(1, "hologram", "h", Op.PUT, "{}")
    page = Page(HOUSE, 0, 1, "11" * 32, more=False, states=(strange,), server_time=NOON)
    for take in (pages.apply_page, pages.apply_snapshot_page):
        ledger.work_now(partial(take, page=page))
        assert ledger.work_now(lambda unit: pages.digest(unit, HOUSE)).count == 1
    ledger.close()


def test_a_token_that_ends_while_all_is_well_costs_one_hello_at_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pull, pulls = LogLink.pull, 0

    async def once(
        link: LogLink, token: str, cursor: Cursor, epoch: str, *, wait_s: int, digest: bool
    ) -> Page:
        nonlocal pulls
        pulls += 1
        if pulls == 20:
            raise SayHelloAgain("401")
        return await pull(link, token, cursor, epoch, wait_s=wait_s, digest=digest)

    monkeypatch.setattr(LogLink, "pull", once)
    at_s = hellos_in(60, folder, monkeypatch)
    assert len(at_s) == 2

"""The demo house, founded once and copied for each test, and a server on it."""

import asyncio
import json
import logging
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest
import structlog

from domain.invitation import GuestsInvited, Invitation
from domain.passes import Entry, GrantKind, Pass, PassIssued
from ledger.data_dir import DataDir
from ledger.unit import Unit
from sync_server import logs
from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import NewKiosk, NewToken, SeedDemo
from sync_server.commands.seeding import own_lock_keys
from sync_server.house import open_house
from sync_server.key_store import load_keys
from sync_server.keys import HouseKeys
from sync_server.main import main
from sync_server.settings import Settings
from sync_server.use_cases.print_pass import printed_pass
from tests.sync_server.lobby import Lobby, enrolled_lobby
from tests.sync_server.running import RunningServer, running


@dataclass(frozen=True, slots=True)
class Demo:
    """A data directory with the demo in it, and what seed-demo printed."""

    folder: Path
    ids: dict[str, Any]

    @property
    def keys(self) -> HouseKeys:
        return load_keys(DataDir(self.folder))

    def code(self, part: str) -> str:
        return str(self.ids["passes"][part]["code"])

    def short_code(self, part: str) -> str:
        return str(self.ids["passes"][part]["short_code"])

    def pass_id(self, part: str) -> str:
        return str(self.ids["passes"][part]["id"])


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    folder = tmp_path_factory.mktemp("founded") / "house"
    assert main(["init", "--data", str(folder)]) == 0
    settings = Settings(folder)
    keys = own_lock_keys(settings)
    ids = ask(settings, Asked("seed-demo", SeedDemo(1, 12, 10, keys)))
    assert isinstance(ids, dict)
    return Demo(folder, json.loads(json.dumps(ids)))


@pytest.fixture
def demo(founded: Demo, tmp_path: Path) -> Demo:
    """A house of this test's own."""
    folder = tmp_path / "house"
    shutil.copytree(founded.folder, folder)
    return Demo(folder, founded.ids)


@pytest.fixture
def settings(demo: Demo) -> Settings:
    return Settings(demo.folder)


@pytest.fixture
def server(settings: Settings) -> Iterator[RunningServer]:
    with running(settings) as served:
        yield served


@pytest.fixture
def http(server: RunningServer) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, trust_env=False, timeout=10) as client:
        yield client


@pytest.fixture
def command(server: RunningServer) -> Callable[[str, Any], dict[str, Any]]:
    """Has a command carried out by the running server."""

    def carry_out(act: str, params: Any) -> dict[str, Any]:
        answer = ask(server.settings, Asked(act, params))
        assert isinstance(answer, dict), answer
        return answer

    return carry_out


@pytest.fixture
def new_token(command: Callable[..., dict[str, Any]]) -> Callable[..., str]:
    def create(*scopes: str, site: str | None = None) -> str:
        return str(command("token create", NewToken(scopes or ("check-in",), site))["token"])

    return create


@pytest.fixture
def new_lobby(
    command: Callable[..., dict[str, Any]], demo: Demo, http: httpx.Client
) -> Callable[[], Lobby]:
    def enrol() -> Lobby:
        code = command("add-kiosk", NewKiosk(demo.ids["site"]))["code"]
        return enrolled_lobby(http, code)

    return enrol


@pytest.fixture
def lobby(new_lobby: Callable[[], Lobby]) -> Lobby:
    return new_lobby()


@pytest.fixture
def once(server: RunningServer, demo: Demo) -> str:
    """The code of a guest's pass for one entry."""
    return asyncio.run(one_entry(server.settings, demo))


GUEST = "019b76da-a800-7000-8000-00000000e001"


async def one_entry(settings: Settings, demo: Demo) -> str:
    """Invite one guest to the demo's group booking, for one entry."""
    house = await open_house(settings)
    stream = f"site:{demo.ids['site']}"

    def issue(unit: Unit) -> str:
        host = unit.full("invitation", demo.ids["invitation"], Invitation)
        assert host
        guest = Invitation(host.booking_id, host.host_id)
        unit.append(stream, "invitation", GUEST, GuestsInvited(guest), actor="test")
        issued = Pass(GrantKind.INVITATION, GUEST, None, unit.now, party=1, entry=Entry.ONCE)
        unit.append(stream, "pass", "0123456789abcdef", PassIssued(issued), actor="test")
        return printed_pass(unit, house.keys, "0123456789abcdef") or ""

    try:
        return await house.ledger.work([stream], issue)
    finally:
        await house.close()


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """The log of this process as a server writes it."""
    written = StringIO()
    monkeypatch.setattr("sys.stderr", written)
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    logs.log_as_json("debug")
    yield written
    structlog.reset_defaults()
    root.handlers[:] = before
    root.setLevel(level)

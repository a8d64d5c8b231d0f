"""A house to look at, and browsers to look with."""

import json
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from sync_server.settings import Settings
from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer, running
from tests.sync_server.web.browser import Visitor, chromium, visiting
from tests.sync_server.web.furnishing import furnish
from tests.sync_server.web.thursday import set_up


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="session")
def shown(founded: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A furnished house that nobody changes: for looking only."""
    folder = tmp_path_factory.mktemp("shown") / "house"
    shutil.copytree(founded.folder, folder)
    (folder.parent / "demo.json").write_text(json.dumps(founded.ids))
    furnish(Settings(folder))
    with running(Settings(folder)) as served:
        yield served


@pytest.fixture(scope="session")
def thursday(founded: Demo, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """A house on a Thursday morning that nobody changes."""
    folder = tmp_path_factory.mktemp("thursday") / "house"
    shutil.copytree(founded.folder, folder)
    ahead = set_up(Settings(folder))
    with running(Settings(folder)) as served:
        served.clock.ahead = ahead
        yield served


@pytest.fixture(params=["en", "de"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=[360, 1280])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def visitor(browser: Browser, shown: RunningServer, language: str, width: int) -> Iterator[Visitor]:
    """Somebody at the furnished house, in every language and at every width."""
    with visiting(browser, shown.url, language, width, settings=shown.settings) as arrived:
        yield arrived


@pytest.fixture
def thursday_visitor(
    browser: Browser, thursday: RunningServer, language: str, width: int
) -> Iterator[Visitor]:
    """Somebody at the house on its Thursday."""
    with visiting(browser, thursday.url, language, width) as arrived:
        yield arrived

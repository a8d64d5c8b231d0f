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

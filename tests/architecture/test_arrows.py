"""The arrows of the design hold in every module, and the test would notice if one did not."""

import pytest

from tests.architecture.arrows import (
    ARROWS,
    Import,
    against_the_arrows,
    arrow_of,
    imports_of,
    module_name,
)
from tests.architecture.project_files import ROOT, project_files


def every_import() -> list[Import]:
    found: list[Import] = []
    for path in project_files(".py"):
        source = (ROOT / path).read_text(encoding="utf-8")
        package = path.name == "__init__.py"
        found.extend(imports_of(module_name(path), source, package=package))
    return found


def test_no_module_imports_against_the_arrows() -> None:
    wrong = [str(found) for found in every_import() if against_the_arrows(found)]
    assert wrong == []


@pytest.mark.parametrize("arrow", ARROWS, ids=lambda arrow: arrow.source)
def test_every_arrow_has_seen_files_of_its_package(arrow: object) -> None:
    seen = [path for path in project_files(".py") if arrow_of(module_name(path)) is arrow]
    assert seen


def test_imports_between_modules_of_ours_were_seen() -> None:
    sources = {found.module.split(".")[0] for found in every_import() if "domain." in found.name}
    assert {"domain", "ledger", "wording", "kiosk", "sync_server"} <= sources


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("domain.booking", "import msgspec"),
        ("domain.booking", "def late():\n    from ledger.codec import encode"),
        ("domain.access.judge", "from ...kiosk import services"),
        ("ledger.unit", "from sync_server.house import House"),
        ("wording.sentences", "import ledger"),
        ("kiosk.services.scan", "from PySide6.QtCore import QObject"),
        ("kiosk.services.scan", "from kiosk.devices.camera import Camera"),
        ("kiosk.services.scan", "from .. import ui"),
        ("kiosk.devices.camera", "from kiosk.services.desk import Desk"),
        ("kiosk.devices.server_link", "import paho.mqtt.client"),
        ("kiosk.services.doors", "from doors.locks import MqttLocks"),
        ("kiosk.ui.window", "from doors.locks import MqttLocks"),
        ("doors.locks", "import httpx"),
        ("doors.locks", "from kiosk.services.ports import Locks"),
        ("doors.locks", "from ledger.unit import Unit"),
        ("sync_server.app", "import paho.mqtt.client"),
        ("kiosk.ui.window", "from kiosk.devices.camera import Camera"),
        ("kiosk.ui.window", "import paho.mqtt.client as mqtt"),
        ("kiosk.ui.window", "import sqlite3"),
        ("kiosk.main", "from sync_server.app import create_app"),
        ("sync_server.app", "from kiosk.services.scan import Scan"),
        ("sync_server.app", "import tests.campaigns"),
        ("sync_server.mail.transport", "import httpx"),
    ],
)
def test_a_planted_wrong_import_is_found(module: str, source: str) -> None:
    assert any(against_the_arrows(found) for found in imports_of(module, source))


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("domain.booking", "from zoneinfo import ZoneInfo"),
        ("kiosk.services.scan", "from domain.access.judge import decide_access"),
        ("kiosk.devices.server_link", "import httpx"),
        ("sync_server.payments.simulated", "import httpx"),
        ("doors.mqtt_session", "import paho.mqtt.client"),
        ("kiosk.bootstrap", "from doors.locks import MqttLocks"),
        ("sync_server.app", "from doors.locks import MqttLocks"),
        ("kiosk.ui.window", "from kiosk.services.answers import Answer"),
        ("sync_server.app", "from fastapi import FastAPI"),
        ("tests.end_to_end.test_visit", "import httpx"),
    ],
)
def test_what_the_design_allows_is_left_alone(module: str, source: str) -> None:
    assert not any(against_the_arrows(found) for found in imports_of(module, source))


def test_only_bootstrap_names_the_concrete_devices_of_the_kiosk() -> None:
    """Beside it: commands that are over before a kiosk runs, each with the one device that it
    is about, and the window's loudspeaker, which belongs to the window's thread."""
    commands = {"kiosk.read_command", "kiosk.enrolment", "kiosk.doctor"}
    allowed = {"kiosk.bootstrap", "kiosk.window_run", *commands}
    naming = {
        found.module
        for found in every_import()
        if found.name.startswith(("kiosk.devices.", "doors."))
        and found.module.startswith("kiosk.")
        and not found.name.startswith("doors.address.")  # where a broker is, and no driver
        and not found.module.startswith("kiosk.devices.")
    }
    assert "kiosk.bootstrap" in naming
    assert naming <= allowed

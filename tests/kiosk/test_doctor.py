"""`foyer-kiosk doctor` says beforehand what would keep `run` from standing, and writes nothing."""

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from pathlib import Path

import pytest

from kiosk.doctor import examine
from kiosk.services.data_folder import DATABASE
from kiosk.services.identity import Identity, make_key, save
from kiosk.settings import Settings
from ledger.kiosk import KioskLedger, pages
from tests.world import World, ziegelhof

NOBODY = "http://127.0.0.1:1"


@pytest.fixture(autouse=True)
def _no_swap(monkeypatch: pytest.MonkeyPatch) -> None:
    """This machine's swap is not what these tests are about."""
    from kiosk import doctor

    monkeypatch.setattr(doctor, "_swap", lambda: doctor.Finding("swap", ok=True, says="off"))


@pytest.fixture
def world() -> World:
    return ziegelhof()


@pytest.fixture
def folder(tmp_path: Path, world: World) -> Path:
    """The data folder of a kiosk that knows its site."""
    data = tmp_path / "kiosk"
    data.mkdir(mode=0o700)
    make_key(data)
    save(data, Identity("kiosk", world.site_id, 1, "aa" * 32, 0, NOBODY))
    ledger = KioskLedger(data / DATABASE)
    for page in world.pages():
        ledger.work_now(lambda unit, page=page: pages.apply_snapshot_page(unit, page))
    ledger.close()
    return data


@pytest.fixture
def impostor() -> Iterator[str]:
    """A web server that is no Foyer."""
    server = HTTPServer(("127.0.0.1", 0), _Silent)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class _Silent(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_: object) -> None: ...


def doctor(settings: Settings) -> tuple[int, dict[str, str]]:
    """The exit code, and what was said of each part."""
    out = StringIO()
    code = examine(settings, out)
    lines = [line.partition(": ") for line in out.getvalue().splitlines()]
    return code, {what[6:]: what[:4] + " " + says for what, _, says in lines}


def test_a_whole_kiosk_whose_server_is_away_needs_no_mending(folder: Path) -> None:
    before = (folder / DATABASE).read_bytes()
    code, said = doctor(Settings(folder, door="courtyard"))
    assert code == 0
    assert said["database"] == "ok   whole"
    assert said["server"].startswith(f"note {NOBODY} cannot be reached now (")
    assert not {"broker", "door"} & said.keys()
    assert (folder / DATABASE).read_bytes() == before


@pytest.mark.parametrize("start", [0, 4096])
def test_a_database_of_random_bytes_is_to_be_mended(folder: Path, start: int) -> None:
    file = folder / DATABASE
    whole = file.read_bytes()
    file.write_bytes(whole[:start] + os.urandom(len(whole) - start))
    code, said = doctor(Settings(folder))
    assert (code, said["database"][:4]) == (1, "MEND")
    assert "Move it away" in said["database"]


def test_a_folder_that_takes_nothing_is_to_be_mended() -> None:
    code, said = doctor(Settings(Path("/sys")))  # not even root makes a file there
    assert (code, said["folder"][:4]) == (1, "MEND")
    assert "/sys may not be used" in said["folder"]


def test_a_file_in_place_of_the_folder_keeps_its_rights(tmp_path: Path) -> None:
    file = tmp_path / "passwd"
    file.touch(mode=0o644)
    code, said = doctor(Settings(file))
    assert code == 1
    assert said["folder"] == (
        f"MEND {file} needs a folder where there is a file. Name another with --data."
    )
    assert not any("chmod" in says for says in said.values())


def test_a_door_the_site_does_not_have_is_named_with_those_it_has(folder: Path) -> None:
    code, said = doctor(Settings(folder, door="cellar"))
    assert (code, said["door"][:4]) == (1, "MEND")
    assert "cellar is no door of this site" in said["door"]
    assert "front (Front door), courtyard (Courtyard door)" in said["door"]


def test_a_broker_that_is_away_and_a_server_that_is_none_are_told(
    folder: Path, impostor: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kiosk.doctor._PATIENCE_S", 0.5)
    code, said = doctor(Settings(folder, broker="127.0.0.1:1", server=impostor))
    assert code == 1
    assert said["broker"].startswith("MEND 127.0.0.1:1 is away")
    assert said["server"].startswith(f"MEND {impostor} does not answer as Foyer")

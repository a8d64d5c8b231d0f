"""foyer-kiosk doctor: what works on this machine and what does not, one line each."""

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from kiosk.services import identity as identities
from kiosk.services.data_folder import DATABASE, KEY, NotEnrolled
from kiosk.settings import Settings
from ledger.errors import OpenToOthers
from ledger.secret_file import open_to_others

_FIXED_WAL = (3, 51, 3)


@dataclass(frozen=True, slots=True)
class Finding:
    """`ok` None: worth knowing, nothing to mend."""

    what: str
    ok: bool | None
    says: str


def examine(settings: Settings, out: TextIO) -> int:
    """Write the findings; 0 if nothing is to be mended, else 1."""
    findings = [
        *_enrolment(settings),
        *_folder(settings.data),
        _sqlite(),
        _swap(),
        *_camera(settings),
    ]
    for each in findings:
        sign = {True: "ok  ", False: "MEND", None: "note"}[each.ok]
        out.write(f"{sign}  {each.what}: {each.says}\n")
    return 1 if any(each.ok is False for each in findings) else 0


def _enrolment(settings: Settings) -> Iterator[Finding]:
    try:
        identity = identities.load(settings.data)
        identities.key_of(settings.data)
    except (NotEnrolled, OpenToOthers) as error:
        yield Finding("house", ok=False, says=str(error))
        return
    yield Finding("house", ok=True, says=f"kiosk {identity.number} of site {identity.site_id}")


def _folder(data: Path) -> Iterator[Finding]:
    if not data.exists():
        yield Finding("folder", ok=False, says=f"{data} is not there yet")
        return
    for each in (data, data / KEY, data / DATABASE):
        if each.exists():
            found = open_to_others(each)
            yield Finding(each.name, ok=not found, says=found or "for its owner alone")


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version_info
    note = "" if version >= _FIXED_WAL else "; one connection writes here, as it must before 3.51.3"
    return Finding("sqlite", ok=None, says=sqlite3.sqlite_version + note)


def _swap() -> Finding:
    table = Path("/proc/swaps")
    lines = table.read_text().splitlines()[1:] if table.exists() else []
    plain = [line.split()[0] for line in lines if not line.startswith("/dev/dm-")]
    if plain:
        return Finding("swap", ok=False, says=f"{', '.join(plain)} may keep names; encrypt it")
    return Finding("swap", ok=True, says="off or encrypted")


def _camera(settings: Settings) -> Iterator[Finding]:
    if not settings.camera:
        return
    from kiosk.devices.camera import OpenCVCamera

    camera = OpenCVCamera(settings.camera)
    camera.start()
    frame = camera.wait_newer(0, timeout_s=3)
    camera.stop()
    if frame is None:
        yield Finding("camera", ok=False, says=f"{settings.camera} gives no picture")
    else:
        height, width = frame.pixels.shape[:2]
        yield Finding("camera", ok=True, says=f"{width}x{height}")

"""foyer-kiosk doctor: what works on this machine and what does not, one line each."""

import asyncio
import errno
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from domain.site import Site
from kiosk.services import identity as identities
from kiosk.services.data_folder import DATABASE, KEY, NotEnrolled
from kiosk.services.identity import Identity
from kiosk.services.own_door import door_is_unknown
from kiosk.settings import Settings
from ledger.disk_trouble import sentence_of
from ledger.errors import LedgerError, OpenToOthers
from ledger.kiosk import inspect
from ledger.secret_file import open_to_others

_FIXED_WAL = (3, 51, 3)
_PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """`ok` None: worth knowing, nothing to mend."""

    what: str
    ok: bool | None
    says: str


def examine(settings: Settings, out: TextIO) -> int:
    """Write the findings; 0 if nothing is to be mended, else 1."""
    identity, house = _enrolment(settings)
    findings = [
        house,
        *_folder(settings.data),
        *_database(settings, identity),
        _sqlite(),
        _swap(),
        *_camera(settings),
        *_broker(settings),
        *_server(settings, identity),
    ]
    for each in findings:
        sign = {True: "ok  ", False: "MEND", None: "note"}[each.ok]
        out.write(f"{sign}  {each.what}: {each.says}\n")
    return 1 if any(each.ok is False for each in findings) else 0


def _enrolment(settings: Settings) -> tuple[Identity | None, Finding]:
    try:
        identity = identities.load(settings.data)
        identities.key_of(settings.data)
    except (NotEnrolled, OpenToOthers) as error:
        return None, Finding("house", ok=False, says=str(error))
    said = f"kiosk {identity.number} of site {identity.site_id}"
    return identity, Finding("house", ok=True, says=said)


def _folder(data: Path) -> Iterator[Finding]:
    if not data.exists():
        yield Finding("folder", ok=False, says=f"{data} is not there yet")
        return
    if trouble := _write_trouble(data):
        yield Finding("folder", ok=False, says=trouble)
    if not data.is_dir():
        return
    for each in (data, data / KEY, data / DATABASE):
        if each.exists():
            found = open_to_others(each)
            yield Finding(each.name, ok=not found, says=found or "for its owner alone")


def _write_trouble(data: Path) -> str:
    """Why nothing can be kept in this folder; empty if it can."""
    try:
        if not data.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, "Not a directory", str(data))
        with tempfile.TemporaryFile(dir=data, buffering=0) as file:
            file.write(bytes(4096))
    except OSError as error:
        error.filename = str(data)
        return sentence_of(error)
    return ""


def _database(settings: Settings, identity: Identity | None) -> Iterator[Finding]:
    """The kiosk's own records, and whether the door it was told is one of its site."""
    path = settings.data / DATABASE
    if identity is None or not path.exists():
        return
    try:
        found = inspect(path, lambda unit: unit.get("site", identity.site_id, Site))
    except LedgerError as error:
        yield Finding("database", ok=False, says=str(error))
        return
    yield Finding("database", ok=True, says="whole")
    site = found[1] if found else None
    if site and door_is_unknown(site, settings.door):
        there = ", ".join(f"{door.id} ({door.name})" for door in site.doors) or "none"
        said = f"{settings.door} is no door of this site, so none opens; it has {there}"
        yield Finding("door", ok=False, says=said)


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


def _broker(settings: Settings) -> Iterator[Finding]:
    if not settings.broker:
        return
    from doors.messages import topic_of
    from doors.mqtt_connection import MqttConnection
    from doors.mqtt_session import Subscription
    from kiosk.bootstrap import broker_of

    async def look() -> bool:
        wanted = (Subscription(topic_of("+", "report")),)
        connection = MqttConnection(broker_of(settings), wanted, lambda _: None, lambda _: None)
        await connection.start()
        try:
            return await connection.wait_connected(_PATIENCE_S)
        finally:
            await connection.stop()

    there = asyncio.run(look())
    says = "connected"
    if not there:
        says = f"{settings.broker} is away or does not let this kiosk in, so no door opens"
    yield Finding("broker", ok=there, says=says)


def _server(settings: Settings, identity: Identity | None) -> Iterator[Finding]:
    """Without its server a kiosk goes on, so that is no fault of it."""
    address = settings.server or (identity.server if identity else "")
    if not address:
        return
    from kiosk.devices.server_link import HttpServerLink
    from kiosk.services.link import LinkTrouble, RetryLater

    async def look() -> None:
        link = HttpServerLink(address, settings.ca_file or None)
        try:
            await link.challenge()
        finally:
            await link.close()

    try:
        asyncio.run(look())
    except RetryLater as trouble:
        why = str(trouble.__cause__ or trouble)
        yield Finding("server", ok=None, says=f"{address} cannot be reached now ({why})")
    except (LinkTrouble, OSError) as trouble:
        yield Finding("server", ok=False, says=f"{address} does not answer as Foyer: {trouble}")
    else:
        yield Finding("server", ok=True, says=f"{address} answers")

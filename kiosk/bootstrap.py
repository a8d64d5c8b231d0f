"""The kiosk put together: the only file that names concrete classes."""

import asyncio
import contextlib
import logging
from functools import partial
from typing import Final

from domain.door import LockResult
from domain.site import Site
from doors.address import BrokerAddress
from doors.locks import MqttLocks, Signer
from kiosk.devices.camera import OpenCVCamera
from kiosk.devices.code_reader import CascadeReader
from kiosk.devices.server_link import HttpServerLink
from kiosk.machine import MachineClocks
from kiosk.services import certificate
from kiosk.services import identity as identities
from kiosk.services.clock import Anchor, HonestClock
from kiosk.services.data_folder import DATABASE
from kiosk.services.desk import Desk, Surroundings
from kiosk.services.directory import DirectoryKey
from kiosk.services.doors import Doors
from kiosk.services.hello import Greeter, Session
from kiosk.services.lobby import Fittings, Lobby, LobbyDesk
from kiosk.services.own_door import door_is_unknown, own_door
from kiosk.services.ports import CodeRead
from kiosk.services.report import Report
from kiosk.services.scan import Place
from kiosk.services.sync import Hooks, SyncEngine
from kiosk.services.until_stored import until_stored
from kiosk.settings import Settings
from ledger.codec import decode, encode_text
from ledger.kiosk import KioskLedger, KioskUnit, pages
from ledger.seal import verify

_log = logging.getLogger(__name__)

ANCHOR_EVERY_S: Final = 60.0
_ANCHOR: Final = "clock_anchor"


class Kiosk:
    """Everything behind the window. Made on the services' loop; `run` until cancelled."""

    def __init__(self, settings: Settings, report: Report) -> None:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.identity = identities.load(settings.data)
        self._key = identities.key_of(settings.data)
        self._report = report
        self.ledger = KioskLedger(settings.data / DATABASE)
        self._until_stored = partial(until_stored, report=report)
        self.clock = HonestClock(MachineClocks(), self._persisted_anchor())
        self._names = DirectoryKey(self.identity.kiosk_id)
        self.link = HttpServerLink(
            settings.server or self.identity.server, settings.ca_file or None
        )
        self.camera = OpenCVCamera(settings.camera) if settings.camera else None
        self.reader = CascadeReader() if self.camera else None
        self.locks = self._make_locks(settings) if settings.broker else None
        self._make_services(settings)

    def _make_services(self, settings: Settings) -> None:
        site_id = self.identity.site_id
        greeter = Greeter(self.ledger, self.link, self.clock, self.identity, self._key)
        hooks = Hooks(self._new_session, self._changed, self._revoked)
        self.sync = SyncEngine(
            self.ledger,
            self.link,
            greeter,
            self.clock,
            site_id=site_id,
            hooks=hooks,
            report=self._report,
        )
        doors = Doors(self.ledger, self.locks, self.clock, site_id) if self.locks else None
        self._doors = doors
        around = Surroundings(
            offline=lambda: not self.sync.state.online,
            seal=lambda: self._names.seal,
            recorded=self._recorded,
        )
        self._told_door = settings.door
        self._site_changed = asyncio.Event()
        place = Place(site_id, own_door(None, settings.door))
        self.desk = Desk(self.ledger, self.clock, place, doors, around, self._report)
        self.lobby = Lobby(
            self.ledger,
            self.clock,
            site_id,
            lambda: self.sync.state,
            Fittings(self.camera, self.locks, settings.door),
            self._report,
        )

    async def run(self) -> None:
        """Serve until cancelled; then stop every device and close the database."""
        loop = asyncio.get_running_loop()
        codes: asyncio.Queue[CodeRead] = asyncio.Queue(maxsize=64)
        try:
            async with asyncio.TaskGroup() as tasks:
                self._tasks = tasks
                self._start_camera(loop, codes)
                tasks.create_task(self.sync.run())
                tasks.create_task(self.lobby.run())
                tasks.create_task(self._keep_anchor())
                tasks.create_task(self._serve_codes(codes))
                if self._doors and self.locks:
                    tasks.create_task(self._start_locks(self._doors, self.locks))
                    tasks.create_task(self._follow_site(self.locks))
        finally:
            await self._stop()

    def facade(self, loop: asyncio.AbstractEventLoop) -> LobbyDesk:
        """What the window is given."""
        return LobbyDesk(self.desk, self.lobby, loop)

    def _start_camera(
        self, loop: asyncio.AbstractEventLoop, codes: "asyncio.Queue[CodeRead]"
    ) -> None:
        if self.camera and self.reader:
            self.camera.start()
            put = partial(_put_newest, codes)

            def on_code(code: CodeRead) -> None:
                loop.call_soon_threadsafe(put, code)

            self.reader.start(self.camera, on_code)

    async def _start_locks(self, doors: Doors, locks: MqttLocks) -> None:
        await self._until_stored(doors.close_the_past)
        await self._until_stored(partial(self._use_certificate, locks))
        locks.on_change(self._on_lock_change)
        await locks.start()

    async def _serve_codes(self, codes: "asyncio.Queue[CodeRead]") -> None:
        while True:
            code = await codes.get()
            age_ms = round((self.clock.monotonic_s() - code.frame_monotonic_s) * 1000, 1)
            self._report("code_read", reader=code.reader, ms=code.elapsed_ms, frame_age_ms=age_ms)
            await self.desk.code(code.text)

    async def _keep_anchor(self) -> None:
        while True:
            text = encode_text(self.clock.persistable())
            keep = partial(KioskUnit.set_meta, key=_ANCHOR, value=text)
            await self._until_stored(partial(self.ledger.work, keep))
            await asyncio.sleep(ANCHOR_EVERY_S)

    async def _new_session(self, session: Session) -> None:
        self._report("session", server_epoch=session.server_epoch)
        self._names.learn(session.directory_key)
        if self.locks:
            await self._use_certificate(self.locks)

    async def _use_certificate(self, locks: MqttLocks) -> None:
        found = await self.ledger.work(certificate.kept)
        if found:
            locks.use_certificate(found)

    def _on_lock_change(self, lock: str, result: str) -> None:
        if result == LockResult.FORCED and self._doors:
            note = partial(self._doors.note_forced, lock, self.clock.now())
            self._tasks.create_task(self._until_stored(note))

    def _changed(self) -> None:
        self.lobby.changed()
        self._site_changed.set()

    async def _follow_site(self, locks: MqttLocks) -> None:
        """Doors come down with the site: the locks learn them, the desk stands at its own."""
        unknown = False
        while True:
            site = await self._until_stored(partial(self.ledger.work, self._site))
            locks.use_doors(site.doors if site else ())
            self.desk.stands_at(own_door(site, self._told_door))
            was_unknown, unknown = unknown, door_is_unknown(site, self._told_door)
            if site and unknown and not was_unknown:
                there = ", ".join(f"{door.id} ({door.name})" for door in site.doors) or "none"
                _log.warning("--door names no door of this site: opening none of %s", there)
            await self._site_changed.wait()
            self._site_changed.clear()

    def _recorded(self) -> None:
        self.sync.wake()
        self.lobby.changed()

    async def _revoked(self) -> None:
        self._names.forget()
        await self._until_stored(partial(self.ledger.work, pages.wipe))
        self._report("revoked")

    async def _stop(self) -> None:
        if self.reader and self.camera:
            self.reader.stop()
            self.camera.stop()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(5):
                await self.desk.settle()
        if self.locks:
            await self.locks.stop()
        await self.link.close()
        self.ledger.close()

    def _make_locks(self, settings: Settings) -> MqttLocks:
        return MqttLocks(broker_of(settings), Signer(self._key.sign, verify, self.clock.now))

    def _persisted_anchor(self) -> Anchor | None:
        text = self.ledger.work_now(lambda unit: unit.meta(_ANCHOR))
        return decode(text, Anchor) if text else None

    def _site(self, unit: KioskUnit) -> Site | None:
        found = unit.get("site", self.identity.site_id, Site)
        return found[1] if found else None


def broker_of(settings: Settings) -> BrokerAddress:
    """The broker that is set. Raises BadSettings."""
    host, port = settings.broker_address()
    user, password = settings.broker_user, settings.broker_password()
    return BrokerAddress(host, port, user, password, settings.broker_ca_file or None)


def _put_newest(codes: "asyncio.Queue[CodeRead]", code: CodeRead) -> None:
    """Never grow without bound: with 64 codes waiting the oldest is let go."""
    if codes.full():
        codes.get_nowait()
    codes.put_nowait(code)

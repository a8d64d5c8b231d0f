"""The kiosk as the screen sees it: the desk, the status line and what is free now."""

import asyncio
import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.calendar import local_date, weekly_windows
from domain.door_state import DoorState
from domain.resource import Resource, ResourceKind
from domain.site import Site
from domain.ticket import Ticket, open_tickets
from kiosk.services.answers import (
    Answer,
    DoorStatus,
    FreeNow,
    HomeFacts,
    KioskStatus,
)
from kiosk.services.clock import HonestClock
from kiosk.services.desk import Desk
from kiosk.services.own_door import door_is_unknown
from kiosk.services.ports import Camera, Locks
from kiosk.services.report import Report
from kiosk.services.sync import LinkState
from ledger.errors import LedgerUnavailable
from ledger.kiosk import KioskLedger, KioskUnit, outbox, pages

REFRESH_S: Final = 1.0
HOME_EVERY_S: Final = 20.0
_BOOKABLE: Final = (ResourceKind.BOOTH, ResourceKind.ROOM)


@dataclass(frozen=True, slots=True)
class Fittings:
    """What this kiosk has; None: not here, and not mentioned anywhere."""

    camera: Camera | None
    locks: Locks | None
    told_door: str = ""
    """The door it was told to open; empty: the first."""


class Lobby:
    """Gathers what the rest screen and the status line show, when something changed."""

    def __init__(
        self,
        ledger: KioskLedger,
        clock: HonestClock,
        site_id: str,
        link: Callable[[], LinkState],
        fittings: Fittings,
        report: Report,
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._site_id = site_id
        self._link = link
        self._camera = fittings.camera
        self._locks = fittings.locks
        self._told_door = fittings.told_door
        self._report = report
        self._status: KioskStatus | None = None
        self._home: HomeFacts | None = None
        self._on_status: list[Callable[[KioskStatus], None]] = []
        self._on_home: list[Callable[[HomeFacts], None]] = []
        self._changed = asyncio.Event()

    def changed(self) -> None:
        """Something that is shown may have changed."""
        self._changed.set()

    def watch(
        self,
        on_status: Callable[[KioskStatus], None],
        on_home: Callable[[HomeFacts], None],
    ) -> None:
        """Call these on the services' loop: at once with what is known, then on change."""
        self._on_status.append(on_status)
        self._on_home.append(on_home)
        if self._status:
            on_status(self._status)
        if self._home:
            on_home(self._home)

    async def run(self) -> None:
        """Look at least once a second, and tell only what is different."""
        next_home_s = 0.0
        while True:
            with contextlib.suppress(LedgerUnavailable):  # what is shown stands a while longer
                await self._tell_status()
                if self._changed.is_set() or self._clock.monotonic_s() >= next_home_s:
                    self._changed.clear()
                    await self._tell_home()
                    next_home_s = self._clock.monotonic_s() + HOME_EVERY_S
            await asyncio.sleep(REFRESH_S)

    async def _tell_status(self) -> None:
        status = await self._ledger.work(self._read_status)
        if status != self._status:
            self._status = status
            self._report(
                "status",
                online=status.online,
                unsent=status.unsent,
                camera=status.camera_running,
                broker=status.broker_connected,
                door_unknown=status.door_unknown,
            )
            for listener in self._on_status:
                listener(status)

    async def _tell_home(self) -> None:
        home = await self._ledger.work(self._read_home)
        if home is not None and home != self._home:
            self._home = home
            for listener in self._on_home:
                listener(home)

    def _read_status(self, unit: KioskUnit) -> KioskStatus:
        link = self._link()
        reading = self._clock.read()
        known = pages.known_until(unit, self._site_id)
        site = unit.get("site", self._site_id, Site)
        return KioskStatus(
            online=link.online,
            since=link.since,
            unsent=outbox.unsent(unit),
            known_at=known.replace(second=0, microsecond=0) if known else None,
            camera_running=self._camera.status().running if self._camera else None,
            broker_connected=self._locks.connected() if self._locks else None,
            doors=self._doors(unit, site[1]) if site else (),
            clock_in_doubt=reading.other is not None,
            door_unknown=bool(site and self._locks and door_is_unknown(site[1], self._told_door)),
        )

    def _doors(self, unit: KioskUnit, site: Site) -> tuple[DoorStatus, ...]:
        if self._locks is None:
            return ()
        broken = {ticket.about_id for _, ticket in open_tickets(unit.all("ticket", Ticket))}
        return tuple(
            DoorStatus(
                name=door.name,
                online=self._locks.status(door.lock).online,
                trouble=door.id in broken and not _works(unit, door.id),
            )
            for door in site.doors
        )

    def _read_home(self, unit: KioskUnit) -> HomeFacts | None:
        found = unit.get("site", self._site_id, Site)
        if found is None:
            return None
        site = found[1]
        return HomeFacts(
            site_name=site.name,
            zone=site.zone,
            has_camera=self._camera is not None,
            phone=site.phone,
            currency=site.currency,
            day_pass_price_cents=site.day_pass.price_cents if site.day_pass else None,
            free_now=_free_now(unit, site, self._clock.now()),
        )


def _works(unit: KioskUnit, door_id: str) -> bool:
    state = unit.get("door", door_id, DoorState)
    return state is not None and state[1].last is not None and state[1].last.is_open


def _free_now(unit: KioskUnit, site: Site, now: datetime) -> tuple[FreeNow, ...]:
    start, end = _shown_day(site, now)
    taken: dict[str, list[tuple[datetime, datetime]]] = {}
    for resource_id, starts, ends in unit.slots(start, end):
        taken.setdefault(resource_id, []).append((max(starts, start), min(ends, end)))
    free = []
    for id_, resource in unit.all("resource", Resource):
        spans = tuple(taken.get(id_, ()))
        if resource.kind not in _BOOKABLE or any(a <= now < b for a, b in spans):
            continue
        until = min((a for a, _ in spans if a > now), default=None)
        free.append(
            FreeNow(resource.name, resource.kind, resource.seats, until, spans, (start, end))
        )
    return tuple(sorted(free, key=lambda each: (each.kind.value, each.seats, each.name)))


def _shown_day(site: Site, now: datetime) -> tuple[datetime, datetime]:
    """Today's opening hours, or the next six hours when the house is closed."""
    today = [local_date(now, site.zone)]
    hours = weekly_windows(site.opening, today, site.zone, site.holidays)
    if hours and hours[0].start <= now < hours[-1].end:
        return hours[0].start, hours[-1].end
    hour = now.replace(minute=0, second=0, microsecond=0)
    return hour, hour + timedelta(hours=6)


class LobbyDesk:
    """What the window holds: the desk's acts and one `watch` for all that is shown."""

    def __init__(self, desk: Desk, lobby: Lobby, loop: asyncio.AbstractEventLoop) -> None:
        self._lobby = lobby
        self._desk = desk
        self._loop = loop
        self.type_code = desk.type_code
        self.expect_leaving = desk.expect_leaving
        self.answer_party = desk.answer_party
        self.leave = desk.leave
        self.choose = desk.choose
        self.retry_door = desk.retry_door
        self.use_other_door = desk.use_other_door

    def watch(
        self,
        on_answer: Callable[[Answer], None],
        on_status: Callable[[KioskStatus], None],
        on_home: Callable[[HomeFacts], None],
    ) -> None:
        """Register listeners from any thread; they are called on the services' loop."""

        def register() -> None:
            self._desk.on_answer(on_answer)
            self._lobby.watch(on_status, on_home)

        self._loop.call_soon_threadsafe(register)

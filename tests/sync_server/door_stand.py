"""The demo house with its two doors on a real broker, and people with passes in front of them."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from nacl.signing import SigningKey

from domain.site import Site, SiteSet
from domain.subjects import site_stream
from domain.ticket import Ticket
from ledger.session import statement
from ledger.unit import Unit
from sync_server.house import House, open_house
from sync_server.settings import Settings
from sync_server.use_cases.at_the_door import No, Reply, Wish, ask_to_open
from tests.campaigns.door_house import PATIENCE_S, DoorHouse
from tests.sync_server.conftest import Demo
from tests.sync_server.lobby import fresh_id
from tests.sync_server.running import MovableClock

OPERATOR = "desk@ziegelhof.example.org"
_KINDS = statement("SELECT kind, subject, actor FROM event WHERE stream = :stream ORDER BY seq")


@dataclass(frozen=True, slots=True)
class DoorStand:
    """One server process's house, its doors connected to the broker."""

    demo: Demo
    house: House
    clock: MovableClock

    @property
    def site(self) -> str:
        return str(self.demo.ids["site"])

    @property
    def front(self) -> str:
        return str(self.demo.ids["door"])

    @property
    def courtyard(self) -> str:
        return str(self.demo.ids["door2"])

    def wish(self, part: str, **changed: Any) -> Wish:
        wish = Wish(self.site, self.demo.pass_id(part), self.front, fresh_id())
        return replace(wish, **changed)

    async def ask(self, part: str, **changed: Any) -> Reply:
        """Press the button on the page of one of the demo's passes."""
        reply = await ask_to_open(self.house, self.wish(part, **changed))
        assert not isinstance(reply, No), reply
        return reply

    async def events(self, kind: str) -> list[tuple[str, str]]:
        """Subject and actor of the events of a kind at the site, in their order."""

        def look(unit: Unit) -> list[tuple[str, str]]:
            rows = unit.session.rows(_KINDS, {"stream": site_stream(self.site)})
            return [(subject, actor) for name, subject, actor in rows if name == kind]

        return await self.house.ledger.work([], look)

    async def tickets(self) -> list[Ticket]:
        found = await self.house.ledger.read(lambda reader: reader.all("ticket", Ticket))
        return [ticket for _, ticket in found]


def doors_of_demo(demo: Demo, folder: Path) -> DoorHouse:
    """A broker and locks with the keys that the demo's site knows them by."""
    seeds = json.loads((demo.folder / "keys" / "locks.json").read_text())
    keys = {lock: SigningKey(bytes.fromhex(each["seed"])) for lock, each in seeds.items()}
    keys["house"] = SigningKey(bytes.fromhex(demo.keys.signing.seed_hex))
    folder.mkdir(exist_ok=True)
    return DoorHouse(folder, ["front", "courtyard"], keys)


def with_broker(settings: Settings, doors: DoorHouse) -> Settings:
    """Settings of a server that knows this broker."""
    password = doors.folder / "server-password"
    password.write_text("server-secret")
    return replace(
        settings,
        broker=f"127.0.0.1:{doors.broker.port}",
        broker_user="server",
        broker_password_file=str(password),
    )


@asynccontextmanager
async def door_stand(demo: Demo, settings: Settings) -> AsyncIterator[DoorStand]:
    """One process of the server, as far as doors go."""
    clock = MovableClock()
    house = await open_house(settings, clock)
    try:
        if house.doors is not None:
            await house.doors.start()
            assert await house.doors.wait_connected(PATIENCE_S)
        stand = DoorStand(demo, house, clock)
        await house.ledger.work([site_stream(stand.site)], lambda unit: _mails(unit, stand.site))
        yield stand
    finally:
        await house.close()


def _mails(unit: Unit, site_id: str) -> None:
    """The site has somebody who reads its mails."""
    site = unit.full("site", site_id, Site)
    assert site is not None
    if site.operator_mail != OPERATOR:
        told = replace(site, operator_mail=OPERATOR)
        unit.append(site_stream(site_id), "site", site_id, SiteSet(told), actor="test")

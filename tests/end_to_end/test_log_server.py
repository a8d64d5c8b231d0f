"""The simulated server is to a kiosk what the real one is: one contract, held by both."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.door_state import DoorAsked
from domain.subjects import site_stream
from domain.sync import Cursor, EventUp, Page, Push, PushReply, PushStatus, StateDown
from kiosk.devices.server_link import HttpServerLink
from kiosk.services import identity as identities
from kiosk.services.clock import HonestClock
from kiosk.services.hello import Greeter, Session
from kiosk.services.identity import Identity
from kiosk.services.link import Resync, SayHelloAgain, ServerLink
from ledger.codec import encode_text, kind_text, state_digest
from ledger.ids import uuid7
from ledger.kiosk import KioskLedger
from ledger.kiosk.pages import START_HASH
from ledger.seal import SigningKey
from tests.end_to_end.near_house import NearHouse, near_house
from tests.end_to_end.simulation.log_link import Line, LogLink
from tests.end_to_end.simulation.log_server import LogServer
from tests.end_to_end.simulation.mortal import Mortal
from tests.kiosk.services.lobby_stand import SimulatedClocks
from tests.world import ziegelhof


@dataclass(slots=True)
class Caller:
    """A kiosk at the wire: it says hello, and sends what it is told to."""

    link: ServerLink
    greeter: Greeter
    ledger: KioskLedger
    site: str
    door: str
    session: Session

    def event(self, n: int, command: str = "c") -> EventUp:
        now = datetime.now(UTC)
        asked = DoorAsked(command, now)
        kind, body = kind_text("door", asked), encode_text(asked)
        return EventUp(
            n, uuid7(now), uuid7(now), kind, self.door, now, "kiosk", body, offline=False
        )

    async def push(self, *events: EventUp) -> PushReply:
        push = Push(self.session.incarnation, self.session.server_epoch, events)
        return await self.link.push(self.session.token, push)

    async def pull(self, seq: int, hash_: str) -> Page:
        cursor = Cursor(self.site, seq, hash_)
        epoch = self.session.server_epoch
        return await self.link.pull(self.session.token, cursor, epoch, wait_s=0, digest=True)

    async def everything(self) -> tuple[Page, list[StateDown]]:
        """All pages from the start: the last one, and the states of all."""
        page = await self.pull(0, START_HASH)
        states = list(page.states)
        while page.more:
            page = await self.pull(page.to, page.hash)
            states += page.states
        return page, states

    async def say_hello(self, last_n: int) -> Session:
        self.ledger.work_now(lambda unit: unit.set_meta("last_n", str(last_n)))
        self.session = await self.greeter.greet()
        return self.session


@pytest.fixture(params=["simulated", "real"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[NearHouse | None]:
    """The real one, or none."""
    if request.param == "simulated":
        yield None
        return
    with near_house(tmp_path) as stands:
        yield stands


@pytest.fixture
async def caller(house: NearHouse | None, tmp_path: Path) -> AsyncIterator[Caller]:
    if house is None:
        world = ziegelhof()
        who = Identity("kiosk", world.site_id, 256, world.house.public_hex, 0, "")
        server = LogServer(world, lambda: world.now)
        link = LogLink(server, Line(slowest_s=0.0), Mortal())
        made = await _called(link, who, SigningKey(bytes(32)), tmp_path, world.front)
        yield made
        made.ledger.close()
        return
    near = await house.enrol("kiosk")
    data = tmp_path / "kiosk"
    who, key = identities.load(data), identities.key_of(data)
    real = HttpServerLink(house.server.url)
    made = await _called(real, who, key, tmp_path, house.ids["door"])
    yield made
    made.ledger.close()
    await real.close()
    await near.close()


async def _called(
    link: ServerLink, who: Identity, key: SigningKey, folder: Path, door: str
) -> Caller:
    ledger = KioskLedger(folder / "caller.sqlite")
    clock = HonestClock(SimulatedClocks(datetime.now(UTC)), None)
    greeter = Greeter(ledger, link, clock, who, key)
    session = await greeter.greet()
    return Caller(link, greeter, ledger, site_stream(who.site_id), door, session)


async def test_an_event_is_applied_once_and_answered_alike_for_ever(caller: Caller) -> None:
    event = caller.event(1)
    first = await caller.push(event)
    assert [result.status for result in first.results] == [PushStatus.APPLIED]
    assert first.next_expected == 2
    seq = first.results[0].seq
    assert seq == first.at[caller.site]
    again = await caller.push(event, caller.event(2))
    assert [result.status for result in again.results] == [PushStatus.DUPLICATE, PushStatus.APPLIED]
    assert again.results[0].seq == seq


async def test_nothing_is_taken_behind_a_hole(caller: Caller) -> None:
    reply = await caller.push(caller.event(1), caller.event(3))
    assert [result.n for result in reply.results] == [1]
    assert reply.next_expected == 2


async def test_a_known_id_with_other_content_is_set_aside(caller: Caller) -> None:
    event = caller.event(1)
    await caller.push(event)
    other = replace(event, n=2, body=caller.event(2, "other").body)
    (result,) = (await caller.push(other)).results
    assert (result.status, result.code) == (PushStatus.QUARANTINED, "id_reused")


async def test_a_number_used_twice_asks_for_hello_and_a_new_incarnation(caller: Caller) -> None:
    event = caller.event(1)
    await caller.push(event)
    with pytest.raises(SayHelloAgain):
        await caller.push(caller.event(1))
    assert (await caller.say_hello(1)).incarnation == 1
    (result,) = (await caller.push(event)).results
    assert (result.status, result.n) == (PushStatus.DUPLICATE, 1)


async def test_a_kiosk_from_a_backup_gets_a_new_incarnation(caller: Caller) -> None:
    await caller.push(caller.event(1), caller.event(2))
    assert (await caller.say_hello(2)).incarnation == 0
    assert (await caller.say_hello(1)).incarnation == 1


async def test_what_was_pushed_comes_down_by_where_it_was_answered(caller: Caller) -> None:
    before, _ = await caller.everything()
    reply = await caller.push(caller.event(1, "known"))
    page = await caller.pull(before.to, before.hash)
    assert page.to == reply.at[caller.site]
    (down,) = page.states
    assert (down.kind, down.subject, down.seq) == ("door", caller.door, reply.results[0].seq)
    assert "known" in (down.state or "")
    nothing = await caller.pull(page.to, page.hash)
    assert (nothing.states, nothing.to, nothing.more) == ((), page.to, False)


async def test_all_pages_together_have_the_digest_of_the_last(caller: Caller) -> None:
    await caller.push(caller.event(1))
    last, states = await caller.everything()
    assert last.digest is not None
    total = sum(state_digest(each.kind, each.subject, each.state or "") for each in states)
    assert (last.digest.count, last.digest.sum) == (len(states), total % 2**64)
    assert [each.seq for each in states] == sorted(each.seq for each in states)


async def test_a_cursor_of_another_log_has_to_start_over(caller: Caller) -> None:
    last, states = await caller.everything()
    for seq, hash_ in ((last.to, "77" * 32), (last.to + 1, last.hash)):
        with pytest.raises(Resync):
            await caller.pull(seq, hash_)
    page = await caller.link.snapshot(caller.session.token, caller.site, 0)
    found = list(page.states)
    while page.more:
        page = await caller.link.snapshot(caller.session.token, caller.site, page.to)
        found += page.states
    assert found == states

"""Somebody is in the house once, whether or not the kiosk knew whose pass it was when they came."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.check_in import decide_departure
from domain.passes import GrantKind, Pass
from domain.subjects import site_stream
from domain.sync import Op, PushReply, PushResult, PushStatus, StateDown
from domain.visit import Visit, evolve
from kiosk.services.answers import GoodbyeAnswer, WelcomeAnswer
from kiosk.services.scan import Moment, Place, Presented, facts_of, present, scan
from ledger.codec import decode_event, encode_text
from ledger.kiosk import KioskLedger, KioskUnit, outbox, pages
from ledger.kiosk.unit import Act
from tests.domain.how_often import one_in
from tests.kiosk.services.lobby_stand import Stand
from tests.world import World, ziegelhof


@pytest.fixture
def world() -> World:
    return ziegelhof()


@pytest.fixture
def desk(tmp_path: Path, world: World) -> Iterator[Stand]:
    stand = Stand(tmp_path / "kiosk.sqlite", world)
    yield stand
    stand.ledger.close()


def unknown_pass(world: World, kind: GrantKind, grant_id: str) -> tuple[str, str]:
    """A pass of the world's person, issued after the last pull."""
    fresh = world.now + timedelta(seconds=30)
    return world.issue(kind, grant_id, world.person_id, known=False, issued_at=fresh)


def make_known(world: World, pass_id: str, kind: GrantKind, grant_id: str) -> None:
    world.put("pass", pass_id, Pass(kind, grant_id, world.person_id, world.now))


def present_now(ledger: KioskLedger, world: World) -> dict[str, int]:
    """Everybody the kiosk counts in the house, by holder."""
    visits = ledger.work_now(lambda unit: unit.all("visit", Visit))
    return {who: visit.inside for who, visit in visits if visit.inside_on(world.now.date())}


async def test_who_came_by_the_pass_alone_is_the_same_person_after_the_pull(
    desk: Stand, world: World
) -> None:
    pass_id, text = unknown_pass(world, GrantKind.BOOKING, world.id())
    desk.clocks.pass_time(60)
    first = await desk.show(text)
    assert isinstance(first, WelcomeAnswer)
    assert first.admitted.pass_only
    assert present_now(desk.ledger, world) == {pass_id: 1}
    make_known(world, pass_id, GrantKind.BOOKING, world.booking_id)
    desk.pull()
    assert present_now(desk.ledger, world) == {world.person_id: 1}
    desk.clocks.pass_time(61)
    again = await desk.show(text)
    assert isinstance(again, WelcomeAnswer)
    assert (again.admitted.pass_only, again.admitted.again) == (False, True)
    assert present_now(desk.ledger, world) == {world.person_id: 1}


async def test_the_member_pass_after_a_booking_pass_by_itself_is_one_presence(
    desk: Stand, world: World
) -> None:
    pass_id, text = unknown_pass(world, GrantKind.BOOKING, world.id())
    _, member = world.issue(GrantKind.MEMBERSHIP, world.person_id, world.person_id)
    desk.pull()
    desk.clocks.pass_time(60)
    await desk.show(text)
    await desk.show(member)
    assert present_now(desk.ledger, world) == {pass_id: 1, world.person_id: 1}
    make_known(world, pass_id, GrantKind.BOOKING, world.booking_id)
    desk.pull()
    assert present_now(desk.ledger, world) == {world.person_id: 1}


async def test_who_came_by_the_pass_alone_leaves_after_the_pull(desk: Stand, world: World) -> None:
    pass_id, text = unknown_pass(world, GrantKind.BOOKING, world.id())
    desk.clocks.pass_time(60)
    await desk.show(text)
    make_known(world, pass_id, GrantKind.BOOKING, world.booking_id)
    desk.pull()
    await desk.desk.expect_leaving(True)
    goodbye = await desk.show(text)
    assert isinstance(goodbye, GoodbyeAnswer)
    assert goodbye.was_inside
    assert present_now(desk.ledger, world) == {}


async def test_what_was_sent_under_the_pass_settles_with_the_visit_of_the_person(
    desk: Stand, world: World
) -> None:
    pass_id, text = unknown_pass(world, GrantKind.BOOKING, world.id())
    desk.clocks.pass_time(60)
    await desk.show(text)
    sent = desk.ledger.work_now(outbox.next_push)
    make_known(world, pass_id, GrantKind.BOOKING, world.booking_id)
    desk.pull()
    assert desk.ledger.work_now(outbox.next_push) == sent
    stream = site_stream(world.site_id)
    results = tuple(PushResult(each.n, each.id, PushStatus.APPLIED, None, 1001) for each in sent)
    reply = PushReply(results, sent[-1].n + 1, {stream: 1001})
    desk.ledger.work_now(lambda unit: outbox.take_answer(unit, reply, world.site_id, world.now))
    assert present_now(desk.ledger, world) == {world.person_id: 1}
    body = encode_text(Visit(world.now.date(), inside=1, entries=1))
    down = StateDown(1001, "visit", world.person_id, Op.PUT, body)
    page = replace(world.page(stream, to=1001), after=1000, states=(down,))
    desk.ledger.work_now(lambda unit: pages.apply_page(unit, page))
    visit = desk.ledger.work_now(lambda unit: unit.get("visit", world.person_id, Visit))
    assert visit is not None
    assert (visit[1].inside, visit[1].entries) == (1, 1)
    assert present_now(desk.ledger, world) == {world.person_id: 1}


@dataclass(slots=True)
class Lobby:
    """A kiosk's ledger, three new passes of one person, and what has been heard of them."""

    ledger: KioskLedger
    world: World = field(default_factory=ziegelhof)
    passes: list[tuple[str, str]] = field(default_factory=list)
    minutes: int = 1

    def __post_init__(self) -> None:
        self.pull()
        self.passes = [unknown_pass(self.world, GrantKind.BOOKING, self.world.id()) for _ in "abc"]

    def pull(self) -> None:
        for page in self.world.pages():
            self.ledger.work_now(lambda unit, page=page: pages.apply_snapshot_page(unit, page))

    def do(self, what: str, number: int) -> None:
        self.minutes += 1
        pass_id, text = self.passes[number]
        if what == "learn":
            make_known(self.world, pass_id, GrantKind.BOOKING, self.world.booking_id)
            self.pull()
        elif what == "forget":
            self.world.states.pop(("pass", pass_id), None)
            self.pull()
        else:
            moment = Moment(self.world.now + timedelta(minutes=self.minutes), None, offline=True)
            self.ledger.work_now(lambda unit: self._at_the_door(unit, what, text, moment))

    def _at_the_door(self, unit: KioskUnit, what: str, text: str, moment: Moment) -> None:
        place, shown = Place(self.world.site_id, None), present(unit, text)
        assert isinstance(shown, Presented)
        if what == "show":
            scan(unit, place, shown, moment, people=1, seal=None)
            return
        facts = facts_of(unit, place, shown)
        assert facts is not None
        if record := decide_departure(facts, 1, moment.now):
            unit.record((record,), Act("kiosk", moment.now, offline=True))

    def truth(self) -> Visit | None:
        """What happened at the door, all of it by one person."""
        visit: Visit | None = None
        for kind, body in self.ledger.work_now(
            lambda unit: unit.db.execute(
                "SELECT kind, body FROM event WHERE subject_kind = 'visit' ORDER BY position"
            ).fetchall()
        ):
            visit = evolve(visit, decode_event(kind, body))  # type: ignore[arg-type]
        return visit


ACTS = st.tuples(st.sampled_from(["show", "show", "leave", "learn", "forget"]), st.integers(0, 2))


@one_in(2)
@given(st.lists(ACTS, max_size=10))
def test_whatever_came_first_one_person_is_present_once_when_all_is_known(
    acts: list[tuple[str, int]],
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        lobby = Lobby(KioskLedger(Path(folder) / "kiosk.sqlite"))
        try:
            for what, number in acts:
                lobby.do(what, number)
            for number in range(3):
                lobby.do("learn", number)
            visits = dict(lobby.ledger.work_now(lambda unit: unit.all("visit", Visit)))
            truth = lobby.truth()
            assert visits == ({lobby.world.person_id: truth} if truth else {})
        finally:
            lobby.ledger.close()

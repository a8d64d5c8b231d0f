"""The kiosk's ledger: states down, events up, and the view between them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from domain.booking import Booking, BookingClaimed
from domain.check_in import Record
from domain.subjects import HOUSE, site_stream
from domain.sync import NameDown, Op, PushReply, PushResult, PushStatus, StateDown
from domain.visit import Arrived, Departed, Visit
from ledger.codec import encode_text
from ledger.errors import LedgerUnavailable
from ledger.kiosk import KioskLedger, KioskUnit, names, outbox, pages
from ledger.kiosk.unit import Act
from tests.ledger.kiosk.held import held
from tests.world import NOON, World, ziegelhof

ACT = Act("kiosk", NOON, offline=True)


@pytest.fixture
def world() -> World:
    return ziegelhof()


@pytest.fixture
def ledger(tmp_path: Path, world: World) -> Iterator[KioskLedger]:
    store = KioskLedger(tmp_path / "kiosk.sqlite")
    for page in world.pages():
        store.work_now(lambda unit, page=page: pages.apply_page(unit, page))
    yield store
    store.close()


def arrived(people: int = 1, party: int = 8) -> Arrived:
    return Arrived("p" * 16, None, people, party, NOON.date(), NOON, "front", "booking", "b")


def record(ledger: KioskLedger, *bodies: object, subject: str = "v") -> tuple[str, ...]:
    records = [Record("visit", subject, body) for body in bodies]  # type: ignore[arg-type]
    return ledger.work_now(lambda unit: unit.record(records, ACT))


def answer(ledger: KioskLedger, world: World, status: PushStatus, at: int) -> None:
    def work(unit: KioskUnit) -> None:
        events = outbox.next_push(unit)
        results = tuple(PushResult(each.n, each.id, status) for each in events)
        reply = PushReply(results, events[-1].n + 1, {site_stream(world.site_id): at})
        outbox.take_answer(unit, reply, world.site_id, NOON)

    ledger.work_now(work)


def inside(ledger: KioskLedger, subject: str = "v") -> int:
    found = ledger.work_now(lambda unit: unit.get("visit", subject, Visit))
    return found[1].inside if found else 0


def test_what_happened_is_shown_before_the_server_knows(ledger: KioskLedger) -> None:
    record(ledger, arrived(3))
    record(ledger, arrived(2))
    assert inside(ledger) == 5


def test_events_are_numbered_without_holes_and_never_split_an_act(ledger: KioskLedger) -> None:
    for _ in range(60):
        record(ledger, arrived(), Departed(1, NOON.date(), NOON))
    events = ledger.work_now(outbox.next_push)
    assert [each.n for each in events] == list(range(1, 101))
    assert len({each.act for each in events}) == 50


def test_an_answered_event_stays_in_the_view_until_its_state_comes_down(
    ledger: KioskLedger, world: World
) -> None:
    record(ledger, arrived(3))
    answer(ledger, world, PushStatus.APPLIED, at=1001)
    assert ledger.work_now(outbox.unsent) == 0
    assert inside(ledger) == 3
    body = encode_text(Visit(NOON.date(), inside=3, entries=3))
    page = replace(
        world.page(site_stream(world.site_id), to=1001),
        after=1000,
        states=(StateDown(1001, "visit", "v", Op.PUT, body),),
    )
    ledger.work_now(lambda unit: pages.apply_page(unit, page))
    assert inside(ledger) == 3
    overlays = ledger.work_now(
        lambda unit: unit.db.execute("SELECT count(*) FROM overlay").fetchone()
    )
    assert overlays == (0,)


@pytest.mark.parametrize(
    ("status", "shown"),
    [
        (PushStatus.REFUSED, 0),
        (PushStatus.QUARANTINED, 3),
        (PushStatus.UNSUPPORTED, 3),
        (PushStatus.CONTRADICTED, 3),
    ],
)
def test_each_answer_keeps_or_leaves_the_view_as_the_protocol_says(
    ledger: KioskLedger, world: World, status: PushStatus, shown: int
) -> None:
    record(ledger, arrived(3))
    answer(ledger, world, status, at=1001)
    assert inside(ledger) == shown
    assert ledger.work_now(outbox.next_push) == ()


def test_a_snapshot_replaces_the_states_and_keeps_what_happened_here(
    ledger: KioskLedger, world: World
) -> None:
    claimed = Record("booking", world.booking_id, BookingClaimed(NOON))
    ledger.work_now(lambda unit: unit.record([claimed], ACT))
    moved = replace(world.states["booking", world.booking_id], amount_cents=7)
    world.put("booking", world.booking_id, moved)
    del world.states["resource", world.resource_id]
    stream = site_stream(world.site_id)
    ledger.work_now(lambda unit: pages.begin_snapshot(unit, stream))
    ledger.work_now(lambda unit: pages.apply_snapshot_page(unit, world.page(stream, to=2000)))
    shown = ledger.work_now(lambda unit: unit.get("booking", world.booking_id, Booking))
    assert shown is not None
    assert (shown[1].amount_cents, shown[1].claimed_at) == (7, NOON)
    assert ledger.work_now(
        lambda unit: unit.db.execute(
            "SELECT count(*) FROM state WHERE kind = 'resource'"
        ).fetchone()
    ) == (0,)


def test_a_new_incarnation_renumbers_and_keeps_the_ids(ledger: KioskLedger) -> None:
    ids = record(ledger, arrived()) + record(ledger, arrived())
    ledger.work_now(lambda unit: outbox.renumber(unit, 5))
    events = ledger.work_now(outbox.next_push)
    assert [(each.n, each.id) for each in events] == [(1, ids[0]), (2, ids[1])]


def test_a_restored_server_gets_again_what_it_had_answered(
    ledger: KioskLedger, world: World
) -> None:
    ids = record(ledger, arrived()) + record(ledger, arrived())
    answer(ledger, world, PushStatus.APPLIED, at=900)
    ledger.work_now(lambda unit: outbox.settle_up_to(unit, 900))
    ledger.work_now(lambda unit: outbox.send_again_after(unit, 1))
    assert [each.id for each in ledger.work_now(outbox.next_push)] == [ids[1]]


def test_what_was_recorded_survives_the_process(tmp_path: Path, world: World) -> None:
    path = tmp_path / "again.sqlite"
    first = KioskLedger(path)
    record(first, arrived(4))
    first.close()
    second = KioskLedger(path)
    assert inside(second) == 4
    second.close()


def test_names_are_unreadable_without_their_key(
    ledger: KioskLedger, world: World, tmp_path: Path
) -> None:
    seal = names.NameSeal("11" * 32)
    found = [NameDown(world.person_id, "Jana Quittenbaum")]
    ledger.work_now(lambda unit: names.put_names(unit, found, seal))
    read = ledger.work_now(lambda unit: names.name_of(unit, world.person_id, seal))
    other = ledger.work_now(
        lambda unit: names.name_of(unit, world.person_id, names.NameSeal("22" * 32))
    )
    assert (read, other) == ("Jana Quittenbaum", None)
    on_disk = b"".join(each.read_bytes() for each in tmp_path.iterdir())
    assert b"Quittenbaum" not in on_disk


def test_the_digest_changes_with_any_state(ledger: KioskLedger, world: World) -> None:
    stream = site_stream(world.site_id)
    before = ledger.work_now(lambda unit: pages.digest(unit, stream))
    gone = replace(
        world.page(stream, to=1001),
        states=(StateDown(1001, "booking", world.booking_id, Op.GONE),),
    )
    ledger.work_now(lambda unit: pages.apply_page(unit, gone))
    after = ledger.work_now(lambda unit: pages.digest(unit, stream))
    assert after.count == before.count - 1
    assert after.sum != before.sum


def test_complete_knowledge_is_as_old_as_the_older_stream(
    ledger: KioskLedger, world: World
) -> None:
    known = ledger.work_now(lambda unit: pages.known_until(unit, world.site_id))
    assert known == world.now
    assert ledger.work_now(lambda unit: pages.known_until(unit, "elsewhere")) is None
    assert ledger.work_now(lambda unit: pages.cursor(unit, HOUSE)).seq == 1000


def test_a_full_disk_says_retry_and_keeps_nothing_until_there_is_room(ledger: KioskLedger) -> None:
    def limit(unit: KioskUnit, pages: str) -> None:
        unit.db.execute(f"PRAGMA max_page_count = {pages}").fetchone()

    def much(unit: KioskUnit) -> None:
        for number in range(500):
            unit.record([Record("visit", f"much {number}", arrived())], ACT)

    ledger.work_now(lambda unit: limit(unit, "1"))  # SQLite takes it as: no page more
    with pytest.raises(LedgerUnavailable, match="full"):
        ledger.work_now(much)
    assert ledger.work_now(outbox.unsent) == 0
    ledger.work_now(lambda unit: limit(unit, "100000"))
    ledger.work_now(much)
    assert ledger.work_now(outbox.unsent) == 500


def test_a_database_that_another_program_holds_says_retry(
    ledger: KioskLedger, tmp_path: Path
) -> None:
    with (
        held(ledger, tmp_path / "kiosk.sqlite"),
        pytest.raises(LedgerUnavailable, match="locked"),
    ):
        record(ledger, arrived())
    record(ledger, arrived())
    assert inside(ledger) == 1

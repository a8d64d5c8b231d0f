"""The way down: what changed, reduced, with a cursor that fits the log."""

from datetime import timedelta

from domain.contradiction import Contradiction, ContradictionRaised
from domain.kiosk import Kiosk, KioskAdded
from domain.plan import Plan, PlanRetired, PlanSet
from domain.subjects import HOUSE
from domain.sync import Op
from ledger.codec import encode_text, state_digest
from ledger.ledger import Ledger
from ledger.log import START_HASH
from ledger.tombstones import drop_tombstones
from ledger.unit import Unit
from tests.ledger.acts import START, STREAM, Clock, add_person, arrive

PLAN = Plan("Flex", ("ziegelhof",), zones=1, price_cents=9900)


def _house(unit: Unit) -> None:
    add_person("p")(unit)
    unit.append(HOUSE, "plan", "flex", PlanSet(PLAN), actor="office")
    unit.append(HOUSE, "kiosk", "k", KioskAdded(Kiosk("Lobby", "z", 256)), actor="office")
    raised = Contradiction("party_full", "visit", "h", "e", START)
    unit.append(HOUSE, "contradiction", "c", ContradictionRaised(raised), actor="server")
    add_person("p")(unit)


async def test_states_come_once_reduced_and_in_the_order_of_their_last_change(
    ledger: Ledger,
) -> None:
    await ledger.work([HOUSE], _house)
    page = await ledger.feed(HOUSE, 0, 10, digest=True)
    assert page is not None
    assert [(d.seq, d.kind, d.op) for d in page.states] == [
        (2, "plan", Op.PUT),
        (5, "person", Op.PUT),
    ]
    assert '"price_cents":0' in (page.states[0].state or "")
    assert (page.after, page.to, page.more) == (0, 5, False)
    assert page.hash == await ledger.hash_at(HOUSE, 5)
    sums = [state_digest(d.kind, d.subject, d.state or "") for d in page.states]
    assert page.digest is not None
    assert (page.digest.count, page.digest.sum) == (2, sum(sums) % 2**64)


async def test_pages_join_without_gap_and_only_the_last_has_a_digest(ledger: Ledger) -> None:
    def many(unit: Unit) -> None:
        for number in range(7):
            arrive(f"h{number}")(unit)

    await ledger.work([STREAM], many)
    cursor, got, digests = 0, [], []
    while True:
        page = await ledger.feed(STREAM, cursor, 3, digest=True)
        assert page is not None
        assert page.hash == await ledger.hash_at(STREAM, page.to)
        got.append([d.subject for d in page.states])
        digests.append(page.digest is not None)
        cursor = page.to
        if not page.more:
            break
    assert got == [["h0", "h1", "h2"], ["h3", "h4", "h5"], ["h6"]]
    assert digests == [False, False, True]


async def test_nothing_new_is_an_empty_page_and_beyond_the_head_is_none(ledger: Ledger) -> None:
    assert await ledger.feed(STREAM, 0, 5) is None
    await ledger.work([STREAM], arrive("h"))
    page = await ledger.feed(STREAM, 1, 5)
    assert page is not None
    assert (page.after, page.to, page.states, page.more) == (1, 1, (), False)
    assert await ledger.feed(STREAM, 2, 5) is None
    assert await ledger.hash_at(STREAM, 0) == START_HASH
    assert await ledger.hash_at(STREAM, 2) is None


async def test_a_digest_over_many_states_is_of_the_page_s_own_moment(ledger: Ledger) -> None:
    def many(unit: Unit) -> None:
        for number in range(1200):
            arrive(f"h{number}")(unit)

    await ledger.work([STREAM], many)
    page = await ledger.feed(STREAM, 1200, 5, digest=True)
    assert page is not None
    assert page.digest is not None
    assert page.digest.count == 1200


async def test_what_is_gone_is_told_until_its_tombstone_is_dropped(
    ledger: Ledger, clock: Clock
) -> None:
    await ledger.work([HOUSE], _house)
    await ledger.work([HOUSE], lambda u: u.append(HOUSE, "plan", "flex", PlanRetired(), actor="o"))
    page = await ledger.feed(HOUSE, 5, 10)
    assert page is not None
    assert [(d.subject, d.op, d.state) for d in page.states] == [("flex", Op.GONE, None)]
    clock.move(days=31)
    await ledger.work([HOUSE], add_person("q"))
    before = clock.now - timedelta(days=30)
    assert await ledger.work([HOUSE], lambda u: drop_tombstones(u, HOUSE, before)) == 6
    assert await ledger.feed(HOUSE, 5, 10) is None
    for after, snapshot in ((0, False), (6, False), (5, True)):
        page = await ledger.feed(HOUSE, after, 10, snapshot=snapshot)
        assert page is not None
        assert [d.op for d in page.states if d.subject == "flex"] == []
    await ledger.work([HOUSE], lambda u: u.append(HOUSE, "plan", "flex", PlanSet(PLAN), actor="o"))
    plan = await ledger.read(lambda r: r.full("plan", "flex", Plan))
    assert encode_text(plan) == encode_text(PLAN)

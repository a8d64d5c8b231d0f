"""Sixteen at once: numbers without holes, a reader that misses nothing, one winner."""

import asyncio
from collections.abc import Sequence

from domain.access import Admitted, Ask, Reason, Refused
from domain.access.build import build_facts
from domain.check_in import CheckIn, decide_check_in
from domain.day_pass import DayPass, DayPassSold
from domain.passes import Entry, GrantKind, Pass, PassIssued
from domain.site import Site, SiteSet
from domain.subjects import HOUSE
from domain.visit import Visit
from ledger.ledger import Ledger
from ledger.unit import Unit
from tests.ledger.acts import ALL_WEEK, DAY, SITE, START, STREAM, arrive

WRITERS = 16
UNITS_EACH = 12
STREAMS = ("site:a", "site:b", "site:c")


async def test_numbers_are_dense_and_a_reader_that_follows_misses_nothing(
    ledgers: list[Ledger],
) -> None:
    writing = asyncio.gather(*(_write(ledgers, number) for number in range(WRITERS)))
    seen = await asyncio.gather(*(_follow(ledgers[0], stream, writing) for stream in STREAMS))
    await writing
    heads = await ledgers[0].heads()
    assert heads[HOUSE] == WRITERS * (UNITS_EACH // 4)
    assert sum(heads[stream] for stream in STREAMS) == WRITERS * UNITS_EACH * 2
    for stream, holders in zip(STREAMS, seen, strict=True):
        assert len(holders) == len(set(holders)) == heads[stream]
    assert await ledgers[0].verify() is None


async def _write(ledgers: Sequence[Ledger], number: int) -> None:
    ledger = ledgers[number % len(ledgers)]
    for turn in range(UNITS_EACH):
        stream = STREAMS[(number + turn) % len(STREAMS)]

        def act(unit: Unit, stream: str = stream, turn: int = turn) -> None:
            for part in range(2):
                arrive(f"{number}-{turn}-{part}", stream)(unit)
            if turn % 4 == 0:
                arrive(f"{number}-{turn}", HOUSE)(unit)

        await ledger.work([stream, HOUSE] if turn % 4 == 0 else [stream], act)


async def _follow(ledger: Ledger, stream: str, writing: "asyncio.Future[object]") -> list[str]:
    cursor, seen = 0, []
    while True:
        over = writing.done()
        page = await ledger.feed(stream, cursor, 7)
        if page is None:  # nobody has written there yet
            await asyncio.sleep(0)
            continue
        assert page.after == cursor <= page.to
        assert page.hash == await ledger.hash_at(stream, page.to)
        assert [down.seq for down in page.states] == list(range(cursor + 1, page.to + 1))
        seen += [down.subject for down in page.states]
        cursor = page.to
        if over and not page.more:
            return seen


async def test_sixteen_decisions_on_a_pass_for_one_entry_have_one_winner(
    ledgers: list[Ledger],
) -> None:
    await ledgers[0].work([STREAM], _sell)
    for pass_id in ("01" * 8, "02" * 8, "03" * 8):
        check_ins = await asyncio.gather(
            *(ledgers[n % len(ledgers)].work([STREAM], _check_in(pass_id)) for n in range(16))
        )
        outcomes = [check_in.outcome for check_in in check_ins]
        assert sum(isinstance(outcome, Admitted) for outcome in outcomes) == 1
        refused = [outcome.reason for outcome in outcomes if isinstance(outcome, Refused)]
        assert refused == [Reason.ALREADY_USED] * 15
        visit = await ledgers[0].read(lambda r, id_=pass_id: r.full("visit", id_, Visit))
        assert visit is not None
        assert (visit.day, visit.inside, visit.entries) == (DAY, 1, 1)


def _sell(unit: Unit) -> None:
    site = Site("Ziegelhof", 1, "Europe/Berlin", opening=ALL_WEEK)
    unit.append(STREAM, "site", SITE, SiteSet(site), actor="office")
    for number in (1, 2, 3):
        day_pass = DayPassSold(DayPass(None, DAY, zones=1))
        unit.append(STREAM, "day_pass", f"d{number}", day_pass, actor="desk")
        issued = Pass(GrantKind.DAY_PASS, f"d{number}", None, START, entry=Entry.ONCE)
        unit.append(STREAM, "pass", f"{number:02d}" * 8, PassIssued(issued), actor="desk")


def _check_in(pass_id: str):  # type: ignore[no-untyped-def]
    def act(unit: Unit) -> CheckIn:
        seen = build_facts(unit.about_pass(SITE, pass_id), SITE, pass_id)
        assert seen is not None
        check_in = decide_check_in(seen.facts, Ask(), SITE, unit.now)
        for record in check_in.records:
            unit.append(STREAM, record.kind, record.subject, record.body, actor="kiosk")
        return check_in

    return act

"""Whatever happens in whatever order: states are the fold of the log, and kiosks see the same."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.access.build import Seen, build_facts
from domain.passes import GrantKind, Pass, PassIssued
from domain.subjects import HOUSE, SUBJECTS, site_stream
from domain.sync import Op, Page
from ledger.codec import decode_event, encode_text, state_digest, subject_kind
from ledger.kiosk import KioskLedger, pages
from ledger.ledger import Ledger, open_ledger
from ledger.log import events
from ledger.reader import Reader
from ledger.schema import metadata
from ledger.unit import Unit
from tests.ledger.acts import START, Clock
from tests.ledger.random_logs import DAY, PASS_IDS, SITES, Happened, code_for, grants, logs

_MANY = settings(
    max_examples=max(10, settings().max_examples // 2),
    suppress_health_check=[HealthCheck.function_scoped_fixture, *settings().suppress_health_check],
)
_FOLDED = ("state", "link", "inside", "slot")
Run = Callable[[Callable[[Ledger], Any]], Any]


@pytest.fixture
def run(database_url: str, clock: Clock) -> Iterator[Run]:
    """Runs an example on a ledger that is empty again each time."""
    with asyncio.Runner() as runner:
        ledger = runner.run(open_ledger(database_url, clock))

        async def example(fn: Callable[[Ledger], Any]) -> Any:
            await ledger.work([], _empty)
            return await fn(ledger)

        yield lambda fn: runner.run(example(fn))
        runner.run(ledger.close())


def _empty(unit: Unit) -> None:
    for table in metadata.sorted_tables:
        unit.session.connection.execute(table.delete())


async def _record(ledger: Ledger, log: list[list[Happened]]) -> None:
    for events_ in log:

        def act(unit: Unit, events_: list[Happened] = events_) -> None:
            for each in events_:
                unit.append(each.stream, each.kind, each.subject, each.body, actor="test")

        await ledger.work(sorted({each.stream for each in events_}), act)


@given(log=logs())
@_MANY
def test_states_are_the_fold_of_the_log_and_a_rebuild_changes_nothing(
    run: Run, log: list[list[Happened]]
) -> None:
    async def example(ledger: Ledger) -> None:
        await _record(ledger, log)
        assert await ledger.verify() is None
        before = await ledger.read(_folded_tables)
        assert await ledger.read(_states) == await ledger.read(_folds)
        await ledger.rebuild()
        assert await ledger.read(_folded_tables) == before

    run(example)


def _folded_tables(reader: Reader) -> list[list[tuple[Any, ...]]]:
    run = reader.session.connection.execute
    tables = [metadata.tables[name] for name in _FOLDED]
    return [sorted((tuple(row) for row in run(table.select())), key=repr) for table in tables]


def _states(reader: Reader) -> dict[tuple[str, ...], tuple[int, str, str | None]]:
    rows = reader.session.connection.execute(metadata.tables["state"].select())
    return {(r.stream, r.kind, r.subject): (r.seq, r.op, r.body) for r in rows}


def _folds(reader: Reader) -> dict[tuple[str, ...], tuple[int, str, str | None]]:
    """The fold once more, written as plainly as can be."""
    found: dict[tuple[str, ...], tuple[int, str, str | None]] = {}
    states: dict[tuple[str, ...], Any] = {}
    for stream in (HOUSE, *map(site_stream, SITES)):
        for row in events(reader.session, stream):
            kind = subject_kind(row["kind"])
            key = (stream, kind, row["subject"])
            erased = found.get(key, (0, "", None))[1] == "erase"
            if erased or row["kind"].startswith("person.PersonErased"):
                states[key] = None
                found[key] = (row["seq"], "erase", None)
                continue
            body = decode_event(row["kind"], row["body"])
            states[key] = SUBJECTS[kind].evolve(states.get(key), body)
            if states[key] is not None:
                found[key] = (row["seq"], "put", encode_text(states[key]))
            elif key in found:
                found[key] = (row["seq"], "gone", None)
    return found


@given(log=logs(), grant=grants(), limit=st.integers(1, 30))
@_MANY
def test_facts_of_any_pass_are_equal_on_the_server_and_on_a_kiosk_that_pulled_all(
    run: Run, tmp_path: Path, log: list[list[Happened]], grant: tuple[GrantKind, str], limit: int
) -> None:
    async def example(ledger: Ledger) -> None:
        await _record(ledger, log)
        for site_id in SITES:
            there = KioskLedger(tmp_path / f"kiosk-{next(_numbers)}.sqlite")
            await _pull(ledger, there, site_id, limit)
            at_kiosk = there.work_now(lambda unit, s=site_id: _facts(unit, s, grant))
            at_once = await ledger.read(lambda r, s=site_id: _facts_at_once(r, s, grant))
            singly = await ledger.read(lambda r, s=site_id: _facts(r.at_site(s), s, grant))
            there.close()
            assert singly == at_once == at_kiosk

    run(example)


_numbers = count()


def _facts(states: Any, site_id: str, grant: tuple[GrantKind, str]) -> list[Seen | None]:
    found = [build_facts(states, site_id, pass_id) for pass_id in PASS_IDS]
    codes = [code_for(pass_id, *grant) for pass_id in PASS_IDS]
    return found + [build_facts(states, site_id, code.pass_id, code) for code in codes]


def _facts_at_once(reader: Reader, site_id: str, grant: tuple[GrantKind, str]) -> list[Seen | None]:
    """Each pass read by a fresh reader in its one statement, and nothing read besides."""

    def seen(pass_id: str, code: Any = None) -> Seen | None:
        states = Reader(reader.session).about_pass(site_id, pass_id, code)
        rows, reader.session.rows = reader.session.rows, _no_more_reading  # type: ignore[assignment]
        try:
            return build_facts(states, site_id, pass_id, code)
        finally:
            reader.session.rows = rows  # type: ignore[method-assign]

    codes = [code_for(pass_id, *grant) for pass_id in PASS_IDS]
    return [seen(id_) for id_ in PASS_IDS] + [seen(code.pass_id, code) for code in codes]


def _no_more_reading(*_: Any) -> Any:
    raise AssertionError("a decision about a pass reads with one statement")


async def _pull(ledger: Ledger, kiosk: KioskLedger, site_id: str, limit: int) -> None:
    for stream in (HOUSE, site_stream(site_id)):
        cursor, more, total = 0, True, 0
        while more:
            page = await ledger.feed(stream, cursor, limit, digest=True)
            if page is None:
                break
            now = datetime.combine(DAY, datetime.min.time(), UTC)
            down = Page(stream, page.after, page.to, page.hash, page.more, page.states, now)
            await kiosk.work(lambda unit, down=down: pages.apply_page(unit, down))
            cursor, more = page.to, page.more
            total += sum(state_digest(d.kind, d.subject, d.state or "")
                         for d in page.states if d.op is Op.PUT)  # fmt: skip
            if not more:
                here = await kiosk.work(lambda unit, s=stream: pages.digest(unit, s))
                assert page.digest == here
                assert here.sum == total % 2**64


async def test_a_short_code_leads_to_its_pass_until_that_is_issued_anew(ledger: Ledger) -> None:
    def issue(*short_codes: str) -> Happened:
        issued = Pass(GrantKind.DAY_PASS, "day-a", None, START, short_codes=short_codes)
        return Happened(site_stream("a"), "pass", "2a" * 8, PassIssued(issued))

    await _record(ledger, [[issue("5a", "5b")]])
    assert await ledger.read(lambda r: r.pass_by_short_code("5b")) == "2a" * 8
    assert await ledger.read(lambda r: r.at_site("b").pass_by_short_code("5b")) is None
    await _record(ledger, [[issue("5a")]])
    assert await ledger.read(lambda r: r.pass_by_short_code("5b")) is None
    assert await ledger.read(lambda r: r.at_site("a").pass_by_short_code("5a")) == "2a" * 8

"""Timers, holds and contacts: each thing is taken once, whoever asks at the same instant."""

import asyncio
from datetime import timedelta

from ledger.holds import HoldRow
from ledger.ledger import Ledger
from ledger.timers import CLAIM_S, Timer
from ledger.unit import Unit
from tests.ledger.acts import START, STREAM, Clock

MINUTE = timedelta(minutes=1)


def _timer(subject: str, minutes: float, what: str = "release") -> Timer:
    return Timer(what, subject, "booking", STREAM, START + minutes * MINUTE)


def _hold(id_: str, **of: str) -> HoldRow:
    keys = {"session_key": "s", "mail_key": "m", "ip_key": "i"} | of
    return HoldRow(id_, site_id="ziegelhof", expires_at=START + 10 * MINUTE, body="{}",
                   **keys)  # fmt: skip


async def test_timers_come_when_they_are_due_and_in_order(ledger: Ledger, clock: Clock) -> None:
    def set_all(unit: Unit) -> None:
        for each in (_timer("b", 2), _timer("a", 1), _timer("c", 9), _timer("a", 3, "remind")):
            unit.set_timer(each)
        unit.set_timer(_timer("c", 4))
        unit.drop_timer("remind", "a")

    await ledger.work([STREAM], set_all)
    assert await ledger.work([], lambda u: u.due_timers(10)) == []
    clock.move(minutes=5)
    due = await ledger.work([], lambda u: u.due_timers(2))
    assert due == [_timer("a", 1), _timer("b", 2)]
    assert await ledger.work([], lambda u: u.due_timers(10)) == [_timer("c", 4)]
    assert await ledger.work([], lambda u: u.due_timers(10)) == []
    clock.move(seconds=CLAIM_S)
    assert len(await ledger.work([], lambda u: u.due_timers(10))) == 3


async def test_a_timer_is_taken_once_and_not_before_it_is_due(
    ledgers: list[Ledger], clock: Clock
) -> None:
    await ledgers[0].work([STREAM], lambda u: u.set_timer(_timer("a", 1)))
    assert not await ledgers[0].work([STREAM], lambda u: u.take_timer(_timer("a", 1)))
    clock.move(minutes=1)
    tries = [ledgers[n % len(ledgers)] for n in range(8)]
    taken = await asyncio.gather(
        *(each.work([STREAM], lambda u: u.take_timer(_timer("a", 1))) for each in tries)
    )
    assert sum(taken) == 1


async def test_two_at_once_never_get_the_same_timer(ledgers: list[Ledger], clock: Clock) -> None:
    def set_all(unit: Unit) -> None:
        for n in range(40):
            unit.set_timer(_timer(str(n), 1))

    await ledgers[0].work([STREAM], set_all)
    clock.move(minutes=2)
    asked = [ledgers[n % len(ledgers)].work([], lambda u: u.due_timers(10)) for n in range(8)]
    found = [timer.subject for some in await asyncio.gather(*asked) for timer in some]
    assert len(found) == len(set(found))


async def test_payments_are_handed_out_apart(ledger: Ledger, clock: Clock) -> None:
    look = Timer("look", "p", "payment", STREAM, START)

    def set_both(unit: Unit) -> None:
        unit.set_timer(look)
        unit.set_timer(_timer("b", 0))

    await ledger.work([STREAM], set_both)
    clock.move(minutes=1)
    assert await ledger.work([], lambda u: u.due_timers(10)) == [_timer("b", 0)]
    assert await ledger.work([], lambda u: u.due_timers(10, asking=True)) == [look]
    assert await ledger.work([], lambda u: u.due_timers(10, asking=True)) == []


async def test_all_timers_of_a_subject_go_together(ledger: Ledger) -> None:
    def act(unit: Unit) -> tuple[int, int]:
        for each in (_timer("a", 1), _timer("a", 2, "remind"), _timer("b", 1)):
            unit.set_timer(each)
        unit.drop_timers("booking", "a")
        return len(unit.timers_of("a")), len(unit.timers_of("b"))

    assert await ledger.work([STREAM], act) == (0, 1)


async def test_holds_are_found_by_who_asked_and_taken_once(ledger: Ledger, clock: Clock) -> None:
    def put(unit: Unit) -> None:
        unit.put_hold(_hold("a"))
        unit.put_hold(_hold("b", session_key="t", mail_key=""))
        unit.put_hold(_hold("c", session_key="", mail_key="", ip_key="j"))

    await ledger.work([STREAM], put)
    assert [h.id for h in await ledger.read(lambda r: r.holds_of_session("s"))] == ["a"]
    assert [h.id for h in await ledger.read(lambda r: r.holds_of_mail("m"))] == ["a"]
    assert await ledger.read(lambda r: r.holds_of_mail("")) == []
    assert await ledger.read(lambda r: r.count_holds_of_ip("i", START)) == 2
    assert await ledger.read(lambda r: r.count_holds_of_ip("i", START + 10 * MINUTE)) == 0
    longer = _hold("a", mail_key="n")
    assert await ledger.work([STREAM], lambda u: u.change_hold(longer))
    assert await ledger.read(lambda r: r.hold("a")) == longer
    assert await ledger.work([STREAM], lambda u: u.take_hold("a")) == longer
    assert await ledger.work([STREAM], lambda u: u.take_hold("a")) is None


async def test_the_last_word_of_a_kiosk_is_kept(ledger: Ledger, clock: Clock) -> None:
    await ledger.work([], lambda u: u.note_contact("k"))
    clock.move(minutes=1)
    await ledger.work([], lambda u: u.note_contact("k"))
    clock.move(minutes=-5)
    await ledger.work([], lambda u: u.note_contact("k"))
    assert await ledger.read(lambda r: r.kiosks_heard()) == {"k": START + MINUTE}

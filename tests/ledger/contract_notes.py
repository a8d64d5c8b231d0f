"""What the server keeps beside the log: mails to send, progress of kiosks, poison, its epoch."""

import asyncio
from datetime import timedelta

from ledger.kiosks import Quarantined
from ledger.ledger import Ledger
from ledger.mails import CLAIM_S
from ledger.unit import Unit
from tests.ledger.acts import START, STREAM, Clock


async def test_a_mail_is_handed_out_once_until_it_is_done(ledger: Ledger, clock: Clock) -> None:
    def queue(unit: Unit) -> None:
        unit.queue_mail("m1", "member_pass", "pass", "aa", person_id="p")
        unit.queue_mail("m2", "receipt", "payment", "bb", address="x@example.org")
        unit.queue_mail("m1", "member_pass", "pass", "aa", person_id="p")

    await ledger.work([STREAM], queue)
    due = await ledger.work([], lambda u: u.due_mails(u.now, 10))
    assert [(m.id, m.person_id, m.address, m.what, m.tries) for m in due] == [
        ("m1", "p", None, "member_pass", 0),
        ("m2", None, "x@example.org", "receipt", 0),
    ]
    assert await ledger.work([], lambda u: u.due_mails(u.now, 10)) == []
    await ledger.work([], lambda u: u.mail_done("m1"))
    later = clock.now + timedelta(hours=1)
    await ledger.work([], lambda u: u.mail_failed("m2", later))
    clock.move(seconds=CLAIM_S)
    assert await ledger.work([], lambda u: u.due_mails(u.now, 10)) == []
    clock.move(hours=1)
    due = await ledger.work([], lambda u: u.due_mails(u.now, 10))
    assert [(m.id, m.tries) for m in due] == [("m2", 1)]


async def test_a_mail_whose_sender_died_is_handed_out_again(ledger: Ledger, clock: Clock) -> None:
    await ledger.work([], lambda u: u.queue_mail("m", "x", "pass", "aa", person_id="p"))
    assert len(await ledger.work([], lambda u: u.due_mails(u.now, 1))) == 1
    clock.move(seconds=CLAIM_S)
    assert len(await ledger.work([], lambda u: u.due_mails(u.now, 1))) == 1


async def test_two_senders_never_get_the_same_mail(ledgers: list[Ledger]) -> None:
    def queue(unit: Unit) -> None:
        for number in range(40):
            unit.queue_mail(f"m{number}", "x", "pass", "aa", person_id="p")

    await ledgers[0].work([], queue)
    got = await asyncio.gather(
        *(ledgers[n % len(ledgers)].work([], lambda u: u.due_mails(u.now, 5)) for n in range(8))
    )
    ids = [mail.id for mails in got for mail in mails]
    assert len(ids) == len(set(ids))


async def test_progress_of_a_kiosk_is_remembered(ledger: Ledger) -> None:
    assert await ledger.work([], lambda u: u.kiosk_progress("k")) == (0, 0)
    await ledger.work([STREAM], lambda u: u.set_kiosk_progress("k", 1, 7))
    await ledger.work([STREAM], lambda u: u.set_kiosk_progress("k", 2, 1))
    assert await ledger.work([], lambda u: u.kiosk_progress("k")) == (2, 1)


async def test_poison_is_kept_whole_until_it_is_settled(ledger: Ledger) -> None:
    for _ in range(2):
        await ledger.work([], lambda u: u.quarantine("e", "k", (1, 4), "bad_body", b"\x00\xff"))
    kept = await ledger.work([], lambda u: u.quarantined())
    assert kept == [Quarantined("e", "k", 1, 4, "bad_body", b"\x00\xff", START)]
    await ledger.work([], lambda u: u.settle_quarantined("e"))
    assert await ledger.work([], lambda u: u.quarantined()) == []


async def test_the_epoch_is_set_and_changed(ledger: Ledger) -> None:
    assert await ledger.read(lambda r: r.meta("server_epoch")) is None
    await ledger.work([], lambda u: u.set_meta("server_epoch", "a"))
    await ledger.work([], lambda u: u.set_meta("server_epoch", "b"))
    assert await ledger.read(lambda r: r.meta("server_epoch")) == "b"

"""Sessions, sign-in links, passkeys and rates hold on both databases, whoever else is at work."""

import asyncio
from datetime import timedelta

from domain.rates import Rate
from domain.subjects import HOUSE
from ledger.cards import Card
from ledger.ledger import Ledger
from ledger.passkeys import Passkey
from ledger.sign_in_links import SignInLink
from ledger.unit import Unit
from tests.ledger.acts import START, Clock

HOUR = timedelta(hours=1)
FIVE = Rate("test", 5, HOUR)


async def test_people_are_found_by_mail_however_it_is_spelled(ledger: Ledger) -> None:
    def put(unit: Unit) -> None:
        unit.put_card("p", Card("Anna", "Anna@Example.org "))
        unit.put_card("q", Card("Ben"))

    await ledger.work([HOUSE], put)
    assert await ledger.read(lambda r: r.persons_by_mail("anna@example.ORG")) == ["p"]
    assert await ledger.read(lambda r: r.persons_by_mail("")) == []
    await ledger.work([HOUSE], lambda u: u.put_card("p", Card("Anna", "new@example.org")))
    assert await ledger.read(lambda r: r.persons_by_mail("anna@example.org")) == []


async def test_a_session_lives_until_it_ends_or_is_ended(ledger: Ledger, clock: Clock) -> None:
    def begin(unit: Unit) -> None:
        unit.begin_web_session("s", "hash", None, unit.now + HOUR)
        unit.begin_web_session("t", "other", "p", unit.now + HOUR)

    await ledger.work([], begin)
    found = await ledger.read(lambda r: r.web_session("hash", START))
    assert found
    assert (found.id, found.person_id, found.ends_at) == ("s", None, found.made_at + HOUR)
    later = found.ends_at
    assert await ledger.read(lambda r: r.web_session("hash", later)) is None
    await ledger.work([], lambda u: u.end_web_session("t"))
    assert await ledger.read(lambda r: r.web_sessions_of("p", found.made_at)) == []
    await ledger.work([], lambda u: u.begin_web_session("u", "other", None, later))
    assert await ledger.read(lambda r: r.web_session("other", found.made_at)) is None


async def test_signing_in_keeps_the_session_and_changes_its_secret(ledger: Ledger) -> None:
    def sign_in(unit: Unit) -> None:
        unit.begin_web_session("s", "before", None, unit.now + HOUR)
        unit.set_challenge("s", "sign this")
        unit.change_web_session("s", "after", "p")

    await ledger.work([], sign_in)
    assert await ledger.read(lambda r: r.web_session("before", START)) is None
    found = await ledger.read(lambda r: r.web_session("after", START))
    assert found
    assert (found.id, found.person_id, found.challenge) == ("s", "p", "")


async def test_all_other_sessions_of_a_person_can_be_ended(ledger: Ledger) -> None:
    def work(unit: Unit) -> int:
        for each in ("a", "b", "c"):
            unit.begin_web_session(each, each, "p", unit.now + HOUR)
        unit.begin_web_session("x", "x", "q", unit.now + HOUR)
        return unit.end_web_sessions_of("p", but="b")

    assert await ledger.work([], work) == 2
    mine = await ledger.read(lambda r: r.web_sessions_of("p", START))
    theirs = await ledger.read(lambda r: r.web_sessions_of("q", START))
    assert [each.id for each in mine + theirs] == ["b", "x"]


async def test_a_challenge_is_taken_once(ledgers: list[Ledger]) -> None:
    def begin(unit: Unit) -> None:
        unit.begin_web_session("s", "hash", None, unit.now + HOUR)
        unit.set_challenge("s", "sign this")

    await ledgers[0].work([], begin)
    taken = await asyncio.gather(
        *(each.work([], lambda u: u.take_challenge("s")) for each in ledgers * 4)
    )
    assert sorted(filter(None, taken)) == ["sign this"]


async def test_a_link_is_used_once_however_many_try(ledgers: list[Ledger], clock: Clock) -> None:
    def make(unit: Unit) -> None:
        link = SignInLink("l", "p", "de", "/me", unit.now + HOUR)
        unit.make_sign_in_link(link, "hash")
        unit.make_sign_in_link(SignInLink("m", "p", "de", "/me", unit.now), "over")

    await ledgers[0].work([], make)
    assert await ledgers[0].read(lambda r: r.sign_in_link("hash", START))
    assert await ledgers[0].read(lambda r: r.sign_in_link_by_id("l", START))
    used = await asyncio.gather(
        *(each.work([], lambda u: u.use_sign_in_link("hash")) for each in ledgers * 4)
    )
    assert [each.person_id for each in used if each] == ["p"]
    assert await ledgers[0].work([], lambda u: u.use_sign_in_link("over")) is None
    assert await ledgers[0].read(lambda r: r.sign_in_link("hash", START)) is None


async def test_a_passkey_belongs_to_one_person(ledger: Ledger) -> None:
    key = Passkey("k", "p", b"\x00\x01public", 0, "Phone", START)
    await ledger.work([], lambda u: u.add_passkey(key))
    assert await ledger.read(lambda r: r.passkey("k")) == key
    await ledger.work([], lambda u: u.passkey_used("k", 7))
    (used,) = await ledger.read(lambda r: r.passkeys_of("p"))
    assert used.sign_count == 7
    assert used.used_at
    assert not await ledger.work([], lambda u: u.drop_passkey("q", "k"))
    assert await ledger.work([], lambda u: u.drop_passkey("p", "k"))
    assert await ledger.read(lambda r: r.passkey("k")) is None


async def test_tries_are_counted_over_all_processes(ledgers: list[Ledger], clock: Clock) -> None:
    tried = await asyncio.gather(
        *(each.work([], lambda u: u.count_try(FIVE, "me")) for each in ledgers * 3)
    )
    assert sorted(each.count for each in tried) == list(range(1, len(tried) + 1))
    assert len({each.until for each in tried}) == 1
    assert (await ledgers[0].work([], lambda u: u.count_try(FIVE, "you"))).count == 1


async def test_after_the_period_counting_begins_anew(ledger: Ledger, clock: Clock) -> None:
    first = await ledger.work([], lambda u: u.count_try(FIVE, "me"))
    clock.now += HOUR
    again = await ledger.work([], lambda u: u.count_try(FIVE, "me"))
    assert again.count == 1
    assert again.until >= first.until + HOUR


async def test_what_has_ended_is_dropped(ledger: Ledger, clock: Clock, dump: object) -> None:
    def fill(unit: Unit) -> None:
        unit.begin_web_session("s", "s", "p", unit.now + HOUR)
        unit.begin_web_session("t", "t", "p", unit.now + 3 * HOUR)
        unit.make_sign_in_link(SignInLink("l", "p", "de", "/me", unit.now + HOUR), "l")
        unit.count_try(FIVE, "me")

    await ledger.work([], fill)
    clock.now += 2 * HOUR
    await ledger.work([], lambda u: u.forget_the_past())
    assert callable(dump)
    assert await dump("sign_in_link") == await dump("rate") == []
    assert [row[0] for row in await dump("web_session")] == ["t"]


async def test_all_signing_in_as_somebody_can_be_ended(ledger: Ledger) -> None:
    def work(unit: Unit) -> None:
        unit.begin_web_session("s", "s", "p", unit.now + HOUR)
        unit.make_sign_in_link(SignInLink("l", "p", "de", "/me", unit.now + HOUR), "l")
        unit.add_passkey(Passkey("k", "p", b"", 0, "", unit.now))
        unit.end_all_signing_in("p")

    await ledger.work([], work)
    assert await ledger.read(lambda r: r.web_session("s", START)) is None
    assert await ledger.read(lambda r: r.sign_in_link("l", START)) is None
    assert await ledger.read(lambda r: r.passkey("k")) is None

"""What is appended is there, in order, once; what is rolled back never was."""

from contextlib import suppress
from datetime import timedelta

import pytest

from domain.person import Person, PersonBlocked, PersonErased, PersonUnblocked
from domain.site import Site, SiteSet
from domain.subjects import HOUSE
from domain.sync import DecisionWire, Op
from domain.visit import Visit
from ledger.codec import UnknownKind
from ledger.errors import AnswerTaken, EventIdTaken, NotLocked, Swallowed
from ledger.ledger import Ledger
from ledger.unit import Unit
from tests.ledger.acts import DAY, SITE, START, STREAM, Clock, add_person, arrival, arrive


async def test_an_appended_event_is_read_back_as_the_next_state(ledger: Ledger) -> None:
    first = await ledger.work([HOUSE], add_person("p"))
    second = await ledger.work(
        [HOUSE], lambda u: u.append(HOUSE, "person", "p", PersonBlocked("*"), actor="office")
    )
    assert (first.seq, second.seq) == (1, 2)
    assert await ledger.read(lambda r: r.get("person", "p", Person)) == (2, Person(("*",)))


async def test_reads_see_what_the_same_unit_has_just_appended(ledger: Ledger) -> None:
    def act(unit: Unit) -> tuple[tuple[int, Person] | None, list[tuple[str, int]]]:
        add_person("p")(unit)
        unit.append(HOUSE, "person", "p", PersonBlocked("a"), actor="office")
        unit.append(HOUSE, "person", "p", PersonUnblocked("a"), actor="office")
        arrive("h")(unit)
        arrive("h")(unit)
        return unit.get("person", "p", Person), unit.inside(SITE, DAY)

    assert await ledger.work([STREAM, HOUSE], act) == ((3, Person()), [("h", 2)])
    assert await ledger.read(lambda r: r.inside(SITE, DAY)) == [("h", 2)]


async def test_what_raises_leaves_nothing_behind(ledger: Ledger) -> None:
    def broken(unit: Unit) -> None:
        add_person("p")(unit)
        unit.store("api", "1", "hash", "answer")
        unit.set_meta("epoch", "e")
        unit.claim("room", START, START + timedelta(hours=1), "booking", "b")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await ledger.work([HOUSE], broken)

    def look(unit: Unit) -> None:
        assert unit.get("person", "p", Person) is None
        assert unit.stored("api", "1") is None
        assert unit.meta("epoch") is None
        assert unit.claim("room", START, START + timedelta(hours=1), "booking", "c")
        assert add_person("p")(unit).seq == 1

    await ledger.work([HOUSE], look)
    assert await ledger.verify() is None


async def test_a_stream_that_is_not_locked_cannot_be_appended_to(ledger: Ledger) -> None:
    with pytest.raises(NotLocked):
        await ledger.work([STREAM], add_person("p"))


async def test_an_event_id_is_taken_once(ledger: Ledger) -> None:
    def act(unit: Unit) -> None:
        unit.append(STREAM, "visit", "h", arrival("h"), actor="k", event_id="same")

    def twice(unit: Unit) -> None:
        act(unit)
        act(unit)

    with pytest.raises(EventIdTaken):
        await ledger.work([STREAM], twice)
    await ledger.work([STREAM], act)
    with pytest.raises(EventIdTaken):
        await ledger.work([STREAM], act)
    known = await ledger.read(lambda r: r.known_event("same"))
    assert known is not None
    assert known[:4] == (STREAM, 1, "visit.Arrived/1", "h")
    assert await ledger.heads() == {STREAM: 1}


async def test_what_a_kiosk_stamped_is_kept_and_the_server_adds_its_own_time(
    ledger: Ledger, clock: Clock
) -> None:
    at = START - timedelta(hours=2)
    seen = DecisionWire(1, '{"pass":["7",3]}')
    await ledger.work(
        [STREAM],
        lambda u: u.append(
            STREAM, "visit", "h", arrival("h"), actor="k1", at=at, event_id="e", origin="k1",
            act="a", n=7, decision=seen,
        ),
    )  # fmt: skip
    row = await ledger.read(lambda r: r.event("e"))
    assert row is not None
    assert (row["at"], row["recorded_at"]) == (
        "2026-05-14T08:00:00.000000Z",
        "2026-05-14T10:00:00.000000Z",
    )
    assert (row["origin"], row["actor"], row["act"], row["n"]) == ("k1", "k1", "a", 7)
    assert row["decision"] == '{"rule":1,"saw":"{\\"pass\\":[\\"7\\",3]}"}'


async def test_events_of_one_unit_share_their_act(ledger: Ledger) -> None:
    def act(unit: Unit) -> list[str]:
        return [arrive(holder)(unit).event_id for holder in ("g", "h")]

    ids = await ledger.work([STREAM], act)
    rows = [await ledger.read(lambda r, id_=id_: r.event(id_)) for id_ in ids]
    assert len({row["act"] for row in rows if row}) == 1
    other = await ledger.work([STREAM], arrive("i"))
    row = await ledger.read(lambda r: r.event(other.event_id))
    assert row is not None
    assert row["act"] != rows[0]["act"]


async def test_a_decision_that_saw_too_much_is_refused(ledger: Ledger) -> None:
    with pytest.raises(ValueError, match="2 KiB"):
        await ledger.work(
            [STREAM],
            lambda u: u.append(
                STREAM, "visit", "h", arrival("h"), actor="k", decision=DecisionWire(1, "x" * 2049)
            ),
        )


async def test_one_holder_counts_at_each_site_by_itself(ledger: Ledger) -> None:
    await ledger.work([STREAM], arrive("h"))
    await ledger.work(["site:other"], arrive("h", "site:other"))
    await ledger.work([STREAM], arrive("h"))
    there = await ledger.read(lambda r: r.at_site("other").get("visit", "h", Visit))
    here = await ledger.read(lambda r: r.at_site(SITE).get("visit", "h", Visit))
    assert (there, here) == ((1, Visit(DAY, 1, 1)), (2, Visit(DAY, 2, 2)))


async def test_who_is_erased_leaves_a_tombstone_and_is_not_revived(ledger: Ledger) -> None:
    await ledger.work([HOUSE], add_person("p"))
    for event in (PersonErased(START), PersonUnblocked("*")):
        await ledger.work(
            [HOUSE], lambda u, e=event: u.append(HOUSE, "person", "p", e, actor="office")
        )
    page = await ledger.feed(HOUSE, 0, 10)
    assert page is not None
    assert [(down.op, down.state, down.seq) for down in page.states] == [(Op.ERASE, None, 3)]
    assert await ledger.read(lambda r: r.get("person", "p", Person)) is None


async def test_a_stored_answer_is_given_again_and_never_replaced(ledger: Ledger) -> None:
    def act(unit: Unit) -> tuple[str, str] | None:
        unit.store("token-1", "id", "hash", "admitted")
        return unit.stored("token-1", "id")

    assert await ledger.work([STREAM], act) == ("hash", "admitted")
    assert await ledger.read(lambda r: r.stored("token-1", "id")) == ("hash", "admitted")
    assert await ledger.read(lambda r: r.stored("token-2", "id")) is None
    with pytest.raises(AnswerTaken):
        await ledger.work([STREAM], act)


@pytest.mark.parametrize(
    "wrong", [{"subject": "x" * 201}, {"subject": ""}, {"subject": "a\0b"}, {"actor": "\0"}]
)
async def test_what_is_no_id_is_refused_on_both_databases(
    ledger: Ledger, wrong: dict[str, str]
) -> None:
    fields = {"subject": "h", "actor": "k"} | wrong
    with pytest.raises(ValueError, match=r"no (subject|actor)"):
        await ledger.work(
            [STREAM], lambda u: u.append(STREAM, "visit", body=arrival("h"), **fields)
        )
    assert await ledger.heads() == {}


async def test_a_body_of_another_kind_is_refused(ledger: Ledger) -> None:
    with pytest.raises(UnknownKind):
        await ledger.work(
            [STREAM], lambda u: u.append(STREAM, "door", "d", arrival("h"), actor="k")
        )


async def test_words_of_any_script_come_back_as_they_were(ledger: Ledger) -> None:
    words = "Büro \0 \u202e Zürich 🚪 'x'; DROP TABLE event --"
    site = Site(words, 1, "Europe/Berlin")
    await ledger.work(
        [STREAM], lambda u: u.append(STREAM, "site", words[:4], SiteSet(site), actor=words[7:])
    )
    assert await ledger.read(lambda r: r.get("site", words[:4], Site)) == (1, site)
    assert await ledger.verify() is None


async def test_a_unit_that_returned_is_durable_even_if_it_swallowed_an_error(
    ledger: Ledger,
) -> None:
    def careless(unit: Unit) -> None:
        unit.set_meta("epoch", "e")
        with suppress(Exception):
            unit.session.connection.exec_driver_sql("SELECT no_such_column FROM meta")

    try:
        await ledger.work([], careless)
    except Swallowed:
        kept = None
    else:
        kept = "e"
    assert await ledger.read(lambda r: r.meta("epoch")) == kept

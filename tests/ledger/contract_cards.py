"""Names live on erasable cards and nowhere else."""

from collections.abc import Awaitable, Callable

from domain.person import CardChanged, PersonErased
from domain.subjects import HOUSE
from ledger.cards import Card
from ledger.ledger import Ledger
from ledger.schema import metadata
from ledger.unit import Unit
from tests.ledger.acts import START, add_person

ANNA = Card("Anna Quastenberg", "anna@example.org", "+49 170 1", "Quast GmbH", "en")
SEEDED = ("Quastenberg", "anna@", "+49 170", "Quast GmbH")


def _anna(unit: Unit) -> None:
    add_person("p")(unit)
    unit.put_card("p", ANNA)
    unit.append(HOUSE, "person", "p", CardChanged(("mail", "name")), actor="office")
    unit.queue_mail("m", "member_pass", "pass", "00" * 8, person_id="p")


async def test_a_card_is_put_changed_listed_and_erased(ledger: Ledger) -> None:
    await ledger.work([HOUSE], _anna)
    assert await ledger.read(lambda r: r.card("p")) == ANNA
    changed = Card("Anna Q.", "q@example.org")
    await ledger.work([HOUSE], lambda u: u.put_card("p", changed))
    await ledger.work([HOUSE], lambda u: u.put_card("b", Card("Ben")))
    assert await ledger.read(lambda r: r.cards()) == [("b", Card("Ben")), ("p", changed)]
    await ledger.work([HOUSE], lambda u: u.erase_card("p"))
    assert await ledger.read(lambda r: r.card("p")) is None


async def test_no_name_stands_anywhere_but_on_the_card(
    ledger: Ledger, dump: Callable[[str], Awaitable[list[tuple[object, ...]]]]
) -> None:
    await ledger.work([HOUSE], _anna)
    for table in metadata.tables:
        text = repr(await dump(table))
        assert table == "card" or not [word for word in SEEDED if word in text], table
    cards = repr(await dump("card"))
    assert all(word in cards for word in SEEDED)


async def test_nothing_of_an_erased_card_is_left_in_any_table(
    ledger: Ledger, dump: Callable[[str], Awaitable[list[tuple[object, ...]]]]
) -> None:
    def erase(unit: Unit) -> None:
        unit.erase_card("p")
        unit.append(HOUSE, "person", "p", PersonErased(START), actor="office")

    await ledger.work([HOUSE], _anna)
    await ledger.work([HOUSE], erase)
    for table in metadata.tables:
        assert not [word for word in SEEDED if word in repr(await dump(table))], table
    assert await ledger.verify() is None


async def test_the_salt_of_a_card_is_its_own_and_stays(
    ledger: Ledger, dump: Callable[[str], Awaitable[list[tuple[object, ...]]]]
) -> None:
    for person_id in ("p", "q", "p"):
        await ledger.work([HOUSE], lambda u, id_=person_id: u.put_card(id_, ANNA))
    salts = [row[6] for row in await dump("card")]
    assert len(set(salts)) == 2
    assert all(len(str(salt)) == 32 for salt in salts)

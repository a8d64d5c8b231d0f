"""Signing in for tests, by the link that stands in the mail."""

from sqlalchemy import select

from ledger import schema
from ledger.reader import Reader
from sync_server.keys import HouseKeys
from sync_server.settings import Settings
from sync_server.use_cases.signing_in import link_token
from tests.sync_server.seen import read
from tests.sync_server.web.people import Person


def newest_link(settings: Settings, keys: HouseKeys) -> str:
    """The address in the mail that was asked for last."""

    def look(reader: Reader) -> str:
        ids = select(schema.sign_in_link.c.id).order_by(schema.sign_in_link.c.ends_us.desc())
        return str(reader.session.connection.execute(ids).scalars().first())

    return f"/sign-in/{link_token(keys, read(settings, look))}"


def address_of(settings: Settings, person_id: str) -> str:
    card = read(settings, lambda reader: reader.card(person_id))
    assert card
    return card.mail


def sign_in(person: Person, settings: Settings, keys: HouseKeys, person_id: str) -> None:
    """From the first page to the last button."""
    person.go("/sign-in")
    assert person.send("/sign-in", mail=address_of(settings, person_id)) == 200
    link = newest_link(settings, keys)
    assert person.go(link) == 200
    person.send(link)

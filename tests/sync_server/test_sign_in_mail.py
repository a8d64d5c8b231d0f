"""The mail with a sign-in link: what it says, and that only it holds the link."""

import asyncio
import re
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from domain.person import PersonAdded
from domain.rates import SIGN_IN_BY_CLIENT
from ledger import schema
from ledger.unit import Unit
from sync_server.house import House, open_house
from sync_server.mail.sending import send_due_mails
from sync_server.mail.transport import MailFolder
from sync_server.settings import Settings
from sync_server.use_cases.signing_in import LinkWish, ask_for_link, link_token, use_link
from tests.sync_server.conftest import Demo
from tests.sync_server.running import MovableClock
from tests.sync_server.test_mail_content import read, text_of

LINK = re.compile(r"https://book\.example\.org/sign-in/([0-9a-f]{64})")
KNOWN, UNKNOWN = "jana@example.org", "nobody@example.org"


def wish(mail: str, language: str = "en") -> LinkWish:
    return LinkWish(mail, "192.0.2.1", language, "/me")


async def opened(settings: Settings, clock: MovableClock) -> House:
    return await open_house(replace(settings, public_url="https://book.example.org"), clock)


async def mails_after(settings: Settings, *wishes: LinkWish) -> list[Path]:
    """The .eml files with a link, once all that is due was sent."""
    house = await opened(settings, MovableClock())
    for each in wishes:
        await house.ledger.work([], lambda unit, w=each: ask_for_link(unit, house.keys, w))
    await send_due_mails(house, MailFolder(house.data.mails))
    await send_due_mails(house, MailFolder(house.data.mails))
    await house.close()
    files = sorted(house.data.mails.glob("*.eml"))
    return [file for file in files if LINK.search(text_of(read(file), "plain"))]


@pytest.mark.parametrize(
    ("language", "button", "lead"),
    [
        ("en", "Sign in", "Open this link within 15 minutes"),
        ("de", "Anmelden", "Öffne diesen Link"),
        ("de_formal", "Anmelden", "Öffnen Sie diesen Link"),
    ],
)
def test_the_link_stands_in_both_forms_in_the_language_of_the_page(
    settings: Settings, language: str, button: str, lead: str
) -> None:
    (file,) = asyncio.run(mails_after(settings, wish(KNOWN, language)))
    mail = read(file)
    assert mail["To"].endswith(f"<{KNOWN}>")
    assert mail["Content-Language"] == language[:2]
    found = LINK.search(text_of(mail, "plain"))
    assert found
    html = text_of(mail, "html")
    assert f'href="{found[0]}"' in html
    assert button in html
    assert lead in html
    assert lead in text_of(mail, "plain")


def test_nobody_is_written_to_at_an_address_that_nobody_has(settings: Settings, demo: Demo) -> None:
    assert asyncio.run(mails_after(settings, wish(UNKNOWN))) == []
    assert not any(UNKNOWN in read(each)["To"] for each in demo.folder.glob("mails/*.eml"))


def test_the_link_is_in_the_mail_alone(settings: Settings, demo: Demo) -> None:
    """Neither the database nor its log holds what opens it, nor an address that was tried."""
    (file,) = asyncio.run(mails_after(settings, wish(KNOWN), wish(UNKNOWN)))
    found = LINK.search(text_of(read(file), "plain"))
    assert found
    for each in demo.folder.glob("foyer.sqlite*"):
        content = each.read_bytes()
        assert found[1].encode() not in content
        assert UNKNOWN.encode() not in content
        assert b"192.0.2.1" not in content


def shapes(statements: list[str]) -> list[str]:
    """Statements without their values."""
    return [re.sub(r"'(?:[^']|'')*'|\b\d+\b|NULL", "?", each) for each in statements]


async def test_a_known_and_an_unknown_address_cost_the_same(settings: Settings) -> None:
    """The same statements, in the same order, and the same queueing."""
    house = await opened(settings, MovableClock())
    traced: dict[str, list[str]] = {}

    def traced_work(unit: Unit, mail: str) -> None:
        driver = unit.session.connection.connection.driver_connection
        assert driver is not None
        driver.set_trace_callback(traced.setdefault(mail, []).append)
        assert ask_for_link(unit, house.keys, wish(mail)) is None
        driver.set_trace_callback(None)

    for mail in (KNOWN, UNKNOWN):
        await house.ledger.work([], lambda unit, m=mail: traced_work(unit, m))
    await house.close()
    assert len(traced[KNOWN]) >= 4
    assert shapes(traced[KNOWN]) == shapes(traced[UNKNOWN])


async def test_a_link_is_for_the_member_among_those_with_one_address(
    settings: Settings, demo: Demo
) -> None:
    """A guest's card may have the same address, and be older."""
    house = await opened(settings, MovableClock())

    def add_guest(unit: Unit) -> None:
        card = unit.card(demo.ids["member"])
        assert card
        unit.append("house", "person", "0-guest", PersonAdded(), actor="test")
        unit.put_card("0-guest", card)
        ask_for_link(unit, house.keys, wish(KNOWN))

    await house.ledger.work(["house"], add_guest)

    def use(unit: Unit) -> object:
        found = unit.session.connection.execute(select(schema.sign_in_link.c.id)).scalar_one()
        return use_link(unit, link_token(house.keys, found))

    assert await house.ledger.work([], use) == (demo.ids["member"], "/me")
    await house.close()


async def test_the_rate_holds_over_processes(settings: Settings) -> None:
    """Two houses opened on one database count together."""
    houses = [await opened(settings, MovableClock()) for _ in range(2)]
    refused = 0
    for n in range(SIGN_IN_BY_CLIENT.most + 4):
        house = houses[n % 2]
        answer = await house.ledger.work(
            [], lambda unit, n=n, h=house: ask_for_link(unit, h.keys, wish(f"x{n}@example.org"))
        )
        refused += answer is not None
    assert refused == 4
    for house in houses:
        await house.close()

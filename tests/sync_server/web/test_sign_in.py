"""Signing in by a link in a mail: once, soon, by a button, and telling nobody who is known."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from domain.rates import PASSKEY_BY_CLIENT, SIGN_IN_BY_ADDRESS, SIGN_IN_BY_CLIENT
from domain.site import Site, SiteSet
from domain.subjects import site_stream
from ledger.unit import Unit
from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import Subject
from sync_server.house import open_house
from sync_server.use_cases.signing_in import LINK_LIFE
from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer, running
from tests.sync_server.web.mail_links import address_of, newest_link, sign_in
from tests.sync_server.web.people import Person, arrives, forms_in

Arrive = Callable[..., Person]
HOUR = timedelta(hours=1)


@pytest.fixture
def arrive(server: RunningServer) -> Iterator[Arrive]:
    here: list[Person] = []

    def come(**headers: str) -> Person:
        here.append(arrives(server.url, **headers))
        return here[-1]

    yield come
    for each in here:
        each.http.close()


@pytest.fixture
def member(arrive: Arrive, server: RunningServer, demo: Demo) -> Person:
    """Jana, signed in."""
    person = arrive()
    sign_in(person, server.settings, demo.keys, demo.ids["member"])
    return person


def is_signed_in(person: Person) -> bool:
    person.go("/sign-in")
    return person.path == "/me"


def ask_for_link(person: Person, mail: str, **more: str) -> int:
    person.go("/sign-in")
    return person.send("/sign-in", mail=mail, **more)


def test_a_link_signs_in_by_its_button_and_works_once(
    arrive: Arrive, server: RunningServer, demo: Demo
) -> None:
    person, other = arrive(), arrive()
    ask_for_link(person, address_of(server.settings, demo.ids["member"]).upper())
    link = newest_link(server.settings, demo.keys)
    for _ in range(3):
        assert person.go(link) == 200, "looking uses nothing up"
    assert "Welcome back, Jana K." in person.text
    other.go(link)
    person.send(link)
    assert person.path == "/me"
    assert other.send(link) == 404
    assert "has done its work" in other.text
    assert is_signed_in(person)
    assert not is_signed_in(other)


def test_a_link_is_good_for_a_quarter_of_an_hour(
    arrive: Arrive, server: RunningServer, demo: Demo
) -> None:
    person = arrive()
    ask_for_link(person, address_of(server.settings, demo.ids["member"]))
    link = newest_link(server.settings, demo.keys)
    person.go(link)
    server.clock.ahead = LINK_LIFE
    assert person.send(link) == 404
    assert person.go(link) == 404
    assert not is_signed_in(person)


def test_who_is_known_cannot_be_seen(arrive: Arrive, server: RunningServer, demo: Demo) -> None:
    known = address_of(server.settings, demo.ids["member"])
    unknown = "x" * (len(known) - len("@example.com")) + "@example.com"
    texts = []
    for address in (known, unknown):
        person = arrive()
        assert ask_for_link(person, address) == 200
        texts.append(person.text.replace(address, "ADDRESS"))
    assert texts[0] == texts[1]
    nobodys = newest_link(server.settings, demo.keys)
    assert person.go(nobodys) == 404


@pytest.mark.parametrize("text", ["", "jana", "jana@example", "a@b.example\r\nBcc: c@d.example"])
def test_half_an_address_is_asked_for_again(arrive: Arrive, text: str) -> None:
    person = arrive()
    assert ask_for_link(person, text) == 422
    assert "the whole address" in person.text


def test_five_links_an_hour_go_to_one_address(
    arrive: Arrive, server: RunningServer, demo: Demo
) -> None:
    """Known or not, and whoever asks for them."""
    known = address_of(server.settings, demo.ids["member"])
    for address in (known, "nobody@example.com"):
        for n in range(SIGN_IN_BY_ADDRESS.most):
            person = arrive(**{"x-forwarded-for": f"192.0.2.{n}"})
            assert ask_for_link(person, address) == 200
        assert ask_for_link(person, address.upper()) == 429
        assert person.shown
        assert "In 60 minutes you can go on." in person.text
        assert 3500 < int(person.shown.headers["retry-after"]) <= 3600
    server.clock.ahead = HOUR
    assert ask_for_link(person, known) == 200


def test_twenty_links_an_hour_are_sent_for_one_client(
    arrive: Arrive, server: RunningServer, demo: Demo
) -> None:
    """Also within one network of IPv6; and what was refused uses no address up."""
    person = arrive()
    for n in range(SIGN_IN_BY_CLIENT.most):
        person.http.headers["x-forwarded-for"] = f"2001:db8:1:2::{n:x}"
        assert ask_for_link(person, f"nobody{n}@example.com") == 200
    known = address_of(server.settings, demo.ids["member"])
    for _ in range(SIGN_IN_BY_ADDRESS.most + 1):
        assert ask_for_link(person, known) == 429
    person.http.headers["x-forwarded-for"] = "2001:db8:1:3::1"
    assert ask_for_link(person, known) == 200


def test_signing_in_and_out_changes_the_secret(member: Person, arrive: Arrive) -> None:
    signed_in = dict(member.http.cookies)
    member.go("/sign-in")
    outside = arrive()
    outside.go("/sign-in")
    before = dict(outside.http.cookies)
    assert before["foyer"] != signed_in["foyer"]
    member.http.post("/sign-out", headers={"origin": member.origin})
    assert is_signed_in(member), "without its token the form ends nothing"
    leave(member)
    assert "foyer" not in member.http.cookies
    outside.http.cookies.update(signed_in)
    assert not is_signed_in(outside), "the old secret is good for nothing"


def leave(person: Person) -> None:
    """Sign out by a form with this browser's token."""
    token = forms_in(person.http.get("/sign-in/none").text)[0].values["csrf"]
    origin = {"origin": person.origin}
    person.shown = person.http.post("/sign-out", data={"csrf": token}, headers=origin)
    assert person.path != "/sign-out"


def test_a_secret_from_before_is_not_signed_in(
    arrive: Arrive, server: RunningServer, demo: Demo
) -> None:
    """Whoever planted a cookie in somebody's browser has nothing of their signing in."""
    person = arrive()
    person.go("/sign-in")
    planted = dict(person.http.cookies)
    sign_in(person, server.settings, demo.keys, demo.ids["member"])
    other = arrive()
    other.http.cookies.update(planted)
    assert not is_signed_in(other)


@pytest.mark.parametrize("end", ["offboard", "erase-person"])
def test_whoever_leaves_the_house_is_signed_in_no_more(
    member: Person, arrive: Arrive, server: RunningServer, demo: Demo, end: str
) -> None:
    ask_for_link(arrive(), address_of(server.settings, demo.ids["member"]))
    link = newest_link(server.settings, demo.keys)
    ask(server.settings, Asked(end, Subject(demo.ids["member"])))
    assert not is_signed_in(member)
    assert arrive().go(link) == 404


def test_after_thirty_days_away_a_browser_is_not_known(
    member: Person, server: RunningServer
) -> None:
    for _ in range(3):
        server.clock.ahead += timedelta(days=29)
        assert is_signed_in(member), "each visit makes it good for longer"
    server.clock.ahead += timedelta(days=30)
    assert not is_signed_in(member)


@pytest.mark.parametrize(
    ("wanted", "shown"),
    [
        ("/s/ziegelhof?day=2026-05-14", "/s/ziegelhof"),
        ("https://evil.example/", "/me"),
        ("//evil.example", "/me"),
        ("/\\evil.example", "/me"),
        ("/\t/evil.example", "/me"),
        ("javascript:alert(1)", "/me"),
        ("", "/me"),
    ],
)
def test_the_page_after_it_is_one_of_ours(
    arrive: Arrive, server: RunningServer, demo: Demo, wanted: str, shown: str
) -> None:
    person = arrive()
    ask_for_link(person, address_of(server.settings, demo.ids["member"]), next=wanted)
    link = newest_link(server.settings, demo.keys)
    person.go(link)
    person.send(link)
    assert person.path == shown
    person.shown = person.http.get("/sign-in", params={"next": wanted})
    assert person.path == shown


def test_a_house_that_says_sie_does_so_before_anybody_is_known(
    arrive: Arrive, server: RunningServer, demo: Demo
) -> None:
    person = arrive(**{"accept-language": "de"})
    person.go("/sign-in")
    assert "deine Mailadresse" in person.text

    async def be_formal() -> None:
        house = await open_house(server.settings)
        for site_id in (demo.ids["site"], demo.ids["site2"]):
            stream = site_stream(site_id)

            def change(unit: Unit, site_id: str = site_id, stream: str = stream) -> None:
                site = unit.full("site", site_id, Site)
                assert site
                event = SiteSet(replace(site, formal=True))
                unit.append(stream, "site", site_id, event, actor="test")

            await house.ledger.work([stream], change)
        await house.close()

    asyncio.run(be_formal())
    restarted = running(server.settings)
    with restarted as anew:
        other = arrives(anew.url, **{"accept-language": "de"})
        with other.http:
            other.go("/sign-in")
            assert "Ihre Mailadresse" in other.text
            assert other.send("/sign-in", mail="x") == 422
            assert "Schreiben Sie bitte" in other.text


def test_options_for_passkeys_are_not_given_without_end(arrive: Arrive) -> None:
    person = arrive()
    person.go("/sign-in")
    token = forms_in(person.text)[0].values["csrf"]
    headers = {"origin": person.origin, "x-csrf-token": token}
    codes = [
        person.http.post("/sign-in/passkey/options", json={}, headers=headers).status_code
        for _ in range(PASSKEY_BY_CLIENT.most + 1)
    ]
    assert set(codes[:-1]) == {200}
    assert codes[-1] == 429

"""The member's own page: what is theirs, and what they can do about it."""

import asyncio
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import select

from domain.account import Account, CreditReturned, CreditSpent, PassesBought, Spent
from domain.booking import BookingCancelled, BookingReleased
from domain.membership import Membership
from domain.passes import GrantKind
from domain.plan import Plan, PlanSet
from domain.rates import LOST_PHONE
from domain.subjects import HOUSE, site_stream
from ledger import schema
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.house import House, open_house
from sync_server.links import pass_token
from sync_server.use_cases.member_page import living_passes
from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer
from tests.sync_server.seen import read
from tests.sync_server.web.mail_links import sign_in
from tests.sync_server.web.people import Person, arrives

Act = Callable[[Callable[[Unit], object]], None]


@pytest.fixture
def arrive(server: RunningServer, demo: Demo) -> Iterator[Callable[[str], Person]]:
    here: list[Person] = []

    def come(who: str) -> Person:
        here.append(arrives(server.url))
        sign_in(here[-1], server.settings, demo.keys, demo.ids[who])
        return here[-1]

    yield come
    for each in here:
        each.http.close()


@pytest.fixture
def member(arrive: Callable[[str], Person]) -> Person:
    return arrive("member")


@pytest.fixture
def act(server: RunningServer, demo: Demo) -> Act:
    """One unit of work on all streams, beside the running server."""
    streams = [HOUSE, site_stream(demo.ids["site"]), site_stream(demo.ids["site2"])]

    def do(fn: Callable[[Unit], object]) -> None:
        async def work() -> None:
            house: House = await open_house(server.settings, server.clock)
            try:
                await house.ledger.work(streams, fn)
            finally:
                await house.close()

        asyncio.run(work())

    return do


def test_whoever_is_not_signed_in_is_led_there_and_back(server: RunningServer, demo: Demo) -> None:
    person = arrives(server.url)
    with person.http:
        person.go("/me?told=lost")
        assert person.path == "/sign-in"
        assert str(person.shown and person.shown.url).endswith("next=%2Fme%3Ftold%3Dlost")


def test_the_page_begins_with_what_is_theirs_now(member: Person) -> None:
    assert member.go("/me") == 200
    assert "Booth 2 is yours until" in member.text
    assert "Coming up" in member.text


def test_what_is_not_there_has_no_place_on_the_page(arrive: Callable[[str], Person]) -> None:
    staff = arrive("staff")
    assert "Hello, Lena." in staff.text
    for title in ("Coming up", "three months", "Your plan", "day pass", "included hours"):
        assert title not in staff.text
    assert "Nothing is booked yet." in staff.text


def test_a_booking_leads_to_its_own_page(member: Person, server: RunningServer, demo: Demo) -> None:
    (pass_id,) = read(
        server.settings,
        lambda reader: living_passes(reader, GrantKind.BOOKING, demo.ids["booking"]),
    )
    assert f'href="/b/{pass_token(demo.keys, pass_id)}"' in member.text


@pytest.mark.parametrize(
    ("event", "badge"), [(BookingReleased, "given back"), (BookingCancelled, "cancelled")]
)
def test_what_ended_says_how(
    member: Person, act: Act, demo: Demo, event: Callable[..., object], badge: str
) -> None:
    def end(unit: Unit) -> None:
        body = event(unit.now)
        stream = site_stream(demo.ids["site"])
        unit.append(stream, "booking", demo.ids["booking"], body, actor="test")  # type: ignore[arg-type]

    act(end)
    member.go("/me")
    assert "The last three months" in member.text
    assert badge in member.text
    assert "Nothing is booked yet." in member.text


def test_credits_say_how_many_are_left(
    member: Person, act: Act, server: RunningServer, demo: Demo
) -> None:
    def grant(unit: Unit) -> None:
        (membership,) = unit.of_person("membership", demo.ids["member"])
        joined = unit.full("membership", membership, Membership)
        assert joined
        plan_id = joined.plan_id
        plan = unit.full("plan", plan_id, Plan)
        assert plan
        more = Plan(plan.name, plan.sites, plan.zones, included_min=600, day_passes=10)
        unit.append(HOUSE, "plan", plan_id, PlanSet(more), actor="test")
        month = unit.now.strftime("%Y-%m")
        account = unit.full("account", demo.ids["member"], Account) or Account()
        for spent in account.spent:  # by the demo's own bookings
            unit.append(HOUSE, "account", demo.ids["member"], CreditReturned(spent.ref), actor="t")
        for body in (
            CreditSpent(Spent("b", month, minutes=150)),
            CreditSpent(Spent("d", month, passes=3)),
            PassesBought(2),
        ):
            unit.append(HOUSE, "account", demo.ids["member"], body, actor="test")

    act(grant)
    member.go("/me")
    assert "7 of 10 day passes left this month and 2 that you bought" in member.text
    assert "7:30 of 10 included hours left this month" in member.text


def test_other_devices_are_counted_and_can_be_ended(
    member: Person, arrive: Callable[[str], Person]
) -> None:
    others = [arrive("member"), arrive("member")]
    stranger = arrive("staff")
    member.go("/me")
    assert "You are signed in here and on 2 other devices." in member.text
    member.send("/me/sessions/end")
    assert "You are signed in here only." in member.text
    assert "on this device only" in member.text
    for other in others:
        other.go("/me")
        assert other.path == "/sign-in"
    assert stranger.go("/me") == 200
    assert stranger.path == "/me"


def test_a_lost_phone_opens_nothing_and_new_codes_are_sent(
    member: Person, arrive: Callable[[str], Person], server: RunningServer, demo: Demo
) -> None:
    phone = arrive("member")

    def standing() -> list[list[str]]:
        grants = [
            (GrantKind.MEMBERSHIP, demo.ids["member"]),
            (GrantKind.BOOKING, demo.ids["booking"]),
        ]
        return read(
            server.settings, lambda reader: [living_passes(reader, *each) for each in grants]
        )

    before = standing()
    member.go("/me")
    member.send("/me/lost-phone")
    assert "Your old codes open nothing any more." in member.text
    after = standing()
    assert [len(each) for each in after] == [1, 1]
    assert not {*before[0], *before[1]} & {*after[0], *after[1]}
    phone.go("/me")
    assert phone.path == "/sign-in"
    queued = read(server.settings, _mailed)
    assert {*after[0], *after[1]} <= queued


def test_codes_are_not_replaced_without_end(member: Person) -> None:
    for _ in range(LOST_PHONE.most):
        assert member.go("/me") == 200
        assert member.send("/me/lost-phone") == 200
    member.go("/me")
    assert member.send("/me/lost-phone") == 429
    assert "minutes you can go on." in member.text


def test_the_language_of_mails_can_be_chosen(
    member: Person, server: RunningServer, demo: Demo
) -> None:
    assert "Mails to you are in English." in member.text
    member.send("/me/language", language="de")
    assert "Deine Mails sind auf Deutsch." in member.text
    card = read(server.settings, lambda reader: reader.card(demo.ids["member"]))
    assert card
    assert card.language == "de"
    member.send("/me/language", language="xx")
    assert member.path == "/me"


def _mailed(reader: Reader) -> set[str]:
    """What mails were ever queued about."""
    refs = select(schema.mail_outbox.c.ref_id)
    return set(reader.session.connection.execute(refs).scalars())

"""Guests get a pass and a mail of their own, or one pass to be handed on; the host is told."""

from datetime import date

from domain.guest_list import Listed
from domain.passes import Pass
from domain.visit import Arrived
from ledger.mails import OutgoingMail
from ledger.unit import Unit
from sync_server.links import Links
from sync_server.mail.booking_note import compose_booking_note, read_booking_note
from sync_server.mail.letter import read_letter
from sync_server.mail.words import in_words
from sync_server.use_cases.asker import Anyone, Member
from sync_server.use_cases.booking.arrivals import after_arrival
from sync_server.use_cases.booking.changing import cancel
from sync_server.use_cases.booking.invite import Invited
from sync_server.use_cases.booking.inviting import (
    AT_ONCE,
    invite,
    invite_with_one_pass,
    invited,
    withdraw,
)
from sync_server.use_cases.booking.outcomes import Booked, No
from sync_server.use_cases.booking.standing_booking import LinkHolder
from tests.sync_server.booking.town import DESKS, MEMBER, OTHER, SITE, TOMORROW, Town

ME = Member(MEMBER)
ANNA, BEN = Listed("Anna Lind", "anna@example.org"), Listed("Ben", "ben@example.org")


async def _invite(town: Town, made: Booked, *guests: Listed) -> tuple[Invited, ...]:
    done = await invite(town.house, ME, made.booking_id, guests)
    assert isinstance(done, tuple), done
    return done


async def test_each_guest_gets_a_pass_and_a_mail_of_their_own(town: Town) -> None:
    made = await town.booked()
    anna, ben = await _invite(town, made, ANNA, BEN)
    assert (anna.name, anna.mail, anna.party) == ("Anna Lind", "anna@example.org", 1)
    issued = await town.state("pass", ben.pass_id, Pass)
    assert issued is not None
    assert (issued.grant_id, issued.person_id) == (ben.invitation_id, ben.person_id)
    whom = [who for what, who in await town.mails() if what == "guest_pass"]
    assert sorted(whom) == sorted([anna.person_id, ben.person_id])
    now = town.clock()
    mail = OutgoingMail("m", anna.person_id, None, "guest_pass", "pass", anna.pass_id, 0, now)
    letter = await town.ledger.read(lambda r: read_letter(r, town.house.keys, mail, now))
    assert letter is not None
    words = in_words(letter, Links("https://desk.example.org"))
    assert words.subject.startswith("Jana has invited you: Clay")
    assert not any("cancel" in link.url for link in words.links)


async def test_who_is_invited_already_is_not_invited_again(town: Town) -> None:
    made = await town.booked()
    await _invite(town, made, ANNA)
    assert [each.mail for each in await _invite(town, made, ANNA, BEN, BEN)] == [BEN.mail]
    told = await invited(town.house, LinkHolder(made.booking_id), made.booking_id)
    assert isinstance(told, tuple)
    assert {each.name for each in told} == {"Anna Lind", "Ben"}


async def test_there_is_a_seat_for_everybody_who_is_invited(town: Town) -> None:
    made = await town.booked()
    six = [Listed(f"G{n}", f"g{n}@example.org") for n in range(6)]
    assert await invite(town.house, ME, made.booking_id, [*six, ANNA]) is No.TOO_MANY_GUESTS
    assert await invited(town.house, ME, made.booking_id) == ()
    await _invite(town, made, *six[:4])
    assert await invite_with_one_pass(town.house, ME, made.booking_id, 3) is No.TOO_MANY_GUESTS
    party = await invite_with_one_pass(town.house, ME, made.booking_id, 2)
    assert isinstance(party, Invited)
    assert (party.party, party.person_id) == (2, None)
    assert ("guests", MEMBER) in await town.mails()
    assert await invite(town.house, ME, made.booking_id, [BEN]) is No.TOO_MANY_GUESTS
    for people in (0, -1):
        no = await invite_with_one_pass(town.house, ME, made.booking_id, people)
        assert no is No.TOO_MANY_GUESTS
    many = [BEN] * (AT_ONCE + 1)
    assert await invite(town.house, ME, made.booking_id, many) is No.TOO_MANY_GUESTS


async def test_one_bad_address_invites_nobody(town: Town) -> None:
    made = await town.booked()
    bad = [ANNA, Listed("Ben", "ben")]
    assert await invite(town.house, ME, made.booking_id, bad) is No.BAD_GUEST
    assert await invited(town.house, ME, made.booking_id) == ()


async def test_a_withdrawn_guest_has_nothing_left(town: Town) -> None:
    made = await town.booked()
    anna, ben = await _invite(town, made, ANNA, BEN)
    assert await withdraw(town.house, ME, made.booking_id, anna.invitation_id) is True
    assert await withdraw(town.house, ME, made.booking_id, anna.invitation_id) is False
    told = await invited(town.house, ME, made.booking_id)
    assert isinstance(told, tuple)
    assert [each.invitation_id for each in told] == [ben.invitation_id]
    issued = await town.state("pass", anna.pass_id, Pass)
    assert issued is not None
    assert issued.revoked_at is not None


async def test_only_to_what_stands_and_only_by_its_host(town: Town) -> None:
    made = await town.booked(resource=DESKS)
    for by in (Anyone(), Member(OTHER), LinkHolder("x")):
        assert await invite(town.house, by, made.booking_id, [ANNA]) is No.UNKNOWN_BOOKING
        assert await invited(town.house, by, made.booking_id) is No.UNKNOWN_BOOKING
        assert await withdraw(town.house, by, made.booking_id, "x") is No.UNKNOWN_BOOKING
    await cancel(town.house, ME, made.booking_id)
    assert await invite(town.house, ME, made.booking_id, [ANNA]) is No.NOT_STANDING


async def test_the_host_is_told_once_when_a_guest_arrives(town: Town) -> None:
    made = await town.booked()
    (anna,) = await _invite(town, made, ANNA)
    day = date(2026, 5, 15)
    arrived = Arrived(
        anna.pass_id, anna.person_id, 1, 1, day, TOMORROW, SITE, "invitation", anna.invitation_id
    )

    def arrive(unit: Unit) -> None:
        for _ in range(2):
            after_arrival(unit, arrived)

    await town.work(arrive)
    assert [mail for mail in await town.mails() if "arrived" in mail[0]] == [
        ("guest_arrived", MEMBER)
    ]
    now, keys = town.clock(), town.house.keys
    mail = OutgoingMail("m", MEMBER, None, "guest_arrived", "pass", anna.pass_id, 0, now)
    note = await town.ledger.read(lambda r: read_booking_note(r, keys, mail, now))
    assert note is not None
    message = compose_booking_note(note, "Foyer <f@example.org>", now, Links("https://x.org"))
    assert message["Subject"] == "Anna Lind is here"

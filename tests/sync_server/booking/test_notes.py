"""Mails about bookings: what happened and what can be done, in the language of whoever gets it."""

from email.message import EmailMessage

import pytest
from icalendar import Calendar

from domain.terms import CancelStep
from ledger.cards import Card
from ledger.mails import OutgoingMail
from ledger.unit import Unit
from sync_server.links import Links
from sync_server.mail.booking_note import compose_booking_note, read_booking_note
from sync_server.use_cases.asker import Member, Operator
from sync_server.use_cases.booking.changing import cancel, decline
from sync_server.use_cases.booking.outcomes import Booked
from sync_server.use_cases.mails import ABOUT_BOOKINGS, BOOKING_REMINDER
from tests.sync_server.booking.town import HALL, MEMBER, ROOM, Town, slot

LINKS = Links("https://desk.example.org")
ME = Member(MEMBER)


async def _note(town: Town, booking_id: str, what: str) -> EmailMessage | None:
    now = town.clock()
    mail = OutgoingMail("m1", MEMBER, None, what, "booking", booking_id, 0, now)
    note = await town.ledger.read(lambda r: read_booking_note(r, town.house.keys, mail, now))
    return compose_booking_note(note, "Foyer <foyer@example.org>", now, LINKS) if note else None


def _text(mail: EmailMessage | None, form: str = "plain") -> str:
    assert mail is not None
    body = mail.get_body((form,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


@pytest.mark.parametrize("what", sorted(ABOUT_BOOKINGS - {"booking_wished", "booking_released"}))
@pytest.mark.parametrize(("language", "formal"), [("en", False), ("de", False), ("de", True)])
async def test_every_note_is_said_in_every_language(
    town: Town, what: str, language: str, formal: bool
) -> None:
    def card(unit: Unit) -> None:
        unit.put_card(MEMBER, Card("Jana Kessler", "jana@example.org", language=language))

    await town.work(card)
    await town.set_site(formal=formal)
    made = await town.booked()
    mail = await _note(town, made.booking_id, what)
    assert mail is not None
    assert mail["Content-Language"] == language
    for form in ("plain", "html"):
        assert "Clay" in _text(mail, form)
        assert "{" not in _text(mail, form).partition("</style>")[2]


async def test_a_reminder_has_one_tap_for_yes_and_one_for_no(town: Town) -> None:
    await town.set_terms(ROOM, release_min=15)
    made = await town.booked()
    text = _text(await _note(town, made.booking_id, BOOKING_REMINDER))
    assert "https://desk.example.org/b/" in text
    assert "/keep" in text
    assert "/cancel" in text
    assert "09:15" in text or "9:15" in text


async def test_calling_off_takes_the_entry_out_of_calendars_and_tells_the_fee(town: Town) -> None:
    await town.set_terms(ROOM, cancel=(CancelStep(48 * 60, 50),))
    made = await town.booked(slot(0, 3))
    await cancel(town.house, ME, made.booking_id)
    mail = await _note(town, made.booking_id, "booking_cancelled")
    assert "€10 stay due" in _text(mail)
    assert mail is not None
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    entry = Calendar.from_ical(part.get_content())
    assert str(entry["METHOD"]) == part.get_param("method") == "CANCEL"
    (event,) = entry.walk("VEVENT")
    assert (str(event["STATUS"]), str(event["UID"])) == ("CANCELLED", f"{made.booking_id}@foyer")
    assert int(event["SEQUENCE"]) > 0


async def test_what_is_no_longer_so_is_not_said(town: Town) -> None:
    await town.set_terms(HALL, needs_approval=True)
    wish = await town.booked(resource=HALL)
    assert await _note(town, wish.booking_id, "booking_wished") is not None
    assert await _note(town, wish.booking_id, BOOKING_REMINDER) is None
    await decline(town.house, Operator(), wish.booking_id)
    assert await _note(town, wish.booking_id, "booking_wished") is None
    made = await town.booked()
    assert isinstance(made, Booked)
    town.clock.now = made.booking.ends
    assert await _note(town, made.booking_id, BOOKING_REMINDER) is None
    assert await _note(town, "ghost", BOOKING_REMINDER) is None

"""One mail for a series: every date with the way to its page, all of them for the calendar."""

from dataclasses import dataclass, field, replace
from email.message import EmailMessage

from icalendar import Calendar

from domain.booking import BookingStatus
from ledger.cards import Card
from sync_server.links import pass_token
from sync_server.mail.sending import send_due_mails
from sync_server.use_cases.asker import Member
from sync_server.use_cases.booking.outcomes import Booked
from sync_server.use_cases.series import acts
from tests.sync_server.booking.test_series import FRIDAYS, booked
from tests.sync_server.booking.town import MEMBER, ROOM, Town


@dataclass
class Kept:
    """A mail server that keeps what it gets."""

    mails: list[EmailMessage] = field(default_factory=list)

    async def send(self, mail_id: str, message: EmailMessage) -> None:
        self.mails.append(message)


async def sent(town: Town) -> EmailMessage:
    kept = Kept()
    await send_due_mails(town.house, kept)
    (mail,) = kept.mails
    return mail


def text_of(mail: EmailMessage, form: str = "plain") -> str:
    body = mail.get_body((form,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content()).replace("\u00a0", " ")


def calendar_of(mail: EmailMessage) -> Calendar:
    part = next(each for each in mail.walk() if each.get_content_type() == "text/calendar")
    found = Calendar.from_ical(part.get_content())
    assert part.get_param("method") == found["METHOD"]
    return found


async def test_the_mail_brings_every_date_its_page_and_its_entry(town: Town) -> None:
    made = await booked(town)
    mail = await sent(town)
    assert "Clay is yours on 4 dates" in mail["Subject"]
    keys = town.house.keys
    for each in made.days:
        assert isinstance(each.outcome, Booked)
        for form in ("plain", "html"):
            assert f"/b/{pass_token(keys, each.outcome.pass_id)}" in text_of(mail, form)
    assert f"/me/series/{made.series_id}" in text_of(mail)
    assert "9:00 to 10:00" in text_of(mail)
    events = calendar_of(mail).walk("VEVENT")
    ids = {f"{e.outcome.booking_id}@foyer" for e in made.days if isinstance(e.outcome, Booked)}
    assert {str(each["UID"]) for each in events} == ids
    assert [each["DTSTART"].dt.date() for each in events] == FRIDAYS


async def test_the_end_takes_its_entries_out_of_calendars(town: Town) -> None:
    made = await booked(town)
    await sent(town)
    await acts.end(town.house, Member(MEMBER), made.series_id, FRIDAYS[2])
    mail = await sent(town)
    calendar = calendar_of(mail)
    assert calendar["METHOD"] == "CANCEL"
    events = calendar.walk("VEVENT")
    assert [each["DTSTART"].dt.date() for each in events] == FRIDAYS[2:]
    assert {each["STATUS"] for each in events} == {"CANCELLED"}


async def test_what_staff_confirm_first_is_not_said_to_be_theirs(town: Town) -> None:
    await town.set_terms(ROOM, needs_approval=True)
    made = await booked(town)
    statuses = {e.outcome.booking.status for e in made.days if isinstance(e.outcome, Booked)}
    assert statuses == {BookingStatus.WISHED}
    mail = await sent(town)
    assert mail["Subject"].startswith("You asked for Clay")
    assert not [each for each in mail.walk() if each.get_content_type() == "text/calendar"]


async def test_it_speaks_the_hosts_language_in_the_form_of_the_house(town: Town) -> None:
    card = Card(MEMBER.title(), "jana@example.org", language="de")
    await town.work(lambda unit: unit.put_card(MEMBER, replace(card)))
    await town.set_site(formal=True)
    await booked(town)
    mail = await sent(town)
    assert "gehört Ihnen an 4 Terminen" in mail["Subject"]
    assert mail["Content-Language"] == "de"

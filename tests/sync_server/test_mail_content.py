"""What a member finds in the mail: a square that reads, a code to type, a calendar entry."""

import io
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
import zxingcpp
from icalendar import Calendar
from PIL import Image

from sync_server.links import pass_token
from sync_server.settings import Settings
from tests.sync_server.conftest import Demo
from tests.sync_server.outgoing import sent_as_files


@pytest.fixture(scope="module")
def inbox(founded: Demo, tmp_path_factory: pytest.TempPathFactory) -> list[EmailMessage]:
    """All mails of the demo as they lie in DIR/mails."""
    folder = sent_as_files(founded, tmp_path_factory.mktemp("inbox"))
    return [read(file) for file in sorted(folder.glob("*.eml"))]


def read(file: Path) -> EmailMessage:
    mail = message_from_bytes(file.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def mail_to(inbox: list[EmailMessage], name: str, what: str = "") -> EmailMessage:
    return next(m for m in inbox if name in m["To"] and what in m["Subject"])


def text_of(mail: EmailMessage, form: str) -> str:
    body = mail.get_body((form,))
    assert isinstance(body, EmailMessage)
    return str(body.get_content())


def picture_of(mail: EmailMessage) -> bytes:
    part = next(p for p in mail.walk() if p.get_content_type() == "image/png")
    return bytes(part.get_content())


def entry_of(mail: EmailMessage) -> Calendar:
    part = next(p for p in mail.walk() if p.get_content_type() == "text/calendar")
    assert part.get_param("method") == "PUBLISH"
    return Calendar.from_ical(part.get_content())


def test_the_square_in_the_mail_reads_as_the_members_code(
    inbox: list[EmailMessage], founded: Demo
) -> None:
    mail = mail_to(inbox, "Jana", "Your code")
    picture = Image.open(io.BytesIO(picture_of(mail)))
    found = zxingcpp.read_barcodes(picture.convert("L"))
    assert [each.text for each in found] == [founded.code("member")]


def test_the_square_stands_in_the_html_with_a_white_plate(
    inbox: list[EmailMessage], founded: Demo
) -> None:
    mail = mail_to(inbox, "Jana", "Your code")
    html = text_of(mail, "html")
    part = next(p for p in mail.walk() if p.get_content_type() == "image/png")
    assert f'src="cid:{part["Content-ID"].strip("<>")}"' in html
    assert part.get_content_disposition() == "inline"
    assert "background:#FFFFFF" in html
    picture = Image.open(io.BytesIO(picture_of(mail))).convert("L")
    side = picture.size[0]
    module = side // (45 + 8)
    margin = 4 * module
    assert all(picture.getpixel((x, y)) == 255 for x in range(side) for y in range(margin))
    assert picture.getpixel((margin, margin)) != 255


def test_the_short_code_stands_as_text_in_both_forms(
    inbox: list[EmailMessage], founded: Demo
) -> None:
    code = founded.short_code("member")
    for form in ("plain", "html"):
        assert f"{code[:5]} {code[5:]}" in text_of(mail_to(inbox, "Jana", "Your code"), form)


def test_each_gets_their_own_language(inbox: list[EmailMessage]) -> None:
    english, german = mail_to(inbox, "Jana", "yours"), mail_to(inbox, "Jonas")
    assert english["Subject"].startswith("Booth 2 is yours: ")
    assert english["Content-Language"] == "en"
    assert german["Subject"].startswith("Clay gehört dir: ")
    assert german["Content-Language"] == "de"
    assert "Erdgeschoss" in text_of(german, "plain") or "Stock" in text_of(german, "plain")


def test_the_calendar_entry_is_one_that_calendars_take(
    inbox: list[EmailMessage], founded: Demo
) -> None:
    calendar = entry_of(mail_to(inbox, "Jana", "yours"))
    assert (calendar["METHOD"], calendar["VERSION"]) == ("PUBLISH", "2.0")
    (event,) = calendar.walk("VEVENT")
    assert event["UID"] == f"{founded.ids['booking']}@foyer"
    start, end = event.decoded("DTSTART"), event.decoded("DTEND")
    assert start.tzinfo is UTC or start.utcoffset().total_seconds() == 0
    assert (end - start).total_seconds() == 105 * 60
    assert event["DTSTART"].to_ical().endswith(b"Z")
    assert "Booth 2" in event["SUMMARY"]
    assert founded.short_code("booking")[:5] not in calendar.to_ical().decode()
    assert "ORGANIZER" in event
    assert event.decoded("DTSTAMP") <= datetime.now(UTC)


def test_a_member_pass_has_nothing_for_the_calendar(inbox: list[EmailMessage]) -> None:
    parts = {p.get_content_type() for p in mail_to(inbox, "Jana", "Your code").walk()}
    assert parts == {
        "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
    }  # fmt: skip


def test_the_guests_code_goes_to_their_host_and_lets_in_eight(
    inbox: list[EmailMessage], founded: Demo
) -> None:
    mail = mail_to(inbox, "Anna", "guests")
    assert "8" in text_of(mail, "plain")
    picture = Image.open(io.BytesIO(picture_of(mail))).convert("L")
    assert zxingcpp.read_barcodes(picture)[0].text == founded.code("group")


def test_nobody_is_written_to_about_a_pass_that_ended(inbox: list[EmailMessage]) -> None:
    assert [m for m in inbox if "Deniz" in m["To"]] == []


def test_names_cannot_write_html(inbox: list[EmailMessage], settings: Settings) -> None:
    from sync_server.mail.envelope import render
    from sync_server.mail.words import Words

    evil = "<script>alert(1)</script>"
    words = Words("en", evil, evil, evil, evil, evil, (evil,), (evil,), evil, evil, evil)
    assert "<script>" not in render("mail.html", words=words, cid="x", side_px=1)


def test_the_links_lead_to_the_pass_its_doors_and_calling_it_off(
    inbox: list[EmailMessage], founded: Demo
) -> None:
    mail = mail_to(inbox, "Jana", "yours")
    token = pass_token(founded.keys, founded.pass_id("booking"))
    page = f"http://127.0.0.1:8080/b/{token}"
    for form in ("plain", "html"):
        text = text_of(mail, form)
        assert all(link in text for link in (page, f"{page}/door", f"{page}/cancel"))


def test_a_member_pass_is_not_called_off_by_a_link(inbox: list[EmailMessage]) -> None:
    text = text_of(mail_to(inbox, "Jana", "Your code"), "plain")
    assert "/door" in text
    assert "/cancel" not in text

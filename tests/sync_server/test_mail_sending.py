"""Mails leave the house once, also when the mail server is in a bad mood."""

import asyncio
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from icalendar import Calendar

from domain.booking import BookingMoved
from ledger.errors import LedgerUnavailable
from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import MemberPass, NewTimes, Subject
from sync_server.house import open_house
from sync_server.mail.sending import AT_ONCE, LONGEST_PAUSE, pause
from sync_server.settings import Settings
from tests.sync_server.conftest import Demo
from tests.sync_server.outgoing import send_due
from tests.sync_server.postbox import open_postbox
from tests.sync_server.running import MovableClock, running
from tests.sync_server.test_logs import SECRETS

DEMO_MAILS = 12
"""Twelve are queued; the one with the revoked pass is not sent any more."""


def by_smtp(settings: Settings, port: int) -> Settings:
    return replace(settings, smtp=f"127.0.0.1:{port}", mail_from="Ziegelhof <hi@example.org>")


def test_every_mail_arrives_once(settings: Settings) -> None:
    with open_postbox() as postbox:
        for _ in range(3):
            asyncio.run(send_due(by_smtp(settings, postbox.port), MovableClock()))
    ids = [mail["Message-ID"] for mail in postbox.mails]
    assert len(ids) == len(set(ids)) == DEMO_MAILS
    assert all(mail["From"] == "Ziegelhof <hi@example.org>" for mail in postbox.mails)


def test_a_mail_refused_for_now_is_tried_again_later_and_arrives_once(settings: Settings) -> None:
    clock = MovableClock()
    with open_postbox(*["451 not now"] * (DEMO_MAILS + 1)) as postbox:
        smtp = by_smtp(settings, postbox.port)
        asyncio.run(send_due(smtp, clock))
        assert (postbox.tries, postbox.mails) == (DEMO_MAILS, [])
        asyncio.run(send_due(smtp, clock))
        assert postbox.tries == DEMO_MAILS, "not before its time"
        clock.ahead += timedelta(seconds=11)
        asyncio.run(send_due(smtp, clock))
        assert len(postbox.mails) == DEMO_MAILS - 1, "one was refused a second time"
        clock.ahead += timedelta(seconds=21)
        asyncio.run(send_due(smtp, clock))
    ids = [mail["Message-ID"] for mail in postbox.mails]
    assert len(ids) == len(set(ids)) == DEMO_MAILS


def test_a_mail_refused_for_good_waits_for_somebody_to_look(settings: Settings) -> None:
    clock = MovableClock()
    with open_postbox("550 never") as postbox:
        smtp = by_smtp(settings, postbox.port)
        for _ in range(5):
            asyncio.run(send_due(smtp, clock))
            clock.ahead += LONGEST_PAUSE
    assert postbox.tries == DEMO_MAILS
    assert len(postbox.mails) == DEMO_MAILS - 1


def test_without_a_mail_server_nothing_is_lost(settings: Settings) -> None:
    clock = MovableClock()
    with open_postbox() as closed:
        pass
    asyncio.run(send_due(by_smtp(settings, closed.port), clock))
    clock.ahead += timedelta(seconds=11)
    with open_postbox() as postbox:
        asyncio.run(send_due(by_smtp(settings, postbox.port), clock))
    assert len(postbox.mails) == DEMO_MAILS


async def put_off(settings: Settings, demo: Demo, starts: datetime) -> None:
    """The demo's booking at another time, as the log may have it from anybody."""
    house, stream = await open_house(settings), f"site:{demo.ids['site']}"
    moved, id_ = BookingMoved(starts, starts + timedelta(hours=1)), demo.ids["booking"]
    try:
        await house.ledger.work(
            [stream], lambda unit: unit.append(stream, "booking", id_, moved, actor="test")
        )
    finally:
        await house.close()


@pytest.mark.parametrize("year", [2150, 9999])
def test_a_mail_that_cannot_be_made_is_tried_later_and_keeps_no_other_waiting(
    settings: Settings, demo: Demo, log: StringIO, year: int
) -> None:
    clock = MovableClock()
    asyncio.run(put_off(settings, demo, datetime(year, 12, 31, 22, 55, tzinfo=UTC)))
    with open_postbox() as postbox:
        smtp = by_smtp(settings, postbox.port)
        for _ in range(2):
            asyncio.run(send_due(smtp, clock))
        assert len(postbox.mails) == DEMO_MAILS - 1
        (line,) = [each for each in log.getvalue().splitlines() if "mail_not_made" in each]
        assert '"tries": 1' in line
        assert not SECRETS.search(log.getvalue())
        asyncio.run(put_off(settings, demo, clock() + timedelta(days=1)))
        clock.ahead += timedelta(seconds=11)
        asyncio.run(send_due(smtp, clock))
    assert len(postbox.mails) == DEMO_MAILS


def test_a_database_that_is_away_is_no_fault_of_the_mail(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> None:
        raise LedgerUnavailable("away")

    clock = MovableClock()
    with open_postbox() as postbox:
        smtp = by_smtp(settings, postbox.port)
        with monkeypatch.context() as for_now:
            for_now.setattr("sync_server.mail.sending.read_letter", away)
            with pytest.raises(LedgerUnavailable):
                asyncio.run(send_due(smtp, clock))
        clock.ahead += timedelta(seconds=301)
        asyncio.run(send_due(smtp, clock))
    assert len(postbox.mails) == DEMO_MAILS


def test_a_sender_that_died_leaves_its_mails_to_the_next(settings: Settings) -> None:
    """Claimed and never sent: handed out again after five minutes, under the same Message-ID."""
    clock = MovableClock()

    class Dies:
        async def send(self, mail_id: str, message: object) -> None:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        asyncio.run(send_due(settings, clock, Dies()))
    with open_postbox() as postbox:
        smtp = by_smtp(settings, postbox.port)
        asyncio.run(send_due(smtp, clock))
        assert postbox.mails == []
        clock.ahead += timedelta(seconds=301)
        asyncio.run(send_due(smtp, clock))
    assert len(postbox.mails) == DEMO_MAILS


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS:UserWarning")
def test_a_wrong_password_delays_mails_and_loses_none(settings: Settings) -> None:
    clock, file = MovableClock(), settings.data / "keys" / "smtp"
    with open_postbox(knows=b"right") as postbox:
        smtp = replace(
            by_smtp(settings, postbox.port), smtp_user="me", smtp_password_file=str(file)
        )
        for password in ("wrong", "right"):
            file.write_text(password)
            asyncio.run(send_due(smtp, clock))
            assert len(postbox.mails) == (DEMO_MAILS if password == "right" else 0)
            clock.ahead += timedelta(seconds=11)


def test_a_booking_that_is_over_is_not_confirmed_any_more(settings: Settings) -> None:
    clock = MovableClock()
    clock.ahead = timedelta(hours=12)
    with open_postbox() as postbox:
        asyncio.run(send_due(by_smtp(settings, postbox.port), clock))
    subjects = [mail["Subject"] for mail in postbox.mails]
    assert any(subject.startswith("Your code") for subject in subjects)
    assert not any("Booth 2" in subject for subject in subjects)


def test_a_moved_booking_updates_the_same_entry(settings: Settings, demo: Demo) -> None:
    clock = MovableClock()
    with open_postbox() as postbox:
        smtp = by_smtp(settings, postbox.port)
        asyncio.run(send_due(smtp, clock))
        starts = clock() + timedelta(days=3)
        wanted = NewTimes(demo.ids["booking"], starts, starts + timedelta(hours=1))
        assert isinstance(ask(settings, Asked("move-booking", wanted)), dict)
        asyncio.run(send_due(smtp, clock))
    entries = [
        event
        for mail in postbox.mails
        for part in mail.walk()
        if part.get_content_type() == "text/calendar"
        for event in Calendar.from_ical(part.get_content()).walk("VEVENT")
        if event["UID"] == f"{demo.ids['booking']}@foyer"
    ]
    assert len(entries) == 2
    assert entries[0]["SEQUENCE"] < entries[1]["SEQUENCE"]
    assert entries[1].decoded("DTSTART") == starts.replace(microsecond=0)
    assert "New time" in postbox.mails[-1]["Subject"]


def test_who_was_erased_is_not_written_to(settings: Settings, demo: Demo) -> None:
    ask(settings, Asked("erase-person", Subject(demo.ids["member"])))
    with open_postbox() as postbox:
        asyncio.run(send_due(by_smtp(settings, postbox.port), MovableClock()))
    assert [mail for mail in postbox.mails if "Jana" in mail["To"]] == []


def test_the_running_server_sends_by_itself(settings: Settings, demo: Demo) -> None:
    with open_postbox() as postbox, running(by_smtp(settings, postbox.port)) as served:
        ask(served.settings, Asked("issue-pass", MemberPass(demo.ids["member"], mail=True)))
        until = time.monotonic() + 10
        while len(postbox.mails) < DEMO_MAILS + 1 and time.monotonic() < until:
            time.sleep(0.05)
    assert len(postbox.mails) == DEMO_MAILS + 1
    assert DEMO_MAILS < AT_ONCE


def test_the_pauses_grow_and_end() -> None:
    seconds = [pause(tries).total_seconds() for tries in range(40)]
    assert seconds[:3] == [10, 20, 40]
    assert seconds == sorted(seconds)
    assert max(seconds) == LONGEST_PAUSE.total_seconds()

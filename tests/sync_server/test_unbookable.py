"""A booking that nothing could carry is refused in a sentence, and nothing of it is kept."""

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import NewBooking, NewTimes
from sync_server.use_cases.refusal import Refusal
from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer
from tests.sync_server.test_command_line import done, foyer
from tests.sync_server.test_what_operators_meet import assert_told

TIMES = [
    ("0001-01-01T00:00+00:00", "0001-01-01T01:00+00:00", "from 2000 to 2099"),
    ("1969-12-31T23:00+00:00", "1970-01-01T01:00+00:00", "from 2000 to 2099"),
    ("2150-01-01T09:00+00:00", "2150-01-01T10:00+00:00", "from 2000 to 2099"),
    ("9999-12-31T22:00+00:00", "9999-12-31T23:59+00:00", "from 2000 to 2099"),
    ("2030-01-01T09:00+00:00", "2040-01-01T09:00+00:00", "a year at most"),
    ("2030-01-01T09:00+00:00", "2030-01-01T09:00+00:00", "ends after it begins"),
    ("2030-01-01T09:00+02:00", "2030-01-01T08:00+01:00", "ends after it begins"),
]
NEXT = ("--from", "2030-01-01T09:00+01:00", "--to", "2030-01-01T10:00+01:00")
HOUR = timedelta(hours=1)
STARTS = datetime(2030, 1, 1, 9, tzinfo=UTC)


def kept(demo: Demo) -> list[int]:
    """How many events, claims and mails the house has."""
    with closing(sqlite3.connect(demo.folder / "foyer.sqlite")) as db:
        tables = ("event", "holding", "mail_outbox")
        counted = [db.execute(f"SELECT count(*) FROM {name}").fetchone() for name in tables]
    return [row[0] for row in counted]


def who(demo: Demo) -> tuple[str, ...]:
    where = ("--data", str(demo.folder), "--resource", demo.ids["resource"])
    return (*where, "--person", demo.ids["member"])


@pytest.mark.parametrize(("starts", "ends", "word"), TIMES)
def test_a_time_that_nothing_carries_is_neither_booked_nor_moved_to(
    demo: Demo, starts: str, ends: str, word: str
) -> None:
    before, times = kept(demo), ("--from", starts, "--to", ends)
    assert_told(foyer("book", *who(demo), *times), 1, word)
    moved = ("--data", demo.folder, "--booking", demo.ids["booking"])
    assert_told(foyer("move-booking", *moved, *times), 1, word)
    assert kept(demo) == before


@pytest.mark.parametrize("party", [-1, 0, 256, 10**30])
def test_a_party_that_no_pass_carries_is_not_booked(demo: Demo, party: int) -> None:
    before = kept(demo)
    assert_told(foyer("book", *who(demo), *NEXT, "--party", party), 1, "1 to 255")
    assert kept(demo) == before


def test_the_largest_party_and_the_latest_day_are_booked_with_their_pass(demo: Demo) -> None:
    last = ("--from", "2099-12-31T09:00+00:00", "--to", "2099-12-31T10:00+00:00")
    assert_told(foyer("book", *who(demo), *last, "--party", 5), 1, "4 seats")
    assert "short_code" in done("book", *who(demo), *last, "--party", 4)


@pytest.mark.parametrize(
    "time", ["0001-01-01T00:00+14:00", "9999-12-31T23:00-03:00", "2030-01-01T09:00", "noon"]
)
def test_a_time_that_no_calendar_has_is_wrong_use(demo: Demo, time: str) -> None:
    result = foyer("book", *who(demo), "--from", time, "--to", "2030-01-01T10:00Z")
    assert result.returncode == 2
    assert "argument --from" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("flag", ["--resource", "--person"])
def test_a_name_that_is_no_text_is_said_in_a_sentence(demo: Demo, flag: str) -> None:
    noise = os.fsdecode(b"\xff\xfe")
    assert_told(foyer("book", *who(demo), *NEXT, flag, noise), 1, "UTF-8")


def test_a_booking_keeps_its_times_in_utc(demo: Demo) -> None:
    done("book", *who(demo), *NEXT)
    with closing(sqlite3.connect(demo.folder / "foyer.sqlite")) as db:
        like = "SELECT body FROM event WHERE kind = 'booking.BookingMade/1' AND body LIKE '%2030-%'"
        ((body,),) = db.execute(like).fetchall()
    assert json.loads(body)["booking"]["starts"] == "2030-01-01T08:00:00Z"


def test_the_running_server_refuses_it_too_and_serves_on(server: RunningServer, demo: Demo) -> None:
    far = datetime(9999, 12, 31, tzinfo=UTC)
    new = NewBooking(demo.ids["resource"], demo.ids["member"], far, far + HOUR)
    refused = ask(server.settings, Asked("book", new))
    assert isinstance(refused, Refusal)
    assert refused.code == "no_such_year"
    moved = ask(server.settings, Asked("move-booking", NewTimes(demo.ids["booking"], far, far)))
    assert isinstance(moved, Refusal)
    assert moved.code == "no_time"
    good = NewBooking(demo.ids["resource"], demo.ids["member"], STARTS, STARTS + HOUR)
    assert isinstance(ask(server.settings, Asked("book", good)), dict)

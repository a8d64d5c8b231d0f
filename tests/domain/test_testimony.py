"""What a kiosk tells: nothing honest is set aside, however late; nothing impossible believed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import AccessFacts, Reason
from domain.booking import BookingCancelled, BookingClaimed
from domain.check_in import UNREAD, Record, decide_check_in, decide_departure, refuse_unread
from domain.door import DoorOutcome
from domain.door_state import DoorAnswered, DoorAsked, DoorForced
from domain.passes import Entry, GrantKind
from domain.person import PersonBlocked
from domain.site import Site
from domain.testimony import (
    FIRST_TIME,
    LAST_TIME,
    Doubt,
    Impossible,
    KioskBody,
    Known,
    Told,
    Where,
    counted,
    may_record,
    named,
    weigh,
)
from domain.ticket import Ticket, TicketClosed, TicketOpened, TicketReportedAgain
from domain.visit import Arrived, Departed, EntryRefused
from tests.domain.house import MONDAY, SITE, a_pass, at, member
from tests.domain.worlds import SITE as WORLD_SITE
from tests.domain.worlds import Case, cases

ADA = "019b76da-a800-7000-8000-00000000ada0"
BOB = "019b76da-a800-7000-8000-00000000b0b0"
OPENED = "019b76da-a800-7000-8000-000000000001"
CARD = "0123456789abcdef"
NOON = at(12)
LATEST = datetime.max.replace(tzinfo=UTC)
MEMBER = replace(
    member(), issued=replace(a_pass(GrantKind.MEMBERSHIP), person_id=ADA), owner_id=ADA
)
"""Ada's member pass, as the house has it."""
NOBODY = AccessFacts("ziegelhof", SITE, CARD)
"""A pass the house has never heard of."""
CAME = Arrived(CARD, ADA, 1, 1, MONDAY, NOON, "front", "membership", "m1")
LEFT = Departed(1, MONDAY, NOON)
NOT_LET_IN = EntryRefused(CARD, "expired", 1, NOON, "front")
JAM = Ticket("door_jammed", "door", "front", NOON)


def verdict(
    subject: str,
    body: KioskBody,
    where: Where = Where.HERE,
    facts: AccessFacts | None = MEMBER,
    **told: str | datetime,
) -> Impossible | Doubt | Reason | None:
    """What the house says at noon of an event of noon; a new ticket is nowhere yet."""
    event = replace(Told(subject, NOON, "kiosk", body), **told)  # type: ignore[arg-type]
    places = dict.fromkeys(named(event), where)
    if isinstance(body, TicketOpened):
        places["ticket", subject] = Where.NOWHERE
    return weigh(event, Known("k1", SITE, places, facts), NOON)


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        (ADA, CAME),
        (CARD, replace(CAME, person_id=None, pass_only=True)),
        (ADA, LEFT),
        (CARD, LEFT),
        (ADA, NOT_LET_IN),
        (CARD, replace(NOT_LET_IN, people=0)),
        (UNREAD, replace(NOT_LET_IN, pass_id=None)),
        ("front", DoorAsked("c1", NOON)),
        ("front", DoorAnswered("c1", DoorOutcome.OPENED, NOON)),
        ("front", DoorForced(NOON)),
        (OPENED, TicketOpened(JAM)),
        (OPENED, TicketOpened(replace(JAM, about_kind="printer", kiosk_id="k1"))),
        (OPENED, TicketReportedAgain(NOON)),
        (OPENED, TicketClosed(NOON)),
        ("b1", BookingClaimed(NOON)),
    ],
)
def test_what_kiosks_record_is_believed(subject: str, body: KioskBody) -> None:
    assert verdict(subject, body) is None


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (replace(CAME, day=date(9999, 12, 31)), Impossible.DAY),
        (replace(CAME, day=MONDAY + timedelta(days=2)), Impossible.DAY),
        (replace(CAME, day=date(1, 1, 1)), Impossible.DAY),
        (replace(LEFT, day=date(9999, 12, 31)), Impossible.DAY),
        (replace(CAME, at=LATEST), Impossible.TIME),
        (replace(CAME, at=FIRST_TIME - timedelta.resolution), Impossible.TIME),
        (replace(LEFT, at=LAST_TIME), Impossible.TIME),
        (replace(CAME, people=0), Impossible.PEOPLE),
        (replace(CAME, people=-1), Impossible.PEOPLE),
        (replace(CAME, people=1001), Impossible.PEOPLE),
        (replace(LEFT, people=-3), Impossible.PEOPLE),
        (replace(LEFT, people=1001), Impossible.PEOPLE),
        (replace(NOT_LET_IN, people=-1), Impossible.PEOPLE),
        (replace(CAME, person_id=BOB), Impossible.HOLDER),
        (replace(CAME, person_id=None), Impossible.HOLDER),
        (replace(CAME, party=2), Impossible.HOLDER),
        (replace(NOT_LET_IN, pass_id=None), Impossible.HOLDER),
        (replace(CAME, pass_id=""), Impossible.NAME),
        (replace(CAME, pass_id=UNREAD), Impossible.NAME),
        (replace(CAME, because="Because, dear operator, "), Impossible.NAME),
        (replace(CAME, grant_id="m" * 201), Impossible.NAME),
        (replace(CAME, place=""), Impossible.NAME),
        (replace(NOT_LET_IN, reason="x" * 41), Impossible.NAME),
    ],
    ids=str,
)
def test_a_visit_no_kiosk_can_have_seen_is_impossible(body: KioskBody, why: Impossible) -> None:
    assert verdict(ADA, body) is why


@pytest.mark.parametrize("subject", ["", "Ada", BOB.upper(), "../x", "9" * 16 + "\n"])
def test_nobody_leaves_under_a_made_up_name(subject: str) -> None:
    assert verdict(subject, LEFT) in (Impossible.NAME, Impossible.HOLDER)


@pytest.mark.parametrize("actor", ["", "operator", "server", "api:1", "kiosk ", "kiosk" * 50])
def test_only_the_kiosk_acts_at_a_kiosk(actor: str) -> None:
    assert verdict(ADA, CAME, actor=actor) is Impossible.ACTOR


@pytest.mark.parametrize(
    "ticket",
    [
        replace(JAM, what="Call 0900 1234, ask for Ada"),
        replace(JAM, what="x" * 41),
        replace(JAM, about_kind=""),
        replace(JAM, about_id="x" * 201),
        replace(JAM, kiosk_id="k2"),
        replace(JAM, times_reported=2**40),
        replace(JAM, closed_at=NOON),
    ],
    ids=str,
)
def test_a_ticket_holds_codes_and_begins_at_its_beginning(ticket: Ticket) -> None:
    assert verdict(OPENED, TicketOpened(ticket)) is Impossible.NAME


@pytest.mark.parametrize("told", [LATEST, LAST_TIME, FIRST_TIME - timedelta.resolution])
def test_an_event_is_not_of_a_time_no_clock_shows(told: datetime) -> None:
    assert verdict(ADA, CAME, at=told) is Impossible.TIME


@pytest.mark.parametrize("ahead", [timedelta(minutes=n) for n in (5, 6, 72 * 60, 30 * 24 * 60)])
def test_a_clock_ahead_is_told_staff_and_what_happened_is_kept(ahead: timedelta) -> None:
    doubtful = ahead > timedelta(minutes=5)
    assert verdict(ADA, LEFT, at=NOON + ahead) is (Reason.CLOCK_IN_DOUBT if doubtful else None)


@pytest.mark.parametrize(
    ("subject", "body", "gone"),
    [
        (ADA, CAME, Doubt.PLACE),
        (ADA, NOT_LET_IN, Doubt.PLACE),
        ("front", DoorForced(NOON), Doubt.DOOR),
        ("front", DoorAsked("c1", NOON), Doubt.DOOR),
        ("front", DoorAnswered("c1", DoorOutcome.OPENED, NOON), Doubt.DOOR),
        (OPENED, TicketOpened(JAM), Doubt.DOOR),
        (OPENED, TicketReportedAgain(NOON), Doubt.TICKET),
        (OPENED, TicketClosed(NOON), Doubt.TICKET),
        (OPENED, BookingClaimed(NOON), Doubt.BOOKING),
    ],
)
def test_what_is_gone_meanwhile_is_kept_and_told_and_what_is_elsewhere_is_impossible(
    subject: str, body: KioskBody, gone: Doubt
) -> None:
    assert verdict(subject, body, Where.NOWHERE) is gone
    assert verdict(subject, body, Where.ELSEWHERE) is Impossible.SITE


@pytest.mark.parametrize("body", [TicketClosed(NOON), BookingClaimed(NOON)], ids=str)
@pytest.mark.parametrize("subject", ["", "b1", "x" * 500])
def test_what_nobody_knows_has_at_least_an_id(subject: str, body: KioskBody) -> None:
    assert verdict(subject, body, Where.NOWHERE) is Impossible.NAME


def test_a_ticket_is_not_opened_a_second_time() -> None:
    told = Told(OPENED, NOON, "kiosk", TicketOpened(JAM))
    places = dict.fromkeys(named(told), Where.HERE)
    assert weigh(told, Known("k1", SITE, places), NOON) is Impossible.TAKEN


@pytest.mark.parametrize(
    ("subject", "person_id", "party", "expected"),
    [
        (CARD, None, 1, Reason.UNKNOWN_CODE),
        (CARD, None, 8, Reason.UNKNOWN_CODE),
        (ADA, ADA, 1, Reason.UNKNOWN_CODE),
        (CARD, ADA, 8, Reason.UNKNOWN_CODE),
        (ADA, ADA, 8, Impossible.HOLDER),
        (BOB, ADA, 1, Impossible.HOLDER),
        ("ada", "ada", 1, Impossible.HOLDER),
        (CARD, None, 0, Impossible.HOLDER),
        (CARD, None, 1001, Impossible.HOLDER),
    ],
)
def test_a_pass_not_known_any_more_counts_for_itself_or_its_person(
    subject: str, person_id: str | None, party: int, expected: Impossible | Reason
) -> None:
    came = replace(CAME, person_id=person_id, party=party)
    assert verdict(subject, came, facts=NOBODY) is expected
    assert verdict(subject, came, facts=None) is expected


def test_a_pass_for_one_entry_never_counts_for_its_person() -> None:
    once = replace(a_pass(GrantKind.INVITATION, entry=Entry.ONCE), person_id=ADA)
    facts = replace(MEMBER, issued=once)
    assert verdict(ADA, CAME, facts=facts) is Impossible.HOLDER
    assert verdict(CARD, CAME, facts=facts) is not Impossible.HOLDER


def test_a_kiosk_that_keeps_another_calendar_is_told_of() -> None:
    """The operator set the site's zone right while the kiosk was away."""
    assert verdict(ADA, replace(LEFT, day=MONDAY - timedelta(days=1))) is Doubt.DAY


def test_what_is_for_the_house_to_say_no_kiosk_records() -> None:
    assert not may_record(PersonBlocked("*"))
    assert not may_record(BookingCancelled(NOON))
    assert may_record(BookingClaimed(NOON))


DELAYS = st.timedeltas(timedelta(days=-400), timedelta(days=400))
"""Behind its events the house is when the kiosk's clock was ahead."""
DOORS_LEFT = st.integers(0, 3)


def told_by(case: Case, *, knows_pass: bool) -> list[Record]:
    """All that an honest kiosk records of one code, and of the person leaving again."""
    facts, place = case.facts, case.ask.door_id or WORLD_SITE
    if facts.code and not knows_pass:
        facts = replace(facts, issued=None)
    came = decide_check_in(facts, case.ask, place, case.now)
    left = decide_departure(facts, case.ask.people or 1, case.now)
    unread = refuse_unread(Reason.BAD_SIGNATURE, "", case.ask.people, place, case.now)
    return [*came.records, *([left] if left else ()), *unread.records]


def named_here(site: Site, told: Told) -> dict[tuple[str, str], Where]:
    """As the server looks it up: the booking is known, doors may have been taken away."""

    def where(kind: str, id_: str) -> Where:
        known = kind == "booking" or id_ == WORLD_SITE or site.door(id_)
        return Where.HERE if known else Where.NOWHERE

    return {what: where(*what) for what in named(told)}


@given(cases(), DELAYS, DOORS_LEFT, st.booleans(), st.booleans())
def test_nothing_honest_is_set_aside_however_late_it_comes(
    case: Case, delay: timedelta, doors: int, knows_pass: bool, still_known: bool
) -> None:
    """Offline for long, doors taken away, a pass not known yet or not any more."""
    issued = case.facts.issued
    if issued and issued.person_id:
        issued = replace(issued, person_id=ADA)
    case = replace(case, facts=replace(case.facts, issued=issued))
    site = replace(case.facts.site, doors=case.facts.site.doors[:doors])
    facts = replace(case.facts, code=None, site=site, issued=issued if still_known else None)
    for record in told_by(case, knows_pass=knows_pass):
        assert may_record(record.body)
        told = Told(record.subject, case.now, "kiosk", record.body)
        known = Known("k1", site, named_here(site, told), facts)
        wrong = weigh(told, known, case.now + delay)
        assert not isinstance(wrong, Impossible), (wrong, told)
        assert wrong is not Doubt.DAY


NEAR = st.timedeltas(timedelta(days=-9), timedelta(days=9))


@given(NEAR, NEAR, st.integers(-2, 2) | st.integers(998, 1002))
def test_no_presence_is_ever_carried_ahead_and_no_entry_taken_back(
    day: timedelta, when: timedelta, people: int
) -> None:
    came = replace(CAME, person_id=None, people=people, day=MONDAY + day, at=NOON + when)
    wrong = verdict(CARD, came, facts=NOBODY)
    if not isinstance(wrong, Impossible):
        assert 1 <= people <= 1000
    assert counted(came, SITE, NOON) == replace(
        came, day=min(came.day, MONDAY), at=min(came.at, NOON)
    )

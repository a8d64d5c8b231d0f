"""Random facts: one site, one presented pass, and everything that may hang on it.

All times are whole minutes near a night in which the site's clock may do something odd. Choices
are repeated in the lists to make likely things frequent.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from domain.access import AccessFacts, Ask, BookingFact
from domain.booking import Booking, BookingStatus
from domain.calendar import WeeklyHours
from domain.codes import PassCode
from domain.day_pass import DayPass
from domain.door import Door
from domain.membership import Membership
from domain.passes import Entry, GrantKind, Pass
from domain.person import Person
from domain.plan import Plan
from domain.site import DayPassOffer, Site, Zone
from domain.visit import Visit
from tests.domain.zones import NIGHTS

SITE = "site-1"
OTHER_SITE = "site-2"
PASS_ID = "ab" * 8
DOORS = (
    Door("front", "Front", 0, "lock-1", "00"),
    Door("lab", "Lab", 1, "lock-2", "00", critical=True),
    Door("attic", "Attic", 2, "lock-3", "00"),
)

_EDGES = (0, 30, 60, 90, 120, 150, 180, 240, 540, 1080, 1380, 1410, 1439, 1440)
_SPANS = tuple((a, b) for a in _EDGES for b in _EDGES if a < b)
_ZONES = st.sampled_from([0b111, 0b111, 0b011, 0b001, 0b010, 0b100, 0])
_DAILY = st.sampled_from([(0, 1440)] * 60 + [(30, 1410)] * 30 + [*_SPANS])
_SPAN = st.sampled_from(_SPANS)
_GAP = st.sampled_from([(0, 30), (0, 60), (60, 120), (120, 150), (120, 180), (1380, 1440)])
_WEEKDAY = st.integers(0, 6)
_HOW_MANY_SLOTS = st.sampled_from([-2, -1, -1, -1, 0, 2, 5])
_NIGHT = st.sampled_from([(zone, day) for zone, days in NIGHTS.items() for day in days])
_STEPS = st.integers(-2160, 2160) | st.integers(-72, 72).map(lambda n: 30 * n)
_NEAR = st.sampled_from([-60, -30, -16, -15, -14, -1, 0, 1, 15, 30, 60]) | st.integers(-300, 300)
_FAR = st.integers(-14000, 14000)
_BEGUN = st.sampled_from([0, -1, -15, -60, -120]) | _NEAR | _FAR
_LASTS = st.sampled_from([1, 60, 90]) | st.integers(1, 600)
_DAYS = st.integers(-12, 12)
_BEGUN_DAYS = st.sampled_from([-12, -3, -1, 0, 0]) | _DAYS
_NEAR_DAYS = st.sampled_from([0, 0, 0, 0, -1, 1, 2])
_HOLIDAYS = st.sampled_from([(), (), (), (0,), (1,), (-1, 0), (0, 1, 2), (9,), (17,)])
_RARELY = st.sampled_from([False] * 19 + [True])
_OFTEN = st.sampled_from([True, True, True, False])
_WHERE = st.sampled_from([()] * 16 + [(SITE,), (OTHER_SITE,), ("*",)])
_STAFF_WHERE = st.sampled_from([()] * 8 + [(SITE,), (OTHER_SITE,), ("*",)])
_PLAN_SITES = st.sampled_from([(), (SITE,), (OTHER_SITE, SITE), (OTHER_SITE,)])
_STATUS = st.sampled_from([BookingStatus.CONFIRMED] * 7 + [*BookingStatus])
_FEW = st.sampled_from([1, 1, 2, 0])
_FEW_BOOKINGS = st.sampled_from([1, 1, 2, 0, 0, 3])
_ONE_AT_MOST = st.sampled_from([0, 0, 1])
_DAY_PASS_EDGE = st.sampled_from([None] * 6 + [60, 150, 1080, 1440])
_SITE_NUMBER = st.sampled_from([1] * 20 + [0] * 6 + [2])
_KIND = st.sampled_from(list(GrantKind))
_PARTY = st.sampled_from([1, 1, 1, 1, 2, 8])
_ENTRY = st.sampled_from([Entry.UNLIMITED] * 4 + [Entry.ONCE])
_SHOWN = st.sampled_from(["both"] * 12 + ["issued"] * 8 + ["code"] * 10 + ["neither"])
_REVOKED = st.sampled_from([None] * 24 + [-1, 0, 1])
_OWNER = st.sampled_from([None, "ada", "ada", "ada"])
_PERSON = st.sampled_from([None, "ada", "ada"])
_INSIDE = st.integers(0, 8)
_ENTRIES = st.sampled_from([0, 0, 1, 3, 8])
_KNOWN = st.sampled_from([None, -3600, -60, 0, 59, 60, 600])
_DOOR = st.sampled_from([None, None, None, "front", "front", "lab", "attic", "no such door"])
_PEOPLE = st.sampled_from([1] * 7 + [0, 2, 3, 7, 8, 9])
_EARLY = st.sampled_from([0, 15, 90])
_LATE = st.sampled_from([0, 15])
_OFFER = st.sampled_from(
    [None] + [DayPassOffer(2500, zones, late) for zones in (1, 7) for late in (0, 60)]
)


@dataclass(frozen=True, slots=True)
class Case:
    """One question to the rule."""

    facts: AccessFacts
    ask: Ask
    now: datetime


@st.composite
def cases(draw: DrawFn) -> Case:
    """Any question the rule may be asked."""
    zone, night = draw(_NIGHT)
    midnight = datetime.combine(night, time(), ZoneInfo(zone)).astimezone(UTC)
    now = _later(midnight, draw(_STEPS))
    facts = draw(facts_at(zone, now))
    return Case(facts, _ask(draw, now, facts), now)


@st.composite
def facts_at(draw: DrawFn, zone: str, now: datetime) -> AccessFacts:
    today = now.astimezone(ZoneInfo(zone)).date()
    issued, shown = _pass(draw, now), draw(_SHOWN)
    owner_id = draw(_OWNER)
    return AccessFacts(
        site_id=SITE,
        site=_site(draw, zone, today),
        pass_id=PASS_ID,
        code=_code(draw, now, issued) if shown in ("both", "code") else None,
        issued=issued if shown in ("both", "issued") else None,
        grant_known=draw(st.booleans()),
        owner_id=owner_id,
        owner=_person(draw, now) if owner_id else None,
        memberships=tuple(_membership(draw, today, n) for n in range(draw(_FEW))),
        bookings=tuple(_booking(draw, now, n) for n in range(draw(_FEW_BOOKINGS))),
        day_passes=tuple(_day_pass(draw, today, n) for n in range(draw(_ONE_AT_MOST))),
        visit=None if draw(_OFTEN) else _visit(draw, today),
        others=(("bob", _person(draw, now)),) if draw(_RARELY) else (),
    )


def _site(draw: DrawFn, zone: str, today: date) -> Site:
    return Site(
        name="Ziegelhof",
        number=1,
        zone=zone,
        zones=tuple(Zone(n, str(n)) for n in range(3)),
        doors=DOORS,
        opening=_hours(draw),
        holidays=tuple(today + timedelta(days=n) for n in draw(_HOLIDAYS)),
        early_min=draw(_EARLY),
        late_min=draw(_LATE),
        phone="030 1",
        day_pass=draw(_OFFER),
    )


def _hours(draw: DrawFn) -> tuple[WeeklyHours, ...]:
    count = draw(_HOW_MANY_SLOTS)
    if count == -2:
        return _all_but_a_gap(draw)
    if count < 0:
        span = draw(_DAILY)
        return tuple(WeeklyHours(day, *span) for day in range(7))
    return tuple(WeeklyHours(draw(_WEEKDAY), *draw(_SPAN)) for _ in range(count))


def _all_but_a_gap(draw: DrawFn) -> tuple[WeeklyHours, ...]:
    """Round the clock but for one gap in the week, which an odd night may hide."""
    closed, (start, end) = draw(_WEEKDAY), draw(_GAP)
    around_it = ((0, start), (end, 1440))
    days = [(day, ((0, 1440),) if day != closed else around_it) for day in range(7)]
    return tuple(
        WeeklyHours(day, *span) for day, spans in days for span in spans if span[0] < span[1]
    )


def _pass(draw: DrawFn, now: datetime) -> Pass:
    revoked = draw(_REVOKED)
    return Pass(
        grant_kind=draw(_KIND),
        grant_id="grant",
        person_id=draw(_PERSON),
        issued_at=_later(now, draw(_BEGUN)),
        party=draw(_PARTY),
        entry=draw(_ENTRY),
        revoked_at=None if revoked is None else _later(now, revoked),
    )


def _code(draw: DrawFn, now: datetime, issued: Pass) -> PassCode:
    """A code that agrees with what the house knows of its pass, where both say the same."""
    starts = _later(now, draw(_BEGUN))
    return PassCode(
        key_number=0,
        site_number=draw(_SITE_NUMBER),
        issued_at=issued.issued_at,
        pass_id=PASS_ID,
        grant_kind=issued.grant_kind,
        grant_ref="cd" * 8,
        valid_from=starts,
        valid_until=_later(starts, draw(_LASTS)),
        zones=draw(_ZONES),
        entry=issued.entry,
        party=issued.party,
    )


def _person(draw: DrawFn, now: datetime) -> Person | None:
    if draw(_RARELY):
        return None
    ended = _later(now, draw(_NEAR)) if draw(_RARELY) else None
    return Person(draw(_WHERE), draw(_STAFF_WHERE), ended)


def _membership(draw: DrawFn, today: date, n: int) -> tuple[str, Membership, Plan]:
    first = today + timedelta(days=draw(_BEGUN_DAYS))
    last = None if draw(_OFTEN) else today + timedelta(days=draw(_DAYS))
    hours = () if draw(_OFTEN) else _hours(draw)
    plan = Plan("Flex", draw(_PLAN_SITES), draw(_ZONES), hours, price_cents=9900)
    return f"m{n}", Membership("ada", "flex", first, last), plan


def _booking(draw: DrawFn, now: datetime, n: int) -> BookingFact:
    starts, status = _later(now, draw(_BEGUN)), draw(_STATUS)
    over = status in (BookingStatus.CANCELLED, BookingStatus.RELEASED)
    booking = Booking(
        resource_id="room",
        person_id="ada",
        starts=starts,
        ends=_later(starts, draw(_LASTS)),
        paid=draw(_OFTEN),
        amount_cents=1200,
        status=status,
        ended_at=_later(now, draw(_NEAR)) if over and draw(_OFTEN) else None,
    )
    return BookingFact(f"b{n}", booking, draw(_ZONES))


def _day_pass(draw: DrawFn, today: date, n: int) -> tuple[str, DayPass]:
    return f"d{n}", DayPass(
        person_id=None,
        day=today + timedelta(days=draw(_NEAR_DAYS)),
        zones=draw(_ZONES),
        from_min=draw(_DAY_PASS_EDGE),
        to_min=draw(_DAY_PASS_EDGE),
        paid=draw(_OFTEN),
        amount_cents=2500,
        cancelled=draw(_RARELY),
    )


def _visit(draw: DrawFn, today: date) -> Visit:
    return Visit(today + timedelta(days=draw(_NEAR_DAYS)), draw(_INSIDE), draw(_ENTRIES))


def _ask(draw: DrawFn, now: datetime, facts: AccessFacts) -> Ask:
    known = draw(_KNOWN)
    issued_at = facts.code.issued_at if facts.code else now
    doubt = draw(_RARELY)
    return Ask(
        door_id=draw(_DOOR),
        people=draw(_PEOPLE),
        known_until=None if known is None else issued_at + timedelta(seconds=known),
        other_now=_later(now, draw(_NEAR)) if doubt else None,
    )


def _later(moment: datetime, minutes: int) -> datetime:
    return moment + timedelta(minutes=minutes)

"""A small house to try the rules on: the Ziegelhof in Berlin, and Ada, who is a member there.

Monday 15 June 2026; the house is open from 8:00 to 20:00, Monday to Friday.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.access import AccessFacts, Ask, BookingFact, Outcome, Refused, decide_access
from domain.booking import Booking
from domain.calendar import WeeklyHours
from domain.codes import PassCode
from domain.day_pass import DayPass
from domain.door import Door
from domain.membership import Membership
from domain.passes import Entry, GrantKind, Pass
from domain.person import Person
from domain.plan import Plan
from domain.site import DayPassOffer, Site, Zone

BERLIN = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 6, 15)
HOUSE, LAB, ATTIC = 0b001, 0b010, 0b100
OPENING = tuple(WeeklyHours(day, 8 * 60, 20 * 60) for day in range(5))
SITE = Site(
    name="Ziegelhof",
    number=1,
    zone="Europe/Berlin",
    zones=(Zone(0, "House"), Zone(1, "Lab"), Zone(2, "Attic")),
    doors=(
        Door("front", "Front door", 0, "lock-1", "00"),
        Door("lab", "Lab", 1, "lock-2", "00", critical=True),
        Door("attic", "Attic", 2, "lock-3", "00"),
    ),
    opening=OPENING,
    holidays=(date(2026, 6, 19),),
    phone="030 1234",
)
OFFER = DayPassOffer(price_cents=2500, zones=HOUSE)
PLAN = Plan("Flex", ("ziegelhof",), HOUSE)
MEMBERSHIP = Membership("ada", "flex", date(2026, 1, 1))


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    """A time on the wall of the Ziegelhof."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=BERLIN).astimezone(UTC)


def later(moment: datetime, **span: int) -> datetime:
    return moment + timedelta(**span)


def a_pass(kind: GrantKind, party: int = 1, entry: Entry = Entry.UNLIMITED) -> Pass:
    return Pass(kind, "grant", "ada", issued_at=at(7), party=party, entry=entry)


def a_code(kind: GrantKind, zones: int = HOUSE, issued_at: datetime | None = None) -> PassCode:
    """Good for the whole Monday."""
    return PassCode(
        key_number=0,
        site_number=1,
        issued_at=issued_at or at(7),
        pass_id="0123456789abcdef",
        grant_kind=kind,
        grant_ref="fedcba9876543210",
        valid_from=at(0),
        valid_until=at(0, day=date(2026, 6, 16)),
        zones=zones,
    )


def a_booking(starts: datetime | None = None, zones: int = HOUSE | ATTIC) -> BookingFact:
    """The attic room for an hour, from 10:00 unless said otherwise."""
    begin = starts or at(10)
    return BookingFact("b1", Booking("attic-room", "ada", begin, later(begin, hours=1)), zones)


def member() -> AccessFacts:
    """Ada's member pass and her membership."""
    return AccessFacts(
        site_id="ziegelhof",
        site=SITE,
        pass_id="0123456789abcdef",
        issued=a_pass(GrantKind.MEMBERSHIP),
        grant_known=True,
        owner_id="ada",
        owner=Person(),
        memberships=(("m1", MEMBERSHIP, PLAN),),
    )


def booker(fact: BookingFact | None = None, **changes: object) -> AccessFacts:
    """The pass of Ada's booking, which she made without being a member."""
    booked = fact or a_booking()
    booked = replace(booked, booking=replace(booked.booking, **changes))  # type: ignore[arg-type]
    return replace(member(), issued=a_pass(GrantKind.BOOKING), memberships=(), bookings=(booked,))


def day_guest(**changes: object) -> AccessFacts:
    """A day pass for Monday, bought by Ada."""
    day_pass = replace(DayPass("ada", MONDAY, HOUSE), **changes)  # type: ignore[arg-type]
    return replace(
        member(),
        issued=a_pass(GrantKind.DAY_PASS),
        memberships=(),
        day_passes=(("d1", day_pass),),
    )


def invited(party: int = 1) -> AccessFacts:
    """The pass of guests whom Ada asked to her booking; it names nobody."""
    issued = replace(a_pass(GrantKind.INVITATION, party), person_id=None)
    return replace(booker(), issued=issued)


def unknown_pass(code: PassCode) -> AccessFacts:
    """A good code of which there is no state at all."""
    return AccessFacts("ziegelhof", SITE, code.pass_id, code=code)


def offering(facts: AccessFacts) -> AccessFacts:
    """The same where day passes are sold."""
    return replace(facts, site=replace(facts.site, day_pass=OFFER))


def owner(facts: AccessFacts, person: Person | None) -> AccessFacts:
    return replace(facts, owner=person)


def refused(facts: AccessFacts, now: datetime, ask: Ask | None = None) -> Refused:
    outcome = decide_access(facts, ask or Ask(), now)
    assert isinstance(outcome, Refused), outcome
    return outcome


def decided(facts: AccessFacts, now: datetime, ask: Ask | None = None) -> Outcome:
    return decide_access(facts, ask or Ask(), now)

"""The admission rule as sentences: what is presented when and where, and the answer."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.access import AccessFacts, Ask
from domain.booking import BookingStatus
from domain.calendar import WeeklyHours
from domain.passes import Entry, GrantKind
from domain.person import Person
from domain.visit import Visit
from tests.domain.house import (
    ATTIC,
    HOUSE,
    LAB,
    MEMBERSHIP,
    MONDAY,
    PLAN,
    SITE,
    a_booking,
    a_code,
    a_pass,
    at,
    booker,
    day_guest,
    invited,
    later,
    member,
    offering,
    owner,
    unknown_pass,
)

FRIDAY_HOLIDAY = date(2026, 6, 19)
SUNDAY = date(2026, 6, 14)


@dataclass(frozen=True, slots=True)
class Row:
    """`answer` is the kind of grant that admits, or the reason of the refusal.

    `ways_out` are the remedies before the staff, in order.
    """

    sentence: str
    facts: AccessFacts
    now: datetime
    answer: str
    ways_out: tuple[str, ...] = ()
    ask: Ask = field(default_factory=Ask)


def rows() -> Iterator[Row]:
    """Every row once."""
    for part in (_members, _bookers, _day_guests, _guests, _staff, _people, _doors, _numbers):
        yield from part()
    for part in (_passes, _alone, _doubts):
        yield from part()


def _members() -> Iterator[Row]:
    ada = member()
    yield Row("a member comes at noon", ada, at(12), "membership")
    yield Row("a member comes on the stroke of opening", ada, at(8), "membership")
    yield Row("a member comes too early", ada, at(7, 59), "outside_hours", ("wait 08:00",))
    yield Row("a member comes at closing", ada, at(20), "outside_hours", ("wait 08:00",))
    sunday = at(12, day=SUNDAY)
    yield Row("a member comes on a Sunday", ada, sunday, "outside_hours", ("wait 08:00",))
    holiday = at(12, day=FRIDAY_HOLIDAY)
    yield Row("a member comes on a holiday", ada, holiday, "outside_hours", ("wait 08:00",))
    always = replace(PLAN, hours=tuple(WeeklyHours(day, 0, 1440) for day in range(7)))
    around_the_clock = replace(ada, memberships=(("m1", MEMBERSHIP, always),))
    yield Row("a 24/7 member comes on a holiday at 3:00", around_the_clock, holiday, "membership")
    till_august = replace(MEMBERSHIP, last_day=date(2026, 8, 31))
    ends = replace(ada, memberships=(("m1", till_august, always),))
    yield Row("a 24/7 member whose membership ends", ends, at(12), "membership")
    never_closed = replace(SITE, opening=always.hours, holidays=())
    open_house = replace(ada, site=never_closed)
    yield Row("a member of a house that never closes", open_house, at(12), "membership")
    xmas = replace(ada, site=replace(never_closed, holidays=(date(2026, 12, 25),)))
    yield Row("... that closes at Christmas only", xmas, at(12), "membership")
    june = replace(MEMBERSHIP, last_day=MONDAY)
    ending = replace(ada, memberships=(("m1", june, PLAN),))
    yield Row("a member comes on the last day", ending, at(19, 59), "membership")
    yield Row("a member comes on the day after the last", ending, later(at(12), days=1), "expired")
    starting = replace(MEMBERSHIP, first_day=date(2026, 6, 16))
    soon = replace(ada, memberships=(("m1", starting, PLAN),))
    yield Row("a member comes the day before", soon, at(12), "not_yet_valid", ("wait 08:00",))
    autumn = replace(
        ada, memberships=(("m1", replace(starting, first_day=date(2026, 9, 1)), PLAN),)
    )
    yield Row("a member comes months before", autumn, at(12), "not_yet_valid", ("wait 08:00",))
    elsewhere = replace(PLAN, sites=("other",))
    foreign = replace(ada, memberships=(("m1", MEMBERSHIP, elsewhere),))
    yield Row("a member of another site comes", foreign, at(12), "wrong_site")
    nothing = replace(ada, memberships=())
    yield Row("a member pass without any right left", nothing, at(12), "revoked")
    both = replace(ada, bookings=(a_booking(),))
    yield Row("a member's own booking is named first", both, at(10), "booking")
    weekend = replace(ada, bookings=(a_booking(at(10, day=SUNDAY)),))
    sunday_morning = at(10, day=SUNDAY)
    yield Row("a member's booking opens on a closed day", weekend, sunday_morning, "booking")


def _bookers() -> Iterator[Row]:
    yield Row("somebody comes to their booking", booker(), at(10, 30), "booking")
    yield Row("a quarter of an hour early is welcome", booker(), at(9, 45), "booking")
    early = at(9, 44)
    yield Row("a minute earlier is not", booker(), early, "not_yet_valid", ("wait 09:45",))
    yield Row("a quarter of an hour to pack up", booker(), at(11, 14), "booking")
    yield Row("after that it is over", booker(), at(11, 15), "expired")
    unpaid = booker(paid=False, amount_cents=1200)
    yield Row("a booking not paid", unpaid, at(10), "not_paid", ("pay 1200 b1",))
    yield Row("a booking not paid, too early", unpaid, at(8), "not_yet_valid")
    yield Row("a booking not paid, too late", unpaid, at(13), "expired")
    cancelled = booker(status=BookingStatus.CANCELLED, ended_at=at(9))
    yield Row("a cancelled booking", cancelled, at(10), "cancelled")
    yield Row("judged later: in before it was cancelled", cancelled, at(8, 59), "not_yet_valid")
    midway = booker(status=BookingStatus.RELEASED, ended_at=at(10, 20))
    yield Row("a released booking", midway, at(10, 20), "cancelled")
    yield Row("judged later: in before it was released", midway, at(10, 19), "booking")
    wished = booker(status=BookingStatus.WISHED)
    yield Row("a booking only wished for", wished, at(10), "cancelled")
    gone = replace(booker(), bookings=(), grant_known=False)
    yield Row("a booking that is gone", gone, at(10), "revoked")
    closed = offering(booker(a_booking(at(21))))
    yield Row("a booking opens the house at night", closed, at(21), "booking")
    tomorrow = offering(booker(a_booking(later(at(10), days=1))))
    ways = ("wait 09:45", "day pass 2500 until 20:00")
    yield Row("a booking for tomorrow, day passes sold", tomorrow, at(10), "not_yet_valid", ways)


def _day_guests() -> Iterator[Row]:
    yield Row("a day pass at noon", day_guest(), at(12), "day_pass")
    early = at(7, 30)
    yield Row("a day pass before opening", day_guest(), early, "outside_hours", ("wait 08:00",))
    evening = day_guest(from_min=17 * 60)
    yield Row("an evening pass at noon", evening, at(12), "not_yet_valid", ("wait 17:00",))
    short = day_guest(to_min=14 * 60)
    yield Row("a morning pass in the afternoon", short, at(14), "expired")
    yield Row("a day pass after closing", day_guest(), at(20), "outside_hours")
    yesterday = later(at(12), days=1)
    yield Row("yesterday's day pass", day_guest(), yesterday, "expired")
    again = offering(day_guest())
    ways = ("day pass 2500 until 20:00",)
    yield Row("yesterday's day pass, day passes sold", again, yesterday, "expired", ways)
    last = later(at(19), days=1)
    yield Row("... an hour before closing for the last time", again, last, "expired", ways)
    yield Row("... but not in the last hour", again, later(at(19, 1), days=1), "expired")
    unpaid = day_guest(paid=False, amount_cents=2500)
    yield Row("a day pass not paid", unpaid, at(12), "not_paid", ("pay 2500 d1",))
    yield Row("a day pass not paid, before opening", unpaid, at(7), "outside_hours")
    yield Row("a cancelled day pass", day_guest(cancelled=True), at(12), "cancelled")
    holiday = day_guest(day=FRIDAY_HOLIDAY)
    yield Row("a day pass for a holiday, days before", holiday, at(12), "not_yet_valid")


def _guests() -> Iterator[Row]:
    yield Row("guests of a booking", invited(3), at(10), "invitation", ask=Ask(people=3))
    alone = unknown_pass(a_code(GrantKind.INVITATION))
    known = replace(
        alone, grant_known=True, owner_id="ada", owner=Person(), bookings=(a_booking(),)
    )
    heard = Ask(known_until=at(7))
    yield Row("guests whose pass is new but not their host", known, at(10), "invitation", ask=heard)
    withdrawn = replace(invited(3), bookings=(), grant_known=False)
    yield Row("guests whose invitation was withdrawn", withdrawn, at(10), "revoked")


def _staff() -> Iterator[Row]:
    night = at(3, day=SUNDAY)
    staff = Person(staff_at=("ziegelhof",))
    ada = replace(owner(member(), staff), memberships=())
    yield Row("staff at 3:00 on a Sunday", ada, night, "staff")
    yield Row("staff at the lab", ada, night, "staff", ask=Ask(door_id="lab"))
    everywhere = owner(ada, Person(staff_at=("*",)))
    yield Row("staff of all sites", everywhere, night, "staff")
    other = owner(ada, Person(staff_at=("other",)))
    yield Row("staff of another site", other, night, "revoked")
    guest = replace(invited(), issued=replace(a_pass(GrantKind.INVITATION), person_id="guest"))
    of_staff = owner(guest, staff)
    yield Row("a guest of staff is not staff", of_staff, night, "not_yet_valid", ("wait 09:45",))
    party = owner(replace(booker(), issued=a_pass(GrantKind.BOOKING, party=8)), staff)
    yield Row("the party pass of staff neither", party, night, "not_yet_valid", ("wait 09:45",))


def _people() -> Iterator[Row]:
    ada = member()
    here = owner(ada, Person(blocked_at=("ziegelhof",)))
    yield Row("a blocked member", offering(here), at(12), "blocked")
    yield Row("... everywhere", owner(ada, Person(blocked_at=("*",))), at(12), "blocked")
    other = owner(ada, Person(blocked_at=("other",)))
    yield Row("blocked at another site only", other, at(12), "membership")
    gone = Person(ended_at=at(10))
    for facts, what in ((ada, "member pass"), (booker(a_booking(at(12))), "booking"),
                        (invited(), "guests"), (day_guest(), "day pass")):  # fmt: skip
        yield Row(f"offboarded: {what}", owner(facts, gone), at(12), "revoked")
        yield Row(f"erased and forgotten: {what}", owner(facts, None), at(12), "revoked")
    yield Row("an hour before being offboarded", owner(ada, gone), at(9), "membership")
    no_guest = replace(invited(), others=(("bob", Person(blocked_at=("*",))),))
    yield Row("a guest known by name and blocked", no_guest, at(10), "blocked")
    erased_guest = offering(replace(invited(), others=(("bob", None),)))
    ways = ("day pass 2500 until 20:00",)
    yield Row("a guest known by name and erased", erased_guest, at(10), "revoked", ways)


def _doors() -> Iterator[Row]:
    ada = member()
    front, lab, attic = (Ask(door_id=door) for door in ("front", "lab", "attic"))
    yield Row("a member at the front door", ada, at(12), "membership", ask=front)
    use = ("use front",)
    yield Row("a member at the lab", ada, at(12), "no_grant_for_place", use, ask=lab)
    unknown = Ask(door_id="nowhere")
    yield Row("a door that is not there", ada, at(12), "no_grant_for_place", use, ask=unknown)
    yield Row("a booking opens the way to its room", booker(), at(10), "booking", ask=attic)
    plan = replace(PLAN, zones=HOUSE | LAB)
    tester = replace(ada, memberships=(("m1", MEMBERSHIP, plan),))
    yield Row("a member with the lab", tester, at(12), "membership", ask=lab)
    no_doors = replace(ada, site=replace(SITE, doors=(), zones=()))
    yield Row("a site without doors", no_doors, at(12), "membership")


def _numbers() -> Iterator[Row]:
    ada = member()
    one = ("fewer 1",)
    yield Row("two on a pass for one", ada, at(12), "party_full", one, ask=Ask(people=2))
    here = ada.with_visit(Visit(MONDAY, inside=1, entries=3))
    yield Row("back from lunch", here, at(13), "membership")
    once = replace(ada, issued=a_pass(GrantKind.MEMBERSHIP, entry=Entry.ONCE))
    yield Row("a pass for one entry", once, at(12), "membership")
    used = once.with_visit(Visit(SUNDAY, entries=1))
    yield Row("a pass for one entry, again", offering(used), at(12), "already_used",
              ("day pass 2500 until 20:00",))  # fmt: skip
    eight = offering(replace(booker(), issued=a_pass(GrantKind.BOOKING, party=8)))
    six = eight.with_visit(Visit(MONDAY, inside=6, entries=6))
    yield Row("two more of eight", six, at(10), "booking", ask=Ask(people=2))
    ways = ("fewer 2", "day pass 2500 until 20:00")
    yield Row("three more of eight", six, at(10), "party_full", ways, ask=Ask(people=3))
    full = eight.with_visit(Visit(MONDAY, inside=8, entries=8))
    day_pass = ("day pass 2500 until 20:00",)
    yield Row("the ninth of eight", full, at(10), "party_full", day_pass)
    back = eight.with_visit(Visit(MONDAY, inside=7, entries=8))
    yield Row("one left and comes back", back, at(10), "booking")
    yesterday = eight.with_visit(Visit(SUNDAY, inside=8, entries=8))
    yield Row("a new day begins at zero", yesterday, at(10), "booking", ask=Ask(people=8))
    once_eight = replace(eight, issued=a_pass(GrantKind.BOOKING, 8, Entry.ONCE))
    left = once_eight.with_visit(Visit(MONDAY, inside=2, entries=8))
    yield Row("once for eight: nobody comes back", left, at(10), "party_full", day_pass)
    some = once_eight.with_visit(Visit(MONDAY, inside=2, entries=5))
    yield Row("once for eight: three are missing", some, at(10), "booking", ask=Ask(people=3))


def _passes() -> Iterator[Row]:
    ada = member()
    nobody = replace(ada, issued=None, code=None)
    yield Row("nothing known of it", nobody, at(12), "unknown_code")
    other = replace(ada, code=replace(a_code(GrantKind.MEMBERSHIP), site_number=2))
    yield Row("a pass for another site", other, at(12), "wrong_site")
    any_site = replace(ada, code=replace(a_code(GrantKind.MEMBERSHIP), site_number=0))
    yield Row("a pass for all sites", any_site, at(12), "membership")
    revoked = replace(ada, issued=replace(a_pass(GrantKind.MEMBERSHIP), revoked_at=at(10)))
    yield Row("a revoked pass", revoked, at(10), "revoked")
    yield Row("judged later: in before it was revoked", revoked, at(9, 59), "membership")
    printed = replace(booker(), code=a_code(GrantKind.BOOKING))
    moved = replace(printed, bookings=(a_booking(at(15)),))
    yield Row("the booking moved: the state wins", moved, at(15), "booking")
    ways = ("wait 14:45",)
    yield Row("... not what is printed", moved, at(10), "not_yet_valid", ways)


def _alone() -> Iterator[Row]:
    booking = unknown_pass(a_code(GrantKind.BOOKING))
    heard = Ask(known_until=at(6))
    yield Row("by the pass alone", booking, at(10), "booking", ask=heard)
    attic = replace(heard, door_id="attic")
    use = ("use front",)
    yield Row("only zones in its mask", booking, at(10), "no_grant_for_place", use, ask=attic)
    all_zones = unknown_pass(a_code(GrantKind.BOOKING, HOUSE | LAB | ATTIC))
    lab = replace(heard, door_id="lab")
    ways = ("use front", "use attic")
    yield Row("never a critical door", all_zones, at(10), "no_grant_for_place", ways, ask=lab)
    sixty = Ask(known_until=later(at(7), seconds=60))
    yield Row("60 s before the last pull: too old", booking, at(10), "revoked", ask=sixty)
    less = Ask(known_until=later(at(7), seconds=59))
    yield Row("59 s before the last pull: good", booking, at(10), "booking", ask=less)
    yield Row("the server knows all there is", booking, at(10), "revoked")
    lasting = replace(a_code(GrantKind.MEMBERSHIP), valid_until=later(at(7), days=400))
    week = unknown_pass(lasting)
    last = later(at(7), days=7, seconds=-1)
    yield Row("a member pass for 7 days", week, last, "membership", ask=heard)
    then = later(at(7), days=7)
    yield Row("... and not longer", week, then, "not_known_here", ask=heard)
    late = at(1, day=date(2026, 6, 16))
    yield Row("its time is over", booking, late, "expired", ask=heard)
    night = later(at(0), minutes=-30)
    yield Row("its time has not come", booking, night, "not_yet_valid", ("wait 00:00",), ask=heard)
    cancelled = replace(booker(status=BookingStatus.CANCELLED, ended_at=at(8)).bookings[0])
    known = replace(booking, grant_known=True, bookings=(cancelled,))
    yield Row("a state of the grant wins", known, at(10), "cancelled", ask=heard)
    retired = replace(booking, grant_known=True)
    yield Row("known, but opens nothing any more", retired, at(10), "revoked", ask=heard)
    party = unknown_pass(replace(a_code(GrantKind.BOOKING), party=8))
    eight = replace(heard, people=8)
    yield Row("a party by its pass alone", party, at(10), "booking", ask=eight)
    once = unknown_pass(replace(a_code(GrantKind.BOOKING), entry=Entry.ONCE))
    used = once.with_visit(Visit(MONDAY, inside=1, entries=1))
    yield Row("once by the pass alone, again", used, at(10), "already_used", ask=heard)


def _doubts() -> Iterator[Row]:
    ada = member()
    both = Ask(other_now=at(14))
    yield Row("the clock may be two hours off: open at both", ada, at(12), "membership", ask=both)
    closed = Ask(other_now=at(21))
    yield Row("open at one time only", offering(ada), at(12), "clock_in_doubt", ask=closed)
    yield Row("... the other way round", ada, at(21), "clock_in_doubt", ask=Ask(other_now=at(12)))
    booked = offering(booker())
    afternoon = Ask(other_now=at(14))
    yield Row("a day pass is no way round it", booked, at(10), "clock_in_doubt", ask=afternoon)
    early = Ask(other_now=later(at(7), minutes=10))
    ways = ("wait 08:00",)
    yield Row("closed at both, waiting helps both", ada, at(7), "outside_hours", ways, ask=early)
    late = Ask(other_now=at(21))
    yield Row("waiting helps only one", ada, at(7), "outside_hours", ask=late)
    unpaid = booker(paid=False, amount_cents=1200)
    over = Ask(other_now=later(at(10), days=1))
    yield Row("paying helps only at one time", unpaid, at(10), "not_paid", ask=over)

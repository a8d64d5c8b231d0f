"""A second, slow opinion on admission: every grant is looked at in each single minute.

Written from DESIGN.md and docs/access.md without a look at how the rule derives its grants. All
times must be whole minutes, and nothing may lie further from `now` than REACH_DAYS, holidays
not further ahead than that and LOOK_AHEAD_DAYS.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.access import AccessFacts, Ask
from domain.booking import BookingStatus
from domain.calendar import WeeklyHours
from domain.membership import Membership
from domain.passes import Entry, GrantKind
from domain.plan import Plan
from tests.domain.wall_clock import DAY_MIN, clock_around, instant_of, minute_of

REACH_DAYS = 12
LOOK_AHEAD_DAYS = 8
ORDER = ("booking", "invitation", "day_pass", "membership", "staff")


@dataclass(frozen=True, slots=True)
class Opinion:
    """`reason` None: admitted. `wait` is when the next good grant begins."""

    reason: str | None
    because: str | None = None
    grant_id: str | None = None
    until: datetime | None = None
    zones: int = 0
    wait: datetime | None = None
    pass_only: bool = False


@dataclass(slots=True)
class Right:
    """One right with a mark for each minute in which it would let somebody in."""

    kind: str
    id: str
    zones: int
    status: str
    marks: bytearray
    alive: bytearray
    """A mark for each minute in which it exists at all, be the house closed or not."""
    by_hours: bool
    far: bytearray | None = None
    """`marks` without a limit to how far hours are looked ahead for the next opening."""


class Oracle:
    """The opinion on one presented pass at one moment."""

    def __init__(self, facts: AccessFacts, ask: Ask, now: datetime) -> None:
        self.facts, self.ask, self.now = facts, ask, now
        utc_day = now.date()
        around = REACH_DAYS + LOOK_AHEAD_DAYS + 2
        self.clock = clock_around(facts.site.zone, utc_day, around)
        self.here = minute_of(now) - self.clock.start
        self.today = self.clock.day_at(self.here)
        self.edge = self.today + timedelta(days=REACH_DAYS + LOOK_AHEAD_DAYS)
        """Whatever ends at all ends before the end of this day."""

    def opinion(self) -> Opinion:
        reason = self.about_the_pass() or self.about_the_people()
        if reason:
            return Opinion(reason)
        rights = [self.of_the_code()] if self.alone() else self.rights()
        now_open = [r for r in rights if r.status == "good" and r.marks[self.here]]
        if not now_open:
            return self.why_not_now(rights)
        fitting = [right for right in now_open if self.opens_the_door(right)]
        if not fitting:
            return Opinion("no_grant_for_place")
        reason = self.about_the_number()
        if reason:
            return Opinion(reason)
        best = min(fitting, key=lambda r: (ORDER.index(r.kind), -self.end_of(r), r.id))
        zones = 0
        for right in now_open:
            zones |= right.zones
        until = self.code_end() if self.alone() else self.until(best)
        return Opinion(None, best.kind, best.id, until, zones, pass_only=self.alone())

    # before any right is looked at

    def fresh(self) -> bool:
        """Issued so late that the kiosk cannot have heard of it."""
        code, known = self.facts.code, self.ask.known_until
        return code is not None and known is not None and known - code.issued_at < timedelta(0, 60)

    def alone(self) -> bool:
        return self.facts.issued is None and not self.facts.grant_known and self.fresh()

    def about_the_pass(self) -> str | None:
        code, issued = self.facts.code, self.facts.issued
        if code and code.site_number not in (0, self.facts.site.number):
            return "wrong_site"
        if issued is not None:
            revoked = issued.revoked_at is not None and issued.revoked_at <= self.now
            return "revoked" if revoked else None
        if code is None:
            return "unknown_code"
        if not self.fresh():
            return "revoked"
        lasting = code.grant_kind is GrantKind.MEMBERSHIP
        if self.alone() and lasting and self.now - code.issued_at >= timedelta(days=7):
            return "not_known_here"
        return None

    def about_the_people(self) -> str | None:
        if self.alone():
            return None
        facts = self.facts
        people = [facts.owner] if facts.owner_id is not None else []
        people += [person for _, person in facts.others]
        for person in people:
            if person is None or (person.ended_at and person.ended_at <= self.now):
                return "revoked"
        for person in people:
            if person and {"*", facts.site_id} & set(person.blocked_at):
                return "blocked"
        return None

    # the rights

    def rights(self) -> list[Right]:
        facts = self.facts
        found = [self.of_membership(*each) for each in facts.memberships]
        found += [self.of_booking(n) for n in range(len(facts.bookings))]
        found += [self.of_day_pass(n) for n in range(len(facts.day_passes))]
        member_pass = facts.issued and facts.issued.grant_kind is GrantKind.MEMBERSHIP
        if member_pass and facts.owner and {"*", facts.site_id} & set(facts.owner.staff_at):
            assert facts.owner_id is not None
            zones = 0
            for zone in facts.site.zones:
                zones |= 2**zone.number
            always = bytearray(b"\1" * len(self.clock))
            found.append(Right("staff", facts.owner_id, zones, "good", always, always, False))
        return found

    def of_membership(self, id_: str, membership: Membership, plan: Plan) -> Right:
        site = self.facts.site
        marks, far, alive = self.blank(), self.blank(), self.blank()
        if plan.sites and self.facts.site_id not in plan.sites:
            return Right("membership", id_, plan.zones, "elsewhere", marks, alive, True)
        hours, holidays = (plan.hours, ()) if plan.hours else (site.opening, site.holidays)
        first, last = membership.first_day, membership.last_day or date(2200, 1, 1)
        reach = timedelta(days=REACH_DAYS + LOOK_AHEAD_DAYS)
        for day in _days(max(first, self.today - reach), min(last, self.today + reach)):
            _mark(alive, self.clock.covered(day, 0, DAY_MIN))
        near = max(self.today, first) + timedelta(days=LOOK_AHEAD_DAYS)
        for day in _days(max(first, self.today - timedelta(days=2)), min(last, self.edge)):
            if day not in holidays:
                self.mark_hours(far, hours, day)
                if day <= near:
                    self.mark_hours(marks, hours, day)
        return Right("membership", id_, plan.zones, "good", marks, alive, True, far)

    def of_booking(self, n: int) -> Right:
        fact = self.facts.bookings[n]
        booking, site = fact.booking, self.facts.site
        marks = self.blank()
        begin = minute_of(booking.starts) - site.early_min - self.clock.start
        end = minute_of(booking.ends) + site.late_min - self.clock.start
        _mark(marks, range(begin, end))
        stood = booking.status is BookingStatus.CONFIRMED
        if booking.status in (BookingStatus.CANCELLED, BookingStatus.RELEASED):
            stood = booking.ended_at is not None and self.now < booking.ended_at
        status = "cancelled" if not stood else "good" if booking.paid else "unpaid"
        shown = self.facts.issued or self.facts.code
        guest = shown is not None and shown.grant_kind is GrantKind.INVITATION
        kind = "invitation" if guest else "booking"
        return Right(kind, fact.id, fact.zones, status, marks, marks, False)

    def of_day_pass(self, n: int) -> Right:
        id_, day_pass = self.facts.day_passes[n]
        site = self.facts.site
        from_min = 0 if day_pass.from_min is None else day_pass.from_min
        to_min = DAY_MIN if day_pass.to_min is None else day_pass.to_min
        marks, alive, open_hours = self.blank(), self.blank(), self.blank()
        bounds = self.clock.covered(day_pass.day, from_min, to_min)
        _mark(alive, bounds)
        if day_pass.day not in site.holidays:
            self.mark_hours(open_hours, site.opening, day_pass.day)
        for minute in bounds:
            marks[minute] = open_hours[minute]
        status = "cancelled" if day_pass.cancelled else "good" if day_pass.paid else "unpaid"
        return Right("day_pass", id_, day_pass.zones, status, marks, alive, True)

    def of_the_code(self) -> Right:
        code = self.facts.code
        assert code is not None
        marks = self.blank()
        begin, end = minute_of(code.valid_from), minute_of(code.valid_until)
        _mark(marks, range(begin - self.clock.start, end - self.clock.start))
        kind = code.grant_kind.value
        return Right(kind, code.grant_ref, code.zones, "good", marks, marks, False)

    def mark_hours(self, marks: bytearray, hours: tuple[WeeklyHours, ...], day: date) -> None:
        for slot in hours:
            if slot.weekday == day.weekday():
                _mark(marks, self.clock.covered(day, slot.from_min, slot.to_min))

    def blank(self) -> bytearray:
        return bytearray(len(self.clock))

    # at the door

    def opens_the_door(self, right: Right) -> bool:
        if self.ask.door_id is None:
            return True
        for door in self.facts.site.doors:
            if door.id == self.ask.door_id:
                forbidden = door.critical and self.alone()
                return right.zones // 2**door.zone % 2 == 1 and not forbidden
        return False

    def about_the_number(self) -> str | None:
        facts, people = self.facts, self.ask.people
        shown = facts.issued or facts.code
        assert shown is not None
        visit = facts.visit
        came = visit.entries if visit else 0
        inside = visit.inside if visit and visit.day == self.today else 0
        if shown.entry is Entry.ONCE and shown.party == 1 and came > 0:
            return "already_used"
        if shown.party == 1:
            room = 1
        else:
            room = shown.party - (came if shown.entry is Entry.ONCE else inside)
        return None if 1 <= people <= room else "party_full"

    # why not

    def why_not_now(self, rights: list[Right]) -> Opinion:
        here = self.here
        paying = [r for r in rights if r.status in ("good", "unpaid")]
        if any(r.status == "unpaid" and r.marks[here] for r in rights):
            return Opinion("not_paid")
        coming = [
            (r.marks.find(1, here + 1), ORDER.index(r.kind), r.id, r)
            for r in rights
            if r.status == "good" and r.marks.find(1, here + 1) >= 0
        ]
        if coming:
            index, _, _, right = min(coming, key=lambda each: each[:3])
            begun = right.by_hours and right.alive.find(1, 0, here + 1) >= 0
            wait = instant_of(index + self.clock.start)
            return Opinion("outside_hours" if begun else "not_yet_valid", wait=wait)
        if any(r.alive[here] for r in paying):
            return Opinion("outside_hours")
        if any(r.alive.find(1, here) >= 0 for r in paying):
            return Opinion("not_yet_valid")
        if any(r.status == "good" and r.alive.find(1) >= 0 for r in rights):
            return Opinion("expired")
        if any(r.status == "cancelled" for r in rights):
            return Opinion("cancelled")
        if any(r.alive.find(1) >= 0 for r in paying):
            return Opinion("expired")
        if any(r.status == "elsewhere" for r in rights):
            return Opinion("wrong_site")
        return Opinion("revoked")

    def end_of(self, right: Right) -> int:
        """Index of the first minute from now on in which the right does not admit; or after all."""
        never = len(self.clock)
        end = (right.far or right.marks).find(0, self.here)
        return end if 0 <= end < self.clock.covered(self.edge, 0, DAY_MIN).stop else never

    def until(self, right: Right) -> datetime | None:
        """None for a right without end."""
        end = self.end_of(right)
        return None if end == len(self.clock) else instant_of(end + self.clock.start)

    def code_end(self) -> datetime | None:
        """A member pass is printed for long: nothing is known of what stands behind it."""
        code = self.facts.code
        assert code is not None
        return None if code.grant_kind is GrantKind.MEMBERSHIP else code.valid_until


def opinion(facts: AccessFacts, ask: Ask, now: datetime) -> Opinion:
    """What the rule ought to say; a clock in doubt is asked at both its times."""
    first = Oracle(facts, ask, now).opinion()
    if ask.other_now is not None:
        other = Oracle(facts, ask, ask.other_now).opinion()
        if (first.reason is None) != (other.reason is None):
            return Opinion("clock_in_doubt")
    return first


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def _mark(marks: bytearray, minutes: range) -> None:
    start, stop = max(0, minutes.start), min(len(marks), minutes.stop)
    if start < stop:
        marks[start:stop] = b"\1" * (stop - start)

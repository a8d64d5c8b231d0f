"""The facts an admission is decided on: exactly what a kiosk may know, ids only."""

from dataclasses import dataclass, replace
from datetime import datetime

from domain.booking import Booking
from domain.calendar import local_date
from domain.codes import PassCode
from domain.day_pass import DayPass
from domain.membership import Membership
from domain.passes import Entry, GrantKind, Pass
from domain.person import Person
from domain.plan import Plan
from domain.site import Site
from domain.visit import Visit, holder_of


@dataclass(frozen=True, slots=True)
class BookingFact:
    """A booking with the zones of its resource and the person all of it hangs on."""

    id: str
    booking: Booking
    zones: int


@dataclass(frozen=True, slots=True)
class AccessFacts:
    """What is known of one presented code at one site; equal on kiosk and server.

    `owner` is the person everything hangs on: whose pass it is, or the host of a guest;
    `others` are whoever it hangs on besides: a guest known by name, the host of the booking.
    `grant_known` is whether there is a state of the grant the code names.
    """

    site_id: str
    site: Site
    pass_id: str
    code: PassCode | None = None
    issued: Pass | None = None
    grant_known: bool = False
    owner_id: str | None = None
    owner: Person | None = None
    memberships: tuple[tuple[str, Membership, Plan], ...] = ()
    bookings: tuple[BookingFact, ...] = ()
    day_passes: tuple[tuple[str, DayPass], ...] = ()
    visit: Visit | None = None
    others: tuple[tuple[str, Person | None], ...] = ()

    @property
    def grant_kind(self) -> GrantKind | None:
        """What the pass stands for."""
        known = self.issued or self.code
        return known.grant_kind if known else None

    @property
    def people(self) -> tuple[tuple[str, Person | None], ...]:
        """Everybody who must be here and welcome for the pass to count."""
        owner = ((self.owner_id, self.owner),) if self.owner_id else ()
        return (*owner, *self.others)

    @property
    def party(self) -> int:
        """How many people the pass lets in together."""
        return self.issued.party if self.issued else self.code.party if self.code else 1

    @property
    def entry(self) -> Entry:
        known = self.issued or self.code
        return known.entry if known else Entry.UNLIMITED

    @property
    def person_id(self) -> str | None:
        """Whose presence it is: nobody's for guests and parties without a name."""
        return self.issued.person_id if self.issued else None

    @property
    def holder(self) -> str:
        return holder_of(self.pass_id, self.issued)

    def inside(self, now: datetime) -> int:
        """How many the holder of this pass is known to have inside."""
        return self.visit.inside_on(local_date(now, self.site.zone)) if self.visit else 0

    def with_visit(self, visit: Visit | None) -> "AccessFacts":
        """The same facts with the count of their holder."""
        return replace(self, visit=visit)


@dataclass(frozen=True, slots=True)
class Ask:
    """Where somebody wants in, with how many, and how far the asker's knowledge reaches.

    `known_until` is the server's time of the last complete pull; None: knows all there is.
    `other_now` is the second candidate time of a clock in doubt.
    """

    door_id: str | None = None
    people: int = 1
    known_until: datetime | None = None
    other_now: datetime | None = None

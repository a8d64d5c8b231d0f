"""What somebody wants to book, who they are, and everything the rules look at to answer."""

from dataclasses import dataclass, field
from datetime import datetime

from domain.booking.state import Booking
from domain.calendar import Window
from domain.resource import Resource
from domain.site import Site
from domain.terms import BookingTerms


@dataclass(frozen=True, slots=True)
class SlotWish:
    """A slot without its buffers, for so many people; `add_ons` are ids with quantities."""

    starts: datetime
    ends: datetime
    party: int = 1
    add_ons: tuple[tuple[str, int], ...] = ()

    @property
    def slot(self) -> Window:
        return Window(self.starts, self.ends)


@dataclass(frozen=True, slots=True)
class Booker:
    """Who asks; nobody special is anybody who passes by.

    `hours`: when the plans of a member open the house around the slot, as spans in UTC; they
    add to the opening hours. `staff` is bound by few of the terms (`decide_booking`).
    """

    person_id: str | None = None
    member: bool = False
    plan_ids: frozenset[str] = frozenset()
    hours: tuple[Window, ...] | None = None
    blocked: bool = False
    staff: bool = False


ANYBODY = Booker()


@dataclass(frozen=True, slots=True)
class BookingFacts:
    """`own`: the other bookings of this resource by the same person, which quotas look at.

    `changed`: the booking that is moved, extended or shortened, never also among `own`; what
    it has already is not asked for again.
    """

    resource_id: str
    resource: Resource
    site: Site
    booker: Booker = field(default=ANYBODY)
    own: tuple[Booking, ...] = ()
    changed: Booking | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What every rule is asked: may they have this, now."""

    facts: BookingFacts
    wish: SlotWish
    now: datetime

    @property
    def terms(self) -> BookingTerms:
        return self.facts.resource.terms

    @property
    def zone(self) -> str:
        return self.facts.site.zone

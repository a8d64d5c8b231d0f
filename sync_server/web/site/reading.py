"""What the pages of a site read: days, the slots left of one, and what a slot costs who looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.availability import RunKind, Taken, free_pieces, span_to_read
from domain.booking.outcomes import NotBookable
from domain.booking.wish import BookingFacts, SlotWish
from domain.calendar import Window
from domain.standing import NOBODY, booker_of
from ledger.reader import Reader
from sync_server.use_cases.asker import Asker, Member
from sync_server.use_cases.booking.case import standing_of
from sync_server.use_cases.booking.day import ResourceDay, read_resource_days, read_site_day
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.booking.price import Quoted, quote_slot
from sync_server.web.places import Place


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looks at a site, now, in one snapshot."""

    reader: Reader
    place: Place
    asker: Asker
    now: datetime

    def day(self, day: date) -> tuple[ResourceDay, ...]:
        """Every resource on `day`, by number."""
        found = read_site_day(self.reader, self.place.id, day, self.asker, self.now)
        return () if isinstance(found, No) else found.resources

    def days_of(self, resource_id: str, first: date, count: int) -> Sequence[ResourceDay | None]:
        """One resource on so many days; None for a day that the calendar skipped."""
        found = read_resource_days(self.reader, resource_id, (first, count), self.asker, self.now)
        if isinstance(found, No):
            return ()
        return [next(iter(each.resources), None) for each in found]

    def free_again(self, resource_id: str, first: date, count: int) -> datetime | None:
        """When it can be booked the next time, on one of so many days."""
        for day in self.days_of(resource_id, first, count):
            for run in day.runs if day else ():
                if run.kind is RunKind.FREE:
                    return run.window.start
        return None

    def pieces(self, shown: ResourceDay, day: date) -> frozenset[Window]:
        """What of `day` can be booked as one slot, on whichever unit."""
        site, resource = self.place.site, shown.resource
        span = span_to_read(resource, day, site.zone)
        if span is None:
            return frozenset()
        whom = self.asker.person_id if isinstance(self.asker, Member) else None
        known = standing_of(self.reader, whom)
        standing = NOBODY if isinstance(known, No) else known
        booker = booker_of(standing, self.place.id, site, span)
        facts = BookingFacts(shown.resource_id, resource, site, booker)
        units = resource.unit_ids(shown.resource_id)
        held = self.reader.held(units, span.start, span.end, self.now)
        taken = [Taken(each.unit, Window(each.from_, each.until)) for each in held]
        found = free_pieces(facts, span, taken, self.now)
        return frozenset(piece for pieces in found.values() for piece in pieces)

    def quote(self, resource_id: str, slot: Window) -> Quoted | NotBookable | No:
        """What a slot costs, or why it cannot be booked."""
        wish = SlotWish(slot.start, slot.end)
        return quote_slot(self.reader, self.asker, resource_id, wish, self.now)

    def hour_from(self, shown: ResourceDay) -> Window:
        """The shortest slot that there is, where it can be had first; else from now on."""
        free = (run.window.start for run in shown.runs if run.kind is RunKind.FREE)
        start = next(free, self.now)
        return Window(start, start + timedelta(minutes=shown.resource.terms.shortest_min))

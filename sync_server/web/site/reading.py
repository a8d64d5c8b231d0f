"""What the pages of a site read: days, the slots left of one, and what a slot costs who looks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.availability import RunKind, Taken, free_pieces, runs_for, span_to_read
from domain.booking.outcomes import NotBookable
from domain.booking.wish import BookingFacts, SlotWish
from domain.calendar import Window
from domain.money import Money
from domain.pricing import quote
from domain.standing import NOBODY, Standing, booker_of, price_facts_of
from ledger.reader import Reader
from sync_server.use_cases.asker import Asker, Member
from sync_server.use_cases.booking.case import standing_of
from sync_server.use_cases.booking.day import ResourceDay, read_resource_days, read_site_day
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.booking.price import Quoted, quote_slot
from sync_server.web.places import Place


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looks at a site, now, in one snapshot; `standing` is what is known of them."""

    reader: Reader
    place: Place
    asker: Asker
    now: datetime
    standing: Standing = NOBODY

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

    def free_again(self, shown: Sequence[ResourceDay], days: Sequence[date]) -> dict[str, datetime]:
        """When each of these can be booked the next time, on one of `days`; one statement."""
        spans = [
            span
            for each in shown
            for day in (days[0], days[-1])
            if (span := span_to_read(each.resource, day, self.place.site.zone))
        ]
        if not spans:
            return {}
        whole = Window(min(span.start for span in spans), max(span.end for span in spans))
        taken = self._taken(shown, whole)
        first = ((each.resource_id, self._first_free(each, days, taken)) for each in shown)
        return {id_: at for id_, at in first if at}

    def _first_free(
        self, shown: ResourceDay, days: Iterable[date], taken: Sequence[Taken]
    ) -> datetime | None:
        for day in days:
            span = span_to_read(shown.resource, day, self.place.site.zone)
            facts = self._facts(shown, span) if span else None
            for run in runs_for(facts, day, taken, self.now) if facts else ():
                if run.kind is RunKind.FREE:
                    return run.window.start
        return None

    def pieces(self, shown: ResourceDay, day: date) -> frozenset[Window]:
        """What of `day` can be booked as one slot, on whichever unit."""
        span = span_to_read(shown.resource, day, self.place.site.zone)
        if span is None:
            return frozenset()
        taken = self._taken([shown], span)
        found = free_pieces(self._facts(shown, span), span, taken, self.now)
        return frozenset(piece for pieces in found.values() for piece in pieces)

    def quote(self, resource_id: str, slot: Window) -> Quoted | NotBookable | No:
        """What a slot costs, or why it cannot be booked."""
        wish = SlotWish(slot.start, slot.end)
        return quote_slot(self.reader, self.asker, resource_id, wish, self.now)

    def shortest_price(self, shown: ResourceDay) -> Money:
        """What the shortest slot costs where it can be had first, else from now on."""
        site = self.place.site
        free = (run.window.start for run in shown.runs if run.kind is RunKind.FREE)
        start = next(free, self.now)
        slot = Window(start, start + timedelta(minutes=shown.resource.terms.shortest_min))
        payer = price_facts_of(self.standing, self.place.id, site, start)
        return Money(quote(shown.resource, site, slot, payer, 1, ()).total_cents, site.currency)

    def _facts(self, shown: ResourceDay, span: Window) -> BookingFacts:
        booker = booker_of(self.standing, self.place.id, self.place.site, span)
        return BookingFacts(shown.resource_id, shown.resource, self.place.site, booker)

    def _taken(self, shown: Iterable[ResourceDay], span: Window) -> list[Taken]:
        units = [unit for each in shown for unit in each.resource.unit_ids(each.resource_id)]
        held = self.reader.held(units, span.start, span.end, self.now)
        return [Taken(each.unit, Window(each.from_, each.until)) for each in held]


def look_of(reader: Reader, place: Place, asker: Asker, now: datetime) -> Look:
    """The look of whoever asks, with what the house knows of them."""
    known = standing_of(reader, asker.person_id) if isinstance(asker, Member) else NOBODY
    return Look(reader, place, asker, now, NOBODY if isinstance(known, No) else known)

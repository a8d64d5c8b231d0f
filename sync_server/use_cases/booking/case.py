"""One wish of one person for one resource, with all that the rules and the price look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from domain.account import Account
from domain.add_on import AddOn
from domain.booking import EARLIEST, LATEST, Booking
from domain.booking.wish import BookingFacts, SlotWish
from domain.membership import Membership
from domain.person import Person
from domain.plan import Plan
from domain.pricing import Quote, quote
from domain.resource import Resource
from domain.site import Site
from domain.standing import NOBODY, Standing, booker_of, price_facts_of
from domain.subjects import site_stream
from ledger.reader import Reader
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.print_pass import site_of

_QUOTA_REACH: Final = timedelta(days=32)
"""The longest span of a quota is a month."""


@dataclass(frozen=True, slots=True)
class Place:
    """A resource at its site."""

    site_id: str
    site: Site
    resource_id: str
    resource: Resource

    @property
    def stream(self) -> str:
        return site_stream(self.site_id)


@dataclass(frozen=True, slots=True)
class Case:
    """`staff`: an operator acts, whom few of the terms bind."""

    place: Place
    standing: Standing = NOBODY
    staff: bool = False

    def facts(
        self, wish: SlotWish, own: tuple[Booking, ...] = (), changed: Booking | None = None
    ) -> BookingFacts:
        """What `decide_booking` is asked about."""
        place = self.place
        booker = booker_of(self.standing, place.site_id, place.site, wish.slot, staff=self.staff)
        return BookingFacts(place.resource_id, place.resource, place.site, booker, own, changed)

    def quote(self, wish: SlotWish, without_ref: str = "") -> Quote:
        """The price of `wish`; its add-ons are known to be on offer."""
        place = self.place
        who = price_facts_of(self.standing, place.site_id, place.site, wish.starts, without_ref)
        add_ons = tuple(wanted_add_ons(place.site, wish))
        return quote(place.resource, place.site, wish.slot, who, wish.party, add_ons)


def wanted_add_ons(site: Site, wish: SlotWish) -> Iterable[tuple[AddOn, int]]:
    """Those of the site's add-ons that are wished for, with quantities."""
    for add_on_id, quantity in wish.add_ons:
        if (add_on := site.add_on(add_on_id)) is not None:
            yield add_on, quantity


def find_place(reader: Reader, resource_id: str) -> Place | None:
    """Where a resource is; None if there is none (any more)."""
    resource = reader.full("resource", resource_id, Resource)
    home = site_of(reader, resource_id) if resource else None
    return Place(*home, resource_id, resource) if resource and home else None


def standing_of(reader: Reader, person_id: str | None) -> Standing | No:
    """What the house knows of a person; who has left it is nobody it knows."""
    if person_id is None:
        return NOBODY
    person = reader.full("person", person_id, Person)
    if person is None or person.ended_at is not None:
        return No.UNKNOWN_PERSON
    ids = reader.of_person("membership", person_id)
    joined = [membership for _, membership in reader.many("membership", ids, Membership)]
    plans = dict(reader.many("plan", (each.plan_id for each in joined), Plan))
    known = tuple((each, plans[each.plan_id]) for each in joined if each.plan_id in plans)
    account = reader.full("account", person_id, Account)
    return Standing(person_id, person, known, account or Account())


def open_case(
    reader: Reader, resource_id: str, person_id: str | None, *, staff: bool = False
) -> Case | No:
    """All that is to be known before a wish can be judged."""
    reader.about_booking(resource_id, person_id or "")
    place = find_place(reader, resource_id)
    if place is None:
        return No.UNKNOWN_RESOURCE
    standing = standing_of(reader, person_id)
    return standing if isinstance(standing, No) else Case(place, standing, staff)


def own_bookings(
    reader: Reader, case: Case, wish: SlotWish, people: Iterable[str], but: str = ""
) -> tuple[Booking, ...]:
    """Their other bookings of the resource that its quotas look at."""
    if not case.place.resource.terms.quotas or case.staff:
        return ()
    if wish.starts < EARLIEST or wish.ends > LATEST:
        return ()
    from_, until = wish.starts - _QUOTA_REACH, wish.ends + _QUOTA_REACH
    slots = (each for person in people for each in reader.slots_of_person(person, from_, until))
    return tuple(
        Booking(each.resource_id, each.person_id, each.starts, each.ends, status=each.status)
        for each in slots
        if each.resource_id == case.place.resource_id and each.booking_id != but
    )

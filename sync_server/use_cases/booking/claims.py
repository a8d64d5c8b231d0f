"""What a booking holds: a unit of its resource with buffers, and one for each scarce add-on."""

from dataclasses import dataclass, replace
from datetime import timedelta

from domain.add_on import AddOn
from domain.booking import BookedAddOn
from domain.booking.wish import SlotWish
from domain.calendar import Window
from domain.resource import Resource
from ledger.holdings import HoldingKind, NotFree, Want
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.use_cases.booking.case import Place, wanted_add_ons
from sync_server.use_cases.booking.outcomes import SlotTaken


@dataclass(frozen=True, slots=True)
class Wanted:
    """Wants in the order they are claimed: the resource first, then each piece of an add-on."""

    wants: tuple[Want, ...]
    pieces: tuple[tuple[AddOn, int, int], ...]
    """Each add-on with its quantity and how many of the wants are its."""

    def taken(self, no: NotFree) -> SlotTaken:
        """Which part was not free."""
        first = 1
        for add_on, _, count in self.pieces:
            if first <= no.number < first + count:
                return SlotTaken(add_on_id=add_on.id)
            first += count
        return SlotTaken()

    def booked(self, units: tuple[str, ...]) -> tuple[BookedAddOn, ...]:
        """The add-ons with the units that were claimed for them."""
        rest, found = list(units[1:]), []
        for add_on, quantity, count in self.pieces:
            found.append(BookedAddOn(add_on.id, quantity, tuple(rest[:count])))
            rest = rest[count:]
        return tuple(found)


def wanted(
    reader: Reader,
    place: Place,
    wish: SlotWish,
    claim: Window,
    prefer: frozenset[str] = frozenset(),
) -> Wanted:
    """What is to be held for `wish`; `claim` is its slot with the resource's buffers.

    `prefer`: the units to be taken first, if they are free.
    """
    units = place.resource.unit_ids(place.resource_id)
    wants, pieces = [Want(units, claim.start, claim.end)], []
    for add_on, quantity in wanted_add_ons(place.site, wish):
        more = _of_add_on(reader, add_on, quantity, wish.slot)
        wants += more
        pieces.append((add_on, quantity, len(more)))
    ordered = (replace(want, units=_first(want.units, prefer)) for want in wants)
    return Wanted(tuple(ordered), tuple(pieces))


def _first(units: tuple[str, ...], prefer: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted(units, key=lambda unit: unit not in prefer)) if prefer else units


def claim(unit: Unit, wanted: Wanted, booking_id: str) -> tuple[str, ...] | SlotTaken:
    """All units at once, or none."""
    got = unit.claim_all(wanted.wants, HoldingKind.BOOKING, booking_id)
    return wanted.taken(got) if isinstance(got, NotFree) else got


def reclaim(unit: Unit, wanted: Wanted, booking_id: str) -> tuple[str, ...] | SlotTaken:
    """These units instead of those it has, or all stays as it was."""
    got = unit.reclaim_all(wanted.wants, HoldingKind.BOOKING, booking_id)
    return wanted.taken(got) if isinstance(got, NotFree) else got


def claim_what_is_left(unit: Unit, wanted: Wanted, booking_id: str) -> tuple[BookedAddOn, ...]:
    """The add-ons, of scarce ones as many pieces as are still free; they are claimed."""
    wants, found = list(wanted.wants[1:]), []
    for add_on, quantity, count in wanted.pieces:
        claimed = (
            unit.claim_one_of(want, HoldingKind.BOOKING, booking_id) for want in wants[:count]
        )
        units = tuple(each for each in claimed if each is not None)
        if units or not count:
            found.append(BookedAddOn(add_on.id, len(units) or quantity, units))
        wants = wants[count:]
    return tuple(found)


def own_unit(place: Place, unit: str) -> str:
    """The unit as bookings keep it: a single one goes without a name."""
    return "" if unit == place.resource_id else unit


def _of_add_on(reader: Reader, add_on: AddOn, quantity: int, slot: Window) -> list[Want]:
    """One unit for each piece; nothing where there is no limit."""
    if add_on.resource_id is None:
        return []
    pool = reader.full("resource", add_on.resource_id, Resource)
    if pool is None:  # taken off the list: none is to be had
        return [Want((), slot.start, slot.end)] * quantity
    terms = pool.terms
    before = timedelta(minutes=terms.buffer_before_min)
    after = timedelta(minutes=terms.buffer_after_min)
    want = Want(pool.unit_ids(add_on.resource_id), slot.start - before, slot.end + after)
    return [want] * quantity

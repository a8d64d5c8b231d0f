"""Everything the own page of a pass shows: what it is for, where, until when, at which price."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.booking import Booking, BookingStatus
from domain.booking.cancel import cancellation_fee, owed_percent
from domain.day_pass import DayPass
from domain.invitation import Invitation
from domain.passes import GrantKind, Pass
from domain.resource import Resource
from domain.site import Site
from ledger.reader import Reader
from sync_server.keys import HouseKeys
from sync_server.use_cases.print_pass import printed_pass, site_of
from sync_server.use_cases.streams import stream_of


@dataclass(frozen=True, slots=True)
class BookingView:
    """The booking a pass is for. `free_until`: when cancelling begins to cost something."""

    id: str
    booking: Booking
    resource: Resource
    opens: datetime
    fee_cents: int
    free_until: datetime | None


@dataclass(frozen=True, slots=True)
class PassView:
    """A pass that stands. `name` is the first name of whose it is, if the house knows one."""

    pass_id: str
    kind: GrantKind
    code: str
    short_code: str
    party: int
    site_id: str
    site: Site
    name: str
    person_id: str | None
    booking: BookingView | None = None
    day: date | None = None
    day_pass: DayPass | None = None


def view_pass(reader: Reader, keys: HouseKeys, pass_id: str, now: datetime) -> PassView | None:
    """None where the pass is revoked, or what it is for is not there any more."""
    issued = reader.full("pass", pass_id, Pass)
    code = printed_pass(reader, keys, pass_id)
    home = _home(reader, pass_id)
    if issued is None or issued.revoked_at is not None or code is None or home is None:
        return None
    card = reader.card(issued.person_id) if issued.person_id else None
    sold = None
    if issued.grant_kind is GrantKind.DAY_PASS:
        sold = reader.full("day_pass", issued.grant_id, DayPass)
    return PassView(
        pass_id=pass_id,
        kind=issued.grant_kind,
        code=code,
        short_code=keys.short_code(pass_id),
        party=issued.party,
        site_id=home[0],
        site=home[1],
        name=card.name.partition(" ")[0] if card else "",
        person_id=issued.person_id,
        booking=_booking(reader, issued, now),
        day=sold.day if sold else None,
        day_pass=sold,
    )


def _home(reader: Reader, pass_id: str) -> tuple[str, Site] | None:
    """The site of a pass; a member's, which counts everywhere, is shown by the first one."""
    site_id = (stream_of(reader, "pass", pass_id) or "").partition(":")[2]
    if site_id:
        site = reader.full("site", site_id, Site)
        return (site_id, site) if site else None
    sites = sorted(reader.all("site", Site), key=lambda each: each[1].number)
    return sites[0] if sites else None


def _booking(reader: Reader, issued: Pass, now: datetime) -> BookingView | None:
    booking_id = issued.grant_id
    if issued.grant_kind is GrantKind.INVITATION:
        invitation = reader.full("invitation", issued.grant_id, Invitation)
        booking_id = invitation.booking_id if invitation else ""
    booking = reader.full("booking", booking_id, Booking)
    resource = reader.full("resource", booking.resource_id, Resource) if booking else None
    home = site_of(reader, booking.resource_id) if booking else None
    if booking is None or resource is None or home is None:
        return None
    return BookingView(
        booking_id,
        booking,
        resource,
        booking.starts - timedelta(minutes=home[1].early_min),
        cancellation_fee(resource.terms, booking, now),
        _free_until(booking, resource, now),
    )


def _free_until(booking: Booking, resource: Resource, now: datetime) -> datetime | None:
    """Until when it is called off free of charge; None where it costs something already."""
    terms = resource.terms
    if booking.status is not BookingStatus.CONFIRMED or owed_percent(terms, booking.starts, now):
        return None
    costly = (step.before_min for step in terms.cancel if step.percent)
    return booking.starts - timedelta(minutes=max(costly, default=0))

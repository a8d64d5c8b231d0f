"""What a mail is about, read from the ledger when it is sent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.booking import Booking, BookingStatus
from domain.day_pass import DayPass
from domain.invitation import Invitation
from domain.passes import GrantKind, Pass
from domain.resource import Resource
from domain.site import Site
from ledger.cards import Card
from ledger.mails import OutgoingMail
from ledger.reader import Reader
from sync_server.keys import HouseKeys
from sync_server.links import pass_token
from sync_server.use_cases.print_pass import printed_pass, site_of
from sync_server.use_cases.streams import stream_of


@dataclass(frozen=True, slots=True)
class Occasion:
    """The booking a mail is about. `sequence` rises with each change of it."""

    booking_id: str
    resource: Resource
    starts: datetime
    ends: datetime
    opens: datetime
    sequence: int


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything a mail says, before it is put in words."""

    mail_id: str
    what: str
    to: Card
    code: str
    short_code: str
    site: Site
    party: int
    token: str
    """What its own page is reached by."""
    occasion: Occasion | None = None
    day: date | None = None
    host: str = ""
    """Who invited them."""


def read_letter(
    reader: Reader, keys: HouseKeys, mail: OutgoingMail, now: datetime
) -> Letter | None:
    """The letter for a queued mail; None if there is nobody or nothing (more) to write about."""
    issued = reader.full("pass", mail.ref_id, Pass)
    card = reader.card(mail.person_id) if mail.person_id else None
    code = printed_pass(reader, keys, mail.ref_id)
    if issued is None or issued.revoked_at or card is None or not card.mail or code is None:
        return None
    occasion = occasion_of(reader, issued)
    if occasion is not None and occasion.ends <= now:
        return None
    site = _site(reader, mail)
    if site is None:
        return None
    sold = reader.full("day_pass", issued.grant_id, DayPass)
    return Letter(
        mail_id=mail.id,
        what=mail.what,
        to=card,
        code=code,
        short_code=keys.short_code(mail.ref_id),
        site=site,
        party=issued.party,
        token=pass_token(keys, mail.ref_id),
        occasion=occasion,
        day=sold.day if sold else None,
        host=_host(reader, issued),
    )


def _host(reader: Reader, issued: Pass) -> str:
    if issued.grant_kind is not GrantKind.INVITATION:
        return ""
    invitation = reader.full("invitation", issued.grant_id, Invitation)
    card = reader.card(invitation.host_id) if invitation and invitation.host_id else None
    return card.name if card else ""


def occasion_of(reader: Reader, issued: Pass) -> Occasion | None:
    """The booking a pass is for, if it stands."""
    booking_id = issued.grant_id
    if issued.grant_kind is GrantKind.INVITATION:
        invitation = reader.full("invitation", issued.grant_id, Invitation)
        booking_id = invitation.booking_id if invitation else ""
    booking = reader.full("booking", booking_id, Booking)
    stands = booking is not None and booking.status is BookingStatus.CONFIRMED
    return occasion_of_booking(reader, booking_id) if stands else None


def occasion_of_booking(reader: Reader, booking_id: str) -> Occasion | None:
    """A booking, whatever became of it."""
    found = reader.get("booking", booking_id, Booking)
    if found is None:
        return None
    seq, booking = found
    resource = reader.full("resource", booking.resource_id, Resource)
    home = site_of(reader, booking.resource_id)
    if resource is None or home is None:
        return None
    opens = booking.starts - timedelta(minutes=home[1].early_min)
    return Occasion(booking_id, resource, booking.starts, booking.ends, opens, seq)


def _site(reader: Reader, mail: OutgoingMail) -> Site | None:
    """The site of what was issued; a member pass is written from the first one."""
    home = (stream_of(reader, "pass", mail.ref_id) or "").partition(":")[2]
    if home:
        return reader.full("site", home, Site)
    return first_site(reader)


def first_site(reader: Reader) -> Site | None:
    """The site that writes for the whole house."""
    sites = (site for _, site in reader.all("site", Site))
    return min(sites, key=lambda site: site.number, default=None)

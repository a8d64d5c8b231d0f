"""Issuing passes: for what a person may do, for one booking, for its guests."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from domain.booking import Booking
from domain.day_pass import DayPass
from domain.invitation import Invitation
from domain.passes import GrantKind, Pass, PassIssued, PassRevoked
from domain.person import Person
from domain.site import Site
from domain.subjects import HOUSE, site_stream
from ledger.reader import Reader
from ledger.seal import short_code_hash
from ledger.unit import Unit
from sync_server.keys import HouseKeys
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.print_pass import printed_pass
from sync_server.use_cases.refusal import Refusal
from sync_server.use_cases.streams import stream_of


@dataclass(frozen=True, slots=True)
class IssuedPass:
    """`code` is the text of the QR; `short_code` what can be typed instead."""

    id: str
    code: str
    short_code: str


def shown(reader: Reader, keys: HouseKeys, pass_id: str) -> IssuedPass:
    """A pass to be handed out, just issued."""
    code = printed_pass(reader, keys, pass_id)
    assert code is not None, "what a pass stands for was read a moment ago"
    return IssuedPass(pass_id, code, keys.short_code(pass_id))


def every_salt(reader: Reader) -> tuple[str, ...]:
    """The salts of all sites; a member's short code can be typed at each."""
    return tuple(sorted(site.short_code_salt for _, site in reader.all("site", Site)))


def issue_member_pass(
    unit: Unit,
    keys: HouseKeys,
    person_id: str,
    ids: Ids | None = None,
    *,
    salts: Iterable[str] | None = None,
) -> str | Refusal:
    """The id of a lasting pass for all a person may do at every site. Locks `house`."""
    person = unit.full("person", person_id, Person)
    if person is None or person.ended_at is not None:
        return Refusal("unknown_person", f"There is nobody with the id {person_id} here.")
    new = Pass(GrantKind.MEMBERSHIP, person_id, person_id, unit.now.replace(microsecond=0))
    return _issue(unit, keys, HOUSE, new, salts or every_salt(unit), ids or Ids())


def issue_booking_pass(
    unit: Unit, keys: HouseKeys, site_id: str, booking_id: str, ids: Ids | None = None
) -> str | Refusal:
    """The pass of a booking, for all its people together. Locks the site's stream."""
    booking = unit.full("booking", booking_id, Booking)
    site = unit.full("site", site_id, Site)
    if booking is None or site is None:
        return Refusal("unknown_booking", f"There is no booking {booking_id} here.")
    issued_at = unit.now.replace(microsecond=0)
    person = booking.person_id
    new = Pass(GrantKind.BOOKING, booking_id, person, issued_at, booking.party)
    return _issue(unit, keys, site_stream(site_id), new, (site.short_code_salt,), ids or Ids())


def issue_guest_pass(
    unit: Unit,
    keys: HouseKeys,
    site_id: str,
    invitation_id: str,
    ids: Ids | None = None,
    *,
    person_id: str | None = None,
) -> str | Refusal:
    """The pass of an invited guest, or of guests without a name. Locks the site's stream."""
    invitation = unit.full("invitation", invitation_id, Invitation)
    site = unit.full("site", site_id, Site)
    if invitation is None or site is None:
        return Refusal("unknown_invitation", f"There is no invitation {invitation_id} here.")
    issued_at = unit.now.replace(microsecond=0)
    new = Pass(GrantKind.INVITATION, invitation_id, person_id, issued_at, invitation.party)
    return _issue(unit, keys, site_stream(site_id), new, (site.short_code_salt,), ids or Ids())


def issue_day_pass(
    unit: Unit, keys: HouseKeys, site_id: str, day_pass_id: str, ids: Ids | None = None
) -> str | Refusal:
    """The pass of somebody who has bought a day. Locks the site's stream."""
    sold = unit.full("day_pass", day_pass_id, DayPass)
    site = unit.full("site", site_id, Site)
    if sold is None or site is None:
        return Refusal("unknown_day_pass", f"There is no day pass {day_pass_id} here.")
    issued_at = unit.now.replace(microsecond=0)
    new = Pass(GrantKind.DAY_PASS, day_pass_id, sold.person_id, issued_at, sold.party)
    return _issue(unit, keys, site_stream(site_id), new, (site.short_code_salt,), ids or Ids())


def revoke_pass(unit: Unit, pass_id: str) -> Refusal | None:
    """From now on it admits nobody. Locks the pass's stream."""
    stream = stream_of(unit, "pass", pass_id)
    if stream is None:
        return Refusal("unknown_pass", f"There is no pass {pass_id}.")
    unit.append(stream, "pass", pass_id, PassRevoked(unit.now), actor="operator")
    return None


def _issue(
    unit: Unit, keys: HouseKeys, stream: str, new: Pass, salts: Iterable[str], ids: Ids
) -> str:
    pass_id = ids.pass_id()
    unit.begins("pass", pass_id)
    short_code = keys.short_code(pass_id)
    hashes = tuple(short_code_hash(short_code, salt) for salt in salts if salt)
    whole = replace(new, short_codes=hashes)
    unit.append(stream, "pass", pass_id, PassIssued(whole), actor="server")
    return pass_id

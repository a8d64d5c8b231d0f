"""The printed text of a pass, the same each time as long as its grant has not moved."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from domain.booking import Booking
from domain.calendar import DAY_MIN, day_window
from domain.codes import PassCode, grant_ref, print_code
from domain.day_pass import DayPass
from domain.invitation import Invitation
from domain.membership import Membership
from domain.passes import GrantKind, Pass
from domain.plan import Plan
from domain.resource import Resource
from domain.site import ANY_SITE_NUMBER, Site
from ledger.reader import Reader
from sync_server.keys import HOUSE_KEY_NUMBER, HouseKeys
from sync_server.use_cases.streams import stream_of

MEMBER_PASS_YEARS: Final = 10


def printed_pass(reader: Reader, keys: HouseKeys, pass_id: str) -> str | None:
    """The text of the QR, or None if the pass or what it stands for is gone."""
    issued = reader.full("pass", pass_id, Pass)
    if issued is None:
        return None
    bare = PassCode(
        key_number=HOUSE_KEY_NUMBER,
        site_number=ANY_SITE_NUMBER,
        issued_at=issued.issued_at,
        pass_id=pass_id,
        grant_kind=issued.grant_kind,
        grant_ref=grant_ref(issued.grant_id),
        valid_from=issued.issued_at,
        valid_until=_years_later(issued.issued_at),
        zones=0,
        entry=issued.entry,
        party=issued.party,
    )
    whole = _with_grant(reader, bare, issued)
    return print_code(whole, keys.signing.sign) if whole else None


def _with_grant(reader: Reader, code: PassCode, issued: Pass) -> PassCode | None:
    match issued.grant_kind:
        case GrantKind.MEMBERSHIP:
            return replace(code, zones=_member_zones(reader, issued.grant_id))
        case GrantKind.BOOKING:
            return _of_booking(reader, code, issued.grant_id)
        case GrantKind.INVITATION:
            invitation = reader.full("invitation", issued.grant_id, Invitation)
            return _of_booking(reader, code, invitation.booking_id) if invitation else None
        case GrantKind.DAY_PASS:
            return _of_day_pass(reader, code, issued.grant_id)


def _member_zones(reader: Reader, person_id: str) -> int:
    zones = 0
    for id_ in reader.of_person("membership", person_id):
        membership = reader.full("membership", id_, Membership)
        plan = membership and reader.full("plan", membership.plan_id, Plan)
        zones |= plan.zones if plan else 0
    return zones


def _of_booking(reader: Reader, code: PassCode, booking_id: str) -> PassCode | None:
    booking = reader.full("booking", booking_id, Booking)
    resource = booking and reader.full("resource", booking.resource_id, Resource)
    site = site_of(reader, booking.resource_id) if booking else None
    if not (booking and resource and site):
        return None
    return replace(
        code,
        site_number=site[1].number,
        valid_from=booking.starts - timedelta(minutes=site[1].early_min),
        valid_until=booking.ends + timedelta(minutes=site[1].late_min),
        zones=resource.zones,
        resource_number=resource.number,
    )


def _of_day_pass(reader: Reader, code: PassCode, day_pass_id: str) -> PassCode | None:
    day_pass = reader.full("day_pass", day_pass_id, DayPass)
    site_id = (stream_of(reader, "day_pass", day_pass_id) or "").partition(":")[2]
    site = reader.full("site", site_id, Site) if site_id else None
    if day_pass is None or site is None:
        return None
    to_min = day_pass.to_min or DAY_MIN
    window = day_window(day_pass.day, day_pass.from_min or 0, to_min, site.zone)
    if window is None:
        return None
    return replace(
        code,
        site_number=site.number,
        valid_from=window.start,
        valid_until=window.end,
        zones=day_pass.zones,
    )


def site_of(reader: Reader, resource_id: str) -> tuple[str, Site] | None:
    """The site a resource belongs to, with its id."""
    site_id = (stream_of(reader, "resource", resource_id) or "").partition(":")[2]
    site = reader.full("site", site_id, Site) if site_id else None
    return (site_id, site) if site else None


def _years_later(at: datetime) -> datetime:
    return at + timedelta(days=365 * MEMBER_PASS_YEARS)

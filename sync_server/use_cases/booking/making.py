"""The unit of work in which bookings are made, and what is handed out with one."""

from dataclasses import dataclass
from typing import Final

from domain.booking import Booking
from domain.passes import GrantKind, Pass
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.keys import HouseKeys
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.issue_pass import issue_booking_pass
from sync_server.use_cases.mails import queue_booking_mail

_SERVER: Final = "server"


@dataclass(frozen=True, slots=True)
class Making:
    """One unit of work that makes bookings; it holds the site's stream."""

    unit: Unit
    keys: HouseKeys
    ids: Ids
    actor: str = _SERVER


def hand_out(making: Making, site_id: str, booking_id: str, *, mail: bool) -> tuple[str, str]:
    """The booking's pass, and the mail that carries it (or none): their ids."""
    unit = making.unit
    pass_id = issue_booking_pass(unit, making.keys, site_id, booking_id, making.ids)
    assert isinstance(pass_id, str), "the booking was made a moment ago"
    booking = unit.full("booking", booking_id, Booking)
    person_id = booking.person_id if booking else None
    if not mail or person_id is None:
        return pass_id, ""
    return pass_id, queue_booking_mail(unit, person_id, pass_id, making.ids)


def first_pass(reader: Reader, booking_id: str) -> str:
    """The pass that a booking came with, while it stands; empty once it was replaced.

    For links from before there was a pass: they are worth no more than what they led to.
    """
    issued = reader.many("pass", reader.passes_of(GrantKind.BOOKING, booking_id), Pass)
    by_age = sorted((each.issued_at, each.revoked_at is None, id_) for id_, each in issued)
    return by_age[0][2] if by_age and by_age[0][1] else ""


def newest_pass(reader: Reader, booking_id: str) -> str:
    """The booking's own pass that still stands; empty where there is none."""
    issued = reader.many("pass", reader.passes_of(GrantKind.BOOKING, booking_id), Pass)
    standing = [(each.issued_at, id_) for id_, each in issued if each.revoked_at is None]
    return max(standing)[1] if standing else ""

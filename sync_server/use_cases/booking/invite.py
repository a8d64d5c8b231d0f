"""Guests of a booking: each with a pass and mail of their own, or one pass to be handed on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from domain.booking import BookingStatus
from domain.guest_list import Listed
from domain.invitation import GuestsInvited, Invitation, InvitationWithdrawn
from domain.mail_address import mail_key
from domain.passes import GrantKind, Pass, PassRevoked
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.use_cases.booking.guests import Guest, checked_guest, person_of_guest
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.booking.standing_booking import Found, find_standing
from sync_server.use_cases.issue_pass import issue_guest_pass
from sync_server.use_cases.mails import queue_guest_mail, queue_own_guest_mail

MOST_WITHOUT_SEATS: Final = 50
"""People who may be invited to what has no seats to count."""


@dataclass(frozen=True, slots=True)
class Invited:
    """Somebody (or a party of so many) invited. `name` is empty where it is nobody by name."""

    invitation_id: str
    pass_id: str
    party: int = 1
    person_id: str | None = None
    name: str = ""
    mail: str = ""


def invite_each(
    making: Making, booking_id: str, guests: Sequence[Listed]
) -> tuple[Invited, ...] | No:
    """Each guest gets a pass and a mail of their own; who is invited already is not again.

    Locks `house` and the site's stream: the guests are known to the house from now on.
    """
    found = _host(making.unit, booking_id)
    if isinstance(found, No):
        return found
    checked = [_as_guest(found, making.unit, each) for each in guests]
    if any(isinstance(each, No) for each in checked):
        return No.BAD_GUEST
    there = read_invited(making.unit, booking_id)
    known = {mail_key(each.mail) for each in there if each.mail}
    fresh = {mail_key(e.mail): e for e in checked if isinstance(e, Guest)}
    new = [guest for key, guest in fresh.items() if key not in known]
    if _people(there) + len(new) > _room_for(found):
        return No.TOO_MANY_GUESTS
    return tuple(_invite(making, found, guest) for guest in new)


def invite_party(making: Making, booking_id: str, people: int) -> Invited | No:
    """One pass for so many, mailed to the host, who hands it on. Locks the site's stream."""
    unit = making.unit
    found = _host(unit, booking_id)
    if isinstance(found, No):
        return found
    left = _room_for(found) - _people(read_invited(unit, booking_id))
    if not 1 <= people <= left:
        return No.TOO_MANY_GUESTS
    invitation_id, pass_id = _issue(making, found, people, None)
    host = found.booking.person_id
    if host is not None:
        queue_guest_mail(unit, host, pass_id, making.ids)
    return Invited(invitation_id, pass_id, people)


def withdraw_invitation(making: Making, booking_id: str, invitation_id: str) -> bool:
    """This guest is no longer invited; their pass opens nothing. Locks the site's stream."""
    unit = making.unit
    found = find_standing(unit, booking_id, unit.now)
    if isinstance(found, No) or invitation_id not in set(unit.guests_of(booking_id)):
        return False
    stream = found.case.place.stream
    for pass_id in unit.passes_of(GrantKind.INVITATION, invitation_id):
        unit.append(stream, "pass", pass_id, PassRevoked(unit.now), actor=making.actor)
    event = InvitationWithdrawn()
    unit.append(stream, "invitation", invitation_id, event, actor=making.actor)
    return True


def read_invited(reader: Reader, booking_id: str) -> tuple[Invited, ...]:
    """All who are invited to a booking, in the order they were."""
    invited = reader.many("invitation", reader.guests_of(booking_id), Invitation)
    return tuple(_read(reader, id_, invitation) for id_, invitation in invited)


def _read(reader: Reader, invitation_id: str, invitation: Invitation) -> Invited:
    passes = reader.many("pass", reader.passes_of(GrantKind.INVITATION, invitation_id), Pass)
    standing = [(each.issued_at, id_, each) for id_, each in passes if each.revoked_at is None]
    _, pass_id, issued = max(standing, default=(None, "", None), key=lambda each: each[:2])
    person_id = issued.person_id if issued else None
    card = reader.card(person_id) if person_id else None
    name, mail = (card.name, card.mail) if card else ("", "")
    return Invited(invitation_id, pass_id, invitation.party, person_id, name, mail)


def _host(unit: Unit, booking_id: str) -> Found | No:
    found = find_standing(unit, booking_id, unit.now)
    if isinstance(found, No):
        return found
    return found if found.booking.status is BookingStatus.CONFIRMED else No.NOT_STANDING


def _as_guest(found: Found, unit: Unit, listed: Listed) -> Guest | No:
    """In the language of whoever invites them, as nobody knows theirs."""
    host = found.booking.person_id
    card = unit.card(host) if host else None
    return checked_guest(Guest(listed.name, listed.mail, language=card.language if card else "en"))


def _room_for(found: Found) -> int:
    seats = found.case.place.resource.seats
    return max(seats, found.booking.party) if seats else MOST_WITHOUT_SEATS


def _people(invited: Iterable[Invited]) -> int:
    return sum(each.party for each in invited)


def _invite(making: Making, found: Found, guest: Guest) -> Invited:
    person_id = person_of_guest(making, guest)
    invitation_id, pass_id = _issue(making, found, 1, person_id)
    queue_own_guest_mail(making.unit, person_id, pass_id, making.ids)
    return Invited(invitation_id, pass_id, 1, person_id, guest.name, guest.mail)


def _issue(making: Making, found: Found, people: int, person_id: str | None) -> tuple[str, str]:
    unit, place = making.unit, found.case.place
    invitation_id = making.ids.subject(unit.now)
    event = GuestsInvited(Invitation(found.booking_id, found.booking.person_id, people))
    unit.append(place.stream, "invitation", invitation_id, event, actor=making.actor)
    pass_id = issue_guest_pass(
        unit, making.keys, place.site_id, invitation_id, making.ids, person_id=person_id
    )
    assert isinstance(pass_id, str), "the invitation was made a moment ago"
    return invitation_id, pass_id

"""Mails that a use case causes, queued in its own unit of work."""

from datetime import date
from typing import Final

from ledger.unit import Unit
from sync_server.use_cases.chance import Ids

MEMBER_PASS: Final = "member_pass"
BOOKING: Final = "booking"
BOOKING_MOVED: Final = "booking_moved"
GUESTS: Final = "guests"
GUEST_PASS: Final = "guest_pass"
DAY_PASS: Final = "day_pass"
SIGN_IN: Final = "sign_in"
BOOKING_WISHED: Final = "booking_wished"
BOOKING_DECLINED: Final = "booking_declined"
BOOKING_CANCELLED: Final = "booking_cancelled"
BOOKING_REMINDER: Final = "booking_reminder"
BOOKING_RELEASED: Final = "booking_released"
BOOKING_UNPAID: Final = "booking_unpaid"
GUEST_ARRIVED: Final = "guest_arrived"
GUESTS_ARRIVED: Final = "guests_arrived"
SERIES: Final = "series"
SERIES_ENDED: Final = "series_ended"
ABOUT_BOOKINGS: Final = frozenset(
    {
        BOOKING_WISHED,
        BOOKING_DECLINED,
        BOOKING_CANCELLED,
        BOOKING_REMINDER,
        BOOKING_RELEASED,
        BOOKING_UNPAID,
        GUEST_ARRIVED,
        GUESTS_ARRIVED,
    }
)
"""Mails that bring no code: they are about a booking itself."""


def queue_member_mail(unit: Unit, person_id: str, pass_id: str, ids: Ids) -> str:
    """The member pass goes to its person; returns the mail's id."""
    return _queue(unit, MEMBER_PASS, person_id, pass_id, ids)


def queue_booking_mail(unit: Unit, person_id: str, pass_id: str, ids: Ids) -> str:
    """The confirmation of the booking that a pass is for."""
    return _queue(unit, BOOKING, person_id, pass_id, ids)


def queue_moved_mail(unit: Unit, person_id: str, pass_id: str, ids: Ids) -> str:
    """The same booking at another time; its calendar entry takes the place of the first."""
    return _queue(unit, BOOKING_MOVED, person_id, pass_id, ids)


def queue_guest_mail(unit: Unit, host_id: str, pass_id: str, ids: Ids) -> str:
    """The guests' pass goes to their host, who hands it on."""
    return _queue(unit, GUESTS, host_id, pass_id, ids)


def queue_own_guest_mail(unit: Unit, person_id: str, pass_id: str, ids: Ids) -> str:
    """A guest's own pass goes to the guest."""
    return _queue(unit, GUEST_PASS, person_id, pass_id, ids)


def queue_day_mail(unit: Unit, person_id: str, pass_id: str, ids: Ids) -> str:
    """A day pass to whoever bought it."""
    return _queue(unit, DAY_PASS, person_id, pass_id, ids)


def queue_sign_in_mail(unit: Unit, person_id: str, link_id: str) -> None:
    """A link to sign in with; of an address that nobody has, a mail that is never written."""
    unit.queue_mail(Ids().subject(unit.now), SIGN_IN, "sign_in_link", link_id, person_id=person_id)


def queue_note(unit: Unit, what: str, person_id: str, booking_id: str, ids: Ids) -> str:
    """One of ABOUT_BOOKINGS to the host."""
    assert what in ABOUT_BOOKINGS
    mail_id = ids.subject(unit.now)
    unit.queue_mail(mail_id, what, "booking", booking_id, person_id=person_id)
    return mail_id


def queue_series_mail(unit: Unit, what: str, person_id: str, series_id: str, ids: Ids) -> str:
    """SERIES or SERIES_ENDED to the host: one mail with all that stands of it."""
    mail_id = ids.subject(unit.now)
    unit.queue_mail(mail_id, what, "series", series_id, person_id=person_id)
    return mail_id


def queue_arrival_note(unit: Unit, host_id: str, pass_id: str, what: str, day: date) -> None:
    """The host is told that their guests are here: once a day for each pass."""
    mail_id = f"arrived {pass_id} {day.isoformat()}"
    unit.queue_mail(mail_id, what, "pass", pass_id, person_id=host_id)


def _queue(unit: Unit, what: str, person_id: str, pass_id: str, ids: Ids) -> str:
    mail_id = ids.subject(unit.now)
    unit.queue_mail(mail_id, what, "pass", pass_id, person_id=person_id)
    return mail_id

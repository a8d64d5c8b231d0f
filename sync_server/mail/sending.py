"""The outbox of mails on its way out: claimed, written, handed over, or tried again later."""

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from typing import Final

import structlog

from ledger.errors import LedgerUnavailable
from ledger.mails import OutgoingMail
from sync_server.house import House
from sync_server.links import Links
from sync_server.mail.booking_note import compose_booking_note, read_booking_note
from sync_server.mail.declaration_letter import compose_receipt, read_receipt
from sync_server.mail.letter import read_letter
from sync_server.mail.message import compose
from sync_server.mail.series_letter import compose_series, read_series_letter
from sync_server.mail.sign_in_letter import compose_sign_in, read_sign_in_letter
from sync_server.mail.ticket_letter import compose_ticket, read_ticket_letter
from sync_server.mail.transport import NotTaken, Transport, TryAgain
from sync_server.use_cases.declare import RECEIPT
from sync_server.use_cases.mails import ABOUT_BOOKINGS, SERIES, SERIES_ENDED, SIGN_IN
from sync_server.use_cases.tickets import TICKET

AT_ONCE: Final = 20
FIRST_PAUSE: Final = timedelta(seconds=10)
LONGEST_PAUSE: Final = timedelta(hours=4)
NEVER: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""For mails that no server will take: they wait for somebody to look at them."""
_log = structlog.get_logger(__name__)


async def send_due_mails(house: House, transport: Transport) -> None:
    """Send what is due. A mail is claimed before it is sent, so a crash delays but never doubles
    it; where the server took it and the answer was lost, its Message-ID shows the second one up.
    """
    due = await house.ledger.work([], lambda unit: unit.due_mails(unit.now, AT_ONCE))
    for mail in due:
        await _send(house, transport, mail)


async def _send(house: House, transport: Transport, mail: OutgoingMail) -> None:
    try:
        await _hand_over(house, transport, mail)
    except TryAgain as trouble:
        _log.warning("mail_delayed", mail=mail.id, why=str(trouble), tries=mail.tries + 1)
        await _failed(house, mail, house.clock() + pause(mail.tries))
    except NotTaken as trouble:
        _log.error("mail_not_taken", mail=mail.id, why=str(trouble))
        await _failed(house, mail, NEVER)
    except LedgerUnavailable:
        raise  # no fault of this mail, and nothing can be noted now
    except Exception:  # noqa: BLE001 - a mail that cannot be made keeps no other one waiting
        _log.exception("mail_not_made", mail=mail.id, what=mail.what, tries=mail.tries + 1)
        await _failed(house, mail, house.clock() + pause(mail.tries))
    else:
        await house.ledger.work([], lambda unit: unit.mail_done(mail.id))


async def _hand_over(house: House, transport: Transport, mail: OutgoingMail) -> None:
    """Write the mail and have it taken; one without a reader is done without."""
    message = await _written(house, mail, house.clock())
    if message is None:
        _log.info("mail_without_reader", mail=mail.id, what=mail.what)
        return
    await transport.send(mail.id, message)


async def _written(house: House, mail: OutgoingMail, now: datetime) -> EmailMessage | None:
    sender, links = house.settings.mail_from, Links(house.settings.base_url)
    if mail.what == SIGN_IN:
        note = await house.ledger.read(lambda r: read_sign_in_letter(r, house.keys, mail, now))
        return compose_sign_in(note, sender, now, links) if note else None
    if mail.what == TICKET:
        report = await house.ledger.read(lambda r: read_ticket_letter(r, mail))
        return compose_ticket(report, sender, now) if report else None
    if mail.what == RECEIPT:
        receipt = await house.ledger.read(lambda r: read_receipt(r, mail))
        return compose_receipt(receipt, sender, now) if receipt else None
    if mail.what in ABOUT_BOOKINGS:
        about = await house.ledger.read(lambda r: read_booking_note(r, house.keys, mail, now))
        return compose_booking_note(about, sender, now, links) if about else None
    if mail.what in (SERIES, SERIES_ENDED):
        series = await house.ledger.read(lambda r: read_series_letter(r, house.keys, mail, now))
        return compose_series(series, sender, now, links) if series else None
    letter = await house.ledger.read(lambda r: read_letter(r, house.keys, mail, now))
    return compose(letter, sender, now, links) if letter else None


async def _failed(house: House, mail: OutgoingMail, next_try: datetime) -> None:
    await house.ledger.work([], lambda unit: unit.mail_failed(mail.id, next_try))


def pause(tries: int) -> timedelta:
    """How long after so many failed tries: 10 s, doubling, at most 4 hours."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(tries, 20)))

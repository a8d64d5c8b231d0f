"""The outbox of mails on its way out: claimed, written, handed over, or tried again later."""

from datetime import UTC, datetime, timedelta
from typing import Final

import structlog

from ledger.mails import OutgoingMail
from sync_server.house import House
from sync_server.mail.letter import read_letter
from sync_server.mail.message import compose
from sync_server.mail.transport import NotTaken, Transport, TryAgain

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
    now = house.clock()
    letter = await house.ledger.read(lambda reader: read_letter(reader, house.keys, mail, now))
    if letter is None:
        _log.info("mail_without_reader", mail=mail.id, what=mail.what)
        await _done(house, mail)
        return
    message = compose(letter, house.settings.mail_from, now)
    try:
        await transport.send(mail.id, message)
    except TryAgain as trouble:
        next_try = house.clock() + pause(mail.tries)
        _log.warning("mail_delayed", mail=mail.id, why=str(trouble), tries=mail.tries + 1)
        await house.ledger.work([], lambda unit: unit.mail_failed(mail.id, next_try))
    except NotTaken as trouble:
        _log.error("mail_not_taken", mail=mail.id, why=str(trouble))
        await house.ledger.work([], lambda unit: unit.mail_failed(mail.id, NEVER))
    else:
        await _done(house, mail)


async def _done(house: House, mail: OutgoingMail) -> None:
    await house.ledger.work([], lambda unit: unit.mail_done(mail.id))


def pause(tries: int) -> timedelta:
    """How long after so many failed tries: 10 s, doubling, at most 4 hours."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << min(tries, 20)))

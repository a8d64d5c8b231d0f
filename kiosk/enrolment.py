"""Joining a house: a one-time code for the house's key."""

from domain.sync import EnrolRequest
from kiosk.devices.server_link import HttpServerLink
from kiosk.services import identity as identities
from kiosk.services.identity import Identity
from kiosk.services.link import LinkTrouble, RetryLater
from kiosk.settings import Settings
from ledger.ownership import owned


class EnrolmentRefused(Exception):  # noqa: N818
    """The sentence says what to do."""


async def enrol(settings: Settings, code: str) -> Identity:
    """Make this kiosk's key, hand over its public half, pin the house's. Raises
    EnrolmentRefused with a sentence, and DataDirInUse while a kiosk runs there; enrolling again
    keeps what is still to be sent."""
    settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    with owned(settings.data):
        return await _enrol(settings, code)


async def _enrol(settings: Settings, code: str) -> Identity:
    key = identities.make_key(settings.data)
    link = HttpServerLink(settings.server, settings.ca_file or None)
    try:
        reply = await link.enrol(EnrolRequest(code.strip().upper(), key.public_hex))
    except RetryLater as error:
        raise EnrolmentRefused("The server cannot be reached; is the address right?") from error
    except LinkTrouble as error:
        raise EnrolmentRefused("The house does not take this code; ask for a new one.") from error
    finally:
        await link.close()
    identity = Identity(
        kiosk_id=reply.kiosk_id,
        site_id=reply.site_id,
        number=reply.number,
        house_key=reply.house_key,
        house_key_number=reply.house_key_number,
        server=settings.server,
    )
    identities.save(settings.data, identity)
    return identity

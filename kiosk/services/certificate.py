"""The kiosk's right to command doors, kept so that a restart without the server keeps it."""

from typing import Final

from domain.door import DoorCertificate
from domain.sync import CertificateWire
from ledger.codec import decode, encode_text
from ledger.kiosk import KioskUnit

_KEY: Final = "door_certificate"


def keep(unit: KioskUnit, wire: CertificateWire | None) -> None:
    """Store the newest certificate; none means: no doors for this kiosk any more."""
    unit.set_meta(_KEY, encode_text(wire) if wire else "")


def kept(unit: KioskUnit) -> DoorCertificate | None:
    """The stored certificate; whether it has ended is for the lock to judge."""
    text = unit.meta(_KEY)
    if not text:
        return None
    return decode(text, CertificateWire).certificate()

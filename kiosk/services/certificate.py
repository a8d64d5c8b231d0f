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
    wire = decode(text, CertificateWire)
    return DoorCertificate(
        key_number=wire.key_number,
        public_key=bytes.fromhex(wire.public_key),
        locks=wire.locks,
        issued_at=wire.issued_at,
        ends_at=wire.ends_at,
        signature=bytes.fromhex(wire.signature),
    )

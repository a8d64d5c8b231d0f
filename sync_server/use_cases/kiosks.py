"""Kiosks of the house: added with a one-time code, enrolled with it, revoked."""

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from domain.codes import normal_short_code
from domain.kiosk import FIRST_KIOSK_NUMBER, Kiosk, KioskAdded, KioskEnrolled, KioskRevoked
from domain.site import Site
from domain.subjects import HOUSE
from ledger.codec import decode, encode_text
from ledger.ids import uuid7
from ledger.seal import fresh_short_code
from ledger.unit import Unit
from sync_server.use_cases.refusal import Refusal

CODE_LIFE: Final = timedelta(minutes=10)
TRIES: Final = 5
_OPEN: Final = "enrolment"


@dataclass(frozen=True, slots=True)
class OpenEnrolment:
    """A code that waits for its kiosk: its hash, its end, and the wrong tries so far."""

    kiosk_id: str
    hash: str
    until: datetime
    tries: int = 0


@dataclass(frozen=True, slots=True)
class AddedKiosk:
    """`code` is shown once and typed at the kiosk."""

    kiosk_id: str
    number: int
    code: str
    until: datetime


def add_kiosk(unit: Unit, site_id: str, name: str, door_id: str | None) -> AddedKiosk | Refusal:
    """A new kiosk of a site, waiting to be enrolled. Locks `house`."""
    found = unit.get("site", site_id, Site)
    if found is None:
        return Refusal("unknown_site", f"There is no site {site_id}.")
    if door_id is not None and found[1].door(door_id) is None:
        return Refusal("unknown_door", f"{found[1].name} has no door {door_id}.")
    taken = [kiosk.number for _, kiosk in unit.all("kiosk", Kiosk)]
    number = max([FIRST_KIOSK_NUMBER - 1, *taken]) + 1
    kiosk_id = uuid7(unit.now)
    kiosk = Kiosk(name or f"Kiosk {number - FIRST_KIOSK_NUMBER + 1}", site_id, number, door_id)
    unit.append(HOUSE, "kiosk", kiosk_id, KioskAdded(kiosk), actor="operator")
    return _open_enrolment(unit, kiosk_id, number)


def enrol_kiosk(unit: Unit, code: str, public_key: str) -> tuple[str, Kiosk] | Refusal:
    """The kiosk whose code this is takes its key. A wrong code counts against all open ones."""
    waiting = [each for each in _waiting(unit) if each.until > unit.now and each.tries < TRIES]
    hashed = _hash(normal_short_code(code) or "")
    match = next((each for each in waiting if hmac.compare_digest(each.hash, hashed)), None)
    if match is None:
        _keep(unit, [replace(each, tries=each.tries + 1) for each in waiting])
        return Refusal("unknown_enrolment", "This enrolment code is not open.")
    kiosk = unit.full("kiosk", match.kiosk_id, Kiosk)
    if kiosk is None or kiosk.revoked_at is not None:
        return Refusal("unknown_enrolment", "This enrolment code is not open.")
    _keep(unit, [each for each in waiting if each is not match])
    actor = f"kiosk:{match.kiosk_id}"
    unit.append(HOUSE, "kiosk", match.kiosk_id, KioskEnrolled(public_key), actor=actor)
    return match.kiosk_id, replace(kiosk, public_key=public_key)


def revoke_kiosk(unit: Unit, kiosk_id: str) -> Refusal | None:
    """The house trusts this kiosk no more; it learns so with its next request."""
    if unit.full("kiosk", kiosk_id, Kiosk) is None:
        return Refusal("unknown_kiosk", f"There is no kiosk {kiosk_id}.")
    unit.append(HOUSE, "kiosk", kiosk_id, KioskRevoked(unit.now), actor="operator")
    return None


def _open_enrolment(unit: Unit, kiosk_id: str, number: int) -> AddedKiosk:
    code = fresh_short_code()
    until = unit.now + CODE_LIFE
    others = [each for each in _waiting(unit) if each.until > unit.now]
    _keep(unit, [*others, OpenEnrolment(kiosk_id, _hash(code), until)])
    return AddedKiosk(kiosk_id, number, code, until)


def _waiting(unit: Unit) -> list[OpenEnrolment]:
    stored = unit.meta(_OPEN)
    return decode(stored, list[OpenEnrolment]) if stored else []


def _keep(unit: Unit, waiting: list[OpenEnrolment]) -> None:
    unit.set_meta(_OPEN, encode_text(waiting))


def _hash(code: str) -> str:
    return hashlib.sha256(b"foyer-enrol\x00" + code.encode()).hexdigest()

"""Challenges and tokens of kiosks: signed by the server, so every worker knows them."""

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from domain.sync import CHALLENGE_LIFE_S, TOKEN_LIFE_S
from sync_server.keys import HouseKeys

_CHALLENGE: Final = "challenge"
_TOKEN: Final = "kiosk-token"


@dataclass(frozen=True, slots=True)
class KioskToken:
    """Whose token it is and which incarnation of that kiosk it was given to."""

    kiosk_id: str
    incarnation: int


def new_challenge(keys: HouseKeys, now: datetime) -> str:
    """Something fresh to sign; whether it was used before is for the ledger to know."""
    until = int((now + timedelta(seconds=CHALLENGE_LIFE_S)).timestamp())
    return _signed(keys, _CHALLENGE, f"{secrets.token_hex(16)}.{until}")


def is_fresh_challenge(keys: HouseKeys, text: str, now: datetime) -> bool:
    """Whether it is one of ours and not too old."""
    body = _verified(keys, _CHALLENGE, text)
    return body is not None and now.timestamp() < int(body.rpartition(".")[2])


def new_token(keys: HouseKeys, kiosk_id: str, incarnation: int, now: datetime) -> str:
    """A bearer token for 15 minutes."""
    until = int((now + timedelta(seconds=TOKEN_LIFE_S)).timestamp())
    return _signed(keys, _TOKEN, f"{kiosk_id}.{incarnation}.{until}")


def read_token(keys: HouseKeys, text: str, now: datetime) -> KioskToken | None:
    """Whose token this is, or None if it is not ours or over."""
    body = _verified(keys, _TOKEN, text)
    if body is None:
        return None
    kiosk_id, incarnation, until = body.split(".")
    return KioskToken(kiosk_id, int(incarnation)) if now.timestamp() < int(until) else None


def _signed(keys: HouseKeys, purpose: str, body: str) -> str:
    return f"{body}.{keys.mac(purpose, body)}"


def _verified(keys: HouseKeys, purpose: str, text: str) -> str | None:
    body, _, mac = text.rpartition(".")
    if not text.isascii():
        return None
    return body if hmac.compare_digest(keys.mac(purpose, body), mac) else None

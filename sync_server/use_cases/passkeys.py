"""Passkeys: added by whoever is signed in, and signing in by one."""

import secrets
from datetime import timedelta
from typing import Final

from domain.rates import PASSKEY_BY_CLIENT, TooOften, judge_tries
from ledger.instants import from_text, to_text
from ledger.passkeys import Passkey
from ledger.unit import Unit
from ledger.web_sessions import WebSession
from sync_server.asking.ceremonies import (
    Credential,
    RelyingParty,
    new_key,
    options_to_add,
    options_to_sign_in,
    sign_count_of_use,
)
from sync_server.keys import HouseKeys
from sync_server.use_cases.web_sessions import is_welcome

CHALLENGE_LIFE: Final = timedelta(minutes=5)
MOST: Final = 20
"""More than anybody has devices."""
_ADD: Final = "add"
_SIGN_IN: Final = "sign-in"
_CHALLENGE_BYTES: Final = 32


def begin_adding(
    unit: Unit, session: WebSession, person_id: str, party: RelyingParty
) -> str | None:
    """Options for the device, as JSON; None for who has as many as anybody may."""
    known = unit.passkeys_of(person_id)
    card = unit.card(person_id)
    if card is None or len(known) >= MOST:
        return None
    challenge = _challenge(unit, session, _ADD)
    return options_to_add(party, challenge, (person_id, card.mail or card.name), known)


def add_passkey(
    unit: Unit,
    session: WebSession,
    party: RelyingParty,
    credential: Credential,
    name: str,
) -> bool:
    """Whether this person has one more passkey, named for the device it was made on."""
    challenge = _taken(unit, session, _ADD)
    made = new_key(party, challenge, credential) if challenge else None
    person_id = session.person_id
    if made is None or person_id is None or unit.passkey(made.id) is not None:
        return False
    unit.add_passkey(Passkey(made.id, person_id, made.public_key, made.sign_count, name, unit.now))
    return True


def begin_signing_in(
    unit: Unit, keys: HouseKeys, session: WebSession, party: RelyingParty, client: str
) -> str | TooOften:
    """Options for the device, as JSON."""
    tries = unit.count_try(PASSKEY_BY_CLIENT, keys.mac("rate", client))
    wait = judge_tries((PASSKEY_BY_CLIENT, tries))
    return wait or options_to_sign_in(party, _challenge(unit, session, _SIGN_IN))


def person_of_passkey(
    unit: Unit, session: WebSession, party: RelyingParty, credential: Credential
) -> str | None:
    """Whose device signed what this browser was given, for this once; None for anything else."""
    challenge = _taken(unit, session, _SIGN_IN)
    key = unit.passkey(credential.id)
    if challenge is None or key is None or not is_welcome(unit, key.person_id):
        return None
    count = sign_count_of_use(party, challenge, credential, key)
    if count is None:
        return None
    unit.passkey_used(key.id, count)
    return key.person_id


def _challenge(unit: Unit, session: WebSession, what: str) -> bytes:
    challenge = secrets.token_bytes(_CHALLENGE_BYTES)
    until = to_text(unit.now + CHALLENGE_LIFE)
    unit.set_challenge(session.id, f"{what} {until} {challenge.hex()}")
    return challenge


def _taken(unit: Unit, session: WebSession, what: str) -> bytes | None:
    """The challenge this browser was given for `what`; whatever it was, it is gone now."""
    found = unit.take_challenge(session.id).split(" ")
    if len(found) != 3 or found[0] != what or from_text(found[1]) <= unit.now:
        return None
    return bytes.fromhex(found[2])

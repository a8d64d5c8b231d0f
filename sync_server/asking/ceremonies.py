"""Passkey ceremonies (W3C WebAuthn, level 3) by the webauthn package; nothing of it leaves here."""

import struct
from dataclasses import asdict, dataclass
from typing import Any, Final

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ledger.passkeys import Passkey

_TIMEOUT_MS: Final = 120_000
_VERIFIED: Final = UserVerificationRequirement.REQUIRED
_NOT_PROVEN: Final = (
    WebAuthnException,
    ValueError,
    TypeError,
    LookupError,
    EOFError,
    OverflowError,
    struct.error,
)
"""What the package raises for answers that somebody made up."""


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """The house as devices know it: its host, its name, and where its pages are."""

    id: str
    name: str
    origin: str


@dataclass(frozen=True, slots=True)
class Signed:
    """`response` of a credential, base64url each."""

    clientDataJSON: str  # noqa: N815 - the names of the standard
    attestationObject: str | None = None  # noqa: N815
    authenticatorData: str | None = None  # noqa: N815
    signature: str | None = None
    userHandle: str | None = None  # noqa: N815


@dataclass(frozen=True, slots=True)
class Credential:
    """What a device answered (RegistrationResponseJSON or AuthenticationResponseJSON)."""

    id: str
    rawId: str  # noqa: N815
    type: str
    response: Signed


@dataclass(frozen=True, slots=True)
class NewKey:
    id: str
    public_key: bytes
    sign_count: int


def options_to_add(
    party: RelyingParty, challenge: bytes, person: tuple[str, str], known: list[Passkey]
) -> str:
    """Options for a new passkey of `person` (id, name); not of a device that has one already."""
    person_id, name = person
    return options_to_json(
        generate_registration_options(
            rp_id=party.id,
            rp_name=party.name,
            user_id=person_id.encode(),
            user_name=name,
            challenge=challenge,
            timeout=_TIMEOUT_MS,
            authenticator_selection=AuthenticatorSelectionCriteria(
                resident_key=ResidentKeyRequirement.REQUIRED, user_verification=_VERIFIED
            ),
            exclude_credentials=[
                PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.id)) for each in known
            ],
        )
    )


def options_to_sign_in(party: RelyingParty, challenge: bytes) -> str:
    """Options that leave it to the device which passkey of this house it has."""
    return options_to_json(
        generate_authentication_options(
            rp_id=party.id,
            challenge=challenge,
            timeout=_TIMEOUT_MS,
            user_verification=_VERIFIED,
        )
    )


def new_key(party: RelyingParty, challenge: bytes, credential: Credential) -> NewKey | None:
    """The key that a device made for this challenge; None where it did not."""
    try:
        made = verify_registration_response(
            credential=_json(credential),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except _NOT_PROVEN:
        return None
    return NewKey(
        bytes_to_base64url(made.credential_id), made.credential_public_key, made.sign_count
    )


def sign_count_of_use(
    party: RelyingParty, challenge: bytes, credential: Credential, key: Passkey
) -> int | None:
    """The key's new sign count; None where it did not sign this challenge, or counts backwards
    as a copy of it would."""
    if credential.response.userHandle not in (None, bytes_to_base64url(key.person_id.encode())):
        return None
    try:
        return verify_authentication_response(
            credential=_json(credential),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
            require_user_verification=True,
        ).new_sign_count
    except _NOT_PROVEN:
        return None


def _json(credential: Credential) -> dict[str, Any]:
    found = asdict(credential)
    response = {name: text for name, text in found["response"].items() if text is not None}
    return {**found, "response": response, "clientExtensionResults": {}}

"""The keys of the house that passes and answers are verified with."""

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key of the house by its number (0 to 255); `sealing_key` takes sealed blobs."""

    number: int
    public_key: str
    sealing_key: str = ""
    retired_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class KeyTrusted:
    key: TrustedKey


@dataclass(frozen=True, slots=True)
class KeyRetired:
    """Passes signed with it before admit nothing any more."""

    at: datetime


TrustEvent = KeyTrusted | KeyRetired


def evolve(state: TrustedKey | None, event: TrustEvent) -> TrustedKey | None:
    match event:
        case KeyTrusted(key):
            return key
        case KeyRetired(at):
            return state and replace(state, retired_at=state.retired_at or at)

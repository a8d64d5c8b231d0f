"""Who this kiosk is: its key and what enrolment told it, kept beside the database."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.services.data_folder import IDENTITY, KEY, NotEnrolled
from ledger.codec import BadBody, canonical, decode
from ledger.errors import BrokenKeyFile
from ledger.seal import SigningKey


@dataclass(frozen=True, slots=True)
class Identity:
    """`house_key` (hex) was pinned at enrolment; every hello's answer is verified with it."""

    kiosk_id: str
    site_id: str
    number: int
    house_key: str
    house_key_number: int
    server: str


def key_of(data: Path) -> SigningKey:
    """The key the kiosk enrolled with. Raises NotEnrolled and OpenToOthers."""
    if not (data / KEY).exists():
        raise NotEnrolled(f"{data / KEY} is gone. Run foyer-kiosk enroll with a new code.")
    return make_key(data)


def make_key(data: Path) -> SigningKey:
    """The kiosk's own key, made where there is none yet. Raises NotEnrolled and OpenToOthers."""
    try:
        return SigningKey.load_or_make(data / KEY)
    except BrokenKeyFile as error:
        raise NotEnrolled(
            f"{data / KEY} holds no key any more. Move it away and run foyer-kiosk enroll with a"
            " new code."
        ) from error


def save(data: Path, identity: Identity) -> None:
    """Write it in one step: after a crash there is the old one or the new one."""
    fresh = data / f"{IDENTITY}.new"
    fresh.write_bytes(canonical(identity))
    fresh.replace(data / IDENTITY)


def load(data: Path) -> Identity:
    """Raises NotEnrolled."""
    path = data / IDENTITY
    if not path.exists():
        raise NotEnrolled("This kiosk belongs to no house yet. Run foyer-kiosk enroll first.")
    try:
        return decode(path.read_bytes(), Identity)
    except BadBody as error:
        raise NotEnrolled(
            f"{path} does not say which house this is. Run foyer-kiosk enroll with a new code."
        ) from error

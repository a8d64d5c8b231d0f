"""Who this kiosk is: its key and what enrolment told it, kept beside the database."""

from dataclasses import dataclass
from pathlib import Path

from ledger.codec import canonical, decode
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


class NotEnrolled(Exception):  # noqa: N818
    """This kiosk belongs to no house yet; run `foyer-kiosk enroll`."""


def key_of(data: Path) -> SigningKey:
    """The kiosk's own key, made on first use."""
    return SigningKey.load_or_make(data / "kiosk.key")


def save(data: Path, identity: Identity) -> None:
    """Write it in one step: after a crash there is the old one or the new one."""
    fresh = data / "identity.json.new"
    fresh.write_bytes(canonical(identity))
    fresh.replace(data / "identity.json")


def load(data: Path) -> Identity:
    """Raises NotEnrolled."""
    path = data / "identity.json"
    if not path.exists():
        raise NotEnrolled(str(data))
    return decode(path.read_bytes(), Identity)

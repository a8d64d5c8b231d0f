"""What lies in a kiosk's data folder, by name; light, for commands load it before all else."""

from typing import Final

IDENTITY: Final = "identity.json"
"""There once the kiosk is enrolled."""
KEY: Final = "kiosk.key"
DATABASE: Final = "kiosk.sqlite"


class NotEnrolled(Exception):  # noqa: N818
    """This kiosk belongs to no house, or forgot to which; the sentence says what to do."""

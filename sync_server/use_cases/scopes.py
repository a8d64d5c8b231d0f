"""What an API token may be good for."""

from typing import Final

CHECK_IN: Final = "check-in"
CHECK_IN_OFFLINE: Final = "check-in:offline"
"""May report what happened up to 72 hours ago."""
SCOPES: Final = (CHECK_IN, CHECK_IN_OFFLINE)

"""What an API token may be good for."""

from typing import Final

CHECK_IN: Final = "check-in"
CHECK_IN_OFFLINE: Final = "check-in:offline"
"""May report what happened up to 72 hours ago."""
BOOK: Final = "book"
"""All that one person may do themselves; such a token names its person."""
READ: Final = "read"
"""All that an operator may read, at one site or all."""
OPERATE: Final = "operate"
"""All that an operator may do, at one site or all."""
SCOPES: Final = (CHECK_IN, CHECK_IN_OFFLINE, BOOK, READ, OPERATE)

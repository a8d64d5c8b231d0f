"""Mail addresses: whether a text can be one, and when two spellings are the same one."""

import re
import unicodedata
from typing import Final

MOST_LETTERS: Final = 254
"""The longest address that a mail can be sent to (RFC 5321, section 4.5.3.1.3)."""

# Deliberately wide: whether somebody reads there is found out by writing to them.
_ADDRESS: Final = re.compile(r"[^\s@<>\",;:\\()\[\]]{1,64}@[^\s@<>\",;:\\()\[\]]+\.[^\s@.,;]{2,}")


def is_mail(text: str) -> bool:
    """Whether mail can be tried there: one @, a host with a dot, nothing that ends a header."""
    text = text.strip()
    return len(text) <= MOST_LETTERS and text.isprintable() and bool(_ADDRESS.fullmatch(text))


def mail_key(text: str) -> str:
    """The address as people mean it: no mail provider tells `Anna@` from `anna@`."""
    return unicodedata.normalize("NFKC", text).strip().casefold()

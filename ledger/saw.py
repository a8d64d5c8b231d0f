"""What a decision saw, as it is recorded: ids and versions, at most 2 KiB."""

import hashlib
from typing import Final

from domain.access.build import Seen
from ledger.codec import encode_text

MAX_SAW_BYTES: Final = 2048


def saw_text(seen: Seen | None) -> str:
    """Ids and versions of what a decision saw; very many are named by their hash."""
    text = encode_text(seen.seqs if seen else ())
    if len(text.encode()) <= MAX_SAW_BYTES:
        return text
    return encode_text({"sha256": hashlib.sha256(text.encode()).hexdigest()})

"""How ids, codes and names look, whoever writes them."""

import re
from typing import Final
from uuid import UUID

MOST_LETTERS: Final = 200
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")
_PASS_ID: Final = re.compile(r"[0-9a-f]{16}")


def is_id(text: str) -> bool:
    """A UUID as we write them: lower case, with hyphens."""
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def is_pass_id(text: str) -> bool:
    """Eight bytes in hex, as in the printed code."""
    return _PASS_ID.fullmatch(text) is not None


def is_code(text: str) -> bool:
    """A stable word of ours, such as `door_jammed`."""
    return _CODE.fullmatch(text) is not None


def is_name(text: str) -> bool:
    """Any short line of text that is not empty."""
    return 0 < len(text) <= MOST_LETTERS and text.isprintable()

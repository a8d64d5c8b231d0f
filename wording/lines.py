"""How a message falls into lines: its big first clause, and the words that stay together."""

import re
from typing import Final

NO_BREAK: Final = "\u00a0"
_KEPT_CHARACTERS: Final = 18
"""Longer than this, three words kept together tear a line open instead of closing it."""

# A full stop, colon or question mark at the end of a clause: not within "8:45", and not the
# full stop of an ordinal number ("am 13. Mai").
_END: Final = re.compile(r"[:?](?=\s|$)|(?<![\s(]\d)(?<![\s(]\d\d)\.(?=\s|$)")


def split_message(message: str) -> tuple[str, str]:
    """The big clause, up to the first full stop or colon, and the rest (maybe empty)."""
    found = _END.search(message)
    if found is None:
        return message, ""
    return message[: found.end()], message[found.end() :].strip()


def keep_together(text: str) -> str:
    """`text` with its last three words, if short, joined so that no line ends with one word."""
    words = text.split(" ")
    if len(words) <= 4:
        return text
    for count in (3, 2):
        last = words[-count:]
        if len(" ".join(last)) <= _KEPT_CHARACTERS:
            return " ".join([*words[:-count], NO_BREAK.join(last)])
    return text

"""A list of guests as people paste it: one per line, in whatever way mail programs write it."""

import re
from dataclasses import dataclass
from typing import Final

from domain.mail_address import is_mail, mail_key
from domain.names import is_name

MOST_LINES: Final = 200
MOST_LETTERS: Final = 20_000
_BRACKETS: Final = re.compile(r"^(?P<name>.*?)[<(\[]\s*(?P<mail>[^<>()\[\]\s]+)\s*[>)\]]\s*$")
_PARTED: Final = re.compile(r"[;,\t]|\s+")


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody to be invited. The name is what stands before the @ where none is given."""

    name: str
    mail: str


@dataclass(frozen=True, slots=True)
class GuestList:
    """Whom the list names, each address once, and the lines that name nobody."""

    guests: tuple[Listed, ...]
    unread: tuple[str, ...] = ()


def read_guest_list(text: str) -> GuestList:
    """Names and addresses in `text`, of which only the beginning is read if it is endless."""
    guests: dict[str, Listed] = {}
    unread: list[str] = []
    for line in _lines(text):
        listed = _read(line)
        if listed is None:
            unread.append(line)
        else:
            guests.setdefault(mail_key(listed.mail), listed)
    return GuestList(tuple(guests.values()), tuple(unread))


def _lines(text: str) -> list[str]:
    """One guest each; addresses of a mail's header stand in one line with commas between."""
    found: list[str] = []
    for line in text[:MOST_LETTERS].splitlines():
        several = line.count("@") > 1
        found += re.split(r"[;,]", line) if several else [line]
    return [line.strip(" \t,;") for line in found if line.strip(" \t,;")][:MOST_LINES]


def _read(line: str) -> Listed | None:
    if match := _BRACKETS.match(line):
        name, mail = match["name"], match["mail"]
    else:
        parts = [part for part in _PARTED.split(line) if part]
        mail = next((part for part in parts if "@" in part), "")
        name = " ".join(part for part in parts if part != mail)
    mail = mail.strip()
    name = " ".join(name.strip(" \t,;:\"'").split()) or mail.partition("@")[0]
    return Listed(name, mail) if is_mail(mail) and is_name(name) else None

"""What is wrong with a house file: all of it is told at once, each with its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, slots=True)
class Problem:
    """`path` is where it stands in the file: `resource.kiln.price`."""

    path: str
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}: {self.sentence}" if self.path else self.sentence


class BadValue(Exception):  # noqa: N818 - the sentence is for whoever wrote the file
    """A value that cannot be meant; the message says what would do."""


class AlreadyTold(Exception):  # noqa: N818 - nothing to add
    """Something inside is wrong and its problems are told."""


def nearest(word: str, known: Iterable[str]) -> str:
    """` Did you mean price?`, or what there is; empty if there is nothing."""
    names = sorted(known)
    close = get_close_matches(word, names, n=1, cutoff=0.6)
    if close:
        return f" Did you mean {close[0]}?"
    return f" There is {', '.join(names)}." if names else ""

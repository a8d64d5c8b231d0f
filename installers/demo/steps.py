"""What the demo says while it works: one line per step, with its time."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


def say(text: str) -> None:
    """One line, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def told(what: str, seconds: float) -> None:
    """A step that is done."""
    say(f"  {seconds:6.2f} s  {what}")


class Step:
    """The step under way; its words may become known only while it runs."""

    def __init__(self, words: str) -> None:
        self.words = words


@contextmanager
def step(words: str) -> Iterator[Step]:
    """Tell the step when it is done; what breaks it breaks the visit."""
    began_s = time.monotonic()
    current = Step(words)
    yield current
    told(current.words, time.monotonic() - began_s)

"""What a use case answers when it will not do what it was asked."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refusal:
    """Nothing was done. `code` is stable, `sentence` is for the person who asked."""

    code: str
    sentence: str

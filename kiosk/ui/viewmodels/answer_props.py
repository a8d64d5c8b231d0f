"""What the answer screen shows: finished sentences, names of pictures, rows and acts."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["welcome", "later", "jam"]
Picture = Literal["open", "closed", "clock", "jammed", "window"]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of the way; `arrived` stands in the light."""

    sign: str
    words: str
    arrived: bool


@dataclass(frozen=True, slots=True)
class FactRow:
    """One fact beside a closed door."""

    sign: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class RemedyRow:
    """One way out; `first` is the brick, `back` leads to the start."""

    sign: str
    name: str
    words: str
    first: bool = False
    back: bool = False


@dataclass(frozen=True, slots=True)
class Choose:
    """Take the remedy of the refusal with this index."""

    remedy: int


@dataclass(frozen=True, slots=True)
class RetryDoor:
    """Ask the same door once more."""


@dataclass(frozen=True, slots=True)
class UseOtherDoor:
    """Have the other way opened."""


@dataclass(frozen=True, slots=True)
class TryAnother:
    """Type or show another code."""


@dataclass(frozen=True, slots=True)
class GoHome:
    """Back to the start."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Whoever was greeted is leaving."""


Act = Choose | RetryDoor | UseOtherDoor | TryAnother | GoHome | Leave


@dataclass(frozen=True, slots=True)
class AnswerProps:
    """The answer screen; `serial` rises with each new answer, not when a door reports."""

    serial: int = 0
    tone: Tone = "welcome"
    picture: Picture = "window"
    big: str = ""
    rest: str = ""
    clock_minutes: int = 240
    this_door: str = ""
    other_door: str = ""
    wifi_label: str = ""
    wifi_name: str = ""
    wifi_password: str = ""
    wifi_code: str = ""
    leave_label: str = ""
    done_label: str = ""


@dataclass(frozen=True, slots=True)
class AnswerView:
    """The props with their rows, and what each remedy does when it is pressed."""

    props: AnswerProps
    steps: tuple[StepRow, ...] = ()
    facts: tuple[FactRow, ...] = ()
    remedies: tuple[tuple[RemedyRow, Act], ...] = ()

"""Typing a short code, by the house's keyboard, a real one, or a scanner that types."""

from dataclasses import dataclass, replace
from typing import Final, Literal

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from domain.codes import PREFIX, PRINTED_LENGTH
from kiosk.ui.viewmodels.notify import notify_changes
from kiosk.ui.viewmodels.words import Words
from wording import keep_together

QML_IMPORT_NAME = "Foyer.Models"
QML_IMPORT_MAJOR_VERSION = 1

ALPHABET: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUV"
LENGTH: Final = 10
_LONGEST_SCANNED: Final = 220
"""A scanner that types sends a whole pass: its text is kept beside the ten places."""

Stage = Literal["typing", "asking", "wrong", "waiting", "trouble"]


@dataclass(frozen=True, slots=True)
class CodeState:
    """What was typed so far; `scanned` is all that no hand tapped, `text` its first ten."""

    text: str = ""
    scanned: str = ""
    leaving: bool = False
    stage: Stage = "typing"

    @property
    def code(self) -> str:
        """What is asked about: a whole pass if a scanner typed it, else the ten characters.

        What somebody had half typed before the scanner's pass is not part of it.
        """
        newest = self.scanned[-PRINTED_LENGTH:]
        if len(newest) == PRINTED_LENGTH and newest.startswith(PREFIX):
            return newest
        return self.scanned if len(self.scanned) > LENGTH else self.text

    @property
    def complete(self) -> bool:
        return len(self.text) == LENGTH and self.stage != "asking"


@dataclass(frozen=True, slots=True)
class CodeProps:
    """The code screen in finished words."""

    headline: str = ""
    invitation: str = ""
    purpose: str = ""
    help: str = ""
    text: str = ""
    wrong: bool = False
    complete: bool = False
    back_label: str = ""
    next_label: str = ""
    erase_label: str = ""


def typed(state: CodeState, key: str, *, by_hand: bool) -> CodeState:
    """The state after one character; others than the alphabet's change nothing.

    After a code that led to nothing the next character starts a new one.
    """
    character = key.upper()
    if state.stage == "asking" or len(character) != 1 or character not in ALPHABET:
        return state
    if state.stage != "typing":
        state = replace(state, text="", scanned="")
    scanned = "" if by_hand else (state.scanned + character)[-_LONGEST_SCANNED:]
    text = (state.text + character)[:LENGTH]
    return replace(state, text=text, scanned=scanned, stage="typing")


def erased(state: CodeState) -> CodeState:
    """The state without its last character."""
    if state.stage == "asking":
        return state
    return replace(state, text=state.text[:-1], scanned="", stage="typing")


def derive_code(state: CodeState, words: Words, *, has_camera: bool) -> CodeProps:
    """The code screen for what was typed."""
    headline, invitation = "code.headline", "code.invitation"
    if state.leaving:
        headline = "code.leaving"
        invitation = "code.leaving.invitation" if has_camera else "code.leaving.typed"
    helps = {
        "typing": "code.help",
        "asking": "code.asking",
        "wrong": "code.wrong",
        "waiting": "code.waiting" if has_camera else "code.waiting.typed",
        "trouble": "code.trouble",
    }
    return CodeProps(
        headline=words.say(headline),
        invitation=keep_together(words.say(invitation)),
        purpose=words.say("home.leave") if state.leaving else "",
        help=words.say(helps[state.stage]),
        text=state.text,
        wrong=state.stage in ("wrong", "waiting", "trouble"),
        complete=state.complete,
        back_label=words.say("button.back"),
        next_label=words.say("button.next"),
        erase_label=words.say("button.erase"),
    )


@QmlElement
class CodeViewModel(QObject):
    """Shows the code screen; keys come out as `keyed`, `erasing` and `confirming`."""

    headline_changed = Signal()
    invitation_changed = Signal()
    purpose_changed = Signal()
    help_changed = Signal()
    text_changed = Signal()
    wrong_changed = Signal()
    complete_changed = Signal()
    back_label_changed = Signal()
    next_label_changed = Signal()
    erase_label_changed = Signal()
    keyed = Signal(str)
    erasing = Signal()
    confirming = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._props = CodeProps()

    def show(self, props: CodeProps) -> None:
        """Show `props` in place of what is shown."""
        old, self._props = self._props, props
        notify_changes(self, old, props)

    @Slot(str)
    def type_key(self, character: str) -> None:
        """A key of the keyboard on screen was pressed."""
        self.keyed.emit(character)

    @Slot()
    def erase(self) -> None:
        """Backspace was pressed."""
        self.erasing.emit()

    @Slot()
    def confirm(self) -> None:
        """Next was pressed."""
        self.confirming.emit()

    @Property(str, notify=headline_changed)
    def headline(self) -> str:
        return self._props.headline

    @Property(str, notify=invitation_changed)
    def invitation(self) -> str:
        return self._props.invitation

    @Property(str, notify=purpose_changed)
    def purpose(self) -> str:
        return self._props.purpose

    @Property(str, notify=help_changed)
    def help(self) -> str:
        return self._props.help

    @Property(str, notify=text_changed)
    def text(self) -> str:
        return self._props.text

    @Property(bool, notify=wrong_changed)
    def wrong(self) -> bool:
        return self._props.wrong

    @Property(bool, notify=complete_changed)
    def complete(self) -> bool:
        return self._props.complete

    @Property(str, notify=back_label_changed)
    def back_label(self) -> str:
        return self._props.back_label

    @Property(str, notify=next_label_changed)
    def next_label(self) -> str:
        return self._props.next_label

    @Property(str, notify=erase_label_changed)
    def erase_label(self) -> str:
        return self._props.erase_label

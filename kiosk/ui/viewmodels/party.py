"""A group's pass: how many are here, and how many are coming in now."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services.answers import PartyQuestion
from kiosk.ui.viewmodels.notify import notify_changes
from kiosk.ui.viewmodels.words import Words

QML_IMPORT_NAME = "Foyer.Models"
QML_IMPORT_MAJOR_VERSION = 1

_PAGE: Final = 5
"""Numbers stand in one row of five; "More than 5" turns to the next five."""
_MOST_SEATS: Final = 18
"""Above this the row of people is a crowd: only the words count them."""


@dataclass(frozen=True, slots=True)
class PartyProps:
    """`seats` are True for each person here; `numbers` what can be tapped."""

    headline: str = ""
    question: str = ""
    occasion: str = ""
    hint: str = ""
    back_label: str = ""
    more_label: str = ""
    seats: tuple[bool, ...] = ()
    numbers: tuple[int, ...] = ()


def derive_party(question: PartyQuestion, page: int, words: Words) -> PartyProps:
    """The question as it is put; `page` counts how often "More than" was pressed."""
    first = page * _PAGE + 1
    last = min(question.room, first + _PAGE - 1)
    place = question.place
    code = "party.headline" if question.here else "party.headline.first"
    here = [True] * question.here + [False] * (question.party - question.here)
    occasion = ""
    if place is not None:
        occasion = words.say("party.occasion", name=place.name, starts=place.starts)
    return PartyProps(
        headline=words.say(code, here=question.here, party=question.party),
        question=words.say("party.question"),
        occasion=occasion,
        hint=words.say("party.hint"),
        back_label=words.say("button.back"),
        more_label=words.say("party.more", count=last) if last < question.room else "",
        seats=tuple(here) if question.party <= _MOST_SEATS else (),
        numbers=tuple(range(first, last + 1)),
    )


@QmlElement
class PartyViewModel(QObject):
    """Shows one question; the number tapped comes out as `chosen`."""

    headline_changed = Signal()
    question_changed = Signal()
    occasion_changed = Signal()
    hint_changed = Signal()
    back_label_changed = Signal()
    more_label_changed = Signal()
    seats_changed = Signal()
    numbers_changed = Signal()
    chosen = Signal(int)
    paged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._props = PartyProps()

    def show(self, props: PartyProps) -> None:
        """Show `props` in place of what is shown."""
        old, self._props = self._props, props
        notify_changes(self, old, props)

    @Slot(int)
    def choose(self, people: int) -> None:
        """A number was tapped."""
        if people in self._props.numbers:
            self.chosen.emit(people)

    @Slot()
    def show_more(self) -> None:
        """Higher numbers are wanted."""
        self.paged.emit()

    @Property(str, notify=headline_changed)
    def headline(self) -> str:
        return self._props.headline

    @Property(str, notify=question_changed)
    def question(self) -> str:
        return self._props.question

    @Property(str, notify=occasion_changed)
    def occasion(self) -> str:
        return self._props.occasion

    @Property(str, notify=hint_changed)
    def hint(self) -> str:
        return self._props.hint

    @Property(str, notify=back_label_changed)
    def back_label(self) -> str:
        return self._props.back_label

    @Property(str, notify=more_label_changed)
    def more_label(self) -> str:
        return self._props.more_label

    @Property(list, notify=seats_changed)
    def seats(self) -> list[bool]:
        return list(self._props.seats)

    @Property(list, notify=numbers_changed)
    def numbers(self) -> list[int]:
        return list(self._props.numbers)

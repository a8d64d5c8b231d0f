"""The answer screen's view-model."""

from dataclasses import replace
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services.answers import (
    GoodbyeAnswer,
    NotStoredAnswer,
    RefusalAnswer,
    WelcomeAnswer,
)
from kiosk.ui.viewmodels.answer_props import (
    Act,
    AnswerProps,
    AnswerView,
    FactRow,
    Leave,
    RemedyRow,
    StepRow,
)
from kiosk.ui.viewmodels.door_trouble import derive_door_trouble, is_trouble
from kiosk.ui.viewmodels.goodbye import derive_goodbye
from kiosk.ui.viewmodels.house import House
from kiosk.ui.viewmodels.not_stored import derive_not_stored
from kiosk.ui.viewmodels.notify import notify_changes
from kiosk.ui.viewmodels.refusal import derive_refusal
from kiosk.ui.viewmodels.rows import Rows
from kiosk.ui.viewmodels.welcome import derive_welcome
from kiosk.ui.viewmodels.words import Words

QML_IMPORT_NAME = "Foyer.Models"
QML_IMPORT_MAJOR_VERSION = 1

Shown = WelcomeAnswer | RefusalAnswer | GoodbyeAnswer | NotStoredAnswer


def derive_answer(answer: Shown, words: Words, house: House, now: datetime) -> AnswerView:
    """What the answer screen shows for an answer of the desk."""
    match answer:
        case WelcomeAnswer():
            if is_trouble(answer):
                return derive_door_trouble(answer, words)
            return derive_welcome(answer, words, now)
        case RefusalAnswer():
            return derive_refusal(answer, words, house, now)
        case GoodbyeAnswer():
            return derive_goodbye(answer, words, now)
        case NotStoredAnswer():
            return derive_not_stored(answer, words, house)
        case _:
            assert_never(answer)


@QmlElement
class AnswerViewModel(QObject):
    """Shows one answer at a time; what is pressed comes out as `acted`."""

    serial_changed = Signal()
    tone_changed = Signal()
    picture_changed = Signal()
    big_changed = Signal()
    rest_changed = Signal()
    clock_minutes_changed = Signal()
    this_door_changed = Signal()
    other_door_changed = Signal()
    wifi_label_changed = Signal()
    wifi_name_changed = Signal()
    wifi_password_changed = Signal()
    wifi_code_changed = Signal()
    leave_label_changed = Signal()
    done_label_changed = Signal()
    acted = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._props = AnswerProps()
        self._acts: tuple[Act, ...] = ()
        self._steps = Rows(StepRow, self)
        self._facts = Rows(FactRow, self)
        self._remedies = Rows(RemedyRow, self)

    def show(self, view: AnswerView) -> None:
        """Show `view`. The serial is told last, when all else stands."""
        old, new = self._props, view.props
        self._acts = tuple(act for _, act in view.remedies)
        self._steps.show(view.steps)
        self._facts.show(view.facts)
        self._remedies.show([row for row, _ in view.remedies])
        self._props = new
        notify_changes(self, replace(old, serial=new.serial), new)
        if old.serial != new.serial:
            self.serial_changed.emit()

    @Slot(int)
    def choose(self, row: int) -> None:
        """The remedy in this row was pressed."""
        if 0 <= row < len(self._acts):
            self.acted.emit(self._acts[row])

    @Slot()
    def leave(self) -> None:
        """ "I'm leaving" was pressed."""
        self.acted.emit(Leave())

    @Property(int, notify=serial_changed)
    def serial(self) -> int:
        return self._props.serial

    @Property(str, notify=tone_changed)
    def tone(self) -> str:
        return self._props.tone

    @Property(str, notify=picture_changed)
    def picture(self) -> str:
        return self._props.picture

    @Property(str, notify=big_changed)
    def big(self) -> str:
        return self._props.big

    @Property(str, notify=rest_changed)
    def rest(self) -> str:
        return self._props.rest

    @Property(int, notify=clock_minutes_changed)
    def clock_minutes(self) -> int:
        return self._props.clock_minutes

    @Property(str, notify=this_door_changed)
    def this_door(self) -> str:
        return self._props.this_door

    @Property(str, notify=other_door_changed)
    def other_door(self) -> str:
        return self._props.other_door

    @Property(str, notify=wifi_label_changed)
    def wifi_label(self) -> str:
        return self._props.wifi_label

    @Property(str, notify=wifi_name_changed)
    def wifi_name(self) -> str:
        return self._props.wifi_name

    @Property(str, notify=wifi_password_changed)
    def wifi_password(self) -> str:
        return self._props.wifi_password

    @Property(str, notify=wifi_code_changed)
    def wifi_code(self) -> str:
        return self._props.wifi_code

    @Property(str, notify=leave_label_changed)
    def leave_label(self) -> str:
        return self._props.leave_label

    @Property(str, notify=done_label_changed)
    def done_label(self) -> str:
        return self._props.done_label

    @Property(QObject, constant=True)
    def steps(self) -> QObject:
        return self._steps

    @Property(QObject, constant=True)
    def facts(self) -> QObject:
        return self._facts

    @Property(QObject, constant=True)
    def remedies(self) -> QObject:
        return self._remedies

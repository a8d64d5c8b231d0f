"""The root view-model: the frame around every screen and the view-models of the screens."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.ui.desk import NewestFrame
from kiosk.ui.viewmodels.answer import AnswerViewModel
from kiosk.ui.viewmodels.app_props import AppProps
from kiosk.ui.viewmodels.code_entry import CodeViewModel
from kiosk.ui.viewmodels.home import HomeViewModel
from kiosk.ui.viewmodels.notify import notify_changes
from kiosk.ui.viewmodels.party import PartyViewModel
from kiosk.ui.viewmodels.status import StatusViewModel

QML_IMPORT_NAME = "Foyer.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class Screens:
    """The view-models of the screens, for who fills them."""

    home: HomeViewModel
    answer: AnswerViewModel
    party: PartyViewModel
    code: CodeViewModel
    status: StatusViewModel


@QmlElement
class AppViewModel(QObject):
    """Shows `AppProps`; what is pressed comes out as signals for the conversation."""

    screen_changed = Signal()
    house_changed = Signal()
    date_changed = Signal()
    date_short_changed = Signal()
    clock_changed = Signal()
    other_language_changed = Signal()
    dark_changed = Signal()
    reduced_changed = Signal()
    resting_changed = Signal()
    left_share_changed = Signal()
    left_text_changed = Signal()
    home_wanted = Signal()
    code_wanted = Signal(bool)
    language_wanted = Signal()

    def __init__(self, newest: NewestFrame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._props = AppProps()
        self.screens = Screens(
            HomeViewModel(newest, self),
            AnswerViewModel(self),
            PartyViewModel(self),
            CodeViewModel(self),
            StatusViewModel(self),
        )

    @property
    def props(self) -> AppProps:
        """What is shown."""
        return self._props

    def show(self, props: AppProps) -> None:
        """Show `props` in place of what is shown."""
        old, self._props = self._props, props
        notify_changes(self, old, props)

    @Slot()
    def go_home(self) -> None:
        """Back or Done was pressed."""
        self.home_wanted.emit()

    @Slot(bool)
    def open_code(self, leaving: bool) -> None:
        """A code is to be typed, to come in or to leave."""
        self.code_wanted.emit(leaving)

    @Slot()
    def switch_language(self) -> None:
        """The other language was pressed."""
        self.language_wanted.emit()

    @Property(str, notify=screen_changed)
    def screen(self) -> str:
        return self._props.screen

    @Property(str, notify=house_changed)
    def house(self) -> str:
        return self._props.house

    @Property(str, notify=date_changed)
    def date(self) -> str:
        return self._props.date

    @Property(str, notify=date_short_changed)
    def date_short(self) -> str:
        return self._props.date_short

    @Property(str, notify=clock_changed)
    def clock(self) -> str:
        return self._props.clock

    @Property(str, notify=other_language_changed)
    def other_language(self) -> str:
        return self._props.other_language

    @Property(bool, notify=dark_changed)
    def dark(self) -> bool:
        return self._props.dark

    @Property(bool, notify=reduced_changed)
    def reduced(self) -> bool:
        return self._props.reduced

    @Property(bool, notify=resting_changed)
    def resting(self) -> bool:
        return self._props.resting

    @Property(float, notify=left_share_changed)
    def left_share(self) -> float:
        return self._props.left_share

    @Property(str, notify=left_text_changed)
    def left_text(self) -> str:
        return self._props.left_text

    @Property(HomeViewModel, constant=True)
    def home(self) -> HomeViewModel:
        return self.screens.home

    @Property(AnswerViewModel, constant=True)
    def answer(self) -> AnswerViewModel:
        return self.screens.answer

    @Property(PartyViewModel, constant=True)
    def party(self) -> PartyViewModel:
        return self.screens.party

    @Property(CodeViewModel, constant=True)
    def code(self) -> CodeViewModel:
        return self.screens.code

    @Property(StatusViewModel, constant=True)
    def status(self) -> StatusViewModel:
        return self.screens.status

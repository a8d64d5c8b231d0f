"""The rest screen's view-model, and the pace of its camera preview."""

from typing import Final

from PySide6.QtCore import Property, QObject, QTimer, Signal
from PySide6.QtQml import QmlElement

from kiosk.ui.desk import NewestFrame
from kiosk.ui.viewmodels.home_props import HomeProps, HomeView, RoomRow
from kiosk.ui.viewmodels.notify import notify_changes
from kiosk.ui.viewmodels.rows import Rows

QML_IMPORT_NAME = "Foyer.Models"
QML_IMPORT_MAJOR_VERSION = 1

_PREVIEW_MS: Final = 100
"""At most ten pictures a second: enough to hold a code up by, little enough to rest."""


@QmlElement
class HomeViewModel(QObject):
    """Shows `HomeView`; `frame` counts new camera pictures while it is awake."""

    greeting_changed = Signal()
    invitation_changed = Signal()
    camera_changed = Signal()
    caption_changed = Signal()
    code_label_changed = Signal()
    code_note_changed = Signal()
    code_short_changed = Signal()
    leave_label_changed = Signal()
    leave_note_changed = Signal()
    free_label_changed = Signal()
    free_none_changed = Signal()
    hour_changed = Signal()
    now_changed = Signal()
    hours_changed = Signal()
    frame_changed = Signal()

    def __init__(self, newest: NewestFrame, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._props = HomeProps()
        self._rooms = Rows(RoomRow, self)
        self._newest = newest
        self._last_number: int | None = None
        self._frame = 0
        self._pace = QTimer(self, interval=_PREVIEW_MS)
        self._pace.timeout.connect(self._look)

    def show(self, view: HomeView) -> None:
        """Show `view` in place of what is shown."""
        old, self._props = self._props, view.props
        self._rooms.show(view.rooms)
        notify_changes(self, old, view.props)

    def wake(self, awake: bool) -> None:
        """Whether camera pictures are wanted."""
        if awake and self._props.camera == "live":
            if not self._pace.isActive():
                self._pace.start()
        else:
            self._pace.stop()

    def _look(self) -> None:
        newest = self._newest()
        if newest is not None and newest.number != self._last_number:
            self._last_number = newest.number
            self._frame += 1
            self.frame_changed.emit()

    @Property(str, notify=greeting_changed)
    def greeting(self) -> str:
        return self._props.greeting

    @Property(str, notify=invitation_changed)
    def invitation(self) -> str:
        return self._props.invitation

    @Property(str, notify=camera_changed)
    def camera(self) -> str:
        return self._props.camera

    @Property(str, notify=caption_changed)
    def caption(self) -> str:
        return self._props.caption

    @Property(str, notify=code_label_changed)
    def code_label(self) -> str:
        return self._props.code_label

    @Property(str, notify=code_note_changed)
    def code_note(self) -> str:
        return self._props.code_note

    @Property(str, notify=code_short_changed)
    def code_short(self) -> str:
        return self._props.code_short

    @Property(str, notify=leave_label_changed)
    def leave_label(self) -> str:
        return self._props.leave_label

    @Property(str, notify=leave_note_changed)
    def leave_note(self) -> str:
        return self._props.leave_note

    @Property(str, notify=free_label_changed)
    def free_label(self) -> str:
        return self._props.free_label

    @Property(str, notify=free_none_changed)
    def free_none(self) -> str:
        return self._props.free_none

    @Property(int, notify=hour_changed)
    def hour(self) -> int:
        return self._props.hour

    @Property(float, notify=now_changed)
    def now(self) -> float:
        return self._props.now

    @Property(list, notify=hours_changed)
    def hours(self) -> list[object]:
        return list(self._props.hours)

    @Property(int, notify=frame_changed)
    def frame(self) -> int:
        return self._frame

    @Property(QObject, constant=True)
    def rooms(self) -> QObject:
        return self._rooms

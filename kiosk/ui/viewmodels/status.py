"""The counter: one quiet sentence for everybody, and each part of the house for staff."""

from dataclasses import dataclass

from PySide6.QtCore import Property, QObject, Signal
from PySide6.QtQml import QmlElement

from kiosk.services.answers import DoorStatus, KioskStatus
from kiosk.ui.viewmodels.notify import notify_changes
from kiosk.ui.viewmodels.rows import Rows
from kiosk.ui.viewmodels.words import Words

QML_IMPORT_NAME = "Foyer.Models"
QML_IMPORT_MAJOR_VERSION = 1


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of the house; `alert` stands out."""

    sign: str
    words: str
    alert: bool = False


@dataclass(frozen=True, slots=True)
class StatusProps:
    """The sentence with its icon; `urgent` turns the band amber: staff are needed."""

    icon: str = "check-circle"
    sentence: str = ""
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class StatusView:
    """The props and the parts."""

    props: StatusProps
    parts: tuple[PartRow, ...] = ()


def derive_status(status: KioskStatus | None, words: Words) -> StatusView:
    """The counter; what the house does not have is not mentioned."""
    if status is None:
        return StatusView(StatusProps(sentence=words.say("status.fine")))
    return StatusView(_sentence(status, words), _parts(status, words))


def _sentence(status: KioskStatus, words: Words) -> StatusProps:
    """What matters most: staff needed first, then what works differently, then that all is well."""
    troubled = [door.name for door in status.doors if door.trouble]
    if status.clock_in_doubt:
        return StatusProps("warning", words.say("status.clock"), urgent=True)
    if status.door_unknown:
        return StatusProps("warning", words.say("status.door.unknown"), urgent=True)
    if len(troubled) == 1:
        return StatusProps("warning", words.say("status.door", door=troubled[0]), urgent=True)
    if troubled:
        return StatusProps("warning", words.say("status.doors", count=len(troubled)), urgent=True)
    if status.broker_connected is False:
        return StatusProps("plugs", words.say("status.broker"), urgent=True)
    if not status.online:
        return StatusProps("cloud-slash", _offline(status, words))
    if status.camera_running is False:
        return StatusProps("camera-slash", words.say("status.camera"))
    return _quiet(status, words)


def _quiet(status: KioskStatus, words: Words) -> StatusProps:
    """All is well, as far as the doors have said so."""
    if not status.doors:
        return StatusProps(sentence=words.say("status.fine"))
    silent = next((door.name for door in status.doors if door.online is False), None)
    if silent is not None:
        return StatusProps("door", words.say("status.door.silent", door=silent))
    if any(door.online is None for door in status.doors):
        return StatusProps("clock", words.say("status.doors.asking"))
    return StatusProps(sentence=words.say("status.fine.doors"))


def _offline(status: KioskStatus, words: Words) -> str:
    if status.since is None:
        return words.say("status.offline.start", count=status.unsent)
    return words.say("status.offline", since=status.since, count=status.unsent)


def _parts(status: KioskStatus, words: Words) -> tuple[PartRow, ...]:
    parts = [_connection(status, words)]
    parts.append(PartRow("upload-simple", words.say("status.part.unsent", count=status.unsent)))
    if status.known_at is not None:
        known = words.say("status.part.known", at=status.known_at)
    else:
        known = words.say("status.part.known.never")
    parts.append(PartRow("clock-counter-clockwise", known))
    if status.camera_running is not None:
        off = not status.camera_running
        said = words.say("status.part.camera.off" if off else "status.part.camera")
        parts.append(PartRow("camera-slash" if off else "camera", said, off))
    if status.broker_connected is not None:
        off = not status.broker_connected
        said = words.say("status.part.broker.off" if off else "status.part.broker")
        parts.append(PartRow("plugs" if off else "plugs-connected", said, off))
    parts += [_door(door, words) for door in status.doors]
    return tuple(parts)


def _connection(status: KioskStatus, words: Words) -> PartRow:
    code = "status.part.online" if status.online else "status.part.offline"
    sign = "cloud-check" if status.online else "cloud-slash"
    if status.since is None:
        return PartRow(sign, words.say(f"{code}.start"))
    return PartRow(sign, words.say(code, since=status.since))


def _door(door: DoorStatus, words: Words) -> PartRow:
    if door.trouble:
        return PartRow("warning", words.say("status.part.door.trouble", door=door.name), True)
    if door.online is False:
        return PartRow("door", words.say("status.part.door.off", door=door.name), True)
    return PartRow("door", words.say("status.part.door", door=door.name))


@QmlElement
class StatusViewModel(QObject):
    """Shows `StatusView`."""

    icon_changed = Signal()
    sentence_changed = Signal()
    urgent_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._props = StatusProps()
        self._parts = Rows(PartRow, self)

    def show(self, view: StatusView) -> None:
        """Show `view` in place of what is shown."""
        old, self._props = self._props, view.props
        self._parts.show(view.parts)
        notify_changes(self, old, view.props)

    @Property(str, notify=icon_changed)
    def icon(self) -> str:
        return self._props.icon

    @Property(str, notify=sentence_changed)
    def sentence(self) -> str:
        return self._props.sentence

    @Property(bool, notify=urgent_changed)
    def urgent(self) -> bool:
        return self._props.urgent

    @Property(QObject, constant=True)
    def parts(self) -> QObject:
        return self._parts

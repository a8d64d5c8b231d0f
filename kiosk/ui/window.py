"""The kiosk's window: fonts, providers, engine and view-models, made and taken down in order."""

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication, QKeyEvent
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickWindow
from shiboken6 import delete

from kiosk.ui.bridge import Bridge
from kiosk.ui.conversation import Conversation
from kiosk.ui.desk import Desk, NewestFrame
from kiosk.ui.icons import IconProvider
from kiosk.ui.preview import CameraProvider
from kiosk.ui.qr_codes import QrProvider
from kiosk.ui.settings import WindowSettings
from kiosk.ui.sounds import Play
from kiosk.ui.viewmodels.app import AppViewModel


def silence(_sound: str) -> None:
    """No sounds: a house setting."""


def clock_now() -> datetime:
    return datetime.now(UTC)


def make_application() -> QGuiApplication:
    """The application with the house's fonts; without a display card it draws in software."""
    if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QUICK_BACKEND", "software")
    application = QGuiApplication.instance()
    if not isinstance(application, QGuiApplication):
        application = QGuiApplication(sys.argv[:1])
    load_fonts()
    return application


def load_fonts() -> None:
    """Both faces in the two weights that are used."""
    with as_file(files("assets").joinpath("fonts")) as folder:
        for font in sorted(Path(folder).glob("*.ttf")):
            if QFontDatabase.addApplicationFont(str(font)) < 0:
                raise RuntimeError(f"the font {font.name} cannot be read")
    face = QFont("Hanken Grotesk")
    face.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    QGuiApplication.setFont(face)


class KioskWindow:
    """One window for one desk. `close` ends it; it is not made again."""

    def __init__(
        self,
        desk: Desk,
        newest: NewestFrame,
        bridge: Bridge,
        settings: WindowSettings,
        *,
        now: Callable[[], datetime] = clock_now,
        play: Play = silence,
    ) -> None:
        self.bridge = bridge
        self.app = AppViewModel(newest)
        self.conversation = Conversation(self.app, desk, bridge, settings, now, play)
        self.engine = QQmlApplicationEngine()
        self.engine.addImportPath(str(Path(__file__).parent))
        self.engine.addImageProvider("icon", IconProvider())
        self.engine.addImageProvider("qr", QrProvider())
        self.engine.addImageProvider("camera", CameraProvider(newest))
        self.conversation.begin()
        self.engine.setInitialProperties({"app": self.app})
        self.engine.loadFromModule("Foyer", "Main")
        roots = self.engine.rootObjects()
        if not roots or not isinstance(roots[0], QQuickWindow):
            raise RuntimeError("the kiosk's window could not be made; the log says why")
        self.window: QQuickWindow = roots[0]
        self._presence = _Presence(self.conversation)
        self.window.installEventFilter(self._presence)

    def close(self) -> None:
        """Take the window down: nothing crosses the bridge, the engine goes before its models.

        All is deleted here and now: left to the garbage collector, objects with timers may be
        destroyed in whatever thread it happens to run in, and that ends the process.
        """
        self.bridge.close()
        self.window.close()
        for made in (self.engine, self.app, self.bridge):
            delete(made)


class _Presence(QObject):
    """Hears every touch and key before the screens do."""

    def __init__(self, conversation: Conversation) -> None:
        super().__init__(conversation)
        self._conversation = conversation

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: ARG002, N802
        """Qt's call; never takes an event away."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin):
            self._conversation.touch()
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            self._conversation.touch()
            self._press(event)
        return False

    def _press(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Backspace:
                self._conversation.erase()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._conversation.confirm()
            case Qt.Key.Key_Escape:
                self._conversation.go_home()
            case _ if event.text():
                self._conversation.key(event.text())


@dataclass(frozen=True, slots=True)
class Outside:
    """What the window needs besides the desk: the time, the speakers, who waits for it."""

    now: Callable[[], datetime] = clock_now
    play: Play = silence
    on_first_frame: Callable[[], None] = lambda: None


_ALONE: Final = Outside()


def run_window(
    desk: Desk,
    newest: NewestFrame,
    loop: asyncio.AbstractEventLoop,
    settings: WindowSettings,
    outside: Outside = _ALONE,
) -> int:
    """Show the kiosk until its window is closed; returns the exit code of the application.

    `loop` is the services' loop, running in a thread of its own. `on_first_frame` is called
    once, when the window has been drawn.
    """
    application = make_application()
    bridge = Bridge(loop)
    kiosk = KioskWindow(desk, newest, bridge, settings, now=outside.now, play=outside.play)
    # Qt itself breaks this connection: on a real display frames come from a thread of their own,
    # and several are under way before a first call could do it.
    kiosk.window.frameSwapped.connect(
        outside.on_first_frame, Qt.ConnectionType.SingleShotConnection
    )
    if settings.full_screen:
        kiosk.window.showFullScreen()
    else:
        kiosk.window.show()
    code = application.exec()
    kiosk.close()
    return code

"""A hand at a kiosk that has no display: types on its window and takes pictures of it.

Runs `foyer-kiosk` in this process. Each line of standard input is a JSON object:
{"type": "7KQ4M2XDPA"} presses these keys and Enter, {"picture": "welcome.png"} saves what the
window shows, {"press": name} taps the item with this objectName. One line is printed when the
window has drawn its first picture.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPointF, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.main import main as run_kiosk
from kiosk.ui.window import make_application

_LOOK_EVERY_MS = 20


class Hand(QObject):
    """Does what standard input says, in the thread of the window."""

    def __init__(self, application: QGuiApplication) -> None:
        super().__init__(application)
        self._rest = b""
        os.set_blocking(sys.stdin.fileno(), False)
        self._notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._hear)
        self._window: QQuickWindow | None = None
        self._search = QTimer(self)
        self._search.timeout.connect(self._look)
        self._search.start(_LOOK_EVERY_MS)

    def _look(self) -> None:
        windows = (w for w in QGuiApplication.topLevelWindows() if isinstance(w, QQuickWindow))
        self._window = next(windows, None)
        if self._window is not None:
            self._search.stop()
            self._window.frameSwapped.connect(_drawn, Qt.ConnectionType.SingleShotConnection)

    def _hear(self) -> None:
        more = os.read(sys.stdin.fileno(), 65536)
        if not more:
            self._notifier.setEnabled(False)
            return
        *lines, self._rest = (self._rest + more).split(b"\n")
        for line in lines:
            self._obey(json.loads(line))

    def _obey(self, wish: dict[str, Any]) -> None:
        window = self._window
        match wish:
            case {"type": str(text)} if window:
                for character in text:
                    QTest.keyClick(window, ord(character))
                QTest.keyClick(window, Qt.Key.Key_Return)
            case {"picture": str(path)} if window:
                _save(window, Path(path))
            case {"press": str(name)} if window:
                _tap(window, name)


def _save(window: QQuickWindow, path: Path) -> None:
    """Whole or not at all: whoever waits for the file may read it as soon as it is there."""
    begun = path.with_name(f"begun-{path.name}")
    window.grabWindow().save(str(begun))
    begun.replace(path)


def _drawn() -> None:
    sys.stdout.write("drawn\n")
    sys.stdout.flush()


def _tap(window: QQuickWindow, name: str) -> None:
    item = window.findChild(QQuickItem, name)
    if item is not None:
        middle = item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, middle)


if __name__ == "__main__":
    hand = Hand(make_application())
    sys.exit(run_kiosk(sys.argv[1:]))

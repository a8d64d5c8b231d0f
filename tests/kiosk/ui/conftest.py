"""Windows without a display: offscreen, drawn in software, as on the smallest kiosk."""

import os
from collections.abc import Callable, Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from kiosk.ui.window import load_fonts
from tests.kiosk.ui.seen import named, place
from tests.kiosk.ui.stage import Stage, make_stage


@pytest.fixture(scope="session")
def qapp_cls() -> type[QGuiApplication]:
    return QGuiApplication


@pytest.fixture(scope="session", autouse=True)
def house_fonts(qapp: QGuiApplication) -> None:
    load_fonts()


@pytest.fixture
def stage() -> Iterator[Stage]:
    """A kiosk in landscape, English, by day."""
    made = make_stage()
    yield made
    made.close()


@pytest.fixture
def tap(stage: Stage) -> Callable[[str], None]:
    """Touches the middle of the visible item with this name."""

    def touch(name: str) -> None:
        stage.settle()
        window = stage.kiosk.window
        middle = place(named(window, name)).center().toPoint()
        QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=QPoint(middle))
        stage.settle()

    return touch

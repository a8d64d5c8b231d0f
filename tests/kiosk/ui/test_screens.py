"""Every screen in every format and language: it loads, it fits, and fingers can hit it."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtQuick import QQuickItem

from tests.kiosk.ui.seen import place, targets, texts
from tests.kiosk.ui.stage import SCENES, SIZES, Stage, make_stage

_LEAST_UNITS = 64
_ROUNDING_PX = 1.5
FORMATS = [(size, language) for size in SIZES for language in ("en", "de")]
FORMATS.append(((800, 1280), "de_formal"))


@pytest.mark.parametrize(("size", "language"), FORMATS)
def test_texts_fit_apart_and_targets_can_be_hit(size: tuple[int, int], language: str) -> None:
    stage = make_stage(size, languages=(language, "de" if language == "en" else "en"))
    for scene, play in SCENES.items():
        play(stage)
        stage.settle()
        _texts_fit(stage, scene)
        _texts_lie_apart(stage, scene)
        _targets_can_be_hit(stage, scene)
    stage.close()


def _texts_fit(stage: Stage, scene: str) -> None:
    window = stage.kiosk.window
    inside = QRectF(0, 0, window.width() + _ROUNDING_PX, window.height() + _ROUNDING_PX)
    shown = texts(window)
    assert len(shown) > 3, f"{scene} shows nothing"
    for text in shown:
        said = f"{scene}: {text.property('text')!r}"
        assert not text.property("truncated"), f"{said} is cut"
        assert text.property("contentWidth") <= text.width() + _ROUNDING_PX, f"{said} is wide"
        assert inside.contains(_letters(text)), f"{said} leaves the window"


def _texts_lie_apart(stage: Stage, scene: str) -> None:
    shown = [(text.property("text"), _letters(text)) for text in texts(stage.kiosk.window)]
    for number, (one, here) in enumerate(shown):
        for other, there in shown[number + 1 :]:
            assert not here.intersects(there), f"{scene}: {one!r} lies on {other!r}"


def _targets_can_be_hit(stage: Stage, scene: str) -> None:
    window = stage.kiosk.window
    least = _LEAST_UNITS * min(window.width(), window.height()) / 800 - _ROUNDING_PX
    for target in targets(window):
        name = target.parentItem().objectName()
        assert target.width() >= least, f"{scene}: {name} is too narrow"
        assert target.height() >= least, f"{scene}: {name} is too low"


def _letters(text: QQuickItem) -> QRectF:
    """Where the letters are, without the air above and below them."""
    around = place(text)
    around.setWidth(text.property("contentWidth"))
    air = around.height() * 0.2 / max(1, text.property("lineCount"))
    return around.adjusted(0, air, 0, -air)

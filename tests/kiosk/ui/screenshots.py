"""Writes a picture of every screen: python -m tests.kiosk.ui.screenshots FOLDER [WORD ...].

With words only the pictures whose names have all of them: "home", "800x1280-de", "dark".
"""

import os
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from kiosk.ui.window import make_application
from tests.kiosk.ui.stage import SCENES, SIZES, make_stage, wait_for

_LOOKS = [
    (size, language, theme)
    for size in SIZES
    for language in ("en", "de")
    for theme in ("light", "dark")
]


_MOVEMENTS_S = 0.3


def wait(seconds: float) -> None:
    """Let movements end."""
    until = time.monotonic() + seconds
    wait_for(lambda: time.monotonic() >= until)


def main(arguments: list[str]) -> int:
    folder, words = Path(arguments[0]), arguments[1:]
    folder.mkdir(parents=True, exist_ok=True)
    make_application()
    for (width, height), language, theme in _LOOKS:
        look = f"{width}x{height}-{language}-{theme}"
        scenes = [s for s in SCENES if all(w in f"{s}-{look}" for w in words)]
        if not scenes:
            continue
        languages = (language, "de" if language == "en" else "en")
        stage = make_stage((width, height), theme=theme, languages=languages)
        for scene in scenes:
            SCENES[scene](stage)
            stage.settle()
            wait(_MOVEMENTS_S)
            stage.kiosk.window.grabWindow().save(str(folder / f"{scene}-{look}.png"))
        stage.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

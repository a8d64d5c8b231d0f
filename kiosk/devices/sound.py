"""Plays the house's sounds through Qt; a machine without speakers stays silent."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtMultimedia import QMediaDevices, QSoundEffect

NAMES: Final = ("welcome", "later", "jam", "tap", "ring")


class SoundBox:
    """The sounds of one folder, loaded once. Lives in the window's thread."""

    def __init__(self, folder: Path) -> None:
        self._effects: dict[str, QSoundEffect] = {}
        if not QMediaDevices.audioOutputs():
            return
        for name in NAMES:
            effect = QSoundEffect()
            effect.setSource(QUrl.fromLocalFile(str(folder / f"{name}.wav")))
            self._effects[name] = effect

    def play(self, name: str) -> None:
        """Start a sound; one that is still playing starts anew."""
        effect = self._effects.get(name)
        if effect is not None:
            effect.play()

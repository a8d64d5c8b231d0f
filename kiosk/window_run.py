"""Running the kiosk with its window: services in their thread, Qt in this one."""

from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from kiosk.bootstrap import Kiosk
from kiosk.services.ports import Frame
from kiosk.services.report import silent, to_stream
from kiosk.services_thread import ServicesThread
from kiosk.settings import Settings
from kiosk.ui.settings import WindowSettings
from kiosk.ui.window import make_application, run_window

if TYPE_CHECKING:
    from kiosk.devices.sound import SoundBox


def run_with_window(settings: Settings, stream: TextIO | None) -> int:
    """Show the lobby until the window is closed; returns the exit code."""
    report = to_stream(stream, lambda: datetime.now(UTC)) if stream else silent
    services = ServicesThread(lambda: Kiosk(settings, report))
    kiosk = services.start()
    report("started")
    make_application()
    try:
        return run_window(
            kiosk.facade(services.loop),
            kiosk.camera.newest if kiosk.camera else _no_picture,
            services.loop,
            window_settings(settings),
            play=_silence if settings.mute else _LazySounds(),
        )
    finally:
        services.stop()


def window_settings(settings: Settings) -> WindowSettings:
    """What of the settings is about how it looks."""
    languages = tuple(each.strip() for each in settings.languages.split(",") if each.strip())
    theme = settings.theme if settings.theme in ("light", "dark") else "auto"
    return WindowSettings(
        languages=languages,
        theme=theme,  # type: ignore[arg-type]
        reduced_motion=settings.reduced_motion,
        full_screen=not settings.windowed,
    )


def _no_picture() -> Frame | None:
    return None


def _silence(_name: str) -> None:
    """A muted house."""


class _LazySounds:
    """Sounds loaded at the first one, so that the first frame does not wait for them."""

    def __init__(self) -> None:
        self._box: SoundBox | None = None

    def __call__(self, name: str) -> None:
        if self._box is None:
            from kiosk.devices.sound import SoundBox

            self._box = SoundBox(Path(str(files("assets").joinpath("sounds"))))
        self._box.play(name)

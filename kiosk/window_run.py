"""Running the kiosk with its window: services in their thread, Qt in this one."""

from datetime import UTC, datetime
from typing import TextIO

from kiosk.bootstrap import Kiosk
from kiosk.services.report import silent, to_stream
from kiosk.services_thread import ServicesThread
from kiosk.settings import Settings
from kiosk.ui.settings import WindowSettings
from kiosk.ui.window import run_window


def run_with_window(settings: Settings, stream: TextIO | None) -> int:
    """Show the lobby until the window is closed; returns the exit code."""
    report = to_stream(stream, lambda: datetime.now(UTC)) if stream else silent
    services = ServicesThread(lambda: Kiosk(settings, report))
    kiosk = services.start()
    report("started")
    try:
        newest = kiosk.camera.newest if kiosk.camera else None
        return run_window(
            kiosk.facade(services.loop), services.loop, newest, window_settings(settings), report
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

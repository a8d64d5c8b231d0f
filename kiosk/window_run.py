"""Running the kiosk with its window: services in their thread, Qt in this one."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from importlib.resources import files
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, TextIO

from PySide6.QtCore import QCoreApplication, QMetaObject, Qt

from kiosk.services.report import Report, silent, to_stream
from kiosk.services_thread import ServicesThread, WaitingDesk
from kiosk.settings import Settings
from kiosk.ui.settings import WindowSettings
from kiosk.ui.window import Outside, make_application, run_window

if TYPE_CHECKING:
    from kiosk.bootstrap import Kiosk
    from kiosk.devices.sound import SoundBox


def run_with_window(settings: Settings, stream: TextIO | None) -> int:
    """Show the lobby until the window is closed or a signal ends it; returns the exit code.

    Raises what kept the services from standing.
    """
    report = to_stream(stream, lambda: datetime.now(UTC)) if stream else silent
    application = make_application()
    services = ServicesThread(lambda: _make(settings, report), partial(_quit, application))
    clock = _ServicesClock(services)

    def first_frame() -> None:
        report("first_frame")
        services.begin()

    try:
        with _signals_end(application):
            code = run_window(
                WaitingDesk(services),
                services.newest,
                services.loop,
                window_settings(settings),
                Outside(
                    now=clock.now,
                    play=_silence if settings.mute else _LazySounds(),
                    on_first_frame=first_frame,
                ),
            )
    finally:
        services.stop()
    if services.failure:
        raise services.failure
    return code


@contextmanager
def _signals_end(application: QCoreApplication) -> Iterator[None]:
    """Inside, Ctrl-C and SIGTERM close the window in order.

    Python hears of a signal when it runs the next time: the window's clock ticks every second.
    """

    def end(_number: int, _frame: FrameType | None) -> None:
        _quit(application)

    before = {each: signal.signal(each, end) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


def _quit(application: QCoreApplication) -> None:
    """End it from any thread: a plain quit() would wait for Qt's thread, which waits for us."""
    QMetaObject.invokeMethod(application, "quit", Qt.ConnectionType.QueuedConnection)


def _make(settings: Settings, report: Report) -> "Kiosk":
    from kiosk.bootstrap import Kiosk

    kiosk = Kiosk(settings, report)
    report("started")
    return kiosk


class _ServicesClock:
    """The kiosk's trusted time once there is one, the machine's until then."""

    def __init__(self, services: ServicesThread) -> None:
        self._services = services

    def now(self) -> datetime:
        if not self._services.ready.done() or self._services.ready.cancelled():
            return datetime.now(UTC)
        return self._services.ready.result().clock.now()


def window_settings(settings: Settings) -> WindowSettings:
    """What of the settings is about how it looks."""
    theme = settings.theme if settings.theme in ("light", "dark") else "auto"
    return WindowSettings(
        languages=settings.locales(),
        theme=theme,  # type: ignore[arg-type]
        reduced_motion=settings.reduced_motion,
        full_screen=not settings.windowed,
    )


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

"""The bridge between the window's thread and the services' loop."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from kiosk.ui.bridge import Bridge, Err, Ok
from tests.kiosk.ui.desk_double import LoopThread


@pytest.fixture
def thread() -> Iterator[LoopThread]:
    thread = LoopThread()
    yield thread
    thread.stop()


async def answer(value: int) -> int:
    if value < 0:
        raise ValueError(value)
    return value


def test_a_result_comes_back_in_the_windows_thread(qtbot: QtBot, thread: LoopThread) -> None:
    bridge, heard = Bridge(thread.loop), []
    bridge.call(answer(7), lambda result: heard.append((result, threading.current_thread())))
    qtbot.waitUntil(lambda: len(heard) == 1)
    assert heard == [(Ok(7), threading.main_thread())]


def test_a_failure_comes_back_as_a_value(
    qtbot: QtBot, thread: LoopThread, caplog: pytest.LogCaptureFixture
) -> None:
    bridge, heard = Bridge(thread.loop), []
    bridge.call(answer(-1), heard.append)
    qtbot.waitUntil(lambda: heard == [Err("ValueError")])
    assert "failed" in caplog.text


def test_nothing_crosses_a_closed_bridge(qtbot: QtBot, thread: LoopThread) -> None:
    bridge, heard = Bridge(thread.loop), []
    tell = bridge.to_window(heard.append)
    bridge.close()
    tell(1)
    qtbot.wait(20)
    assert heard == []


def test_twenty_thousand_values_cross_in_order(qtbot: QtBot, thread: LoopThread) -> None:
    bridge: Bridge = Bridge(thread.loop)
    heard: list[int] = []
    tell = bridge.to_window(heard.append)
    sender = threading.Thread(target=lambda: [tell(number) for number in range(20_000)])
    sender.start()
    qtbot.waitUntil(lambda: len(heard) == 20_000, timeout=20_000)
    sender.join()
    assert heard == list(range(20_000))


def test_twenty_thousand_emits_leave_the_interpreter_whole() -> None:
    class Counter(QObject):
        counted = Signal(bool)

    counter, heard = Counter(), [0]

    def count(_: bool) -> None:
        heard[0] += 1

    counter.counted.connect(count)
    for _ in range(20_000):
        counter.counted.emit(True)
    assert heard == [20_000]

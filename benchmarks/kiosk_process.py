"""The kiosk as a process: cold start to first frame, memory over many visits, CPU at rest.

python -m benchmarks.kiosk_process [--visits 2000] [--rest-s 20]

Real parts: server, Mosquitto, doors and camera video; the window is drawn offscreen in software.
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

import psutil

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_QUICK_BACKEND", "software")

from tests.end_to_end.house import KIOSK, House
from tests.end_to_end.processes import Process

STARTS = 5
MEMORY_LIMIT_MB = 350
START_LIMIT_S = 2.5
REST_LIMIT_PERCENT = 25
PACE_S = 0.2
"""Between two visits: the same code is read anew once it was away for 1.5 s."""
ANSWER_GONE_S = 25
MB = 1024 * 1024


def start_window(house: House, data: Path) -> tuple[Process, float]:
    """The kiosk with its window, and the seconds until its first frame."""
    assert house.broker is not None
    command = (
        KIOSK, "run", "--windowed", "--mute", "--data", data, "--report", "-",
        "--broker", f"127.0.0.1:{house.broker.port}", "--broker-user", "kiosk",
        "--broker-password-file", house.folder / "kiosk-password",
        "--camera", f"{house.webcam_url}/stream.mjpg",
    )  # fmt: skip
    began = time.perf_counter()
    process = Process(command, house.folder / "window.log")
    process.wait_for(lambda line: line["what"] == "first_frame")
    return process, time.perf_counter() - began


def bare_start() -> float:
    """Seconds a bare interpreter takes that only imports Qt Quick: the floor of a cold start."""
    began = time.perf_counter()
    os.spawnl(os.P_WAIT, sys.executable, sys.executable, "-c", "import PySide6.QtQuick")
    return time.perf_counter() - began


def _is_read(kiosk: Process, mark: int) -> bool:
    try:
        kiosk.wait_for(lambda line: line["what"] == "code_read", mark, patience_s=2)
    except AssertionError:
        return False
    return True


def visits(house: House, kiosk: Process, count: int, show_s: float) -> list[float]:
    """Show that many codes one after the other; memory in MB after each tenth."""
    names = [name for name in house.ids["passes"] if name != "group"]
    watched = psutil.Process(kiosk.pid)
    memory = []
    for number in range(count):
        mark, began = len(kiosk.lines), time.perf_counter()
        read = False
        while not read:
            house.show(house.code(names[number % len(names)]), seconds=show_s)
            read = _is_read(kiosk, mark)
        time.sleep(max(0.0, PACE_S - (time.perf_counter() - began)))
        if (number + 1) % max(1, count // 10) == 0:
            memory.append(watched.memory_info().rss / MB)
    return memory


def measure(house: House, count: int, rest_s: float) -> tuple[list[float], list[float], float]:
    """Starts in seconds, memory in MB over the visits, percent of a core at rest."""
    house.start_server()
    house.start_broker_and_doors()
    house.start_webcam()
    data = house.enrol("kiosk")
    starts = []
    for _ in range(STARTS):
        kiosk, took = start_window(house, data)
        starts.append(took)
        kiosk.kill()
    kiosk, _ = start_window(house, data)
    try:
        kiosk.wait_for(lambda line: line["what"] == "status" and line["camera"])
        memory = visits(house, kiosk, count, show_s=0.15)
        watched = psutil.Process(kiosk.pid)
        time.sleep(ANSWER_GONE_S)
        watched.cpu_percent()
        time.sleep(rest_s)
        return starts, memory, watched.cpu_percent()
    finally:
        kiosk.kill()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--visits", type=int, default=2000)
    parser.add_argument("--rest-s", type=float, default=20)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder))
        try:
            starts, memory, rest = measure(house, given.visits, given.rest_s)
        finally:
            house.close()
    slowest, floor = max(starts), bare_start()
    median = sorted(starts)[STARTS // 2]
    growth = memory[-1] - memory[len(memory) // 2]
    series = " ".join(f"{mb:.0f}" for mb in memory)
    print(f"first frame after {median:.2f} s, at most {slowest:.2f} of {START_LIMIT_S} s")
    print(f"  that is {median / floor:.1f} x a process that only imports Qt Quick")
    print(f"memory over {given.visits} visits: {series} MB of {MEMORY_LIMIT_MB}")
    print(f"  the second half grew by {growth:+.1f} MB")
    print(f"at rest with the preview on: {rest:.1f} of {REST_LIMIT_PERCENT} % of a core")
    fast, calm = slowest <= START_LIMIT_S, rest <= REST_LIMIT_PERCENT
    return 0 if fast and calm and max(memory) <= MEMORY_LIMIT_MB else 1


if __name__ == "__main__":
    sys.exit(main())

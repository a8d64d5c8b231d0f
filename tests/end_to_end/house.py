"""A whole house on loopback: real server, broker, doors, camera video and kiosk processes."""

import json
import sqlite3
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from installers.broker import RunningBroker, lock_account, signer_account, start_broker
from ledger.seal import SigningKey
from paper.qr import qr_png
from tests.end_to_end.processes import BIN, Process, free_port, run, wait_until

SERVER = BIN / "foyer-server"
KIOSK = BIN / "foyer-kiosk"


class House:
    """Founded and seeded when made; its parts are started one by one."""

    def __init__(self, folder: Path, *, members: int = 12, bookings: int = 12) -> None:
        self.folder = folder
        self.data = folder / "server"
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._running: list[Process | RunningBroker] = []
        run(SERVER, "init", "--data", self.data)
        seeded = run(
            SERVER, "seed-demo", "--data", self.data, "--seed", 7,
            "--members", members, "--bookings", bookings,
        )  # fmt: skip
        self.ids: dict[str, Any] = json.loads(seeded)
        self.server: Process | None = None
        self.broker: RunningBroker | None = None
        self.webcam_url = ""
        self.doors_url = ""

    def code(self, name: str) -> str:
        """The printed code of one of the seeded passes."""
        return str(self.ids["passes"][name]["code"])

    def start_server(self) -> Process:
        command = (SERVER, "serve", "--data", self.data, "--port", self.port)
        self.server = self._start(command, "server")
        wait_until(self._answers, "the server never answered")
        return self.server

    def start_broker_and_doors(self) -> None:
        """Mosquitto, and both locks as one simulator process."""
        locks = sorted(self.ids["locks"])
        accounts = [signer_account("kiosk", "kiosk-secret")]
        accounts += [lock_account(lock, f"{lock}-secret", lock) for lock in locks]
        self.broker = start_broker(self.folder / "broker", accounts)
        self._running.append(self.broker)
        (self.folder / "kiosk-password").write_text("kiosk-secret")
        self._start_doors(locks, self.broker.port)

    def start_webcam(self) -> None:
        started = self._start(
            (sys.executable, "-m", "kiosk.devices.simulated_webcam", "--port", 0), "webcam"
        )
        line = started.wait_for(lambda line: "text" in line)
        self.webcam_url = str(line["text"]).removesuffix("/stream.mjpg")

    def enrol(self, name: str, site: str = "site") -> Path:
        """A kiosk of a site, enrolled; its data folder."""
        data = self.folder / name
        added = run(SERVER, "add-kiosk", "--data", self.data, "--site", self.ids[site])
        code = added.strip().split()[-1]
        run(KIOSK, "enroll", "--data", data, "--server", self.url, "--code", code)
        return data

    def start_kiosk(self, data: Path, *, doors: bool = True, camera: bool = True) -> Process:
        """The headless kiosk on a data folder; its reports are its lines."""
        command = [KIOSK, "run", "--headless", "--data", data, "--report", "-"]
        return self._start(command + self._fittings(doors, camera), data.name)

    def start_driven_kiosk(
        self, data: Path, *, doors: bool = True, camera: bool = False
    ) -> Process:
        """The same kiosk, told by lines on its input what people do (driven_kiosk.py)."""
        command = [sys.executable, "-m", "tests.end_to_end.driven_kiosk", "--data", data]
        return self._start(command + self._fittings(doors, camera), data.name)

    def _fittings(self, doors: bool, camera: bool) -> list[object]:
        command: list[object] = []
        if doors and self.broker:
            command += ["--broker", f"127.0.0.1:{self.broker.port}", "--broker-user", "kiosk"]
            command += ["--broker-password-file", self.folder / "kiosk-password"]
        if camera and self.webcam_url:
            command += ["--camera", f"{self.webcam_url}/stream.mjpg"]
        return command

    def show(self, code: str, seconds: float = 0.6) -> None:
        """Hold a code up to the camera."""
        self._post(f"{self.webcam_url}/show?seconds={seconds}", qr_png(code))

    def door_mode(self, lock: str, mode: str) -> None:
        self._post(f"{self.doors_url}/mode?lock={lock}&name={mode}", b"")

    def doors(self) -> dict[str, dict[str, Any]]:
        """What each lock says of itself."""
        with urllib.request.urlopen(f"{self.doors_url}/state", timeout=5) as answer:
            return {door["lock"]: door for door in json.load(answer)}

    def events(self, kind: str = "visit.Arrived/1") -> list[str]:
        """Ids of the events of a kind in the server's log, in its order."""
        with sqlite3.connect(f"file:{self.data / 'foyer.sqlite'}?mode=ro", uri=True) as db:
            rows = db.execute("SELECT id FROM event WHERE kind = ? ORDER BY stream, seq", (kind,))
            return [id_ for (id_,) in rows]

    def verify_log(self) -> str:
        return run(SERVER, "verify-log", "--data", self.data)

    def close(self) -> None:
        for each in reversed(self._running):
            each.stop()

    def _start(self, command: Any, name: str) -> Process:
        process = Process(command, self.folder / f"{name}.log")
        self._running.append(process)
        return process

    def _start_doors(self, locks: list[str], broker_port: int) -> None:
        seeds = json.loads((self.data / "keys" / "locks.json").read_text())
        passwords = self.folder / "lock-passwords"
        passwords.write_text("".join(f"{lock}-secret\n" for lock in locks))
        keys = self.folder / "lock-keys"
        keys.touch(mode=0o600)
        keys.write_text("".join(f"{seeds[lock]['seed']}\n" for lock in locks))
        house = SigningKey.load_or_make(self.data / "keys" / "house-0.seed")
        command: list[object] = [sys.executable, "-m", "doors.simulator"]
        for lock in locks:
            command += ["--lock", lock, "--user", lock]
        command += ["--key-file", keys, "--password-file", passwords]
        command += ["--house-key", house.public_hex]
        command += ["--broker", f"127.0.0.1:{broker_port}"]
        command += ["--opening-log", self.folder / "openings.jsonl"]
        started = self._start(command, "doors")
        line = started.wait_for(lambda line: "control_port" in line)
        self.doors_url = f"http://127.0.0.1:{line['control_port']}"

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=1) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, OSError):
            return False

    def _post(self, url: str, body: bytes) -> None:
        request = urllib.request.Request(url, data=body, method="POST")
        with urllib.request.urlopen(request, timeout=5):
            pass

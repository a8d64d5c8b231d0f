"""The simulated provider as tests run it: the real program, killed and started again at will."""

import json
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from ledger.secret_file import read_key, write_secret
from sync_server.payments.simulated import SimulatedProvider
from tests.architecture.project_files import ROOT

LATE_S = 0.3


@dataclass
class Simulator:
    """One simulator and its payer: somebody who opens the page and presses a button."""

    folder: Path
    hook: str = ""
    url: str = ""
    process: subprocess.Popen[str] = field(init=False)

    @property
    def secret_file(self) -> Path:
        return self.folder / "payments.secret"

    @property
    def secret(self) -> bytes:
        return read_key(self.secret_file)

    def start(self) -> None:
        """On the port it had before, if it ran before."""
        if not self.secret_file.exists():
            write_secret(self.secret_file, secrets.token_hex(32))
        command = [sys.executable, "-m", "sync_server.payments.simulator"]
        options = {
            "--port": self.url.rpartition(":")[2] or "0",
            "--file": str(self.folder / "simulator.sqlite"),
            "--secret-file": str(self.secret_file),
            "--hook": self.hook,
            "--late-s": str(LATE_S),
        }
        arguments = [part for pair in options.items() for part in pair]
        self.process = subprocess.Popen(
            [*command, *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout
        self.url = json.loads(self.process.stdout.readline())["url"]

    def kill(self) -> None:
        """As a power cut would."""
        self.process.kill()
        self.process.wait(10)
        assert self.process.stdout
        self.process.stdout.close()

    def provider(self, patience_s: float = 5.0) -> SimulatedProvider:
        return SimulatedProvider(self.url, self.secret, patience_s)

    def press(self, reference: str, act: str) -> httpx.Response:
        """Open the page, press that button; where the browser would go is not followed."""
        return self.ask("POST", f"/pay/{reference}", data={"act": act})

    def expect(self, *moods: str) -> int:
        """How the next calls of the server go; how many were left without an answer so far."""
        bearer = {"authorization": f"Bearer {self.secret.hex()}"}
        answer = self.ask("POST", "/moods", params={"mood": moods}, headers=bearer)
        return int(answer.json()["silent"])

    def ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        with httpx.Client(base_url=self.url, trust_env=False, timeout=10) as client:
            return client.request(method, path, **more)


@contextmanager
def running_simulator(folder: Path, hook: str = "") -> Iterator[Simulator]:
    simulator = Simulator(folder, hook)
    simulator.start()
    try:
        yield simulator
    finally:
        simulator.kill()

"""One process of the demo: started, heard, stopped and started again."""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from installers.demo.trouble import DemoTrouble

STOP_PATIENCE_S = 10.0
BIN = Path(sys.executable).parent


class Child:
    """A command of ours. What it says goes to a log; it has a session of its own, so that Ctrl-C
    in the terminal reaches the demo alone, which then ends its parts in order."""

    def __init__(
        self, name: str, command: Sequence[str], log: Path, more: Mapping[str, str] | None = None
    ) -> None:
        self.name = name
        self._command = [str(part) for part in command]
        self._log = log
        self._environment = {**os.environ, **(more or {})}
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.returncode is None

    async def start(self, *, speaks: bool = False) -> str:
        """Start it; if it `speaks`, wait for its first line and give it back."""
        if self.running:
            return ""
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE if speaks else log,
                stderr=log,
                env=self._environment,
                start_new_session=True,
            )
        return await self._first_line() if speaks else ""

    async def tell(self, line: str) -> None:
        """Write one line to its standard input."""
        if self._process is None or self._process.stdin is None:
            raise DemoTrouble(f"The {self.name} is not running.")
        self._process.stdin.write(line.encode() + b"\n")
        await self._process.stdin.drain()

    async def stop(self) -> None:
        """Ask it to end; kill it if it does not."""
        if self._process is None:
            return
        if self.running:
            with suppress(ProcessLookupError):
                self._process.terminate()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._process.wait(), STOP_PATIENCE_S)
        await self.kill()

    async def kill(self) -> None:
        """End it as a crash would."""
        if self._process is None:
            return
        if self.running:
            with suppress(ProcessLookupError):
                self._process.kill()
            await self._process.wait()
        if self._reading is not None:
            await self._reading
        self._process = None

    async def ended(self) -> int:
        """Wait until it ends by itself; its status."""
        if self._process is None:
            return 0
        return await self._process.wait()

    async def _first_line(self) -> str:
        assert self._process is not None
        assert self._process.stdout is not None
        line = await self._process.stdout.readline()
        if not line:
            await self._process.wait()
            raise DemoTrouble(f"The {self.name} did not start; {self._log} says why.")
        self._reading = asyncio.ensure_future(self._keep_reading(self._process.stdout))
        return line.decode().strip()

    async def _keep_reading(self, stream: asyncio.StreamReader) -> None:
        with self._log.open("ab") as log:
            async for line in stream:
                log.write(line)


async def run_once(name: str, command: Sequence[str]) -> str:
    """Run a command to its end and give back what it printed. Raises DemoTrouble."""
    process = await asyncio.create_subprocess_exec(
        *(str(part) for part in command),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    said, complaint = await process.communicate()
    if process.returncode:
        last = complaint.decode(errors="replace").strip().splitlines()[-1:] or ["no reason given"]
        raise DemoTrouble(f"{name} failed: {last[0]}")
    return said.decode()

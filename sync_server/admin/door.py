"""The admin socket: commands beside a running server are carried out by it.

DIR/admin.sock is for its owner alone. It is bound through /proc/self/fd because the path of a
socket is limited to 108 bytes. One JSON line comes in, one goes out.
"""

import asyncio
import os
import socket
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Final, Self

import msgspec
import structlog

from ledger.codec import BadBody
from ledger.errors import LedgerUnavailable
from sync_server.admin.acts import carry_out
from sync_server.admin.answers import Json
from sync_server.house import House
from sync_server.use_cases.refusal import Refusal

MAX_LINE_BYTES: Final = 4 * 1024 * 1024
"""A house file of the largest size, escaped twice."""
_log = structlog.get_logger(__name__)


class AdminDoor:
    """Listens on the data directory's socket while it is entered."""

    def __init__(self, house: House, on_done: Callable[[], None]) -> None:
        self._house = house
        self._on_done = on_done
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        listening = _bind(self._house.data.root)
        self._server = await asyncio.start_unix_server(
            self._serve, sock=listening, limit=MAX_LINE_BYTES
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._server is not None:
            self._server.close()
        with suppress(FileNotFoundError):
            self._house.data.admin_socket.unlink()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            line = await reader.readline()
            writer.write(msgspec.json.encode(await self._answer(line)) + b"\n")
            await writer.drain()
        except (ConnectionError, ValueError):
            _log.info("admin_caller_gone")
        finally:
            writer.close()

    async def _answer(self, line: bytes) -> Json:
        try:
            asked = msgspec.json.decode(line, type=dict[str, str])
            answer = await carry_out(self._house, asked["act"], asked["params"])
        except (msgspec.MsgspecError, BadBody, KeyError):
            return {"refused": asdict(Refusal("not_understood", "The server is of another age."))}
        except LedgerUnavailable:
            _log.exception("admin_act_failed")
            return {"refused": asdict(Refusal("try_again", "The database is not available."))}
        self._on_done()
        return {"refused": asdict(answer)} if isinstance(answer, Refusal) else {"done": answer}


def _bind(folder: Path) -> socket.socket:
    """A socket at `folder`/admin.sock, whatever the length of the path."""
    directory = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    before = os.umask(0o177)
    try:
        with suppress(FileNotFoundError):
            os.unlink("admin.sock", dir_fd=directory)
        listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        listening.bind(f"/proc/self/fd/{directory}/admin.sock")
    finally:
        os.umask(before)
        os.close(directory)
    listening.setblocking(False)
    return listening

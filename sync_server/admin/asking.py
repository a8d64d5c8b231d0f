"""Having a command carried out: by this process if nobody owns the data, else by the server."""

import asyncio
import os
import socket
import time
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from ledger.codec import encode_text
from ledger.data_dir import DataDir
from ledger.errors import DataDirInUse
from sync_server.admin.answers import Answer, Json
from sync_server.key_store import load_keys
from sync_server.settings import Settings
from sync_server.use_cases.refusal import Refusal

_NO_TEXT: Final = Refusal("no_text", "Not all of that is text in UTF-8. Please type it anew.")
PATIENCE_S: Final = 5.0
_PAUSE_S: Final = 0.1
_ANSWER_S: Final = 600


@dataclass(frozen=True, slots=True)
class Asked:
    """A command by its name, with its parameters as a dataclass."""

    act: str
    params: Any


def ask(settings: Settings, asked: Asked) -> Answer:
    """The answer to a command.

    Raises NotSetUp, or DataDirInUse if the owner of the data does not answer for 5 s.
    On PostgreSQL commands write directly: stream locks order them.
    """
    try:
        params = encode_text(asked.params)
    except UnicodeEncodeError:
        return _NO_TEXT
    if not settings.on_sqlite:
        return asyncio.run(_by_ourselves(settings, asked.act, params))
    data = DataDir(settings.data)
    load_keys(data)
    until = time.monotonic() + PATIENCE_S
    while True:
        try:
            with data.owned():
                return asyncio.run(_by_ourselves(settings, asked.act, params))
        except DataDirInUse:
            answer = _by_the_owner(data, asked.act, params)
            if answer is not None:
                return answer
            if time.monotonic() > until:
                raise
            time.sleep(_PAUSE_S)


async def _by_ourselves(settings: Settings, act: str, params: str) -> Answer:
    from sync_server.admin.acts import carry_out
    from sync_server.house import open_house

    house = await open_house(settings)
    try:
        return await carry_out(house, act, params)
    finally:
        await house.close()


def _by_the_owner(data: DataDir, act: str, params: str) -> Answer | None:
    """What the running server answers; None if it does not listen (yet, or any more)."""
    line = {"act": act, "params": params}
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        try:
            _connect(connection, data)
        except (FileNotFoundError, ConnectionError):
            return None
        connection.settimeout(_ANSWER_S)
        connection.sendall(msgspec.json.encode(line) + b"\n")
        with connection.makefile("rb") as file:
            answer: Json = msgspec.json.decode(file.readline() or b"null") or {}
    if "done" in answer:
        done: Json = answer["done"]
        return done
    refused = answer.get("refused", {"code": "gone", "sentence": "The server stopped meanwhile."})
    return Refusal(**refused)


def _connect(connection: socket.socket, data: DataDir) -> None:
    directory = os.open(data.root, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        connection.connect(f"/proc/self/fd/{directory}/admin.sock")
    finally:
        os.close(directory)

"""serve: one process on SQLite, any number of workers on PostgreSQL."""

import argparse
import asyncio
import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from typing import Any, Final, NoReturn

import structlog
import uvicorn

from ledger.data_dir import DataDir
from ledger.errors import DataDirInUse
from sync_server.app import served_app
from sync_server.commands.listening import refused_address
from sync_server.commands.outcome import DONE, fail
from sync_server.house import open_house
from sync_server.key_store import load_keys
from sync_server.logs import log_as_json
from sync_server.mail.transport import transport_of
from sync_server.payments.choosing import secret_of
from sync_server.settings import Settings, as_environment

PATIENCE_S: Final = 5.0
_PAUSE_S: Final = 0.1
GOODBYE_S: Final = 2
"""How long open requests have when the server is told to stop; long polls just end."""
_log = structlog.get_logger(__name__)


def serve(settings: Settings, _: argparse.Namespace) -> int:
    """Serve until told to stop. The data directory is ours alone meanwhile (on SQLite).

    What would keep it from serving is looked for first, so that it is said in a sentence.
    """
    data = DataDir(settings.data)
    load_keys(data)
    transport_of(settings, data)
    secret_of(settings)
    log_as_json(settings.log_level)
    signal.signal(signal.SIGTERM, _end)
    with _owner(data) if settings.on_sqlite else nullcontext():
        asyncio.run(_look_at_the_house(settings))
        if taken := refused_address(settings.host, settings.port):
            return fail(taken)
        for sentence in data.open_to_others():
            _log.warning("open_to_others", sentence=sentence)
        return _serve(settings)


def _serve(settings: Settings) -> int:
    """Hand over to uvicorn, which tells its own trouble to the log and by other codes."""
    many = settings.workers > 1
    if many:
        os.environ.update(as_environment(settings))
    application: Any = "sync_server.app:worker_app" if many else served_app(settings)
    try:
        uvicorn.run(application, factory=many, **uvicorn_options(settings))
    except SystemExit as end:
        if end.code:
            return fail("The server could not start; the lines before this one say why.")
        raise
    return DONE


async def _look_at_the_house(settings: Settings) -> None:
    """Raises what keeps the ledger from being opened and read."""
    house = await open_house(settings)
    try:
        await house.ledger.heads()
    finally:
        await house.close()


@contextmanager
def _owner(data: DataDir) -> Iterator[None]:
    """Own the data directory; a command that has it for a moment is waited for."""
    until = time.monotonic() + PATIENCE_S
    while True:
        with ExitStack() as stack:
            try:
                stack.enter_context(data.owned())
            except DataDirInUse:
                if time.monotonic() > until:
                    raise
            else:
                yield
                return
        time.sleep(_PAUSE_S)


def _end(*_: object) -> NoReturn:
    """Told to stop is no failure. uvicorn raises the signal again once all is closed."""
    raise SystemExit(DONE)


def uvicorn_options(settings: Settings) -> dict[str, Any]:
    """How this application is to be served: fast, and quiet about who asks."""
    return {
        "host": settings.host,
        "port": settings.port,
        "workers": settings.workers,
        "loop": "uvloop",
        "http": "httptools",
        "log_config": None,
        "access_log": False,  # addresses and codes in paths are nobody's business
        "timeout_graceful_shutdown": GOODBYE_S,
        "server_header": False,
        "proxy_headers": bool(settings.proxies),
        "forwarded_allow_ips": settings.proxies,
    }

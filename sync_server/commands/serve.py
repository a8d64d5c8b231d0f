"""serve: one process on SQLite, any number of workers on PostgreSQL."""

import argparse
import os
from contextlib import nullcontext
from typing import Any, Final

import uvicorn

from ledger.data_dir import DataDir
from sync_server.app import create_app
from sync_server.commands.outcome import DONE
from sync_server.key_store import load_keys
from sync_server.logs import log_as_json
from sync_server.mail.transport import transport_of
from sync_server.settings import Settings, as_environment

GOODBYE_S: Final = 2
"""How long open requests have when the server is told to stop; long polls just end."""


def serve(settings: Settings, _: argparse.Namespace) -> int:
    """Serve until told to stop. The data directory is ours alone meanwhile (on SQLite)."""
    data = DataDir(settings.data)
    load_keys(data)
    transport_of(settings, data)
    log_as_json(settings.log_level)
    if settings.workers > 1:
        os.environ.update(as_environment(settings))
        uvicorn.run("sync_server.app:worker_app", factory=True, **_options(settings))
        return DONE
    with data.owned() if settings.on_sqlite else nullcontext():
        uvicorn.run(create_app(settings), **_options(settings))
    return DONE


def _options(settings: Settings) -> dict[str, Any]:
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
    }

"""The simulated payment provider as a process: an API for the server, a page for people.

The first line of output is JSON: the address. What it knows lies in --file, so that it can be
killed and started again.
"""

import argparse
import json
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import uvicorn
from starlette.applications import Starlette

from ledger.secret_file import read_key
from sync_server.payments.simulator.api import api_routes
from sync_server.payments.simulator.hooks import Hooks
from sync_server.payments.simulator.moods import Moods
from sync_server.payments.simulator.page import page_routes
from sync_server.payments.simulator.till import Till

GOODBYE_S = 1


def main(arguments: list[str] | None = None) -> int:
    """Run until ended by a signal."""
    options = _parser().parse_args(arguments)
    with socket.create_server((options.host, options.port)) as listening:
        url = f"http://{options.host}:{listening.getsockname()[1]}"
        sys.stdout.write(json.dumps({"url": url}) + "\n")
        sys.stdout.flush()
        server = uvicorn.Server(
            uvicorn.Config(
                simulator_app(options, url),
                log_config=None,
                access_log=False,
                timeout_graceful_shutdown=GOODBYE_S,
            )
        )
        server.run(sockets=[listening])
    return 0


def simulator_app(options: argparse.Namespace, url: str) -> Starlette:
    """The whole provider under the address `url`."""
    secret = read_key(options.secret_file)
    till = Till(options.file, lambda: datetime.now(UTC), url)
    hooks = Hooks(options.hook, secret)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        await hooks.close()
        till.close()

    routes = [*api_routes(till, secret, Moods()), *page_routes(till, hooks, options.late_s)]
    return Starlette(routes=routes, lifespan=lifespan)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m sync_server.payments.simulator", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--file", required=True, type=Path, help="its payments (SQLite)")
    parser.add_argument(
        "--secret-file", required=True, type=Path, help="64 hex digits, shared with the server"
    )
    parser.add_argument("--hook", default="", metavar="URL", help="called when a payment changes")
    parser.add_argument("--late-s", type=float, default=20.0, help="how late a late answer comes")
    return parser


if __name__ == "__main__":
    sys.exit(main())

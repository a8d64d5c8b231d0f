"""installers/demo.sh: all of Foyer on this machine, until Ctrl-C."""

import argparse
import asyncio
import contextlib
import signal
import socket
import sys
from pathlib import Path

import uvicorn

from installers.demo.check import check
from installers.demo.guard import start_guard
from installers.demo.kiosk import has_display
from installers.demo.page.app import page_app
from installers.demo.places import ROOT, Places
from installers.demo.running import Running
from installers.demo.steps import say, told
from installers.demo.tour import take_pictures
from installers.demo.trouble import DemoTrouble

OK, FAILED = 0, 1
LAST_PORT = 65_535


def main() -> int:
    """0 after Ctrl-C or a check that held; 1 with a sentence if something did not."""
    options = _parser().parse_args()
    guard = start_guard()
    try:
        return asyncio.run(_until_ended(options))
    except DemoTrouble as trouble:
        sys.stderr.write(f"{trouble}\n")
        return FAILED
    finally:
        guard.communicate()


async def _until_ended(options: argparse.Namespace) -> int:
    """The chosen run; Ctrl-C ends its parts in order. A check that was ended did not hold."""
    task = asyncio.ensure_future(_check() if options.check else _show(options))
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        asyncio.get_running_loop().add_signal_handler(number, task.cancel)
    try:
        await task
    except asyncio.CancelledError:
        say("\nEverything has ended.")
        return FAILED if options.check else OK
    return OK


async def _check() -> None:
    async with Running(Places.fresh("check"), shown=False, tell=told) as demo:
        await check(demo)
    say("Every step held.")


async def _show(options: argparse.Namespace) -> None:
    shown = has_display()
    camera = options.camera or (_webcam() if shown else "")
    places = Places.fresh("run")
    listening = _listen(options.port)
    port: int = listening.getsockname()[1]
    async with Running(places, shown=shown, camera=camera, tell=told) as demo:
        server = _Page(
            uvicorn.Config(
                page_app(demo, over=lambda: server.should_exit),
                log_level="warning",
                timeout_graceful_shutdown=3,
            )
        )
        page = asyncio.ensure_future(server.serve([listening]))
        try:
            await _invite(demo, port, shown=shown)
            await asyncio.wait(
                {page, asyncio.ensure_future(demo.kiosk.ended())},
                return_when=asyncio.FIRST_COMPLETED,
            )
        finally:
            server.should_exit = True
            await page


async def _invite(demo: Running, port: int, *, shown: bool) -> None:
    say(f"\nControl page: http://127.0.0.1:{port}   Ctrl-C ends everything.")
    if shown:
        return
    say("There is no display here: the kiosk draws in memory. Pictures of a visit:")
    folder = await take_pictures(demo)
    say(f"They are in {folder.relative_to(ROOT)}")


class _Page(uvicorn.Server):
    """Leaves the signals to the demo."""

    @contextlib.contextmanager
    def capture_signals(self):  # type: ignore[no-untyped-def]
        yield


def _listen(port: int) -> socket.socket:
    """The control page's port, taken before anything is started. Raises DemoTrouble."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(("127.0.0.1", port))
    except OSError:
        raise DemoTrouble(f"Port {port} is taken; choose another one with --port.") from None
    return listening


def _webcam() -> str:
    """The first real camera of this machine, or nothing: then the demo simulates one."""
    return "0" if Path("/dev/video0").exists() else ""


def _port(text: str) -> int:
    if not text.isdecimal() or len(text) > len(str(LAST_PORT)) or int(text) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"a port is a number from 0 to {LAST_PORT}, not {text!r}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="installers/demo.sh", description=__doc__)
    parser.add_argument(
        "--check", action="store_true", help="a scripted visit; exit 0 if every step held"
    )
    parser.add_argument(
        "--port", type=_port, default=8090, help="of the control page; 0: a free one"
    )
    parser.add_argument("--camera", help="index, file or URL (else: a webcam, or a simulated one)")
    return parser


if __name__ == "__main__":
    sys.exit(main())

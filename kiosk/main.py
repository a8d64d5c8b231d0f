"""foyer-kiosk: run, enroll, doctor, read."""

import argparse
import asyncio
import contextlib
import os
import signal
import sys
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from kiosk.services.data_folder import IDENTITY, NotEnrolled
from kiosk.settings import BadSettings, Settings, resolve
from ledger.disk_trouble import sentence_of
from ledger.errors import LedgerError
from ledger.ownership import owned
from ledger.secret_file import open_to_others

OK, FAILED, WRONG_USE = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Exit 0 done, 1 refused or failed with a sentence on stderr, 2 wrong use."""
    given = vars(_parser().parse_args(arguments))
    command = given.pop("command")
    try:
        return _COMMANDS[command](given)
    except BadSettings as error:
        return _say(str(error), WRONG_USE)
    except (NotEnrolled, LedgerError) as error:
        return _say(str(error), FAILED)
    except OSError as error:
        return _say(sentence_of(error), FAILED)
    except ExceptionGroup as group:  # of the services, which run side by side
        known = group.subgroup((NotEnrolled, LedgerError))
        if known is None:
            raise
        return _say(str(_first_of(known)), FAILED)
    except KeyboardInterrupt:
        return OK


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="foyer-kiosk",
        description="The lobby kiosk. Settings: flags, then FOYER_KIOSK_* variables, then a file.",
    )
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="serve the lobby")
    enroll = commands.add_parser("enroll", help="join a house with a one-time code")
    doctor = commands.add_parser("doctor", help="say what works on this machine and what not")
    for each in (run, enroll, doctor):
        _add_settings(each)
    enroll.add_argument("--code", required=True, help="the code `foyer-server add-kiosk` printed")
    read = commands.add_parser("read", help="read the codes in still pictures")
    read.add_argument("--json", action="store_true", dest="as_json", help="one JSON line a file")
    read.add_argument("files", nargs="+", metavar="FILE")
    return parser


def _add_settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--config", help="TOML file with any of these settings")
    for each in fields(Settings):
        flag = "--" + each.name.replace("_", "-")
        if each.type is bool:
            parser.add_argument(
                flag,
                action=argparse.BooleanOptionalAction,
                default=None,
                help=each.metadata["help"],
            )
        else:
            parser.add_argument(flag, default=None, help=each.metadata["help"])


def _settings(given: dict[str, object]) -> Settings:
    config = given.get("config")
    return resolve(given, os.environ, str(config) if config else None)


def _run(given: dict[str, object]) -> int:
    settings = _settings(given)
    if not (settings.data / IDENTITY).exists():
        return _say("This kiosk belongs to no house yet. Run foyer-kiosk enroll first.", FAILED)
    if found := open_to_others(settings.data):
        _say(found, OK)
    with contextlib.ExitStack() as stack:
        stack.enter_context(owned(settings.data))
        stream = _report_stream(settings, stack)
        run = _run_headless if settings.headless else _run_window
        return run(settings, stream)


def _report_stream(settings: Settings, stack: contextlib.ExitStack) -> TextIO | None:
    if settings.report == "-":
        return sys.stdout
    if settings.report:
        return stack.enter_context(Path(settings.report).open("a", encoding="utf-8"))
    return None


def _run_headless(settings: Settings, stream: TextIO | None) -> int:
    from kiosk.bootstrap import Kiosk
    from kiosk.services.report import silent, to_stream

    report = to_stream(stream, lambda: datetime.now(UTC)) if stream else silent

    async def serve() -> None:
        task = asyncio.ensure_future(Kiosk(settings, report).run())
        loop = asyncio.get_running_loop()
        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, task.cancel)
        report("started")
        with contextlib.suppress(asyncio.CancelledError):
            await task

    asyncio.run(serve())
    return OK


def _run_window(settings: Settings, stream: TextIO | None) -> int:
    from kiosk.window_run import run_with_window

    return run_with_window(settings, stream)


def _enroll(given: dict[str, object]) -> int:
    from kiosk.enrolment import EnrolmentRefused, enrol

    code = str(given.pop("code"))
    settings = _settings(given)
    if not settings.server:
        return _say("--server is needed to enrol.", WRONG_USE)
    try:
        identity = asyncio.run(enrol(settings, code))
    except EnrolmentRefused as error:
        return _say(str(error), FAILED)
    sys.stdout.write(f"{identity.kiosk_id}\n")
    return OK


def _doctor(given: dict[str, object]) -> int:
    from kiosk.doctor import examine

    return examine(_settings(given), sys.stdout)


def _read(given: dict[str, object]) -> int:
    from kiosk.read_command import run

    files = given["files"]
    assert isinstance(files, list)
    return run([str(each) for each in files], as_json=bool(given["as_json"]))


def _first_of(group: BaseExceptionGroup[BaseException]) -> BaseException:
    """The first exception of a group that is no group itself."""
    first = group.exceptions[0]
    return _first_of(first) if isinstance(first, BaseExceptionGroup) else first


def _say(sentence: str, code: int) -> int:
    sys.stderr.write(f"foyer-kiosk: {sentence}\n")
    return code


_COMMANDS = {"run": _run, "enroll": _enroll, "doctor": _doctor, "read": _read}

if __name__ == "__main__":
    sys.exit(main())

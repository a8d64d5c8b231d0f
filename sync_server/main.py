"""`foyer-server`: reads the command line and hands over to one command."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final

from sync_server.commands import asked, founding
from sync_server.commands.outcome import guarded
from sync_server.commands.parser import parser
from sync_server.settings import Settings, load_settings

Command = Callable[[Settings, argparse.Namespace], int]


def _serve(settings: Settings, flags: argparse.Namespace) -> int:
    from sync_server.commands.serve import serve

    return serve(settings, flags)


COMMANDS: Final[dict[str, Command]] = {
    "init": founding.init,
    "serve": _serve,
    "verify-log": founding.verify_log,
    "seed-demo": founding.seed_demo,
    "token": asked.token,
    "add-kiosk": asked.add_kiosk,
    "issue-pass": asked.issue_pass,
    "book": asked.book,
    "move-booking": asked.move_booking,
    "revoke-kiosk": asked.one_subject,
    "revoke-pass": asked.one_subject,
    "offboard": asked.one_subject,
    "erase-person": asked.one_subject,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, 1 refused or failed (a sentence on stderr), 2 wrong use."""
    flags = parser().parse_args(arguments)

    def run() -> int:
        settings = load_settings(vars(flags), os.environ, flags.config)
        return COMMANDS[flags.command](settings, flags)

    return guarded(run)


if __name__ == "__main__":
    sys.exit(main())

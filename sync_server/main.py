"""`foyer-server`: reads the command line and hands over to one command."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Final

from sync_server.commands.outcome import guarded
from sync_server.commands.parser import parser
from sync_server.settings import load_settings

COMMANDS: Final = {
    "init": "founding.init",
    "serve": "serve.serve",
    "verify-log": "verifying.verify_log",
    "apply": "applying.apply",
    "house-file": "applying.house_file",
    "seed-demo": "seeding.seed_demo",
    "token": "asked.token",
    "add-kiosk": "asked.add_kiosk",
    "issue-pass": "asked.issue_pass",
    "book": "asked.book",
    "move-booking": "asked.move_booking",
    "revoke-kiosk": "asked.one_subject",
    "revoke-pass": "asked.one_subject",
    "offboard": "asked.one_subject",
    "erase-person": "asked.one_subject",
}
"""Where each command lives; imported when it is called, so that none waits for the others."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code: 0 done, 1 refused or failed (a sentence on stderr), 2 wrong use."""
    flags = parser().parse_args(arguments)

    def run() -> int:
        settings = load_settings(vars(flags), os.environ, flags.config)
        module, _, name = COMMANDS[flags.command].partition(".")
        command = getattr(import_module(f"sync_server.commands.{module}"), name)
        return int(command(settings, flags))

    return guarded(run)


if __name__ == "__main__":
    sys.exit(main())

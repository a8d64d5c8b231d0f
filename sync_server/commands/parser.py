"""The words of `foyer-server`: every command with its flags and a line of help each."""

import argparse
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TypeAlias

from sync_server.settings import LOG_LEVELS, PROVIDERS
from sync_server.use_cases.scopes import SCOPES

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
_ABOUT: Final = """The server behind the lobby kiosks.

Every setting can be given as a flag, as a FOYER_* variable (FOYER_DATA, FOYER_PORT ...) or in
one TOML file (--config FILE or FOYER_CONFIG), in that order of precedence.
Exit codes: 0 done, 1 refused or failed with a sentence on stderr, 2 wrong use."""


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    top = argparse.ArgumentParser(
        prog="foyer-server",
        description=_ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")
    common = _common()
    _running(commands, common)
    _house(commands, common)
    _people(commands, common)
    _passes(commands, common)
    return top


def _common() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    where = common.add_argument_group("where the house is")
    where.add_argument("--data", type=Path, metavar="DIR", help="keys, mails, files and database")
    where.add_argument(
        "--database-url", metavar="URL", help="postgresql://...; without it SQLite in DIR"
    )
    where.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML")
    return common


def _running(commands: Commands, common: argparse.ArgumentParser) -> None:
    add = commands.add_parser
    add("init", parents=[common], help="found a house: keys, database, epoch")
    serve = add("serve", parents=[common], help="serve kiosks and the API, send mails")
    serve.add_argument("--host", help="address to listen on (127.0.0.1)")
    serve.add_argument("--port", type=int, help="port to listen on (8080)")
    serve.add_argument("--workers", type=int, help="processes; more than one needs PostgreSQL")
    serve.add_argument(
        "--public-url", metavar="URL", help="how browsers reach it (https://desk.example.org)"
    )
    serve.add_argument("--log-level", choices=LOG_LEVELS)
    serve.add_argument(
        "--proxies", metavar="LIST", help="whose X-Forwarded-For counts (127.0.0.1,::1)"
    )
    mail = serve.add_argument_group("mail")
    mail.add_argument("--smtp", metavar="HOST:PORT", help="without it mails are files in DIR/mails")
    mail.add_argument("--smtp-user", metavar="NAME")
    mail.add_argument("--smtp-password-file", metavar="FILE")
    mail.add_argument("--smtp-starttls", action="store_true", default=None)
    mail.add_argument("--mail-from", metavar="ADDRESS", help='"Name <name@example.org>"')
    _doors(serve)
    pay = serve.add_argument_group("payments by link (without it: by invoice or at the desk)")
    pay.add_argument("--payments", choices=PROVIDERS)
    pay.add_argument("--payments-url", metavar="URL", help="where the provider is")
    pay.add_argument("--payments-secret-file", metavar="FILE", help="shared with the provider")
    add("verify-log", parents=[common], help="check every event of the log; name the first bad one")


def _doors(serve: argparse.ArgumentParser) -> None:
    doors = serve.add_argument_group("doors")
    doors.add_argument("--broker", metavar="HOST:PORT", help="without it no page opens a door")
    doors.add_argument("--broker-user", metavar="NAME", help="user name at the broker")
    doors.add_argument("--broker-password-file", metavar="FILE", help="file with its password")
    doors.add_argument("--broker-ca-file", metavar="FILE", help="broker over TLS, with this CA")


def _house(commands: Commands, common: argparse.ArgumentParser) -> None:
    add = commands.add_parser
    seed = add("seed-demo", parents=[common], help="fill an empty house; prints its ids as JSON")
    seed.add_argument("--seed", type=int, default=1, help="the same seed makes the same ids")
    seed.add_argument("--members", type=int, default=40)
    seed.add_argument("--bookings", type=int, default=30)
    seed.add_argument(
        "--lock-keys", type=Path, metavar="FILE", help='JSON of public keys: {"front": hex, ...}'
    )
    apply = add("apply", parents=[common], help="make the house as a file describes it")
    apply.add_argument("file", type=Path, metavar="FILE.toml")
    apply.add_argument("--dry-run", action="store_true", help="say what would change, no more")
    apply.add_argument(
        "--remove-missing", action="store_true", help="retire what the file does not name"
    )
    apply.add_argument("--json", action="store_true", help="the changes as JSON")
    add("house-file", parents=[common], help="print the house as a file that apply reads")
    kiosk = add("add-kiosk", parents=[common], help="print a one-time enrolment code (10 minutes)")
    kiosk.add_argument("--site", required=True, metavar="ID")
    kiosk.add_argument("--name", default="")
    kiosk.add_argument("--door", metavar="ID", help="the door it stands at")
    kiosk.add_argument("--json", action="store_true", help="print id and number too")
    _with_id(add("revoke-kiosk", parents=[common], help="trust a kiosk no more"), "kiosk")
    token = add("token", help="tokens of the API")
    create = token.add_subparsers(dest="token_command", required=True, metavar="COMMAND")
    _with_id(create.add_parser("revoke", parents=[common], help="end a token"), "token-id")
    new = create.add_parser("create", parents=[common], help="print a new token, once")
    new.add_argument("--scope", action="append", required=True, choices=SCOPES)
    new.add_argument("--site", metavar="ID", help="for one site only")
    new.add_argument("--person", metavar="ID", help="for whom it books (scope book)")


def _people(commands: Commands, common: argparse.ArgumentParser) -> None:
    add = commands.add_parser
    _with_id(add("offboard", parents=[common], help="end all that hangs on a person"), "person")
    _with_id(
        add("erase-person", parents=[common], help="forget a person's name and address for good"),
        "person",
    )


def _passes(commands: Commands, common: argparse.ArgumentParser) -> None:
    add = commands.add_parser
    issue = add("issue-pass", parents=[common], help="a new member pass for a person")
    issue.add_argument("--person", required=True, metavar="ID")
    issue.add_argument("--mail", action="store_true", help="send it to the person too")
    issue.add_argument("--json", action="store_true", help="id, code, short code and PNG as JSON")
    _with_id(add("revoke-pass", parents=[common], help="a pass admits nobody any more"), "pass")
    book = add("book", parents=[common], help="confirm a booking and queue its mail")
    book.add_argument("--resource", required=True, metavar="ID")
    book.add_argument("--person", required=True, metavar="ID")
    book.add_argument("--party", type=int, default=1, help="how many people its pass lets in")
    _times(book)
    move = add("move-booking", parents=[common], help="give a booking another time")
    move.add_argument("--booking", required=True, metavar="ID")
    _times(move)


def _times(command: argparse.ArgumentParser) -> None:
    command.add_argument("--from", dest="starts", required=True, type=_instant, metavar="TIME")
    command.add_argument("--to", dest="ends", required=True, type=_instant, metavar="TIME")


def _with_id(command: argparse.ArgumentParser, what: str) -> None:
    command.add_argument(f"--{what}", dest="id", required=True, metavar="ID")


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise argparse.ArgumentTypeError("a time needs its zone, as in 2026-05-14T09:00+02:00")
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise argparse.ArgumentTypeError(f"the calendar has no {text}") from error

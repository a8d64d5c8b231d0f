"""Commands that have one act carried out and print what came of it."""

import argparse
import json

from sync_server.admin.answers import Json
from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import MemberPass, NewBooking, NewKiosk, NewTimes, NewToken, Subject
from sync_server.commands.outcome import show
from sync_server.settings import Settings


def token(settings: Settings, flags: argparse.Namespace) -> int:
    if flags.token_command == "revoke":
        return show(ask(settings, Asked("token revoke", Subject(flags.id))), lambda _: "")
    wanted = NewToken(tuple(sorted(set(flags.scope))), flags.site, flags.person)
    return show(ask(settings, Asked("token create", wanted)), lambda done: str(done["token"]))


def add_kiosk(settings: Settings, flags: argparse.Namespace) -> int:
    wanted = NewKiosk(flags.site, flags.name, flags.door)
    answer = ask(settings, Asked("add-kiosk", wanted))
    return show(answer, json.dumps if flags.json else lambda done: str(done["code"]))


def issue_pass(settings: Settings, flags: argparse.Namespace) -> int:
    answer = ask(settings, Asked("issue-pass", MemberPass(flags.person, flags.mail)))
    return show(answer, json.dumps if flags.json else _pass_text)


def book(settings: Settings, flags: argparse.Namespace) -> int:
    wanted = NewBooking(flags.resource, flags.person, flags.starts, flags.ends, flags.party)
    return show(ask(settings, Asked("book", wanted)), json.dumps)


def move_booking(settings: Settings, flags: argparse.Namespace) -> int:
    wanted = NewTimes(flags.booking, flags.starts, flags.ends)
    return show(ask(settings, Asked("move-booking", wanted)), json.dumps)


def one_subject(settings: Settings, flags: argparse.Namespace) -> int:
    """Commands that need nothing but an id and print nothing."""
    return show(ask(settings, Asked(flags.command, Subject(flags.id))), lambda _: "")


def _pass_text(done: Json) -> str:
    return f"{done['code']}\n{done['short_code']}\n{done['path']}"

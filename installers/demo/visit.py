"""A visit to the lobby as a person makes it: a mail is read, its code held up, the door opens."""

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from installers.demo.inbox import Mail
from installers.demo.reports import Line
from installers.demo.running import Running
from installers.demo.steps import step, told
from installers.demo.trouble import DemoTrouble

MAIL_WITHIN_S = 20.0
CODE_WITHIN_S = 10.0
ANSWER_WITHIN_S = 5.0
DOOR_WITHIN_S = 5.0
SENT_WITHIN_S = 20.0
_LOOK_AGAIN_S = 0.05


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visit left behind: the ids of its events."""

    events: tuple[str, ...]


async def read_mail(demo: Running, part: str) -> Mail:
    """The mail with the code of this part of the demo. Raises DemoTrouble if none comes."""
    short_code = demo.seeded["passes"][part]["short_code"]
    with step("Mail read") as current:
        deadline_s = time.monotonic() + MAIL_WITHIN_S
        while time.monotonic() < deadline_s:
            for mail in demo.mails():
                if mail.code_png and _plain(short_code) in _plain(mail.text):
                    current.words = f"Mail read: “{mail.subject}” to {mail.to}"
                    return mail
            await asyncio.sleep(_LOOK_AGAIN_S)
    raise DemoTrouble(f"No mail with the code of {part!r} came.")


async def visit(demo: Running, part: str) -> Visit:
    """Hold the code of this part's mail up to the camera and go in. Raises DemoTrouble."""
    mail = await read_mail(demo, part)
    assert mail.code_png is not None
    mark = demo.kiosk.reports.mark
    openings = await _openings(demo)
    with step("") as current:
        await demo.show(mail.code_png)
        code = await demo.kiosk.reports.next("code_read", mark, CODE_WITHIN_S)
        current.words = f"Code found in the camera picture by {code['reader']}"
    answer = await demo.kiosk.reports.next("answer", mark, ANSWER_WITHIN_S)
    if answer["outcome"] != "admitted":
        raise DemoTrouble(f"Not admitted but {answer['outcome']}: {answer.get('reason')}.")
    told(f"Admitted: {answer['because']}", answer["ms"] / 1000)
    await _door_opens(demo, mark, openings)
    return Visit(tuple(answer["event_ids"]))


async def arrived(demo: Running, visited: Visit) -> None:
    """Each event of the visit stands on the server, once. Raises DemoTrouble if not."""
    with step(f"On the server, once: {len(visited.events)} event(s) of the visit"):
        deadline_s = time.monotonic() + SENT_WITHIN_S
        while True:
            times = demo.server.times_in_log(visited.events)
            if all(times.values()) or time.monotonic() > deadline_s:
                break
            await asyncio.sleep(_LOOK_AGAIN_S)
        if not times or set(times.values()) != {1}:
            raise DemoTrouble(f"Events are not once on the server: {times}.")


def admitted(line: Line) -> bool:
    """Whether this report line is an admission."""
    return bool(line["outcome"] == "admitted")


async def _door_opens(demo: Running, mark: int, openings: int) -> None:
    door = await demo.kiosk.reports.next("door", mark, DOOR_WITHIN_S)
    if door["outcome"] not in ("opened", "already_open"):
        raise DemoTrouble(f"The door did not open: {door['outcome']}.")
    if await _openings(demo) <= openings:
        raise DemoTrouble("The kiosk says the door is open, the door says it is not.")
    told("Door reported open", door["ms"] / 1000)


async def _openings(demo: Running) -> int:
    states: Mapping[str, Mapping[str, Any]] = await demo.doors_part.state()
    return sum(int(state["openings"]) for state in states.values())


def _plain(text: str) -> str:
    """A code as it is typed: without the gaps it is printed with."""
    return "".join(text.split()).replace("-", "").upper()

"""The stage as the page draws it: plain values with finished sentences in one language."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from installers.demo.page.stage import Stage
from installers.demo.page.words import say


async def picture_of(stage: Stage, language: str) -> dict[str, Any]:
    """Everything that changes on the page."""
    doors = await stage.doors()
    zone = ZoneInfo(stage.zone)
    names = {door.id: door.name for door in doors}
    return {
        "lead": say(language, _lead(stage)),
        "network": stage.network_whole,
        "server": stage.server_running,
        "status": _status(stage.kiosk_status, language),
        "online": bool(stage.kiosk_status.get("online", True)),
        "doors": [
            {
                "lock": door.lock,
                "name": door.name,
                "picture": door.picture,
                "words": say(language, f"door.{door.picture}"),
            }
            for door in doors
        ],
        "happened": [
            {"at": _clock(line["at"], zone), "words": words}
            for line in stage.happened()
            if (words := _line(line, names, language))
        ],
        "mails": [
            {
                "id": mail.id,
                "to": mail.name,
                "subject": mail.subject,
                "at": f"{mail.at.astimezone(zone):%H:%M}" if mail.at else "",
                "code": mail.code_png is not None,
            }
            for mail in stage.mails()
        ],
    }


def _lead(stage: Stage) -> str:
    if not stage.server_running:
        return "lead.server"
    return "lead.fine" if stage.network_whole else "lead.cut"


def _status(status: Mapping[str, Any], language: str) -> str:
    if not status:
        return say(language, "status.starting")
    count = status.get("unsent", 0)
    if status.get("online"):
        return say(language, "status.online.unsent" if count else "status.online", count=count)
    return say(language, "status.offline" if count else "status.offline.sent", count=count)


def _line(line: Mapping[str, Any], doors: Mapping[str, str], language: str) -> str:
    ms = round(float(line.get("ms") or 0))
    match line["what"]:
        case "code_read":
            return say(language, "line.code_read", ms=ms)
        case "answer" if line.get("outcome") == "refused":
            reason = str(line.get("reason") or "").replace("_", " ")
            return say(language, "line.refused", reason=reason)
        case "answer" if line.get("outcome") == "admitted":
            return say(language, "line.admitted", ms=ms)
        case "answer":
            return say(language, "line.asked")
        case "door":
            door = doors.get(str(line.get("door_id")), str(line.get("door_id")))
            outcome = say(language, f"outcome.{line.get('outcome')}")
            return say(language, "line.door", door=door, outcome=outcome, ms=ms)
        case "sent":
            events = line.get("events")
            count = len(events) if isinstance(events, list) else events
            return say(language, "line.sent", count=count)
        case _:
            return ""


def _clock(at: str, zone: ZoneInfo) -> str:
    return f"{datetime.fromisoformat(at).astimezone(zone):%H:%M:%S}"

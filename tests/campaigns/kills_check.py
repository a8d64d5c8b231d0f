"""What must hold when the day with its kills is over."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from domain.subjects import SUBJECTS
from ledger.codec import decode_event
from tests.end_to_end.books import Books

PARTY: Final = 8


def broken(books: Books, acknowledged: Iterable[str], openings: Path) -> list[str]:
    """Every promise that did not hold; `openings` is what the locks wrote down."""
    return [
        *books.lost_or_doubled(acknowledged),
        *books.unlike(),
        *_wrongly_full(books),
        *_wrong_doors(books, openings),
        *(f"contradiction: {each}" for each in books.contradictions()),
    ]


def unanswered(books: Books) -> set[str]:
    """Door commands on the server whose end nobody was told."""
    told = {
        kind: {
            json.loads(body)["command_id"]
            for (body,) in books.server("SELECT body FROM event WHERE kind = ?", f"door.{kind}/1")
        }
        for kind in ("DoorAsked", "DoorAnswered")
    }
    return told["DoorAsked"] - told["DoorAnswered"]


def _wrongly_full(books: Books) -> list[str]:
    """Refusals of the party while there was room: somebody was counted twice."""
    rows = books.kiosk(
        "SELECT id, subject, kind, body FROM event WHERE subject_kind = 'visit' ORDER BY position"
    )
    visits: dict[str, Any] = {}
    wrong = []
    for id_, subject, kind, body in rows:
        event = decode_event(kind, body)
        inside = visits[subject].inside if visits.get(subject) else 0
        if getattr(event, "reason", "") == "party_full" and inside < PARTY:
            wrong.append(f"refused as full with {inside} inside: {id_}")
        visits[subject] = SUBJECTS["visit"].evolve(visits.get(subject), event)
    return wrong


def _wrong_doors(books: Books, openings: Path) -> list[str]:
    """Openings nobody asked for, or more than one for a command."""
    rows = books.server("SELECT body FROM event WHERE kind = 'door.DoorAsked/1'")
    asked = {json.loads(body)["command_id"] for (body,) in rows}
    lines = openings.read_text().splitlines() if openings.exists() else []
    opened = Counter(json.loads(line)["command"] for line in lines)
    wrong = [f"opened {times} times: {id_}" for id_, times in opened.items() if times > 1]
    return wrong + [f"opened and not asked for: {id_}" for id_ in opened if id_ not in asked]

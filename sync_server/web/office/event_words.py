"""Events as the office reads them: when, what happened, who did it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ledger.instants import from_text
from ledger.reader import Reader
from sync_server.use_cases.usage.history import EventRow
from sync_server.web.page import Voice


@dataclass(frozen=True, slots=True)
class EventShown:
    """`seq` is where it stands in the log of the site."""

    day: date
    clock: str
    what: str
    who: str
    about: str
    seq: int


def events_shown(reader: Reader, found: Iterable[EventRow], voice: Voice) -> list[EventShown]:
    """In the order of the log; people by their names, as far as there still are some."""
    return [_shown(reader, row, voice) for row in found]


def event_name(row: EventRow) -> str:
    """The name of an event in its kind: `BookingMade`."""
    return row.kind.partition(".")[2].partition("/")[0]


def _shown(reader: Reader, row: EventRow, voice: Voice) -> EventShown:
    at = from_text(row.at)
    return EventShown(
        voice.local_day(at),
        voice.clock(at),
        voice.say(f"office.event.{event_name(row)}"),
        _who(reader, row.actor, voice),
        row.subject,
        row.seq,
    )


def _who(reader: Reader, actor: str, voice: Voice) -> str:
    kind, _, id_ = actor.partition(":")
    if kind == "person":
        card = reader.card(id_)
        return card.name if card else voice.say("office.by.somebody")
    known = kind if kind in ("guest", "operator", "kiosk") else "house"
    return voice.say(f"office.by.{known}")

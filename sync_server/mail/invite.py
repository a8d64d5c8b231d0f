"""The calendar entry of a booking (RFC 5545), published so that calendars take it (RFC 5546)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import parseaddr
from typing import Final

from icalendar import Calendar, Event, vCalAddress

from sync_server.mail.letter import Occasion
from sync_server.mail.words import place_of

PUBLISH: Final = "PUBLISH"
CANCEL: Final = "CANCEL"


@dataclass(frozen=True, slots=True)
class Published:
    """When and by whom an entry is published; METHOD:PUBLISH asks for an organizer."""

    at: datetime
    sender: str


@dataclass(frozen=True, slots=True)
class EntryWords:
    """The words of an entry. No code among them: calendars are shared with colleagues."""

    site: str
    description: str
    language: str


def calendar_entry(
    occasion: Occasion, words: EntryWords, published: Published, *, cancelled: bool = False
) -> bytes:
    """One event with UTC times. The same booking keeps its UID; a change raises SEQUENCE.

    `cancelled`: calendars that have it take it out again.
    """
    return calendar_entries((occasion,), words, published, cancelled=cancelled)


def calendar_entries(
    occasions: Iterable[Occasion],
    words: EntryWords,
    published: Published,
    *,
    cancelled: bool = False,
) -> bytes:
    """The same for each of many, in one calendar."""
    events = [_event(each, words, published, cancelled=cancelled) for each in occasions]
    return _published(events, words.language, CANCEL if cancelled else PUBLISH)


def _event(
    occasion: Occasion, words: EntryWords, published: Published, *, cancelled: bool
) -> Event:
    event = Event()
    event.add("uid", f"{occasion.booking_id}@foyer")
    event.add("sequence", occasion.sequence)
    event.add("dtstamp", published.at)
    event.add("dtstart", occasion.starts)
    event.add("dtend", occasion.ends)
    event.add("summary", f"{occasion.resource.name}, {words.site}")
    where = place_of(occasion, words.language)
    event.add("location", ", ".join(part for part in (words.site, where) if part))
    event.add("description", words.description)
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("organizer", _organizer(published.sender))
    return event


def _organizer(sender: str) -> vCalAddress:
    name, address = parseaddr(sender)
    organizer = vCalAddress(f"mailto:{address}")
    if name:
        organizer.params["CN"] = name
    return organizer


def _published(events: Iterable[Event], language: str, method: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", f"-//Foyer//Foyer//{language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return bytes(calendar.to_ical())

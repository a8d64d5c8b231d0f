"""A ticket: a reported problem with its context, open until somebody has mended it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Ticket:
    """`about_kind` and `about_id` name the door, room or item; `what` is a stable code."""

    what: str
    about_kind: str
    about_id: str
    opened_at: datetime
    kiosk_id: str | None = None
    times_reported: int = 1
    closed_at: datetime | None = None
    booking_id: str | None = None
    """Whose booking it came up in: reports of two bookings are two tickets."""


@dataclass(frozen=True, slots=True)
class TicketOpened:
    ticket: Ticket


@dataclass(frozen=True, slots=True)
class TicketReportedAgain:
    """The same trouble was met again before anybody mended it."""

    at: datetime


@dataclass(frozen=True, slots=True)
class TicketClosed:
    at: datetime


TicketEvent = TicketOpened | TicketReportedAgain | TicketClosed


def evolve(state: Ticket | None, event: TicketEvent) -> Ticket | None:
    if isinstance(event, TicketOpened):
        return event.ticket
    if state is None:
        return None
    match event:
        case TicketReportedAgain():
            return replace(state, times_reported=state.times_reported + 1)
        case TicketClosed(at):
            return replace(state, closed_at=state.closed_at or at)


def decide_report(
    known: Iterable[tuple[str, Ticket]], fresh_id: str, report: Ticket
) -> tuple[str, TicketEvent]:
    """Open a ticket, or count the report on the open one about the same trouble."""
    for ticket_id, ticket in known:
        if ticket.closed_at is None and _matter(ticket) == _matter(report):
            return ticket_id, TicketReportedAgain(report.opened_at)
    return fresh_id, TicketOpened(report)


def _matter(ticket: Ticket) -> tuple[str, str, str, str | None]:
    return ticket.what, ticket.about_kind, ticket.about_id, ticket.booking_id


def open_tickets(known: Iterable[tuple[str, Ticket]]) -> list[tuple[str, Ticket]]:
    """What still needs a hand, oldest first."""
    waiting = [(id_, ticket) for id_, ticket in known if ticket.closed_at is None]
    return sorted(waiting, key=lambda pair: (pair[1].opened_at, pair[0]))


def ticket_number(ticket_id: str) -> str:
    """Its end, in two halves, for people to say: "8F2A-91C0"."""
    end = ticket_id.replace("-", "")[-8:]
    return f"{end[:4]}-{end[4:]}".upper()

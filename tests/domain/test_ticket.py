"""Tickets: one per trouble, however often it is met."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.ticket import (
    Ticket,
    TicketClosed,
    TicketOpened,
    TicketReportedAgain,
    decide_report,
    evolve,
    open_tickets,
)

NINE = datetime(2026, 6, 15, 9, tzinfo=UTC)
WHATS = st.sampled_from(["jammed", "dark"])
DOORS = st.sampled_from(["front", "lab"])
STEPS = st.lists(st.tuples(WHATS, DOORS, st.booleans()), max_size=12)


def jammed(door: str = "front", what: str = "jammed", minutes: int = 0) -> Ticket:
    return Ticket(what, "door", door, NINE + timedelta(minutes=minutes))


def test_the_first_report_opens_a_ticket_and_the_next_one_counts() -> None:
    assert decide_report([], "t1", jammed()) == ("t1", TicketOpened(jammed()))
    again = decide_report([("t1", jammed())], "t2", jammed(minutes=5))
    assert again == ("t1", TicketReportedAgain(NINE + timedelta(minutes=5)))
    other = decide_report([("t1", jammed())], "t2", jammed("lab"))
    assert other == ("t2", TicketOpened(jammed("lab")))


def test_a_closed_ticket_is_not_reopened() -> None:
    closed = evolve(jammed(), TicketClosed(NINE))
    assert closed is not None
    assert decide_report([("t1", closed)], "t2", jammed())[0] == "t2"
    assert evolve(closed, TicketClosed(NINE + timedelta(hours=1))) == closed
    assert evolve(None, TicketClosed(NINE)) is None
    assert evolve(None, TicketReportedAgain(NINE)) is None


def test_open_tickets_come_oldest_first() -> None:
    closed = evolve(jammed(minutes=1), TicketClosed(NINE))
    assert closed is not None
    known = [("c", jammed(minutes=9)), ("b", closed), ("a", jammed(minutes=9)), ("d", jammed())]
    assert [id_ for id_, _ in open_tickets(known)] == ["d", "a", "c"]


@given(STEPS)
def test_there_is_never_more_than_one_open_ticket_about_the_same_trouble(
    steps: list[tuple[str, str, bool]],
) -> None:
    tickets: dict[str, Ticket] = {}
    for minute, (what, door, mended) in enumerate(steps):
        id_, event = decide_report(tickets.items(), f"t{minute}", jammed(door, what, minute))
        events = [event, TicketClosed(NINE)] if mended else [event]
        for each in events:
            state = evolve(tickets.get(id_), each)
            assert state is not None
            tickets[id_] = state
        about = [(t.what, t.about_id) for _, t in open_tickets(tickets.items())]
        assert len(about) == len(set(about))
    assert sum(ticket.times_reported for ticket in tickets.values()) == len(steps)

"""Everybody else of the demo: members by the thousand and bookings around now."""

from collections.abc import Iterator
from datetime import timedelta

from domain.booking import BookingClaimed
from domain.booking.wish import SlotWish
from domain.person import PersonAdded
from domain.subjects import HOUSE, site_stream
from ledger.cards import Card
from sync_server.demo.cast import Stage, add_member, book_slot
from sync_server.demo.founding import ACTOR
from sync_server.demo.plan import PLANS
from sync_server.demo.words import ROOMS
from sync_server.use_cases.booking.outcomes import Booked
from sync_server.use_cases.booking.requests import NewBooking
from sync_server.use_cases.booking.schedule import KIND
from sync_server.use_cases.issue_pass import every_salt, issue_member_pass

CAST_MEMBERS = 3
HOURS_BACK = 6
HOURS = 24
NO_SHOW_EVERY = 5
"""Nobody came for each fifth booking that is over."""


def join(stage: Stage, numbers: range) -> None:
    """Members by number, each with a card, a plan and a pass. Locks `house`."""
    salts = every_salt(stage.unit)
    for number in numbers:
        name, mail = stage.plan.somebody(number)
        part = _member(number)
        person = stage.plan.id_of(part)
        language = stage.plan.chance.choice(("de", "de", "en"))
        stage.unit.append(HOUSE, "person", person, PersonAdded(), actor=ACTOR)
        stage.unit.put_card(person, Card(name, mail, language=language))
        add_member(stage, part, PLANS[number % len(PLANS)])
        issued = issue_member_pass(stage.unit, stage.keys, person, stage.plan.ids, salts=salts)
        assert isinstance(issued, str)


def fill(stage: Stage, slots: list[tuple[str, int]]) -> int:
    """Bookings in those (resource, hour) slots that are still free; how many. Locks the site."""
    made = 0
    start = stage.quarter - timedelta(hours=HOURS_BACK)
    for name, hour in slots:
        number = stage.plan.chance.randrange(max(1, stage.plan.members - CAST_MEMBERS))
        person = stage.plan.named.get(_member(number), stage.plan.id_of("member"))
        starts = start + timedelta(hours=hour)
        wish = SlotWish(starts, starts + timedelta(hours=1))
        request = NewBooking(stage.plan.id_of(name), wish, mail=False)
        booked = book_slot(stage, person, request)
        if isinstance(booked, Booked):
            made += 1
            if made % NO_SHOW_EVERY or stage.unit.now < booked.booking.ends:
                _came(stage, booked)
    return made


def _came(stage: Stage, booked: Booked) -> None:
    """Somebody came for it, if it has begun."""
    starts, unit = booked.booking.starts, stage.unit
    if starts <= unit.now:
        came = BookingClaimed(min(starts + timedelta(minutes=4), unit.now))
        stream = site_stream(stage.plan.id_of("site"))
        unit.append(stream, "booking", booked.booking_id, came, actor=ACTOR)
        unit.drop_timers(KIND, booked.booking_id)


def slots(desks: int) -> Iterator[tuple[str, int]]:
    """Slots of an hour, rooms and desks in turn, those that cover now first."""
    names = [name for name, _, _ in ROOMS] + [f"Desk {n}" for n in range(13, 13 + desks)]
    hours = sorted(range(HOURS), key=lambda hour: abs(hour - HOURS_BACK))
    free_now = set(names[7:9])
    for hour in hours:
        for name in names:
            if hour == HOURS_BACK and name in free_now:
                continue
            yield name, hour


def _member(number: int) -> str:
    return f"member {number}"

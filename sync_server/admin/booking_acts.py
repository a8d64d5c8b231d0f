"""Commands about bookings: an operator's, whom few of the terms bind."""

from datetime import datetime
from typing import Final

from domain.booking.outcomes import NotBookable
from domain.booking.wish import SlotWish
from sync_server.admin.answers import Answer
from sync_server.admin.orders import NewBooking, NewTimes
from sync_server.admin.pass_acts import pass_json
from sync_server.house import House
from sync_server.use_cases.asker import Operator
from sync_server.use_cases.booking.acts import book
from sync_server.use_cases.booking.change import Change
from sync_server.use_cases.booking.changing import change
from sync_server.use_cases.booking.outcomes import Booked, Changed, No, NotMade, SlotTaken
from sync_server.use_cases.booking.requests import NewBooking as BookingRequest
from sync_server.use_cases.issue_pass import shown
from sync_server.use_cases.refusal import Refusal
from wording.bookings import not_bookable_sentence

_LOCALE: Final = "en"
"""Commands speak English."""


async def make_booking(house: House, new: NewBooking) -> Answer:
    wish = SlotWish(new.starts, new.ends, new.party)
    booked = await book(house, Operator(), new.person, BookingRequest(new.resource, wish))
    if not isinstance(booked, Booked):
        what = {No.UNKNOWN_RESOURCE: new.resource, No.UNKNOWN_PERSON: new.person}
        return _refused(booked, house.clock(), what)
    issued = await house.ledger.read(lambda reader: shown(reader, house.keys, booked.pass_id))
    whole = await pass_json(house, issued)
    return {"booking": booked.booking_id, "mail": booked.mail_id, "pass": whole}


async def change_booking(house: House, new: NewTimes) -> Answer:
    moved = await change(house, Operator(), new.booking, Change(new.starts, new.ends))
    if not isinstance(moved, Changed):
        what = {No.UNKNOWN_BOOKING: new.booking, No.NOT_STANDING: new.booking}
        return _refused(moved, house.clock(), what)
    return {"booking": new.booking, "mail": moved.mail_id}


def _refused(no: NotMade, now: datetime, what: dict[No, str]) -> Refusal:
    match no:
        case NotBookable():
            return Refusal(no.rule.value, not_bookable_sentence(no, now, _LOCALE))
        case SlotTaken():
            return Refusal("taken", "This time is taken already. Please pick another one.")
        case No.UNKNOWN_RESOURCE:
            return Refusal("unknown_resource", f"There is no resource {what[no]} here.")
        case No.UNKNOWN_PERSON:
            return Refusal("unknown_person", f"There is nobody with the id {what[no]} here.")
        case No.UNKNOWN_BOOKING | No.NOT_STANDING:
            return Refusal("unknown_booking", f"There is no booking {what[no]} to be moved.")
        case _:
            raise AssertionError(f"an operator's command is never answered {no}")

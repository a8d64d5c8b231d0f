"""A booking made behind the pages, with the address of its pass."""

import asyncio
from datetime import UTC, datetime, timedelta

from domain.booking.wish import SlotWish
from sync_server.house import open_house
from sync_server.links import pass_token
from sync_server.use_cases.asker import Member
from sync_server.use_cases.booking.acts import book
from sync_server.use_cases.booking.outcomes import Booked
from sync_server.use_cases.booking.requests import NewBooking
from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer


def book_for(
    house: RunningServer, demo: Demo, starts: datetime, lasts: timedelta
) -> tuple[str, str]:
    """The demo's member has the demo's resource; the booking's id and its pass's page."""

    async def act() -> tuple[str, str]:
        inside = await open_house(house.settings)
        try:
            member = demo.ids["member"]
            start = starts.astimezone(UTC)
            request = NewBooking(demo.ids["resource"], SlotWish(start, start + lasts))
            made = await book(inside, Member(member), member, request)
            assert isinstance(made, Booked), made
            return made.booking_id, f"/b/{pass_token(inside.keys, made.pass_id)}"
        finally:
            await inside.close()

    return asyncio.run(act())

"""Inviting guests, as pages and the API call it: for whom the booking is theirs."""

from collections.abc import Sequence

from domain.guest_list import Listed
from ledger.reader import Reader
from sync_server.house import House
from sync_server.use_cases.booking.changing import in_its_stream, read_booking
from sync_server.use_cases.booking.invite import (
    Invited,
    invite_each,
    invite_party,
    read_invited,
    withdraw_invitation,
)
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.booking.standing_booking import By

AT_ONCE = 50
"""So many people may be invited by one request."""


async def invite(
    house: House, by: By, booking_id: str, guests: Sequence[Listed]
) -> tuple[Invited, ...] | No:
    """Each of them gets a pass and a mail of their own."""
    if len(guests) > AT_ONCE:
        return No.TOO_MANY_GUESTS
    return await in_its_stream(
        house, by, booking_id, lambda m, _: invite_each(m, booking_id, guests), of_house=True
    )


async def invite_with_one_pass(house: House, by: By, booking_id: str, people: int) -> Invited | No:
    """One pass for all of them, for the host to hand on."""
    return await in_its_stream(
        house, by, booking_id, lambda m, _: invite_party(m, booking_id, people)
    )


async def withdraw(house: House, by: By, booking_id: str, invitation_id: str) -> bool | No:
    """They are no longer invited; False if they were not."""
    return await in_its_stream(
        house, by, booking_id, lambda m, _: withdraw_invitation(m, booking_id, invitation_id)
    )


async def invited(house: House, by: By, booking_id: str) -> tuple[Invited, ...] | No:
    """Who is invited, for whoever the booking belongs to."""

    def read(reader: Reader) -> tuple[Invited, ...] | No:
        found = read_booking(reader, by, booking_id)
        return found if isinstance(found, No) else read_invited(reader, booking_id)

    return await house.ledger.read(read)

"""Every command that writes, by name: the same whether it comes by socket or by itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from ledger.codec import decode
from sync_server.admin import apply_acts, booking_acts, house_acts, orders, pass_acts
from sync_server.admin.answers import Answer
from sync_server.demo.act import seed_demo
from sync_server.house import House

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Act:
    """How the parameters of a command look, and who carries it out."""

    params: type
    carry_out: Callable[[House, Any], Awaitable[Answer]]


ACTS: Final = {
    "token create": Act(orders.NewToken, house_acts.make_token),
    "token revoke": Act(orders.Subject, house_acts.end_token),
    "add-kiosk": Act(orders.NewKiosk, house_acts.make_kiosk),
    "revoke-kiosk": Act(orders.Subject, house_acts.end_kiosk),
    "offboard": Act(orders.Subject, house_acts.end_person),
    "erase-person": Act(orders.Subject, house_acts.forget_person),
    "issue-pass": Act(orders.MemberPass, pass_acts.make_member_pass),
    "revoke-pass": Act(orders.Subject, pass_acts.end_pass),
    "book": Act(orders.NewBooking, booking_acts.make_booking),
    "move-booking": Act(orders.NewTimes, booking_acts.change_booking),
    "apply": Act(orders.HouseFile, apply_acts.apply_file),
    "house-file": Act(orders.NoParams, apply_acts.house_file),
    "seed-demo": Act(orders.SeedDemo, seed_demo),
}


async def carry_out(house: House, name: str, params: str) -> Answer:
    """Do what was asked; `params` is JSON. Raises KeyError or BadBody for what is no act."""
    act = ACTS[name]
    return await act.carry_out(house, decode(params, act.params))

"""Every command that writes, by name: the same whether it comes by socket or by itself."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from ledger.codec import decode
from sync_server.admin import house_acts, pass_acts
from sync_server.admin.answers import Answer
from sync_server.demo.act import SeedDemo, seed_demo
from sync_server.house import House

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Act:
    """How the parameters of a command look, and who carries it out."""

    params: type
    carry_out: Callable[[House, Any], Awaitable[Answer]]


ACTS: Final = {
    "token create": Act(house_acts.NewToken, house_acts.make_token),
    "add-kiosk": Act(house_acts.NewKiosk, house_acts.make_kiosk),
    "revoke-kiosk": Act(house_acts.Subject, house_acts.end_kiosk),
    "offboard": Act(house_acts.Subject, house_acts.end_person),
    "erase-person": Act(house_acts.Subject, house_acts.forget_person),
    "issue-pass": Act(pass_acts.MemberPass, pass_acts.make_member_pass),
    "revoke-pass": Act(house_acts.Subject, pass_acts.end_pass),
    "book": Act(pass_acts.NewBooking, pass_acts.make_booking),
    "move-booking": Act(pass_acts.NewTimes, pass_acts.change_booking),
    "seed-demo": Act(SeedDemo, seed_demo),
}


async def carry_out(house: House, name: str, params: str) -> Answer:
    """Do what was asked; `params` is JSON. Raises KeyError or BadBody for what is no act."""
    act = ACTS[name]
    return await act.carry_out(house, decode(params, act.params))

"""The demo as one command: unit after unit, large counts in batches."""

from collections.abc import Callable
from functools import partial
from itertools import islice
from typing import Final, TypeVar

from domain.calendar import local_date
from domain.site import Site
from domain.subjects import HOUSE, site_stream
from ledger.unit import Unit
from sync_server.admin.answers import Answer, Json
from sync_server.admin.orders import SeedDemo
from sync_server.demo.cast import ZONE, Stage, play
from sync_server.demo.crowd import CAST_MEMBERS, fill, join, slots
from sync_server.demo.founding import desks_needed, found_sites
from sync_server.demo.plan import DemoPlan
from sync_server.house import House
from sync_server.use_cases.issue_pass import IssuedPass
from sync_server.use_cases.refusal import Refusal

T = TypeVar("T")
R = TypeVar("R")

BATCH: Final = 500
CAST_BOOKINGS: Final = 5


async def seed_demo(house: House, wanted: SeedDemo) -> Answer:
    """Fill an empty house with the demo; the ids are those of the seed."""
    if await house.ledger.read(lambda reader: bool(reader.all("site", Site))):
        return Refusal("not_empty", "There is a house here already; the demo wants an empty one.")
    plan = DemoPlan(wanted.seed, wanted.members, wanted.bookings, wanted.lock_keys)
    passes: dict[str, IssuedPass] = {}
    streams = [HOUSE, *(site_stream(plan.id_of(name)) for name in ("site", "site2"))]
    today = local_date(house.clock(), ZONE)
    await house.ledger.work(streams, lambda unit: found_sites(unit, plan, today))
    await house.ledger.work(streams, lambda unit: play(Stage(unit, house.keys, plan, passes)))
    await _crowd(house, plan, streams[1])
    return _answer(plan, passes)


async def _crowd(house: House, plan: DemoPlan, stream: str) -> None:
    members = range(max(0, plan.members - CAST_MEMBERS))
    for first in members[::BATCH]:
        batch = members[first : first + BATCH]
        await house.ledger.work([HOUSE], partial(_on_stage, house, plan, join, batch))
    free = slots(desks_needed(plan.bookings))
    left = max(0, plan.bookings - CAST_BOOKINGS)
    while left and (some := list(islice(free, min(BATCH, left)))):
        left -= await house.ledger.work(
            [HOUSE, stream], partial(_on_stage, house, plan, fill, some)
        )


def _on_stage(house: House, plan: DemoPlan, part: Callable[[Stage, T], R], of: T, unit: Unit) -> R:
    return part(Stage(unit, house.keys, plan, {}), of)


def _answer(plan: DemoPlan, passes: dict[str, IssuedPass]) -> Json:
    names = ("site", "site2", "door", "door2", "member", "booking", "staff", "host", "invitation")
    found = {name: plan.id_of(name) for name in names}
    people = {part: plan.named.get(part) for part in passes} | {"booking": plan.id_of("member")}
    return {
        **found,
        "resource": plan.id_of("Loft"),
        "locks": dict(plan.lock_keys),
        "passes": {
            part: {
                "id": issued.id,
                "code": issued.code,
                "short_code": issued.short_code,
                "person": people[part],
            }
            for part, issued in passes.items()
        },
    }

"""apply as a command: one file in, its changes in words out."""

import asyncio
import tomllib

import msgspec

from sync_server.admin.answers import Answer, Json
from sync_server.admin.orders import HouseFile, NoParams
from sync_server.house import House
from sync_server.use_cases.apply.apply_house import (
    NotApplied,
    Planned,
    WantedHouse,
    apply_house,
    plan_house,
    streams_of,
)
from sync_server.use_cases.apply.calling import calling
from sync_server.use_cases.apply.changes import summary
from sync_server.use_cases.apply.standing import read_standing
from sync_server.use_cases.apply.toml_text import toml_text
from sync_server.use_cases.apply.written import Written
from sync_server.use_cases.refusal import Refusal


async def apply_file(house: House, file: HouseFile) -> Answer:
    """Have the file applied, or (`dry_run`) only say what it would change."""
    try:
        document = await asyncio.to_thread(tomllib.loads, file.text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        return Refusal("no_toml", f"The file is no TOML: {error}.")
    wanted = WantedHouse(document, file.pictures, file.remove_missing)
    outcome = await applied(house, wanted, dry_run=file.dry_run, actor="operator")
    if isinstance(outcome, NotApplied):
        lines = "\n".join(f"  {each}" for each in outcome.problems)
        return Refusal("not_applied", f"Nothing was changed. Please mend this first:\n{lines}")
    return planned_json(outcome)


async def house_file(house: House, _: NoParams) -> Answer:
    """The house as it stands, as a file that would change nothing."""
    standing = await house.ledger.read(read_standing)
    return {"text": toml_text(Written(standing, calling(standing)).document())}


async def applied(
    house: House, wanted: WantedHouse, *, dry_run: bool, actor: str
) -> Planned | NotApplied:
    """The changes, carried out in one unit of work unless `dry_run`."""
    if dry_run:
        return await house.ledger.read(lambda reader: plan_house(reader, wanted, house.clock()))
    standing = await house.ledger.read(read_standing)
    streams = streams_of(wanted.document, standing)
    return await house.ledger.work(streams, lambda unit: apply_house(unit, wanted, actor))


def planned_json(planned: Planned) -> Json:
    """The changes with their sentences."""
    changes = [msgspec.to_builtins(each) | {"sentence": each.sentence} for each in planned.changes]
    return {"changes": changes, "summary": summary(planned.changes)}

"""A day lived by one kiosk process after the other, and what was wrong with it in the end."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.end_to_end.simulation.day import Cast, cast, mend, script
from tests.end_to_end.simulation.jumping_loop import LoopClocks, run_jumping
from tests.end_to_end.simulation.life import Act, Life, Witness
from tests.end_to_end.simulation.log_link import Line
from tests.end_to_end.simulation.log_server import LogServer
from tests.end_to_end.simulation.mortal import Died, Mortal
from tests.end_to_end.simulation.truth import counted_wrong, lost_or_doubled, never_told, unlike

MEMORY = Path("/dev/shm")
PATIENCE_S = 400.0


def spend_day(mortals: Sequence[Mortal], line: Line) -> list[str]:
    """Live the day; as each of the mortals dies the next one goes on with its files.

    The last one must live to see the evening. Returns what did not hold.
    """
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        return run_jumping(_spend(Path(name), mortals, line, cast()))


async def _spend(folder: Path, mortals: Sequence[Mortal], line: Line, played: Cast) -> list[str]:
    clocks = LoopClocks(played.world.now)
    server = LogServer(played.world, clocks.wall)
    left, witness = script(played), Witness()
    home = folder / "0"
    home.mkdir()
    for number, mortal in enumerate(mortals, start=1):
        life = Life(home, server, line, mortal, clocks)
        try:
            await _until_evening(life, left, witness)
        except Died:
            home = folder / str(number)
            life.ledger.left_behind(home)
        else:
            return _what_was_wrong(life, witness)
    raise AssertionError("nobody lived to see the evening")


async def _until_evening(life: Life, left: list[Act], witness: Witness) -> None:
    """What is left of the day; then the line is whole and everything comes home."""

    async def come_home(_: Life) -> None:
        if not await life.drained(PATIENCE_S):
            witness.wrong.append(f"never came home in {PATIENCE_S} s")

    await life.live(left, witness)
    await life.live([mend, come_home], witness)


def _what_was_wrong(life: Life, witness: Witness) -> list[str]:
    found = list(witness.wrong)
    if "mismatch" in witness.reports:
        found.append("the digest did not match")
    found += life.ledger.peek(counted_wrong)
    found += life.ledger.peek(lambda unit: unlike(life.server, unit))
    found += life.ledger.peek(lambda unit: lost_or_doubled(life.server, unit, witness.admitted))
    life.ledger.close()
    return found + never_told(life.server)

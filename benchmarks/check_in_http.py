"""Check-ins over HTTP beside their limit, on PostgreSQL with two workers, then on SQLite.

python -m benchmarks.check_in_http [--sites 10 1] [--clients 1 4 16] [--rounds 5] [--seconds 2]
                                   [--no-sqlite]

Ours decides with all rules; the limit does the same reads and writes without thinking. The same
load hits both in turn, each with passes and ids that nobody used before, and the medians are
compared. Everything shares this machine's cores, PostgreSQL and the load included. Prints a
table and what was required; exit code 1 if something of it is short.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.check_in_http_postgresql import cluster
from benchmarks.check_in_http_runs import CROWD, Cell, Effort, on_postgresql, on_sqlite

REQUIRED: Final = {10: 0.40, 1: 0.45}
"""Of the limit at CROWD clients, by sites."""
SQLITE_PER_SECOND: Final = 400
SQLITE_P99_MS: Final = 60
_HEAD: Final = f"{'':<24}{'ours/s':>9}{'p99 ms':>9}{'limit/s':>9}{'p99 ms':>9}{'ratio':>8}"


def row(name: str, cell: Cell) -> str:
    """One line of the table."""
    text = f"{name:<24}{cell.ours.per_second:>9.0f}{cell.ours.p99_ms:>9.1f}"
    if cell.limit is None:
        return text
    return f"{text}{cell.limit.per_second:>9.0f}{cell.limit.p99_ms:>9.1f}{cell.ratio:>8.2f}"


def verdicts(cell: Cell) -> Iterator[tuple[str, bool]]:
    """What was required of this cell in words, and whether it held."""
    if cell.ours.clients != CROWD:
        return
    yield f"{cell.let_in} of {CROWD} let in by a pass for one entry", cell.let_in == 1
    if cell.limit is None:
        rate, p99_ms = cell.ours.per_second, cell.ours.p99_ms
        yield f"SQLite {rate:.0f}/s of {SQLITE_PER_SECOND}", rate >= SQLITE_PER_SECOND
        yield f"p99 {p99_ms:.0f} of {SQLITE_P99_MS} ms", p99_ms < SQLITE_P99_MS
    elif cell.sites in REQUIRED:
        least = REQUIRED[cell.sites]
        yield f"{_sites(cell)} {cell.ratio:.2f} of {least:.2f}", cell.ratio >= least


def _sites(cell: Cell) -> str:
    return "1 site" if cell.sites == 1 else f"{cell.sites} sites"


def measured(flags: argparse.Namespace, folder: Path) -> Iterator[tuple[str, Cell]]:
    """Cell by cell, each with its name."""
    effort = Effort(flags.rounds, flags.seconds)
    with cluster() as postgresql:
        for sites in flags.sites:
            for cell in on_postgresql(postgresql, folder, sites, flags.clients, effort):
                yield f"{_sites(cell)}, {cell.ours.clients} clients", cell
    if flags.sqlite:
        yield f"SQLite, {CROWD} clients", on_sqlite(folder, max(flags.sites), effort)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sites", type=int, nargs="+", default=[10, 1])
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 4, CROWD])
    parser.add_argument("--rounds", type=int, default=5, help="slices per server and cell")
    parser.add_argument("--seconds", type=float, default=2.0, help="length of a slice")
    parser.add_argument("--sqlite", action=argparse.BooleanOptionalAction, default=True)
    flags = parser.parse_args()
    found: list[tuple[str, bool]] = []
    print(_HEAD, flush=True)
    with tempfile.TemporaryDirectory(prefix="foyer-benchmark-") as folder:
        for name, cell in measured(flags, Path(folder)):
            print(row(name, cell), flush=True)
            found += verdicts(cell)
    print("; ".join(f"{words}: {'OK' if held else 'SHORT'}" for words, held in found))
    return 0 if all(held for _, held in found) else 1


if __name__ == "__main__":
    sys.exit(main())

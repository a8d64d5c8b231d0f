"""docs/access.md names every reason and every grant, and the remedies they may have."""

import re
from pathlib import Path

from domain.access import Reason
from tests.domain.access.table import rows

PAGE = (Path(__file__).parents[3] / "docs" / "access.md").read_text()
WHY_NOT = PAGE[PAGE.index("## Why not") : PAGE.index("## The pass alone")]
WORDS = {
    "wait": "wait",
    "pay": "pay",
    "day pass": "day pass",
    "use": "another door",
    "fewer": "enter fewer",
}


def table_rows() -> list[tuple[list[str], str]]:
    """The codes of each row of the reasons table and its remedies."""
    found = re.findall(r"^\| (`[^|]+) \| [^|]+ \| ([^|]*)\|$", WHY_NOT, re.MULTILINE)
    return [(re.findall(r"`(\w+)`", codes), remedies) for codes, remedies in found]


def test_every_reason_stands_in_the_table() -> None:
    assert {code for codes, _ in table_rows() for code in codes} == {r.value for r in Reason}


def test_every_grant_stands_in_the_table() -> None:
    grants = re.findall(r"^\| `(\w+)` \|", PAGE[: PAGE.index("## Why not")], re.MULTILINE)
    assert grants == ["booking", "invitation", "day_pass", "membership", "staff"]


def test_no_refusal_offers_what_the_page_does_not_list() -> None:
    for row in rows():
        listed = " ".join(remedies for codes, remedies in table_rows() if row.answer in codes)
        for way in row.ways_out:
            word = next(word for start, word in WORDS.items() if way.startswith(start))
            assert word in listed, (row.sentence, way)

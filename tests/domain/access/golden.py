"""The decisions of each rule as they were: `python -m tests.domain.access.golden` writes them.

The file holds the facts themselves, so that an old decision can be asked again by any later rule.
"""

import json
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from domain.access import RULE, AccessFacts, Ask, Outcome, decide_access
from ledger.codec import canonical, decode
from tests.domain.access.table import rows

FILE: Final = Path(__file__).parents[1] / "golden_decisions.json"
CHANGED: Final = (
    "The rule decides otherwise than before. If that is meant: raise RULE in"
    " domain/access/__init__.py, then run python -m tests.domain.access.golden."
)


@dataclass(frozen=True, slots=True)
class Decision:
    """One question as it was asked, and its answer as JSON."""

    sentence: str
    facts: AccessFacts
    ask: Ask
    now: datetime
    answer: dict[str, Any]


def answer_of(facts: AccessFacts, ask: Ask, now: datetime) -> dict[str, Any]:
    """The outcome as JSON has it, remedies with their names."""
    outcome = decide_access(facts, ask, now)
    answer = _plain(outcome) | {"outcome": type(outcome).__name__.lower()}
    answer["remedies"] = [_remedy(each) for each in getattr(outcome, "remedies", ())]
    return answer


def load() -> tuple[int, list[Decision]]:
    """The number of the rule and the decisions in the file."""
    data = json.loads(FILE.read_text())
    return data["rule"], [_decision(each, data["sites"]) for each in data["decisions"]]


def write() -> None:
    """Every row of the table with the answer of today's rule, one to a line."""
    sites: list[Any] = []
    lines = []
    for row in rows():
        facts = _plain(row.facts)
        site = facts.pop("site")
        if site not in sites:
            sites.append(site)
        question = {"facts": facts, "ask": _plain(row.ask), "now": row.now.isoformat()}
        answer = answer_of(row.facts, row.ask, row.now)
        told = {"sentence": row.sentence, "site": sites.index(site), **question, "answer": answer}
        lines.append(json.dumps(told))
    houses, decisions = (",\n".join(each) for each in (map(json.dumps, sites), lines))
    FILE.write_text(f'{{"rule": {RULE},\n"sites": [\n{houses}],\n"decisions": [\n{decisions}]}}\n')


def changed() -> list[str]:
    """The sentences that today's rule answers otherwise than the file."""
    found = load()[1]
    return [d.sentence for d in found if answer_of(d.facts, d.ask, d.now) != d.answer]


def main() -> int:
    """1 if decisions changed and the rule's number did not."""
    if FILE.exists() and load()[0] == RULE and (otherwise := changed()):
        sys.stderr.write(f"{CHANGED}\n{otherwise}\n")
        return 1
    write()
    return 0


def _decision(told: dict[str, Any], sites: list[Any]) -> Decision:
    facts = told["facts"] | {"site": sites[told["site"]]}
    return Decision(
        told["sentence"],
        decode(json.dumps(facts), AccessFacts),
        decode(json.dumps(told["ask"]), Ask),
        datetime.fromisoformat(told["now"]),
        told["answer"],
    )


def _remedy(remedy: Any) -> dict[str, Any]:
    act = getattr(remedy, "act", remedy)
    return {"kind": type(act).__name__} | _plain(act)


def _plain(value: Outcome | AccessFacts | Ask | Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(canonical(value))
    return plain


if __name__ == "__main__":
    sys.exit(main())

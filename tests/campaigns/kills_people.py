"""Who comes to the kiosk in the kill campaign: members at any hour, a party, whoever is refused."""

import json
import sqlite3
from dataclasses import dataclass
from random import Random

from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import MemberPass
from sync_server.settings import Settings
from tests.end_to_end.house import House
from tests.end_to_end.processes import Line, Process

REFUSED = ("expired", "revoked", "other_site", "unpaid", "early")
PATIENCE_S = 15.0
_PLANS_AND_MEMBERS = (
    "SELECT subject, kind, body FROM state"
    " WHERE kind IN ('plan', 'membership') AND body IS NOT NULL ORDER BY subject"
)


@dataclass(frozen=True, slots=True)
class Codes:
    """What is held up: codes of one person each, the party's, and those that are refused."""

    singles: tuple[str, ...]
    party: str
    refused: tuple[str, ...]


def issue_codes(house: House) -> Codes:
    """Passes for everybody whose plan admits at any hour, and those of the seeded cast."""
    cast = tuple(house.code(name) for name in ("member", "booking", "host", "staff"))
    refused = tuple(house.code(name) for name in REFUSED)
    return Codes(cast + member_codes(house), house.code("group"), refused)


def member_codes(house: House) -> tuple[str, ...]:
    """A fresh pass for each member of the crowd whose plan admits at any hour."""
    return tuple(_new_pass(house, person) for person in _always_admitted(house))


class People:
    """Comes to a kiosk, one after the other; whoever stands there when it dies walks away."""

    def __init__(self, codes: Codes, chance: Random) -> None:
        self._codes = codes
        self._chance = chance
        self.acts = 0

    def act(self, kiosk: Process, until: str = "acted") -> Line | None:
        """One act, until its end or a line before that; None if the kiosk died first."""
        self.acts += 1
        mark, number = len(kiosk.lines), self.acts
        kiosk.tell(number=number, **self._draw())

        def enough(line: Line) -> bool:
            done = line["what"] == "acted" and line["number"] == number
            return bool(done or line["what"] == until != "acted")

        return kiosk.wait_for_or_end(enough, mark, PATIENCE_S)

    def show_to_camera(self, house: House, kiosk: Process, times: int) -> None:
        """Hold one code after the other up to the camera, until each has its answer."""
        for code in self._chance.sample(self._codes.singles, times):
            self.acts += 1
            mark = len(kiosk.lines)
            house.show(code, 0.4)
            kiosk.wait_for(lambda line: line["what"] == "answer", mark, PATIENCE_S)

    def _draw(self) -> dict[str, object]:
        drawn = self._chance.random()
        if drawn < 0.45:
            return {"act": "show", "code": self._chance.choice(self._codes.singles)}
        if drawn < 0.7:
            people = self._chance.randint(1, 4)
            return {"act": "show", "code": self._codes.party, "people": people}
        if drawn < 0.95:
            return {"act": "leave"}
        return {"act": "show", "code": self._chance.choice(self._codes.refused)}


def _always_admitted(house: House) -> list[str]:
    """People of the plan without hours who are not of the cast."""
    known = {each["person"] for each in house.ids["passes"].values()}
    with sqlite3.connect(f"file:{house.data / 'foyer.sqlite'}?mode=ro", uri=True) as db:
        rows = db.execute(_PLANS_AND_MEMBERS).fetchall()
    found = [(subject, kind, json.loads(body)) for subject, kind, body in rows]
    plans = {subject for subject, kind, body in found if kind == "plan" and body["name"] == "24/7"}
    people = [body["person_id"] for _, kind, body in found
              if kind == "membership" and body["plan_id"] in plans]  # fmt: skip
    return [person for person in people if person not in known]


def _new_pass(house: House, person: str) -> str:
    issued = ask(Settings(house.data), Asked("issue-pass", MemberPass(person)))
    assert isinstance(issued, dict), issued
    return str(issued["code"])

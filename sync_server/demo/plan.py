"""The whole demo laid out before anything is written: ids by name, the same from one seed."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from domain.plan import Plan
from sync_server.demo.sites import ALWAYS, HOUSE_ZONE, MORNINGS, UPSTAIRS
from sync_server.demo.words import FIRST_NAMES, LAST_NAMES, MAIL_DOMAIN
from sync_server.use_cases.chance import Ids

_AT: Final = datetime(2026, 1, 1, tzinfo=UTC)
PLANS: Final = ("always", "office", "mornings", "ten days")


@dataclass(slots=True)
class DemoPlan:
    """Chance of the seed, ids made from it in a fixed order, and the locks' public keys."""

    seed: int
    members: int
    bookings: int
    lock_keys: Mapping[str, str]
    chance: random.Random = field(init=False)
    ids: Ids = field(init=False)
    named: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)  # noqa: S311 - the same house from the same seed
        self.ids = Ids(self.chance.randbytes, _AT)

    def id_of(self, name: str) -> str:
        """The id of something by its name in the demo; made when first asked for."""
        if name not in self.named:
            self.named[name] = self.ids.subject(_AT)
        return self.named[name]

    def salt(self) -> str:
        return self.chance.randbytes(16).hex()

    def somebody(self, number: int) -> tuple[str, str]:
        """A name and its address at a domain that nobody has."""
        first = self.chance.choice(FIRST_NAMES)
        last = self.chance.choice(LAST_NAMES)
        return f"{first} {last}", f"{_ascii(first)}.{_ascii(last)}.{number}@{MAIL_DOMAIN}"


def plans(site_ids: tuple[str, ...]) -> dict[str, Plan]:
    """The four plans of the house."""
    everything = HOUSE_ZONE.bit | UPSTAIRS.bit
    return {
        "always": Plan(
            "24/7", site_ids, everything, ALWAYS, 24900,
            included_min=600, day_passes=5, discount_percent=20, group="residents",
        ),
        "office": Plan(
            "Office hours", site_ids, everything, (), 17900,
            included_min=300, discount_percent=10,
        ),
        "mornings": Plan("Mornings", site_ids[:1], everything, MORNINGS, 9900),
        "ten days": Plan("Ten days", site_ids[:1], HOUSE_ZONE.bit, (), 12900, day_passes=10),
    }  # fmt: skip


def _ascii(name: str) -> str:
    for letter, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        name = name.lower().replace(letter, letters)
    return name

"""Which site, days and resource an address of the usage pages asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from sync_server.api.dates import day_meant
from sync_server.use_cases.usage.read_usage import LONGEST_DAYS, Days
from sync_server.web.places import Place

USUAL_DAYS: Final = 7
MOST_DAYS: Final = 31
"""Of all resources; of one: LONGEST_DAYS."""
PATH: Final = "/office/usage"


@dataclass(frozen=True, slots=True)
class AskedUsage:
    """What is looked at; every address of these pages is made here."""

    place: Place
    days: Days
    today: date

    def url(self, **changed: object) -> str:
        """The same question with another span or resource, or for its events."""
        asked: dict[str, object] = {
            "site": self.place.slug,
            "from": self.days.first,
            "to": self.days.last,
            "resource": self.days.resource_id or "",
        } | changed
        more = str(asked.pop("more", ""))
        return f"{PATH}{more}?{urlencode({k: v for k, v in asked.items() if v != ''})}"

    @property
    def spans(self) -> tuple[tuple[int, str], ...]:
        """How many days up to today, and the address that shows them."""
        found = []
        for count in (1, USUAL_DAYS, MOST_DAYS):
            first = self.today - timedelta(days=count - 1)
            found.append((count, self.url(**{"from": first, "to": self.today})))
        return tuple(found)


def asked_usage(query: Mapping[str, str], places: list[Place], today: date) -> AskedUsage | None:
    """What an address asks for, as far as it can be had; None for a site that is not theirs."""
    named = query.get("site") or places[0].slug
    place = next((each for each in places if named in (each.slug, each.id)), None)
    if place is None:
        return None
    resource = query.get("resource") or None
    last = day_meant(query.get("to", "")) or today
    first = day_meant(query.get("from", "")) or last - timedelta(days=USUAL_DAYS - 1)
    most = MOST_DAYS if resource is None else LONGEST_DAYS
    first = max(min(first, last), last - timedelta(days=most - 1))
    return AskedUsage(place, Days(place.id, first, last, resource), today)

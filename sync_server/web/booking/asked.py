"""What an address or a form asks to book: a resource, a slot, how many, with what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from domain.booking import LARGEST_PARTY
from domain.booking.wish import SlotWish
from sync_server.web.places import Place

ADD_ON: Final = "with-"
_MOST: Final = 99
_LONGEST_PRICE: Final = 12
"""Digits; more than that has no price."""
_FIRST_YEAR, _LAST_YEAR = 1, 9999
"""In the first and the last year of the calendar some times have no other zone."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One slot of one resource as it is asked for."""

    resource_id: str
    wish: SlotWish

    def url(self, place: Place) -> str:
        """The address that asks for the same again."""
        more = {f"{ADD_ON}{id_}": str(count) for id_, count in self.wish.add_ons}
        return book_url(place, self.resource_id, self.wish.starts, self.wish.ends) + (
            f"&{urlencode({'party': self.wish.party, **more})}"
        )


def book_url(place: Place, resource_id: str, starts: datetime, ends: datetime) -> str:
    """The page that quotes and books a slot."""
    asked = {"resource": resource_id, "start": _told(starts), "end": _told(ends)}
    return f"{place.url}/book?{urlencode(asked)}"


def read_asked(values: Mapping[str, str], zone: str) -> Asked | None:
    """None where it is no slot at all; a time without a zone is one of the site."""
    starts, ends = _instant(values.get("start", ""), zone), _instant(values.get("end", ""), zone)
    resource_id = values.get("resource", "")
    if starts is None or ends is None or not 0 < len(resource_id) <= 200:
        return None
    party = _number(values.get("party", "")) or 1
    add_ons = tuple(
        (name.removeprefix(ADD_ON), count)
        for name, text in values.items()
        if name.startswith(ADD_ON) and (count := _number(text))
    )
    return Asked(resource_id, SlotWish(starts, ends, party, add_ons[:_MOST]))


def cents_in(text: str) -> int | None:
    """A price that a form brought back; None where it is none."""
    is_price = text.isascii() and text.isdigit() and len(text) <= _LONGEST_PRICE
    return int(text) if is_price else None


def _number(text: str) -> int:
    """A small whole number, or 0 for anything else."""
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        return 0
    return min(int(text), LARGEST_PARTY + 1)


def _told(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


def _instant(text: str, zone: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return None
    if not _FIRST_YEAR < at.year < _LAST_YEAR:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=ZoneInfo(zone))).astimezone(UTC)

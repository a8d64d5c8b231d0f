"""What a form asks to be repeated: a slot, a rhythm, and how long."""

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from starlette.datastructures import FormData, QueryParams

from domain.calendar import local_date
from sync_server.api.dates import day_meant
from sync_server.use_cases.booking.case import Place as Where
from sync_server.use_cases.series.wish import NewSeries, Planned, planned
from sync_server.web.booking.asked import Asked, read_asked
from sync_server.web.places import Place

RHYTHMS: Final = ("weekly", "fortnight", "monthly", "workdays")
DEFAULT_TIMES: Final = 10
_MOST_TIMES: Final = 999
_DAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class AskedSeries:
    """One slot and how it is repeated. `until` wins over `times`.

    `wanted`: the dates that were left ticked; None: all there are.
    """

    slot: Asked
    first: date
    rhythm: str = RHYTHMS[0]
    times: int = DEFAULT_TIMES
    until: date | None = None
    wanted: frozenset[date] | None = None

    @property
    def rrule(self) -> str:
        end = f"UNTIL={self.until:%Y%m%d}" if self.until else f"COUNT={self.times}"
        return f"{_frequency(self.rhythm, self.first)};{end}"

    @property
    def fields(self) -> tuple[tuple[str, str], ...]:
        """How it is repeated, as a form carries it on."""
        until = self.until.isoformat() if self.until else ""
        return (("rhythm", self.rhythm), ("times", str(self.times)), ("until", until))

    @property
    def content(self) -> str:
        """All of it, told alike by every server: a set has an order of its own in each."""
        ticked = None if self.wanted is None else sorted(self.wanted)
        return f"{self.slot} {self.fields} {ticked}"

    def url(self, place: Place) -> str:
        """The page that shows it."""
        return f"{series_url(place, self.slot)}&{urlencode(self.fields)}"

    def new(self, where: Where) -> NewSeries:
        """The series without what was unticked."""
        whole = NewSeries(self.slot.resource_id, self.slot.wish, self.rrule)
        plan = planned(where, whole)
        if self.wanted is None or not isinstance(plan, Planned):
            return whole
        left_out = frozenset(each.day for each in plan.found) - self.wanted
        return NewSeries(whole.resource_id, whole.first, whole.rrule, without=left_out)


def series_url(place: Place, slot: Asked) -> str:
    """The page on which a slot can be repeated."""
    return slot.url(place).replace("/book?", "/series?", 1)


def read_series(values: QueryParams | FormData, zone: str) -> AskedSeries | None:
    """None where it is no slot at all; a rhythm that is not ours becomes every week."""
    told = {name: value for name, value in values.items() if isinstance(value, str)}
    slot = read_asked(told, zone)
    if slot is None:
        return None
    rhythm, times = told.get("rhythm", ""), told.get("times", "")
    asked = AskedSeries(
        slot,
        local_date(slot.wish.starts, zone),
        rhythm if rhythm in RHYTHMS else RHYTHMS[0],
        _times(times),
        day_meant(told.get("until", "")),
    )
    if told.get("of") != asked.rrule:  # ticks of another rhythm say nothing about this one
        return asked
    ticked = (day_meant(value) for value in values.getlist("on") if isinstance(value, str))
    wanted = frozenset(day for day in ticked if day)
    return AskedSeries(slot, asked.first, asked.rhythm, asked.times, asked.until, wanted)


def _times(text: str) -> int:
    good = text.isascii() and text.isdigit() and len(text) <= 3
    return max(1, min(int(text), _MOST_TIMES)) if good else DEFAULT_TIMES


def _frequency(rhythm: str, first: date) -> str:
    """The rule without its end; in months the same weekday, of a fifth one the last."""
    match rhythm:
        case "workdays":
            return "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR"
        case "fortnight":
            return "FREQ=WEEKLY;INTERVAL=2"
        case "monthly":
            nth = (first.day + 6) // 7
            return f"FREQ=MONTHLY;BYDAY={nth if nth < 5 else -1}{_DAYS[first.weekday()]}"
        case _:
            return "FREQ=WEEKLY"

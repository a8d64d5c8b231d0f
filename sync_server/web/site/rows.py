"""One resource as a row of the day: its bar, its price, and the slot picked on it."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from domain.availability import RunKind
from domain.booking.outcomes import NotBookable
from domain.calendar import Window
from domain.money import Money
from domain.resource import Resource
from sync_server.use_cases.booking.day import ResourceDay
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.booking.price import Quoted
from sync_server.web.page import Voice
from sync_server.web.places import Place
from sync_server.web.site.asked import Wanted, told
from sync_server.web.site.bars import Axis, Brick, bricks
from sync_server.web.site.choices import Choice, choice_of
from sync_server.web.site.reading import Look
from sync_server.web.site.words import facts_of, free_in_words, icon_of, span
from wording.bookings import not_bookable_sentence

_LONG_MIN: Final = 8 * 60
"""What cannot be had for less is priced by the day."""


@dataclass(frozen=True, slots=True)
class Price:
    """What it costs, for how long ("hour" or "day"), and whether it is dearer at times."""

    amount: Money
    unit: str
    at_least: bool = False


@dataclass(frozen=True, slots=True)
class Picked:
    """The slot that is picked; `at` and `anchor` say where on the bar its times are told.

    `total` None: it cannot be booked as it is, `why_not` says why.
    """

    choice: Choice
    words: str
    total: Money | None
    why_not: str
    book_url: str
    at: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Row:
    """One resource of the day, ready to be drawn."""

    id: str
    resource: Resource
    icon: str
    facts: str
    read: str
    bricks: list[Brick]
    price: Price
    chosen: bool
    picked: Picked | None
    free: Window | None
    """The first stretch that can be booked; None: nothing is left of the day."""
    gone: str
    """Why nothing is left: "full", or "not" where it is not somebody else's."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What all rows of a day share."""

    look: Look
    wanted: Wanted
    axis: Axis
    voice: Voice

    def row(self, shown: ResourceDay) -> Row:
        resource, runs = shown.resource, shown.runs
        chosen = resource.number == self.wanted.pick
        picked = self._picked(shown) if chosen else None
        return Row(
            shown.resource_id,
            resource,
            icon_of(resource),
            facts_of(resource, runs, self.voice),
            free_in_words(runs, self.voice),
            bricks(runs, self.axis, picked.choice.slot if picked else None),
            self._price(shown),
            chosen,
            picked,
            next((run.window for run in runs if run.kind is RunKind.FREE), None),
            "full" if any(run.kind is RunKind.TAKEN for run in runs) else "not",
        )

    def _picked(self, shown: ResourceDay) -> Picked | None:
        wanted = self.wanted
        pieces = self.look.pieces(shown, wanted.day)
        wish = (wanted.start, wanted.minutes)
        zone = self.look.place.site.zone
        choice = choice_of(shown.resource, pieces, zone, wanted.day, wish)
        return self._with_words(shown, choice) if choice else None

    def _with_words(self, shown: ResourceDay, choice: Choice) -> Picked:
        at, anchor = _label_at(self.axis, choice.slot)
        total, why_not = self._cost(self.look.quote(shown.resource_id, choice.slot))
        return Picked(
            choice,
            span(choice.slot, self.voice),
            total,
            why_not,
            book_url(self.look.place, shown.resource_id, choice.slot),
            at,
            anchor,
        )

    def _cost(self, quoted: Quoted | NotBookable | No) -> tuple[Money | None, str]:
        match quoted:
            case Quoted():
                return Money(quoted.quote.total_cents, quoted.quote.currency), ""
            case NotBookable():
                return None, not_bookable_sentence(quoted, self.look.now, self.voice.locale)
            case No():
                return None, ""

    def _price(self, shown: ResourceDay) -> Price:
        """Of an hour, or of the shortest time where that is a day."""
        resource, currency = shown.resource, self.look.place.site.currency
        if resource.terms.shortest_min >= _LONG_MIN:
            return Price(self.look.shortest_price(shown), "day")
        amount = Money(shown.from_cents, currency)
        return Price(amount, "hour", at_least=bool(resource.tariff.rates))


def book_url(place: Place, resource_id: str, slot: Window) -> str:
    """The page that quotes and books this slot."""
    asked = {"resource": resource_id, "start": told(slot.start), "end": told(slot.end)}
    return f"{place.url}/book?{urlencode(asked)}"


def _label_at(axis: Axis, slot: Window) -> tuple[float, str]:
    """Below the middle of the slot; near an end of the bar flush with the slot's."""
    left, right = axis.at(slot.start), axis.at(slot.end)
    middle = (left + right) / 2
    if middle < 20:
        return left, "start"
    return (right, "end") if middle > 80 else (round(middle, 3), "middle")

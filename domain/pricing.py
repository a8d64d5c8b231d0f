"""What a slot costs for this person, line by line; the quote is the price that is billed.

In this order: the rates of each step, the cap of each local day, the least price, the discount
for long bookings, the included minutes of plans, the discount of plans, the add-ons. Every
discount rounds down to whole minor units and included minutes pay the dearest steps first, so
one booking is never dearer than the same time in pieces.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import ceil, floor
from typing import Final

from domain.add_on import AddOn, AddOnPer
from domain.calendar import Window
from domain.day_pass import DayProduct
from domain.resource import Resource
from domain.site import Site
from domain.stretches import Stretch, stretches
from domain.tariff import PriceLine, Tariff


@dataclass(frozen=True, slots=True)
class PriceFacts:
    """Who pays: their groups, what their plans discount, and what is still included."""

    groups: frozenset[str] = frozenset()
    discount_percent: int = 0
    included_min: int = 0


NOBODY_SPECIAL: Final = PriceFacts()


@dataclass(frozen=True, slots=True)
class VatShare:
    """All lines of one rate: `net_cents` + `vat_cents` = `gross_cents`."""

    vat_bp: int
    net_cents: int
    vat_cents: int
    gross_cents: int


@dataclass(frozen=True, slots=True)
class Quote:
    """`included_min` is what it takes from the included minutes of plans."""

    lines: tuple[PriceLine, ...]
    currency: str = "EUR"
    included_min: int = 0

    @property
    def total_cents(self) -> int:
        """Gross."""
        return sum(line.cents for line in self.lines)

    @property
    def net_cents(self) -> int:
        return sum(share.net_cents for share in self.vat())

    def vat(self) -> tuple[VatShare, ...]:
        return vat_of(self.lines)


def vat_of(lines: Sequence[PriceLine]) -> tuple[VatShare, ...]:
    """The lines by rate, each rate computed once from its gross sum, half up."""
    gross: dict[int, int] = {}
    for line in lines:
        gross[line.vat_bp] = gross.get(line.vat_bp, 0) + line.cents
    return tuple(_share(vat_bp, gross[vat_bp]) for vat_bp in sorted(gross))


def quote(
    resource: Resource,
    site: Site,
    slot: Window,
    who: PriceFacts,
    party: int,
    add_ons: Sequence[tuple[AddOn, int]],
) -> Quote:
    """The price of `slot` without its buffers, for `party` people, with so many of each add-on."""
    run = stretches(resource, slot, site.zone, who.groups)
    price = _Price(resource.tariff, run)
    price.cap_days()
    price.at_least()
    price.for_length()
    included_min = price.include(who.included_min) if resource.tariff.included else 0
    price.discount("plan", who.discount_percent)
    minutes = sum(stretch.minutes for stretch in run)
    extras = (_add_on_line(add_on, count, party, minutes) for add_on, count in add_ons)
    return Quote((*price.lines, *extras), site.currency, included_min)


def day_quote(site: Site, product: DayProduct, quantity: int, who: PriceFacts) -> Quote:
    """The price of `quantity` day passes or bundles; plans discount it."""
    cents = product.price_cents * quantity
    lines = [PriceLine("day_pass", cents, product.vat_bp, quantity=quantity, ref=product.id)]
    if off := floor(Fraction(cents * who.discount_percent, 100)):
        lines.append(PriceLine("plan", -off, product.vat_bp))
    return Quote(tuple(lines), site.currency)


@dataclass(slots=True)
class _Price:
    """A price in the making: what is left to pay, exactly and in whole minor units.

    Each line is the difference it makes to the rounded amount, so the lines add up to it.
    """

    tariff: Tariff
    run: tuple[Stretch, ...]
    lines: list[PriceLine] = field(default_factory=list)
    shares: list[Fraction] = field(default_factory=list)
    """What one step of each stretch still costs."""
    cents: int = 0

    def __post_init__(self) -> None:
        self.shares = [Fraction(stretch.step_cents) for stretch in self.run]
        minutes = sum(stretch.minutes for stretch in self.run)
        self.cents = self._sum()
        self.lines.append(PriceLine("slot", self.cents, self.tariff.vat_bp, minutes))

    def cap_days(self) -> None:
        cap = self.tariff.day_cap_cents
        if cap is None:
            return
        days: dict[object, int] = {}
        for stretch in self.run:
            days[stretch.day] = days.get(stretch.day, 0) + stretch.step_cents * stretch.steps
        for n, stretch in enumerate(self.run):
            if days[stretch.day] > cap:
                self.shares[n] *= Fraction(cap, days[stretch.day])
        self._now_costs("cap", self._sum())

    def at_least(self) -> None:
        least = self.tariff.least_cents
        if self.cents >= least:
            return
        if self.cents:
            self._scale(Fraction(least, self.cents))
        else:
            even = Fraction(least, sum(stretch.steps for stretch in self.run) or 1)
            self.shares = [even for _ in self.run]
        self._now_costs("least", least)

    def for_length(self) -> None:
        """The best discount that the length earns."""
        minutes = sum(stretch.minutes for stretch in self.run)
        earned = (d.percent for d in self.tariff.length_discounts if d.from_min <= minutes)
        self.discount("length", max(earned, default=0))

    def discount(self, code: str, percent: int) -> None:
        self._scale(Fraction(100 - percent, 100))
        self._now_costs(code, ceil(Fraction(self.cents * (100 - percent), 100)))

    def include(self, minutes: int) -> int:
        """The dearest steps first; how many minutes of `minutes` that took."""
        taken, exact = 0, sum(self._costs(), Fraction())
        for share, n in sorted(((share, n) for n, share in enumerate(self.shares)), reverse=True):
            stretch = self.run[n]
            steps = min(stretch.steps, (minutes - taken) // stretch.step_min) if share else 0
            taken += steps * stretch.step_min
            exact -= steps * share
        if taken:
            self._now_costs("included", ceil(exact), taken)
        return taken

    def _scale(self, factor: Fraction) -> None:
        self.shares = [share * factor for share in self.shares]

    def _costs(self) -> list[Fraction]:
        return [s * stretch.steps for s, stretch in zip(self.shares, self.run, strict=True)]

    def _sum(self) -> int:
        return ceil(sum(self._costs(), Fraction()))

    def _now_costs(self, code: str, cents: int, minutes: int = 0) -> None:
        if cents != self.cents or minutes:
            line = PriceLine(code, cents - self.cents, self.tariff.vat_bp, minutes)
            self.lines.append(line)
        self.cents = cents


def _add_on_line(add_on: AddOn, quantity: int, party: int, minutes: int) -> PriceLine:
    """Per booking: once, whatever the quantity; per hour: by the steps of the slot."""
    cents, vat_bp, ref = add_on.price_cents, add_on.vat_bp, add_on.id
    match add_on.per:
        case AddOnPer.BOOKING:
            return PriceLine("add_on", cents, vat_bp, quantity=quantity, ref=ref)
        case AddOnPer.HOUR:
            exact = ceil(Fraction(cents * quantity * minutes, 60))
            return PriceLine("add_on", exact, vat_bp, minutes, quantity, ref)
        case AddOnPer.PERSON:
            people = party * quantity
            return PriceLine("add_on", cents * people, vat_bp, quantity=people, ref=ref)
        case AddOnPer.PIECE:
            return PriceLine("add_on", cents * quantity, vat_bp, quantity=quantity, ref=ref)


def _share(vat_bp: int, gross: int) -> VatShare:
    whole = 10_000 + vat_bp
    net = (2 * gross * 10_000 + whole) // (2 * whole)
    return VatShare(vat_bp, net, gross - net, gross)

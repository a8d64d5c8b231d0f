"""What an operator charges for a resource, and a price as it was quoted."""

from dataclasses import dataclass

from domain.calendar import DAY_MIN

USUAL_VAT_BP = 1900
"""German standard rate (section 12 (1) UStG), in hundredths of a percent."""


@dataclass(frozen=True, slots=True)
class Rate:
    """What an hour costs in these local hours, for these groups of people.

    No weekdays: every day. No groups: everybody. Gross, in minor units.
    """

    hour_cents: int
    weekdays: tuple[int, ...] = ()
    from_min: int = 0
    to_min: int = DAY_MIN
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LengthDiscount:
    """Bookings of at least `from_min` minutes are `percent` cheaper."""

    from_min: int
    percent: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """The first of `rates` that applies counts, else the resource's own price per hour."""

    rates: tuple[Rate, ...] = ()
    day_cap_cents: int | None = None
    """A local day of one booking never costs more than this."""
    least_cents: int = 0
    """A booking never costs less, before what plans include and discount."""
    length_discounts: tuple[LengthDiscount, ...] = ()
    vat_bp: int = USUAL_VAT_BP
    included: bool = True
    """Whether the included hours of plans pay for it."""


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One line of a price; `code` names its sentence, discounts are negative. Gross."""

    code: str
    cents: int
    vat_bp: int = USUAL_VAT_BP
    minutes: int = 0
    quantity: int = 1
    ref: str = ""
    """What it is for: the id of an add-on or product."""

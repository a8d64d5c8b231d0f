"""What an operator may set: prices that divide evenly, and terms under which something fits."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from domain.calendar import DAY_MIN
from domain.money import Money
from domain.resource import Resource
from domain.stretches import price_step_min
from domain.tariff import Rate, Tariff
from domain.terms import BookingTerms

LONGEST_HORIZON_DAYS: Final = 366
"""Used-up credits are remembered for about as long (`domain.account`)."""


@dataclass(frozen=True, slots=True)
class SettingProblem:
    """`code` names the sentence, `params` its values."""

    code: str
    params: dict[str, object] = field(default_factory=dict)


def tariff_problem(resource: Resource, currency: str = "EUR") -> SettingProblem | None:
    """What is in the way of charging by this tariff, or None.

    Each hourly price is a whole amount for every step a slot is priced in, so that no step is
    rounded and a price by steps is the price by hours.
    """
    tariff, step = resource.tariff, price_step_min(resource.terms)
    prices = [resource.hour_price_cents, *(rate.hour_cents for rate in tariff.rates)]
    others = [tariff.least_cents, tariff.day_cap_cents or 0, tariff.vat_bp]
    if min(*prices, *others) < 0:
        return SettingProblem("tariff.negative")
    if any(cents * step % 60 for cents in prices):
        uneven = next(cents for cents in prices if cents * step % 60)
        price = Money(uneven, currency)
        length = timedelta(minutes=step)
        return SettingProblem("tariff.uneven", {"price": price, "step": length})
    if any(not _has_hours(rate) for rate in tariff.rates):
        return SettingProblem("tariff.hours")
    return None if _fair(tariff) else SettingProblem("tariff.percent")


def terms_problem(terms: BookingTerms) -> SettingProblem | None:
    """Why nothing, or not what is meant, could be booked under these terms, or None."""
    if not 1 <= terms.step_min <= DAY_MIN:
        return SettingProblem("terms.step")
    if _longest_on_grid(terms) < max(terms.shortest_min, 1):
        return SettingProblem("terms.lengths")
    if not 1 <= terms.horizon_days <= LONGEST_HORIZON_DAYS:
        return SettingProblem("terms.horizon", {"most": LONGEST_HORIZON_DAYS})
    spans = (terms.buffer_before_min, terms.buffer_after_min, terms.notice_min)
    if min(*spans, terms.move_until_min, terms.remind_min or 0, terms.release_min or 0) < 0:
        return SettingProblem("terms.negative")
    percents = [step.percent for step in terms.cancel]
    return None if all(0 <= p <= 100 for p in percents) else SettingProblem("tariff.percent")


def _longest_on_grid(terms: BookingTerms) -> int:
    """Where the step divides a day slots are whole steps; else midnight may cut one short."""
    if DAY_MIN % terms.step_min:
        return terms.longest_min
    return terms.longest_min - terms.longest_min % terms.step_min


def _has_hours(rate: Rate) -> bool:
    in_day = 0 <= rate.from_min < rate.to_min <= DAY_MIN
    return in_day and all(0 <= weekday <= 6 for weekday in rate.weekdays)


def _fair(tariff: Tariff) -> bool:
    return all(0 <= discount.percent <= 100 for discount in tariff.length_discounts)

"""Which rate applies when: a slot as stretches of equal steps, each with its price."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import gcd
from zoneinfo import ZoneInfo

from domain.calendar import DAY_MIN, Window
from domain.resource import Resource
from domain.tariff import Rate
from domain.terms import BookingTerms


@dataclass(frozen=True, slots=True)
class Stretch:
    """So many steps of one local day in a row, each of the same length and price."""

    day: date
    step_min: int
    step_cents: int
    steps: int

    @property
    def minutes(self) -> int:
        return self.step_min * self.steps


def price_step_min(terms: BookingTerms) -> int:
    """Slots are priced in steps of their grid, of an hour at most.

    The largest step that divides both, so that a grid of hours is exact also in the nights in
    which the clocks make four hours of it three or five.
    """
    return gcd(terms.step_min, 60)


def stretches(
    resource: Resource, slot: Window, zone: str, groups: frozenset[str]
) -> tuple[Stretch, ...]:
    """The steps of `slot`, each by the rate that applies where it starts; begun is whole."""
    step_min = price_step_min(resource.terms)
    step, tz = timedelta(minutes=step_min), ZoneInfo(zone)
    fitting = [rate for rate in resource.tariff.rates if _is_for(rate, groups)]
    edges = sorted({DAY_MIN, *(e for rate in fitting for e in (rate.from_min, rate.to_min))})
    left, at = -((slot.start - slot.end) // step), slot.start
    found: list[Stretch] = []
    while left > 0:
        local = at.astimezone(tz)
        steps = min(left, _alike(local, at, step, edges))
        cents = _hour_cents(resource, fitting, local) * step_min // 60
        found.append(Stretch(local.date(), step_min, cents, steps))
        at += steps * step
        left -= steps
    return tuple(found)


def _alike(local: datetime, at: datetime, step: timedelta, edges: list[int]) -> int:
    """How many steps from `at` on start before the wall shows the next edge."""
    shown = timedelta(
        hours=local.hour,
        minutes=local.minute,
        seconds=local.second,
        microseconds=local.microsecond,
    )
    minute = shown // timedelta(minutes=1)
    edge = timedelta(minutes=next(edge for edge in edges if edge > minute))
    steps = -((shown - edge) // step)
    last = (at + (steps - 1) * step).astimezone(local.tzinfo)
    return steps if last.utcoffset() == local.utcoffset() else 1


def _hour_cents(resource: Resource, fitting: list[Rate], local: datetime) -> int:
    minute, weekday = local.hour * 60 + local.minute, local.weekday()
    for rate in fitting:
        if rate.from_min <= minute < rate.to_min and weekday in (rate.weekdays or (weekday,)):
            return rate.hour_cents
    return resource.hour_price_cents


def _is_for(rate: Rate, groups: frozenset[str]) -> bool:
    return not rate.groups or not groups.isdisjoint(rate.groups)

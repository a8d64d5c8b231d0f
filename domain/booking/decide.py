"""The one booking rule: may this be booked at all. Whether it is free, the holdings know."""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from domain.booking import quotas, rules, time_rules
from domain.booking.outcomes import Bookable, BookingRule, NotBookable
from domain.booking.state import BookingStatus
from domain.booking.wish import ANYBODY, Asked, Booker, BookingFacts, SlotWish

__all__ = [
    "ANYBODY",
    "Bookable",
    "Booker",
    "BookingFacts",
    "BookingRule",
    "NotBookable",
    "SlotWish",
    "decide_booking",
]

Rule = Callable[[Asked], NotBookable | None]

RULES: Final[tuple[Rule, ...]] = (
    rules.fits_a_pass,
    rules.not_blocked,
    rules.of_the_audience,
    time_rules.still_to_come,
    time_rules.on_the_grid,
    time_rules.long_enough,
    time_rules.short_enough,
    time_rules.with_notice,
    time_rules.within_horizon,
    time_rules.in_open_hours,
    time_rules.not_blacked_out,
    rules.party_fits,
    rules.add_ons_on_offer,
    quotas.within_quotas,
)
"""In the order in which they speak: the first that says no is the answer."""

FOR_STAFF: Final[tuple[Rule, ...]] = (
    rules.fits_a_pass,
    time_rules.not_blacked_out,
    rules.party_fits,
    rules.add_ons_on_offer,
)
"""What even staff cannot wave through: passes, closed rooms, seats, and things we do not have."""


def decide_booking(facts: BookingFacts, wish: SlotWish, now: datetime) -> Bookable | NotBookable:
    """Whether the terms of the resource let this booker have `wish`; the first rule speaks."""
    asked = Asked(facts, wish, now)
    for rule in FOR_STAFF if facts.booker.staff else RULES:
        if (refused := rule(asked)) is not None:
            return refused
    claim = time_rules.claim_of(facts.resource.terms, wish.slot)
    return Bookable(claim, _needs_approval(facts, wish))


def _needs_approval(facts: BookingFacts, wish: SlotWish) -> bool:
    """What staff confirmed once need not be confirmed again when it only gets smaller."""
    if facts.booker.staff or not facts.resource.terms.needs_approval:
        return False
    had = facts.changed
    if had is None or had.status is not BookingStatus.CONFIRMED:
        return True
    within = had.starts <= wish.starts and wish.ends <= had.ends
    return not (within and wish.party <= had.party)

"""The rules about who and how many: each says no with its own code, or nothing."""

from collections import Counter
from typing import Final

from domain.booking.outcomes import BookingRule, NotBookable
from domain.booking.state import Booking, BookingProblem, booking_problem
from domain.booking.wish import Asked
from domain.terms import Audience

_PROBLEMS: Final = {
    BookingProblem.NO_TIME: BookingRule.NO_TIME,
    BookingProblem.NO_SUCH_YEAR: BookingRule.NO_SUCH_YEAR,
    BookingProblem.TOO_LONG: BookingRule.TOO_LONG_FOR_A_PASS,
    BookingProblem.NO_PARTY: BookingRule.NO_PARTY,
}


def fits_a_pass(asked: Asked) -> NotBookable | None:
    """A time and a party that passes, mails and calendars can carry."""
    wish = asked.wish
    booking = Booking(asked.facts.resource_id, None, wish.starts, wish.ends, wish.party)
    problem = booking_problem(booking)
    return NotBookable(_PROBLEMS[problem]) if problem else None


def not_blocked(asked: Asked) -> NotBookable | None:
    if not asked.facts.booker.blocked:
        return None
    phone = asked.facts.site.phone
    return NotBookable(BookingRule.BLOCKED, {"phone": phone}, "phone" if phone else "")


def of_the_audience(asked: Asked) -> NotBookable | None:
    booker, terms = asked.facts.booker, asked.terms
    if terms.audience is Audience.ANYONE:
        return None
    if not booker.member:
        return NotBookable(BookingRule.MEMBERS_ONLY)
    if terms.audience is Audience.PLANS and not booker.plan_ids & set(terms.plans):
        return NotBookable(BookingRule.PLAN_NEEDED, {"plans": terms.plans})
    return None


def party_fits(asked: Asked) -> NotBookable | None:
    """What has no seats is not sat on: parking, lockers, equipment."""
    seats = asked.facts.resource.seats
    if seats == 0 or asked.wish.party <= seats:
        return None
    return NotBookable(BookingRule.PARTY_TOO_LARGE, {"count": seats, "seats": seats})


def add_ons_on_offer(asked: Asked) -> NotBookable | None:
    """Each add-on is offered with this kind of resource, and not more pieces than there are."""
    wanted: Counter[str] = Counter()
    for add_on_id, quantity in asked.wish.add_ons:
        wanted[add_on_id] += quantity
        add_on = asked.facts.site.add_on(add_on_id)
        elsewhere = add_on and add_on.kinds and asked.facts.resource.kind not in add_on.kinds
        if add_on is None or elsewhere:
            return NotBookable(BookingRule.UNKNOWN_ADD_ON, {"add_on": add_on_id})
        if quantity < 1 or wanted[add_on_id] > add_on.most:
            params: dict[str, object] = {"name": add_on.name, "count": add_on.most}
            return NotBookable(BookingRule.TOO_MANY_ADD_ONS, params)
    return None

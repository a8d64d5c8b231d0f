"""What a person's plans give them at a site: who they are to the rules, and what they pay."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from domain.account import Account, Left, left
from domain.booking.state import EARLIEST, LATEST, PayBy
from domain.booking.wish import Booker
from domain.calendar import Window, days_around, local_date, weekly_windows
from domain.membership import Membership
from domain.person import Person
from domain.plan import Plan
from domain.pricing import PriceFacts
from domain.site import Site

MONTH: Final = "%Y-%m"


@dataclass(frozen=True, slots=True)
class Standing:
    """A person as the house knows them; nobody: somebody passing by."""

    person_id: str | None = None
    person: Person | None = None
    memberships: tuple[tuple[Membership, Plan], ...] = ()
    account: Account = field(default_factory=Account)

    def plans_on(self, site_id: str, day: date) -> tuple[Plan, ...]:
        """The plans that cover this person at this site on `day`."""
        return tuple(plan for _, plan in self._on(site_id, day))

    def plan_ids_on(self, site_id: str, day: date) -> frozenset[str]:
        return frozenset(membership.plan_id for membership, _ in self._on(site_id, day))

    def _on(self, site_id: str, day: date) -> Iterable[tuple[Membership, Plan]]:
        for membership, plan in self.memberships:
            here = not plan.sites or site_id in plan.sites
            if here and covers(membership, day):
                yield membership, plan


NOBODY: Final = Standing()


def covers(membership: Membership, day: date) -> bool:
    """Whether a membership is in force on `day`."""
    last = membership.last_day
    return membership.first_day <= day and (last is None or day <= last)


def booker_of(
    standing: Standing, site_id: str, site: Site, slot: Window, *, staff: bool = False
) -> Booker:
    """Who asks for `slot`, as the rules of booking see them."""
    day = local_date(min(max(slot.start, EARLIEST), LATEST), site.zone)
    person = standing.person
    plan_ids = standing.plan_ids_on(site_id, day)
    return Booker(
        person_id=standing.person_id,
        member=bool(plan_ids),
        plan_ids=plan_ids,
        hours=_plan_hours(standing.plans_on(site_id, day), site, slot) or None,
        blocked=person is not None and person.is_blocked_at(site_id),
        staff=staff,
    )


def price_facts_of(
    standing: Standing, site_id: str, site: Site, starts: datetime, without_ref: str = ""
) -> PriceFacts:
    """Who pays for something that begins at `starts`.

    `without_ref`: what this booking has spent already is counted as still there.
    """
    day = local_date(starts, site.zone)
    plans = standing.plans_on(site_id, day)
    return PriceFacts(
        groups=frozenset(plan.group for plan in plans if plan.group),
        discount_percent=max((plan.discount_percent for plan in plans), default=0),
        included_min=credits_left(standing, site_id, day, without_ref).minutes,
    )


def month_of(instant: datetime, zone: str) -> str:
    """The month of the site's calendar that something is used in: "2026-11"."""
    return local_date(instant, zone).strftime(MONTH)


def credits_left(standing: Standing, site_id: str, day: date, without_ref: str = "") -> Left:
    """What plans and bundles still give in the month of `day`."""
    plans = standing.plans_on(site_id, day)
    return left(standing.account, plans, day.strftime(MONTH), but_for=without_ref)


def ways_to_pay(standing: Standing, site_id: str, site: Site, day: date) -> tuple[PayBy, ...]:
    """How this person may settle a booking there on `day`, the usual way first; maybe none."""
    on_account = any(plan.on_account for plan in standing.plans_on(site_id, day))
    offered = (PayBy(way) for way in site.guests_pay_by)
    ways = (PayBy.INVOICE, *offered) if on_account else tuple(offered)
    return tuple(dict.fromkeys(ways))


def _plan_hours(plans: Sequence[Plan], site: Site, slot: Window) -> tuple[Window, ...]:
    """Hours of plans that have their own; holidays are for those without."""
    own = [each for plan in plans for each in plan.hours]
    if not own or slot.start < EARLIEST or slot.end > LATEST:
        return ()
    days = (slot.end - slot.start).days + 2
    return weekly_windows(own, days_around(slot.start, site.zone, 1, days), site.zone)

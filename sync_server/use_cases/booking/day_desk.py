"""Day passes as they are offered to whoever asks: products, prices, places and credits left."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.account import Left
from domain.booking import PayBy
from domain.calendar import local_date
from domain.day_offers import DayOffer, bundles, next_day, offers
from domain.day_pass import DayProduct
from domain.pricing import PriceFacts, Quote, day_quote
from domain.site import Site
from domain.standing import NOBODY, Standing, credits_left, ways_to_pay
from ledger.reader import Reader
from sync_server.use_cases.asker import Asker, Member
from sync_server.use_cases.booking.case import standing_of
from sync_server.use_cases.booking.day_places import places_left

MOST_DAYS_AHEAD: Final = 90


@dataclass(frozen=True, slots=True)
class OnSale:
    """A product with its price for this person; `offer` None: a bundle, for any day."""

    product: DayProduct
    quote: Quote
    offer: DayOffer | None = None


@dataclass(frozen=True, slots=True)
class DayDesk:
    """`left` None: no limit. `credits`: what the person may use without paying, of so many."""

    site_id: str
    site: Site
    day: date
    on_sale: tuple[OnSale, ...]
    left: int | None
    credits: Left
    credits_all: int
    ways: tuple[PayBy, ...]
    other_day: date | None = None
    """The next day with a place, where this one has none or is over."""


def read_day_desk(
    reader: Reader, place: tuple[str, Site], day: date, asker: Asker, now: datetime
) -> DayDesk:
    """What can be bought at this site for `day`."""
    site_id, site = place
    person_id = asker.person_id if isinstance(asker, Member) else None
    found = standing_of(reader, person_id)
    standing = found if isinstance(found, Standing) else NOBODY
    who = price_facts(standing, site_id, day)
    singles = (
        [
            OnSale(each.product, day_quote(site, each.product, 1, who), each)
            for each in offers(site, day, now)
        ]
        if is_near(site, day, now)
        else []
    )
    many = [OnSale(each, day_quote(site, each, 1, who)) for each in bundles(site)]
    left = places_left(reader, site_id, site, day, now)
    is_over = not singles or left == 0
    plans = standing.plans_on(site_id, day)
    return DayDesk(
        site_id,
        site,
        day,
        (*singles, *many),
        left,
        credits_left(standing, site_id, day),
        sum(plan.day_passes for plan in plans) + standing.account.bought_passes,
        day_ways(standing, site_id, site, day),
        _other_day(reader, place, day, now) if is_over else None,
    )


def price_facts(standing: Standing, site_id: str, day: date) -> PriceFacts:
    """What plans discount on `day`."""
    plans = standing.plans_on(site_id, day)
    return PriceFacts(discount_percent=max((plan.discount_percent for plan in plans), default=0))


def day_ways(standing: Standing, site_id: str, site: Site, day: date) -> tuple[PayBy, ...]:
    """How this person may pay for a day: at once by link, or by invoice."""
    ways = ways_to_pay(standing, site_id, site, day)
    return tuple(way for way in ways if way is not PayBy.DESK)


def is_near(site: Site, day: date, now: datetime) -> bool:
    """Whether day passes for `day` are sold by now: from today on, so many days ahead."""
    today = local_date(now, site.zone)
    return today <= day <= today + timedelta(days=MOST_DAYS_AHEAD)


def _other_day(reader: Reader, place: tuple[str, Site], day: date, now: datetime) -> date | None:
    """The next of the coming days on which something is sold and a place is free."""
    site_id, site = place
    after = max(day, local_date(now, site.zone) - timedelta(days=1))
    for product in (each for each in site.day_products if each.passes == 1):
        found = next_day(site, product, after)
        while found is not None and is_near(site, found, now):
            if places_left(reader, site_id, site, found, now) != 0:
                return found
            found = next_day(site, product, found)
    return None

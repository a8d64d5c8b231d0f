"""Day passes as they are offered on one day: what still makes sense, and what is better now."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.calendar import DAY_MIN, Window, common_time, day_window, local_date
from domain.day_pass import DayProduct
from domain.opening import opening_windows
from domain.site import Site

USUAL_LAST_ENTRY: Final = timedelta(minutes=60)
CLOSING_SOON: Final = timedelta(minutes=120)
"""With less of a product's time left than this, something else is offered beside it."""
DAYS_AHEAD: Final = 14


@dataclass(frozen=True, slots=True)
class DayOffer:
    """A product on one day; `window` runs from its first to its last minute of that day.

    `better`: a cheaper product that lasts as long as this one from now on. `other_day`: the
    next day of this product, where little is left of today's.
    """

    product: DayProduct
    window: Window
    better: DayProduct | None = None
    other_day: date | None = None


def product_window(site: Site, product: DayProduct, day: date) -> Window | None:
    """From the first to the last minute of `day` in which `product` lets in; None: closed."""
    bounds = day_window(day, product.from_min or 0, product.to_min or DAY_MIN, site.zone)
    if bounds is None:
        return None
    spans = [
        Window(max(window.start, bounds.start), min(window.end, bounds.end))
        for window in opening_windows(site, day, day)
        if common_time(window, bounds) > timedelta()
    ]
    return Window(spans[0].start, spans[-1].end) if spans else None


def can_be_sold(site: Site, product: DayProduct, day: date, now: datetime) -> bool:
    """Whether enough of its time is still to come; a bundle is for any day."""
    if product.passes > 1:
        return True
    window = product_window(site, product, day)
    return window is not None and now <= window.end - _last_entry(site)


def offers(site: Site, day: date, now: datetime) -> tuple[DayOffer, ...]:
    """Single passes on offer for `day`, in the operator's order; bundles are `bundles`."""
    sold = [each for each in site.day_products if each.passes == 1]
    return tuple(
        DayOffer(
            product,
            window,
            _better(site, product, day, now),
            _other_day(site, product, window, now),
        )
        for product in sold
        if can_be_sold(site, product, day, now) and (window := product_window(site, product, day))
    )


def bundles(site: Site) -> tuple[DayProduct, ...]:
    """What brings several passes at once, for whatever days."""
    return tuple(each for each in site.day_products if each.passes > 1)


def next_day(site: Site, product: DayProduct, after: date) -> date | None:
    """The first day after `after` on which `product` lets in, if one comes soon."""
    days = (after + timedelta(days=n) for n in range(1, DAYS_AHEAD + 1))
    return next((day for day in days if product_window(site, product, day)), None)


def _better(site: Site, product: DayProduct, day: date, now: datetime) -> DayProduct | None:
    """The cheapest of those that miss nothing of what is left of `product`."""
    left = _left(site, product, day, now)
    if left is None:
        return None
    cheaper = [
        other
        for other in site.day_products
        if other.passes == 1
        and other.price_cents < product.price_cents
        and other.zones & product.zones == product.zones
        and (its := _left(site, other, day, now))
        and its.start <= left.start
        and left.end <= its.end
    ]
    return min(cheaper, key=lambda other: other.price_cents, default=None)


def _left(site: Site, product: DayProduct, day: date, now: datetime) -> Window | None:
    window = product_window(site, product, day)
    if window is None or window.end <= now:
        return None
    return Window(max(window.start, now), window.end)


def _other_day(site: Site, product: DayProduct, window: Window, now: datetime) -> date | None:
    if window.end - now > CLOSING_SOON:
        return None
    return next_day(site, product, local_date(window.start, site.zone))


def _last_entry(site: Site) -> timedelta:
    """As the site says where it says it; else an hour before closing."""
    if site.day_pass is None:
        return USUAL_LAST_ENTRY
    return timedelta(minutes=site.day_pass.last_entry_min)

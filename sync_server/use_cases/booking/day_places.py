"""The day places of a site: one pool, whoever sells from it, each held for a whole local day."""

from datetime import date, datetime
from typing import Final

from domain.calendar import DAY_MIN, Window, day_window
from domain.site import Site
from ledger.holdings import HoldingKind, Want
from ledger.reader import Reader
from ledger.unit import Unit

NO_UNIT: Final = ""
"""What is held where the site has no limit."""


def units_of(site_id: str, site: Site) -> tuple[str, ...]:
    """The places of the pool; none where there is no limit."""
    return tuple(f"day:{site_id}#{n}" for n in range(1, (site.day_places or 0) + 1))


def places_left(reader: Reader, site_id: str, site: Site, day: date, now: datetime) -> int | None:
    """How many are still to be had on `day`; None: there is no limit."""
    if site.day_places is None:
        return None
    units, span = units_of(site_id, site), _span(site, day)
    return len(units) - len({each.unit for each in reader.held(units, span.start, span.end, now)})


def claim_place(
    unit: Unit,
    pool: tuple[str, Site],
    day: date,
    ref: str,
    expires_at: datetime | None = None,
) -> str | None:
    """The place held for `ref`, until `expires_at` if that is given; None: all are taken.

    What `ref` held before is given up first. Locks the site's stream.
    """
    unit.release_claim(ref)
    if pool[1].day_places is None:
        return NO_UNIT
    kind = HoldingKind.HOLD if expires_at else HoldingKind.BOOKING
    span = _span(pool[1], day)
    return unit.claim_one_of(Want(units_of(*pool), span.start, span.end), kind, ref, expires_at)


def _span(site: Site, day: date) -> Window:
    window = day_window(day, 0, DAY_MIN, site.zone)
    assert window is not None, "no night swallows a whole day"
    return window

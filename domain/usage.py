"""How much a resource was used on a day of its site, as figures that name what they come from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Final

from domain.attempt import Attempts
from domain.booking.state import Booking, BookingStatus
from domain.calendar import DAY_MIN, Window, day_window, local_date, merged
from domain.money import half_up
from domain.opening import opening_windows
from domain.pricing import vat_of
from domain.resource import Resource
from domain.site import Site
from domain.tariff import PriceLine

_NOTHING: Final = timedelta()


class Figure(StrEnum):
    """What is counted; each opens the events it comes from."""

    BOOKABLE = "bookable"
    BOOKED = "booked"
    USED = "used"
    NO_SHOWS = "no_shows"
    REFUSED = "refused"
    TAKEN = "taken"
    REVENUE = "revenue"


@dataclass(frozen=True, slots=True)
class Usage:
    """One resource on one local day, which has 23, 24 or 25 hours. Units count each.

    Revenue is what the bookings that begin on the day cost, or what is owed of those cancelled.
    `bookings` are the ids behind a figure.
    """

    bookable_min: int = 0
    booked_min: int = 0
    used_min: int = 0
    no_shows: int = 0
    refused: int = 0
    taken: int = 0
    gross_cents: int = 0
    net_cents: int = 0
    bookings: Mapping[Figure, tuple[str, ...]] = field(default_factory=dict)


def usage_of_day(
    resource: Resource | None,
    site: Site,
    day: date,
    bookings: Iterable[tuple[str, Booking]],
    attempts: Attempts,
) -> Usage:
    """The figures of `day`; `resource` None: it was not there, so nothing was bookable.

    `bookings` are those of this resource that meet the day; others do no harm.
    """
    whole = day_window(day, 0, DAY_MIN, site.zone)
    if whole is None:
        return Usage()
    times = {Figure.BOOKED: _NOTHING, Figure.USED: _NOTHING}
    behind: dict[Figure, list[str]] = {figure: [] for figure in Figure}
    gross, net = 0, 0
    for id_, booking in bookings:
        for figure, span in ((Figure.BOOKED, stood(booking)), (Figure.USED, used(booking))):
            if inside := span and _within(span, whole):
                times[figure] += inside.end - inside.start
                behind[figure].append(id_)
        if local_date(booking.starts, site.zone) != day:
            continue
        if booking.status is BookingStatus.RELEASED:
            behind[Figure.NO_SHOWS].append(id_)
        if cents := owed(booking):
            behind[Figure.REVENUE].append(id_)
            gross += cents
            net += _net(booking, cents, resource.tariff.vat_bp if resource else 0)
    return Usage(
        bookable_min=_minutes(bookable(resource, site, day)) if resource else 0,
        booked_min=times[Figure.BOOKED] // timedelta(minutes=1),
        used_min=times[Figure.USED] // timedelta(minutes=1),
        no_shows=len(behind[Figure.NO_SHOWS]),
        refused=attempts.refusals,
        taken=attempts.taken,
        gross_cents=gross,
        net_cents=net,
        bookings={figure: tuple(ids) for figure, ids in behind.items() if ids},
    )


def bookable(resource: Resource, site: Site, day: date) -> tuple[Window, ...]:
    """When each unit could be booked on `day`: the opening hours without the blackouts."""
    whole = day_window(day, 0, DAY_MIN, site.zone)
    if whole is None:
        return ()
    hours = (whole,) if resource.terms.around_the_clock else opening_windows(site, day, day)
    left = [span for each in hours if (span := _within(each, whole))]
    for blackout in resource.terms.blackouts:
        gone = Window(blackout.starts, blackout.ends)
        left = [part for span in left for part in _without(span, gone)]
    return merged(left) * resource.units


def stood(booking: Booking) -> Window | None:
    """The part of its time in which nobody else could have had it; None: it never stood."""
    if booking.status is BookingStatus.CONFIRMED:
        return Window(booking.starts, booking.ends)
    if booking.ended_at is None or booking.ended_at <= booking.starts:
        return None
    return Window(booking.starts, min(booking.ends, booking.ended_at))


def used(booking: Booking) -> Window | None:
    """From when somebody had come until it ended; None: nobody came."""
    span = stood(booking)
    if span is None or booking.claimed_at is None or booking.claimed_at >= span.end:
        return None
    return Window(max(span.start, booking.claimed_at), span.end)


def owed(booking: Booking) -> int:
    """What it costs, gross: a wish nothing yet, a cancelled one what is owed all the same."""
    match booking.status:
        case BookingStatus.WISHED:
            return 0
        case BookingStatus.CANCELLED:
            return booking.fee_cents
        case _:
            return booking.amount_cents


def _net(booking: Booking, cents: int, usual_vat_bp: int) -> int:
    """The net part of `cents`, in the proportion of the price as quoted."""
    lines = booking.lines or (PriceLine("hours", booking.amount_cents, usual_vat_bp),)
    shares = vat_of(lines)
    whole = sum(share.gross_cents for share in shares)
    net = sum(share.net_cents for share in shares)
    return half_up(Decimal(cents) * net / whole) if whole else cents


def _minutes(spans: Iterable[Window]) -> int:
    return sum((each.end - each.start for each in spans), _NOTHING) // timedelta(minutes=1)


def _within(span: Window, outer: Window) -> Window | None:
    start, end = max(span.start, outer.start), min(span.end, outer.end)
    return Window(start, end) if start < end else None


def _without(span: Window, gone: Window) -> Iterable[Window]:
    for start, end in (
        (span.start, min(span.end, gone.start)),
        (max(span.start, gone.end), span.end),
    ):
        if start < end:
            yield Window(start, end)


def last_moment(day: date, zone: str) -> datetime | None:
    """The end of a local day: settings of the day are those that stood by then."""
    whole = day_window(day, 0, DAY_MIN, zone)
    return whole.end if whole else None


def together(parts: Iterable[Usage]) -> Usage:
    """The sums of several days or resources."""
    whole = Usage()
    for part in parts:
        whole = Usage(
            bookable_min=whole.bookable_min + part.bookable_min,
            booked_min=whole.booked_min + part.booked_min,
            used_min=whole.used_min + part.used_min,
            no_shows=whole.no_shows + part.no_shows,
            refused=whole.refused + part.refused,
            taken=whole.taken + part.taken,
            gross_cents=whole.gross_cents + part.gross_cents,
            net_cents=whole.net_cents + part.net_cents,
        )
    return whole

"""Dates of a series in words: when, at which price, or why not and what instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from domain.booking.wish import SlotWish
from domain.calendar import Window
from domain.money import Money
from domain.pricing import Quote
from domain.tariff import PriceLine
from sync_server.use_cases.booking.drafting import Draft
from sync_server.use_cases.booking.outcomes import SlotTaken
from sync_server.use_cases.series.preview import Preview, Prospect
from sync_server.use_cases.series.told import told_why
from sync_server.use_cases.series.wish import Omitted
from sync_server.web.booking.asked import book_url
from sync_server.web.booking.summary import Line, Summary, percent, when
from sync_server.web.page import Voice
from sync_server.web.places import Place


@dataclass(frozen=True, slots=True)
class DateRow:
    """One date before it is booked."""

    value: str
    title: str
    fact: str
    price: Money | None
    ticked: bool
    can_be_ticked: bool
    instead: str = ""
    instead_url: str = ""


def rows_of(found: Preview, place: Place, voice: Voice, now: datetime) -> list[DateRow]:
    return [_row(each, place, voice, now) for each in found.days]


def title_of(day: date, voice: Voice) -> str:
    """ "Fri 15 May" with the year where it is not this one."""
    return voice.day(day)


def time_of(slot: Window | None, voice: Voice) -> str:
    """ "9:00 to 10:00"."""
    if slot is None:
        return ""
    return voice.say("series.time", starts=slot.start, ends=slot.end)


def why_not(each: Prospect, voice: Voice, now: datetime) -> str:
    """Why this date is not to be had; nothing where it is."""
    if isinstance(each.outcome, Draft):
        return ""
    return told_why(each.outcome, each.day, now, voice.locale)[1]


def summary_of_series(found: Preview, voice: Voice) -> Summary:
    """What all the dates that can be had cost together."""
    drafts = [each.outcome for each in found.bookable if isinstance(each.outcome, Draft)]
    lines: Iterable[PriceLine] = (line for each in drafts for line in each.booking.lines)
    currency = found.place.site.currency
    whole = Quote(tuple(lines), currency, 0)
    total = Money(whole.total_cents, currency)
    return Summary(
        name=found.place.resource.name,
        when="",
        where="",
        lines=(Line(voice.say("series.dates", count=len(drafts)), total),),
        total=total,
        net=Money(whole.net_cents, currency),
        vat=tuple(
            Line(
                voice.say("book.vat", percent=percent(share.vat_bp, voice)),
                Money(share.vat_cents, currency),
            )
            for share in whole.vat()
            if share.vat_cents
        ),
    )


def _row(each: Prospect, place: Place, voice: Voice, now: datetime) -> DateRow:
    currency = place.site.currency
    bookable = isinstance(each.outcome, Draft)
    unwanted = each.outcome is Omitted.UNWANTED
    taken = each.outcome if isinstance(each.outcome, SlotTaken) else SlotTaken()
    nearest = next(iter(taken.alternatives), None)
    instead = url = ""
    if nearest:
        told = when(SlotWish(nearest.starts, nearest.ends), voice)
        instead = voice.say("series.instead", when=told)
        url = book_url(place, nearest.resource_id, nearest.starts, nearest.ends)
    return DateRow(
        value=each.day.isoformat(),
        title=title_of(each.day, voice),
        fact=time_of(each.slot, voice) if bookable or unwanted else why_not(each, voice, now),
        price=Money(each.cents, currency) if bookable else None,
        ticked=bookable,
        can_be_ticked=bookable or unwanted,
        instead=instead,
        instead_url=url,
    )

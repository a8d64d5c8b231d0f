"""A price in words and amounts, as the page shows it right above the order button."""

from dataclasses import dataclass

from domain.booking.wish import SlotWish
from domain.calendar import local_date
from domain.money import Money
from domain.pricing import Quote, VatShare
from domain.resource import Resource
from domain.site import Site
from domain.tariff import PriceLine
from sync_server.web.page import Voice
from wording import price_line_words


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the price."""

    what: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Summary:
    """All a person has to see before they order: what, when, and what it costs, gross and net."""

    name: str
    when: str
    where: str
    lines: tuple[Line, ...]
    total: Money
    net: Money
    vat: tuple[Line, ...]


def summary_of(
    site: Site, resource: Resource, wish: SlotWish, quote: Quote, voice: Voice
) -> Summary:
    """What the page says of this slot at this price."""
    currency = quote.currency

    def amount(cents: int) -> Money:
        return Money(cents, currency)

    def words(line: PriceLine) -> str:
        add_on = site.add_on(line.ref) if line.code == "add_on" else None
        name = voice.words(add_on.name) if add_on else resource.name
        return price_line_words(line, name, voice.locale)

    def tax(share: VatShare) -> Line:
        rate = percent(share.vat_bp, voice)
        return Line(voice.say("book.vat", percent=rate), amount(share.vat_cents))

    return Summary(
        name=resource.name,
        when=when(wish, voice),
        where=voice.words(resource.place) if resource.place else "",
        lines=tuple(Line(words(line), amount(line.cents)) for line in quote.lines),
        total=amount(quote.total_cents),
        net=amount(quote.net_cents),
        vat=tuple(tax(share) for share in quote.vat() if share.vat_cents),
    )


def when(wish: SlotWish, voice: Voice) -> str:
    """ "Thursday 14 May, 14:00 to 16:00"."""
    first, last = (local_date(at, voice.zone) for at in (wish.starts, wish.ends))
    if first == last:
        return voice.say("book.when", day=voice.day(first), starts=wish.starts, ends=wish.ends)
    return voice.say(
        "book.when.days",
        day=voice.day_short(first),
        starts=wish.starts,
        last=voice.day_short(last),
        ends=wish.ends,
    )


def percent(vat_bp: int, voice: Voice) -> str:
    """A rate of VAT: 1900 is "19", 550 is "5.5"."""
    whole, rest = divmod(vat_bp, 100)
    point = "," if voice.language == "de" else "."
    return f"{whole}{point}{rest:02}".rstrip("0").rstrip(point)

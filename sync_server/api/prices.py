"""A price in the API: its lines in words, its shares by rate of VAT."""

from domain.booking import Booking
from domain.pricing import Quote
from domain.site import Site
from domain.tariff import PriceLine
from sync_server.api.answers import LineAnswer, PriceAnswer, VatAnswer
from sync_server.api.languages import in_language
from wording.bookings import price_line_words


def price_answer(quote: Quote, site: Site, name: str, locale: str) -> PriceAnswer:
    """`name` is that of the resource; add-ons and products go by their own."""
    return PriceAnswer(
        currency=quote.currency,
        total_cents=quote.total_cents,
        net_cents=quote.net_cents,
        vat=[
            VatAnswer(each.vat_bp, each.net_cents, each.vat_cents, each.gross_cents)
            for each in quote.vat()
        ],
        lines=[_line(line, _named(line, site, name, locale), locale) for line in quote.lines],
        included_min=quote.included_min,
    )


def booked_price(booking: Booking, site: Site, name: str, locale: str) -> PriceAnswer:
    """The price a booking was made at, as it is billed."""
    included = sum(line.minutes for line in booking.lines if line.code == "included")
    return price_answer(Quote(booking.lines, site.currency, included), site, name, locale)


def _named(line: PriceLine, site: Site, name: str, locale: str) -> str:
    add_on = site.add_on(line.ref) if line.ref else None
    if add_on is not None:
        return in_language(add_on.name, locale)
    product = next((each for each in site.day_products if each.id == line.ref), None)
    return in_language(product.name, locale) if product else name


def _line(line: PriceLine, name: str, locale: str) -> LineAnswer:
    return LineAnswer(
        code=line.code,
        sentence=price_line_words(line, name, locale),
        cents=line.cents,
        vat_bp=line.vat_bp,
        minutes=line.minutes,
        quantity=line.quantity,
        ref=line.ref,
    )

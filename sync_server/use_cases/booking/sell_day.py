"""Selling a day pass or a bundle: credits first, one pool of places, the pass once it is paid."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.account import NotEnough, PassesBought, Spent, decide_spend
from domain.booking import PayBy
from domain.booking.outcomes import BookingRule, NotBookable
from domain.calendar import local_date
from domain.day_offers import can_be_sold
from domain.day_pass import DayPass, DayPassSold, DayProduct
from domain.mail_address import mail_key
from domain.payment import NotPayable
from domain.pricing import Quote, day_quote
from domain.site import Site
from domain.standing import MONTH, Standing, credits_left
from domain.subjects import HOUSE, site_stream
from ledger.codec import decode, encode_text
from ledger.unit import Unit
from sync_server.use_cases.booking.case import standing_of
from sync_server.use_cases.booking.day_desk import day_ways, is_near, price_facts
from sync_server.use_cases.booking.day_places import claim_place
from sync_server.use_cases.booking.guests import Guest, checked_guest, person_of_guest
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import No, PriceChanged
from sync_server.use_cases.issue_pass import issue_day_pass
from sync_server.use_cases.mails import queue_day_mail
from sync_server.use_cases.payments import PayWish, start_payment

FOR_KIND: Final = "day_pass"
PAY_WITHIN: Final = timedelta(minutes=20)
"""So long a place waits for its money; later it is bought if there still is one."""


@dataclass(frozen=True, slots=True)
class DayWish:
    """Which product for which day. `expected_cents`: what the person was shown."""

    product_id: str
    day: date
    pay_by: PayBy | None = None
    expected_cents: int | None = None
    request_id: str = ""
    """The same wish sent twice by the same person is one."""


@dataclass(frozen=True, slots=True)
class DaySold:
    """`pass_id` is empty until it is paid, and for bundles, which lie on the account."""

    day_pass_id: str
    pass_id: str = ""
    payment_id: str = ""
    passes: int = 1


NotSold = NotBookable | PriceChanged | NotPayable | No


def sell_to_guest(
    making: Making, site_id: str, guest: Guest, wish: DayWish, provider: str
) -> DaySold | NotSold:
    """The same for somebody without an account, whom the house knows from now on."""
    checked = checked_guest(guest)
    if isinstance(checked, No):
        return checked
    scope = f"day:{making.keys.mac('day', mail_key(checked.mail))}"
    if before := _sold_before(making.unit, scope, wish):
        return before
    known = making.unit.persons_by_mail(checked.mail)
    for person_id in known:
        standing = standing_of(making.unit, person_id)
        if isinstance(standing, Standing) and _is_blocked(standing, site_id):
            return NotBookable(BookingRule.BLOCKED)
    sale = _open(making, site_id, Standing(), wish)
    if not isinstance(sale, _Sale):
        return sale
    person_id = person_of_guest(making, checked)
    sold = _sell(making, sale, (person_id, checked.language), provider)
    return _kept(making.unit, scope, wish, sold)


def sell_day_pass(
    making: Making, site_id: str, person_id: str, wish: DayWish, provider: str
) -> DaySold | NotSold:
    """A day for a person whom the house knows; credits go first. Locks `house` and the site."""
    scope = f"day:{person_id}"
    if before := _sold_before(making.unit, scope, wish):
        return before
    standing = standing_of(making.unit, person_id)
    if isinstance(standing, No):
        return standing
    if _is_blocked(standing, site_id):
        return NotBookable(BookingRule.BLOCKED)
    card = making.unit.card(person_id)
    sale = _open(making, site_id, standing, wish)
    if not isinstance(sale, _Sale):
        return sale
    sold = _sell(making, sale, (person_id, card.language if card else "en"), provider)
    return _kept(making.unit, scope, wish, sold)


def hand_out_day(making: Making, site_id: str, day_pass_id: str) -> str:
    """The pass of a day that is paid, and the mail that brings it."""
    unit = making.unit
    pass_id = issue_day_pass(unit, making.keys, site_id, day_pass_id, making.ids)
    assert isinstance(pass_id, str), "it was sold a moment ago"
    sold = unit.full("day_pass", day_pass_id, DayPass)
    if sold and sold.person_id:
        queue_day_mail(unit, sold.person_id, pass_id, making.ids)
    return pass_id


@dataclass(frozen=True, slots=True)
class _Sale:
    """All that is agreed, before anything is claimed or written."""

    site_id: str
    site: Site
    product: DayProduct
    standing: Standing
    wish: DayWish
    quote: Quote
    from_credit: bool
    pay_by: PayBy


def _open(making: Making, site_id: str, standing: Standing, wish: DayWish) -> _Sale | NotSold:
    unit = making.unit
    site = unit.full("site", site_id, Site)
    if site is None:
        return No.UNKNOWN_SITE
    product = next((each for each in site.day_products if each.id == wish.product_id), None)
    single = product is not None and product.passes == 1
    if product is None or (single and not _is_sold(site, product, wish.day, unit)):
        return No.UNKNOWN_PRODUCT
    day = wish.day if single else local_date(unit.now, site.zone)
    credit = single and credits_left(standing, site_id, day).passes > 0
    full = day_quote(site, product, 1, price_facts(standing, site_id, day))
    quote = Quote((), site.currency) if credit else full
    if wish.expected_cents not in (None, quote.total_cents):
        return PriceChanged(quote)
    ways = day_ways(standing, site_id, site, day)
    if not single:
        ways = tuple(way for way in ways if way is not PayBy.LINK)
    pay_by = wish.pay_by or (ways[0] if ways else None)
    if quote.total_cents == 0:
        pay_by = PayBy.NOTHING
    elif pay_by is None or pay_by not in ways:
        return No.WAY_TO_PAY
    return _Sale(site_id, site, product, standing, wish, quote, credit, pay_by)


def _sell(making: Making, sale: _Sale, buyer: tuple[str, str], provider: str) -> DaySold | NotSold:
    if sale.product.passes > 1:
        return _bundle(making, sale, buyer[0])
    return _single(making, sale, buyer, provider)


def _sold_before(unit: Unit, scope: str, wish: DayWish) -> DaySold | No | None:
    """What came of this wish when it was first sent; None: it was not."""
    known = unit.stored(scope, wish.request_id) if wish.request_id else None
    if known is None:
        return None
    if known[0] != _content(wish):
        return No.KEY_REUSED
    return decode(known[1], DaySold)


def _kept(unit: Unit, scope: str, wish: DayWish, sold: DaySold | NotSold) -> DaySold | NotSold:
    if isinstance(sold, DaySold) and wish.request_id:
        unit.store(scope, wish.request_id, _content(wish), encode_text(sold))
    return sold


def _content(wish: DayWish) -> str:
    return f"{wish.product_id} {wish.day} {wish.pay_by} {wish.expected_cents}"


def _bundle(making: Making, sale: _Sale, person_id: str) -> DaySold:
    ref = making.ids.subject(making.unit.now)
    product, cents = sale.product, sale.quote.total_cents
    bought = PassesBought(product.passes, ref, product.id, cents)
    making.unit.append(HOUSE, "account", person_id, bought, actor=making.actor)
    return DaySold(ref, passes=sale.product.passes)


def _single(
    making: Making, sale: _Sale, buyer: tuple[str, str], provider: str
) -> DaySold | NotSold:
    unit, wish, product = making.unit, sale.wish, sale.product
    day_pass_id = making.ids.subject(unit.now)
    waits = sale.pay_by is PayBy.LINK
    until = unit.now + PAY_WITHIN if waits else None
    place = claim_place(unit, (sale.site_id, sale.site), wish.day, day_pass_id, until)
    if place is None:
        return No.NO_PLACE_LEFT
    sold = DayPass(
        buyer[0], wish.day, product.zones, 1, product.from_min, product.to_min,
        paid=not waits, amount_cents=sale.quote.total_cents, product_id=product.id,
        unit=place, from_credit=sale.from_credit,
    )  # fmt: skip
    stream = site_stream(sale.site_id)
    unit.append(stream, FOR_KIND, day_pass_id, DayPassSold(sold), actor=making.actor)
    if sale.from_credit:
        _spend(making, sale, buyer[0], day_pass_id)
    if not waits:
        pass_id = hand_out_day(making, sale.site_id, day_pass_id)
        return DaySold(day_pass_id, pass_id)
    amount = (sale.quote.total_cents, sale.quote.currency)
    asked = PayWish(
        FOR_KIND, day_pass_id, *amount, buyer[0], provider, unit.now + PAY_WITHIN, buyer[1]
    )
    payment_id = start_payment(unit, sale.site_id, asked)
    if isinstance(payment_id, NotPayable):
        return payment_id
    return DaySold(day_pass_id, payment_id=payment_id)


def _spend(making: Making, sale: _Sale, person_id: str, ref: str) -> None:
    plans = sale.standing.plans_on(sale.site_id, sale.wish.day)
    wanted = Spent(ref, sale.wish.day.strftime(MONTH), passes=1)
    spent = decide_spend(sale.standing.account, plans, wanted)
    assert not isinstance(spent, NotEnough), "what is left was looked at under the same lock"
    making.unit.append(HOUSE, "account", person_id, spent, actor=making.actor)


def _is_sold(site: Site, product: DayProduct, day: date, unit: Unit) -> bool:
    return is_near(site, day, unit.now) and can_be_sold(site, product, day, unit.now)


def _is_blocked(standing: Standing, site_id: str) -> bool:
    return standing.person is not None and standing.person.is_blocked_at(site_id)

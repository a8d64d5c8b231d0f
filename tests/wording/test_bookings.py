"""Why something cannot be booked, and what a price is made of, in every language."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from domain.add_on import AddOn
from domain.booking.change import decide_change
from domain.booking.decide import Booker, BookingRule, NotBookable, SlotWish, decide_booking
from domain.booking.series import SeriesProblem
from domain.pricing import PriceFacts, quote
from domain.tariff import LengthDiscount, PriceLine, Tariff
from domain.terms import Audience, Blackout, Per, Quota
from domain.workable import tariff_problem, terms_problem
from tests.domain.house import SITE, at
from tests.domain.rooms import ADD_ONS, a_room, a_stay, facts, wish
from wording import LOCALES, codes, sentence
from wording.bookings import not_bookable_sentence, price_line_words

NOW = at(8)
BLACKOUT = Blackout(at(10), at(14), {"en": "New floor", "de": "Neuer Boden"})
TOMORROW = date(2026, 6, 16)
LAMP = AddOn("lamp", {"en": "Lamp", "de": "Lampe"}, 100, most=1)
BUSY = replace(SITE, add_ons=(LAMP, *ADD_ONS))


def no(wanted: SlotWish, booker: Booker | None = None, **terms: object) -> NotBookable:
    where = facts(a_room(**terms), booker=booker or Booker(), site=BUSY, own=(a_stay(12, 14),))
    found = decide_booking(where, wanted, NOW)
    assert isinstance(found, NotBookable)
    return found


def with_add_on(name: str, count: int) -> SlotWish:
    return replace(wish(), add_ons=((name, count),))


def quota(per: Per, **most: int) -> NotBookable:
    return no(wish(), quotas=(Quota(per, **most),))


HOLIDAY = SlotWish(at(10, day=date(2026, 6, 19)), at(11, day=date(2026, 6, 19)))
MEMBER = Booker("ada", member=True)
SAID = [
    (no(wish((10, 0), (10, 0))), "A booking ends after it begins. Please check the times."),
    (no(replace(wish(), ends=at(1, day=date(2100, 6, 1)))), "We can only book from 2000 to 2099."),
    (no(replace(wish(), ends=at(1, day=date(2028, 6, 1)))), "A booking lasts a year at most."),
    (no(wish(party=0)), "A booking is for 1 to 255 people."),
    (no(wish(), Booker(blocked=True)), "Please have a word with us before you book again: 030"),
    (no(wish(), audience=Audience.MEMBERS), "This one is for members."),
    (no(wish(), MEMBER, audience=Audience.PLANS), "This one comes with another plan."),
    (no(wish((7, 0), (7, 30))), "That time has gone by."),
    (no(wish((10, 5), (10, 40))), "Bookings start and end every 15 min: 10:00 to 10:30 would do."),
    (no(wish(), shortest_min=90), "Bookable from 1 h 30 min."),
    (no(wish(), longest_min=30), "Bookable up to 30 min at a time."),
    (no(wish(), notice_min=1440), "We need 24 h to get ready."),
    (no(replace(HOLIDAY), horizon_days=2), "Bookable up to Tuesday 16 June."),
    (no(wish((19, 0), (21, 0))), "Bookable from 8:00 to 20:00 that day."),
    (no(HOLIDAY), "We are closed that day. The next day to book is Monday 22 June."),
    (no(wish(), blackouts=(BLACKOUT,)), "New floor: not available until 14:00."),
    (no(wish(), blackouts=(replace(BLACKOUT, why={}),)), "Not available until 14:00."),
    (no(wish(), blackouts=(replace(BLACKOUT, ends=at(9, day=TOMORROW)),)),
     "New floor: not available until Tuesday 16 June, 9:00."),
    (no(wish(party=9)), "There are 8 seats."),
    (no(with_add_on("swing", 1)), "One of the extras is not offered here."),
    (no(with_add_on("chair", 11)), "Chair: 1 to 10 for a booking."),
    (no(with_add_on("lamp", 2)), "Lamp: one for a booking."),
    (quota(Per.DAY, most_min=90), "One person can book this for 1 h 30 min a day."),
    (quota(Per.WEEK, most_min=60), "One person can book this for 1 h a week."),
    (quota(Per.MONTH, most_min=60), "One person can book this for 1 h a month."),
    (quota(Per.DAY, most_bookings=1), "One person can book this once a day."),
    (quota(Per.WEEK, most_bookings=1), "One person can book this once a week."),
    (quota(Per.MONTH, most_bookings=0), "One person can book this 0 times a month."),
]  # fmt: skip


@pytest.mark.parametrize(("refused", "start"), SAID, ids=lambda each: getattr(each, "rule", ""))
def test_each_refusal_says_what_to_do(refused: NotBookable, start: str) -> None:
    plain = not_bookable_sentence(refused, NOW, "en").replace("\u00a0", " ")
    assert plain.startswith(start)


@pytest.mark.parametrize("locale", LOCALES)
def test_each_refusal_has_words_in_every_language_also_by_its_code_alone(locale: str) -> None:
    told = {refused.rule for refused, _ in SAID} | {BookingRule.TOO_LATE_TO_CHANGE}
    assert told == set(BookingRule)
    for refused, _ in SAID:
        exact = not_bookable_sentence(refused, NOW, locale)
        bare = sentence(f"booking.{refused.rule}", refused.params, locale)
        for said in (exact, bare):
            assert said.endswith((".", SITE.phone))
            assert not re.search(r"[{}]", said)


def test_a_move_that_comes_too_late_tells_until_when_it_could_be_made() -> None:
    where = facts(a_room(move_until_min=180), changed=a_stay(10, 12))
    found = decide_change(where, wish((14, 0), (16, 0)), NOW)
    assert isinstance(found, NotBookable)
    assert not_bookable_sentence(found, NOW, "de").startswith("Verschieben ging bis 7:00.")


def test_the_operators_words_come_in_the_language_of_the_page() -> None:
    refused = no(wish(), blackouts=(BLACKOUT,))
    assert not_bookable_sentence(refused, NOW, "de_formal").startswith("Neuer Boden: nicht")


def test_every_line_of_a_price_has_words() -> None:
    tariff = Tariff(
        day_cap_cents=4000, least_cents=4500, length_discounts=(LengthDiscount(60, 10),)
    )
    who = PriceFacts(discount_percent=10, included_min=30)
    extras = [(add_on, 2) for add_on in ADD_ONS]
    found = quote(a_room(tariff), SITE, wish((10, 0), (12, 0)).slot, who, 3, extras)
    said = [price_line_words(line, "Kiln", "en").replace("\u00a0", " ") for line in found.lines]
    assert said == [
        "Kiln, 2 h",
        "Day rate",
        "Up to the least price",
        "Discount for long bookings",
        "30 min included in your plan",
        "Discount of your plan",
        "2 × Kiln",
        "2 × Kiln",
        "6 × Kiln",
        "2 × Kiln",
    ]
    for code in ("day_pass", "given_up"):
        for locale in LOCALES:
            assert price_line_words(PriceLine(code, 100), "Day pass", locale)


def test_every_problem_of_settings_and_series_has_words() -> None:
    found = [
        tariff_problem(a_room(Tariff(least_cents=-1))),
        tariff_problem(replace(a_room(), hour_price_cents=2401)),
        terms_problem(a_room(horizon_days=0).terms),
        terms_problem(a_room(step_min=0).terms),
    ]
    for locale in LOCALES:
        for each in found:
            assert each is not None
            assert "{" not in sentence(each.code, each.params, locale)
    assert {f"series.{each.value}" for each in SeriesProblem} <= codes("en")


def test_a_length_is_told_in_hours_and_minutes() -> None:
    zero, long = timedelta(), timedelta(days=1, hours=1, minutes=5)
    told = [sentence("booking.too_short", {"shortest": span}, "en") for span in (zero, long)]
    assert ["0\u00a0min" in told[0], "25\u00a0h 5\u00a0min" in told[1]] == [True, True]

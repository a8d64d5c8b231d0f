"""The keys of a resource and of a plan in a house file."""

from typing import Final

from domain.resource import ResourceKind
from domain.tariff import LengthDiscount, Tariff
from domain.terms import Audience, BookingTerms, CancelStep, Per, Quota
from sync_server.use_cases.apply.forms import (
    DAYS,
    FLAG,
    LONG_WORDS,
    MINUTES,
    PERCENT,
    PRICE,
    TEXT,
    VAT,
    WORDS,
    Choice,
    ListOf,
    Named,
    Picture,
    Zones,
    whole,
)
from sync_server.use_cases.apply.keyed import Key, TableOf
from sync_server.use_cases.apply.resource_forms import CODE, Blackouts, Rates, Spots, Way
from sync_server.use_cases.apply.site_forms import Hours

_LENGTH_DISCOUNT: Final = TableOf(LengthDiscount, (
    Key("from", "from_min", MINUTES, needed=True),
    Key("discount", "percent", PERCENT, needed=True),
))  # fmt: skip
_QUOTA: Final = TableOf(Quota, (
    Key("per", "per", Choice(Per), needed=True),
    Key("at_most", "most_min", MINUTES),
    Key("bookings", "most_bookings", whole(1, 10_000)),
))  # fmt: skip
_CANCEL: Final = TableOf(CancelStep, (
    Key("within", "before_min", MINUTES, needed=True),
    Key("owed", "percent", PERCENT, needed=True),
))  # fmt: skip
TARIFF_KEYS: Final = (
    Key("rates", "rates", ListOf(Rates(PRICE))),
    Key("day_at_most", "day_cap_cents", PRICE),
    Key("at_least", "least_cents", PRICE),
    Key("longer", "length_discounts", ListOf(_LENGTH_DISCOUNT)),
    Key("vat", "vat_bp", VAT),
    Key("included_hours_pay", "included", FLAG),
)
TERMS_KEYS: Final = (
    Key("step", "step_min", MINUTES),
    Key("shortest", "shortest_min", MINUTES),
    Key("longest", "longest_min", MINUTES),
    Key("buffer_before", "buffer_before_min", MINUTES),
    Key("buffer_after", "buffer_after_min", MINUTES),
    Key("notice", "notice_min", MINUTES),
    Key("horizon", "horizon_days", DAYS),
    Key("audience", "audience", Choice(Audience)),
    Key("plans", "plans", ListOf(Named("plans"))),
    Key("around_the_clock", "around_the_clock", FLAG),
    Key("approval", "needs_approval", FLAG),
    Key("quotas", "quotas", ListOf(_QUOTA)),
    Key("blackouts", "blackouts", ListOf(Blackouts())),
    Key("remind", "remind_min", MINUTES),
    Key("release", "release_min", MINUTES),
    Key("cancel", "cancel", ListOf(_CANCEL)),
    Key("move_until", "move_until_min", MINUTES),
)
RESOURCE_KEYS: Final = (
    Key("number", "number", whole(1, 65_535)),
    Key("name", "name", TEXT, needed=True),
    Key("kind", "kind", Choice(ResourceKind), needed=True),
    Key("seats", "seats", whole(0, 10_000), needed=True),
    Key("units", "units", whole(1, 10_000)),
    Key("zones", "zones", Zones(), needed=True),
    Key("price", "hour_price_cents", PRICE),
    Key("step_free", "step_free", FLAG),
    Key("features", "features", ListOf(CODE)),
    Key("key_at_desk", "key_at_desk", FLAG),
    Key("photos", "photos", ListOf(Picture())),
    Key("spot", "spot", Spots()),
    Key("place", "place", WORDS),
    Key("about", "about", LONG_WORDS),
    Key("way", "way", ListOf(Way())),
    Key("tariff", "tariff", TableOf(Tariff, TARIFF_KEYS)),
    Key("booking", "terms", TableOf(BookingTerms, TERMS_KEYS)),
)
PLAN_KEYS: Final = (
    Key("name", "name", TEXT, needed=True),
    Key("sites", "sites", ListOf(Named("sites")), needed=True),
    Key("zones", "zones", Zones(), needed=True),
    Key("hours", "hours", Hours()),
    Key("price", "price_cents", PRICE),
    Key("included", "included_min", MINUTES),
    Key("day_passes", "day_passes", whole(0, 366)),
    Key("discount", "discount_percent", PERCENT),
    Key("group", "group", CODE),
    Key("on_account", "on_account", FLAG),
)

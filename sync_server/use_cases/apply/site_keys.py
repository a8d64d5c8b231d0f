"""The keys of a site in a house file, with its doors, day passes and add-ons."""

from typing import Final

from domain.add_on import AddOn, AddOnPer
from domain.day_pass import DayProduct
from domain.door import Door
from domain.resource import ResourceKind
from domain.site import Wifi
from sync_server.use_cases.apply import amounts, hours, site_forms
from sync_server.use_cases.apply.forms import (
    FLAG,
    MINUTES,
    PRICE,
    TEXT,
    VAT,
    WORDS,
    Choice,
    ListOf,
    Named,
    Picture,
    Plain,
    Texts,
    Zones,
    whole,
)
from sync_server.use_cases.apply.keyed import ById, Key, TableOf

TEXTS: Final = ("imprint", "terms", "privacy", "withdrawal", "cancellation", "rules")
_CLOCK: Final = Plain(hours.clock, hours.clock_text)

DOOR_KEYS: Final = (
    Key("name", "name", TEXT, needed=True),
    Key("zone", "zone", site_forms.OneZone(), needed=True),
    Key("lock", "lock", TEXT, needed=True),
    Key("lock_key", "lock_key", Plain(site_forms.lock_key)),
    Key("critical", "critical", FLAG),
    Key("other_way", "other_way", TEXT),
    Key("hint", "hint", TEXT),
)
DAY_PASS_KEYS: Final = (
    Key("name", "name", WORDS, needed=True),
    Key("price", "price_cents", PRICE, needed=True),
    Key("zones", "zones", Zones(), needed=True),
    Key("from", "from_min", _CLOCK),
    Key("until", "to_min", _CLOCK),
    Key("passes", "passes", whole(1, 365)),
    Key("vat", "vat_bp", VAT),
    Key("about", "about", WORDS),
)
ADD_ON_KEYS: Final = (
    Key("name", "name", WORDS, needed=True),
    Key("price", "price_cents", PRICE, needed=True),
    Key("per", "per", Choice(AddOnPer)),
    Key("vat", "vat_bp", VAT),
    Key("resource", "resource_id", Named("resources")),
    Key("kinds", "kinds", ListOf(Choice(ResourceKind))),
    Key("most", "most", whole(1, 1000)),
    Key("task", "task", WORDS),
    Key("task_before", "task_before_min", MINUTES),
)
SITE_KEYS: Final = (
    Key("name", "name", TEXT, needed=True),
    Key("slug", "slug", Plain(site_forms.slug)),
    Key("timezone", "zone", Plain(site_forms.time_zone), needed=True),
    Key("currency", "currency", Plain(site_forms.currency)),
    Key("address", "address", TEXT),
    Key("phone", "phone", TEXT),
    Key("operator_mail", "operator_mail", Plain(site_forms.mail)),
    Key("formal", "formal", FLAG),
    Key("net_prices", "net_prices", FLAG),
    Key("guests_pay_by", "guests_pay_by", ListOf(Plain(site_forms.pay_by))),
    Key("opening", "opening", site_forms.Hours(), needed=True),
    Key("holidays", "holidays", site_forms.Holidays()),
    Key("early", "early_min", MINUTES),
    Key("late", "late_min", MINUTES),
    Key("doors_offline", "door_offline_h", Plain(site_forms.whole_hours, amounts.hours_text)),
    Key("day_places", "day_places", whole(1, 100_000)),
    Key("photos", "photos", ListOf(Picture())),
    Key("floor_plan", "floor_plan", Picture()),
    Key("zones", "zones", site_forms.ZoneNumbers()),
    Key("wifi", "wifi", TableOf(Wifi, (
        Key("ssid", "ssid", TEXT, needed=True), Key("password", "password", TEXT, needed=True),
    ))),
    Key("about", "about", WORDS),
    Key("texts", "texts", Texts(TEXTS)),
    Key("door", "doors", ById(Door, DOOR_KEYS, {"lock_key": ""})),
    Key("day_pass", "day_products", ById(DayProduct, DAY_PASS_KEYS)),
    Key("add_on", "add_ons", ById(AddOn, ADD_ON_KEYS)),
)  # fmt: skip

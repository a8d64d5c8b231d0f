"""How a changed key is told: "30.00 becomes 32.00 an hour", "now step-free"."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

_MOST_LETTERS: Final = 80
_MOST_NAMED: Final = 3

_AROUND: Final = {
    "resource price": ("", " an hour"),
    "plan price": ("", " a month"),
    "day_pass price": ("", ""),
    "add_on price": ("", ""),
    "seats": ("", " seats"),
    "units": ("", " units"),
    "opening": ("open ", ""),
    "early": ("lets in ", " early"),
    "late": ("lets stay ", " longer"),
    "day_places": ("", " day passes a day"),
    "included": ("", " a month included"),
    "day_passes": ("", " day passes a month"),
    "tariff.day_at_most": ("at most ", " a day"),
    "tariff.at_least": ("at least ", " each time"),
    "tariff.vat": ("VAT ", ""),
    "booking.step": ("begins and ends every ", ""),
    "booking.shortest": ("at least ", ""),
    "booking.longest": ("at most ", ""),
    "booking.buffer_before": ("", " kept free before"),
    "booking.buffer_after": ("", " kept free after"),
    "booking.notice": ("booked ", " ahead or earlier"),
    "booking.horizon": ("booked up to ", " ahead"),
    "booking.audience": ("booked by ", ""),
    "booking.remind": ("reminds ", " before"),
    "booking.release": ("released after ", " without anybody"),
    "booking.move_until": ("moved until ", " before"),
    "wifi.ssid": ("Wi-Fi ", ""),
    "lock": ("lock ", ""),
    "from": ("from ", ""),
    "until": ("until ", ""),
}
"""What stands before and after the value in a sentence."""

_FLAGS: Final = {
    "step_free": "step-free",
    "formal": 'says "Sie"',
    "net_prices": "net prices first",
    "key_at_desk": "key at the desk",
    "booking.around_the_clock": "booked around the clock",
    "booking.approval": "waits for a yes of yours",
    "critical": "critical",
    "on_account": "on the monthly invoice",
    "tariff.included_hours_pay": "paid by included hours",
}
_ON: Final = frozenset({"on_account", "tariff.included_hours_pay"})
"""Flags that are set where a file says nothing."""
_LISTS: Final = frozenset({"features", "zones", "sites", "photos", "groups", "guests_pay_by"})
THINGS: Final = {
    "site": "a site",
    "door": "a door",
    "day_pass": "a day pass",
    "add_on": "an add-on",
    "resource": "a resource",
    "plan": "a plan",
}
_INTRODUCE: Final = {
    "site": ("address", "opening"),
    "door": ("zone", "lock"),
    "day_pass": ("price", "from", "until", "passes"),
    "add_on": ("price", "per"),
    "resource": ("seats", "units", "price"),
    "plan": ("price", "included"),
}
"""What is told of something new; all of it stands in the file."""
_SECRET: Final = frozenset({"wifi.password"})


def introduced(kind: str, fresh: Mapping[str, Any]) -> str:
    """What something new is, in a few words."""
    first = [name for name in _INTRODUCE[kind] if fresh.get(name)]
    thing = str(fresh["kind"]).replace("_", " ") if kind == "resource" else THINGS[kind]
    return "; ".join((thing, *(told(kind, name, None, fresh[name]) for name in first)))


def told(kind: str, field: str, before: Any, after: Any) -> str:
    """A part of a sentence about one key; None: it is not there."""
    if field in _FLAGS:
        return _flag(field, after)
    if field in _SECRET:
        return f"{_label(field)} changed"
    if field == "holidays":
        return _days(before, after)
    if field in _LISTS and isinstance(before or after, list):
        return _members(field, before or [], after or [])
    if _is_words(before) or _is_words(after):
        return _reworded(field, before or {}, after or {})
    return _value(kind, field, before, after)


def _value(kind: str, field: str, before: Any, after: Any) -> str:
    around = _AROUND.get(f"{kind} {field}") or _AROUND.get(field)
    first, last = around or (f"{_label(field)} ", "")
    old, new = (None if each is None else value_text(each) for each in (before, after))
    if new is None:
        return f"no longer {first}{old}{last}"
    if old is None:
        return f"{first}{new}{_one(new, last)}"
    if field == "price":
        return f"{old} becomes {new}{last}"
    return f"{first}{new}{_one(new, last)} instead of {old}"


def _one(value: str, last: str) -> str:
    """ "1 seat", not seats."""
    return last.removesuffix("s") if value == "1" and last.count(" ") == 1 else last


def _flag(field: str, after: Any) -> str:
    on = field in _ON if after is None else after
    return f"now {_FLAGS[field]}" if on else f"no longer {_FLAGS[field]}"


def _members(field: str, before: list[Any], after: list[Any]) -> str:
    more = [value_text(each) for each in after if each not in before]
    less = [value_text(each) for each in before if each not in after]
    parts = [f"with {', '.join(more)}"] if more else []
    parts += [f"without {', '.join(less)}"] if less else []
    return f"{_label(field)} {' and '.join(parts) or 'in another order'}"


def _days(before: Any, after: Any) -> str:
    old, new = (set(each["also"]) if each else set() for each in (before, after))
    parts = [f"{_some(new - old)} more"] if new - old else []
    parts += [f"{_some(old - new)} less"] if old - new else []
    return f"closed on {', '.join(parts)}"


def _some(days: set[date]) -> str:
    shown = [day.isoformat() for day in sorted(days)]
    if len(shown) > _MOST_NAMED:
        return f"{len(shown)} days ({shown[0]} to {shown[-1]})"
    return ", ".join(shown)


def _reworded(field: str, before: Any, after: Any) -> str:
    languages = [each for each in {**after, **before} if before.get(each) != after.get(each)]
    if not before and len(after) <= _MOST_NAMED and all(map(_is_short, after.values())):
        return f"{_label(field)} {value_text(after)}"
    how = "written" if not before else "reworded" if after else "removed"
    return f"{_label(field)} {how} ({', '.join(languages)})"


def value_text(value: Any) -> str:
    """A value of the file in one short line."""
    match value:
        case bool():
            text = "yes" if value else "no"
        case dict() if _is_words(value):
            text = f'"{value.get("en") or next(iter(value.values()))}"'
        case dict():
            text = ", ".join(f"{_label(name)} {value_text(each)}" for name, each in value.items())
        case list():
            text = "; ".join(value_text(each) for each in value) or "nothing"
        case datetime():
            text = value.isoformat(timespec="minutes")
        case _:
            text = str(value)
    return text if len(text) <= _MOST_LETTERS else text[: _MOST_LETTERS - 1] + "…"


def _is_words(value: Any) -> bool:
    return isinstance(value, dict) and bool(value) and all(
        len(language) == 2 and isinstance(words, str) for language, words in value.items()
    )  # fmt: skip


def _is_short(words: Any) -> bool:
    return len(words) <= _MOST_LETTERS // 2


def _label(field: str) -> str:
    return field.rpartition(".")[2].replace("_", " ")

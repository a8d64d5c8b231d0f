"""A refusal in words: why not, then the nearest way out, as one message of two clauses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from domain.access.outcomes import (
    AskStaff,
    BuyDayPass,
    Do,
    EnterFewer,
    Pay,
    Reason,
    Refused,
    Remedy,
    UseDoor,
    Wait,
)
from domain.money import Money
from wording.formats import clock_time, day
from wording.sentences import sentence

_SOON: Final = timedelta(hours=3)
_LEADS_ON: Final = frozenset({Reason.NOT_YET_VALID, Reason.NOT_PAID})
"""Reasons that end in a colon: their way out finishes the sentence."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a refusal's words need besides the refusal: when, where, and names."""

    now: datetime
    zone: str
    currency: str = "EUR"
    place: str | None = None
    """The booked room that is waited for, if there is one."""
    doors: Mapping[str, str] = field(default_factory=dict)
    """Names of doors by id."""


def refusal_sentence(refused: Refused, around: Circumstances, locale: str) -> str:
    """The whole message, for screen, mail and API alike."""
    return f"{_reason(refused, around, locale)} {_way_out(refused, around, locale)}"


def time_or_day(at: datetime, around: Circumstances, locale: str) -> str:
    """The time, with its day in front if that is not today."""
    time = clock_time(at, around.zone)
    if _local(at, around).date() == _local(around.now, around).date():
        return time
    return f"{day(_local(at, around).date(), locale)}, {time}"


def is_soon(wait: Wait, around: Circumstances) -> bool:
    """Near enough to take a seat."""
    return wait.until - around.now <= _SOON


def _local(at: datetime, around: Circumstances) -> datetime:
    return at.astimezone(ZoneInfo(around.zone))


def _reason(refused: Refused, around: Circumstances, locale: str) -> str:
    code = f"reason.{refused.reason.value}"
    if refused.reason is Reason.PARTY_FULL and _lets_fewer_in(refused):
        return sentence(f"{code}.fewer", {}, locale)
    if refused.reason is not Reason.EXPIRED or refused.since is None:
        return sentence(code, {}, locale)
    ended = _local(refused.since, around)
    ago = (_local(around.now, around).date() - _last_day(ended)).days
    if ago == 0:
        return sentence(f"{code}.today", {"since": refused.since, "zone": around.zone}, locale)
    if ago == 1:
        return sentence(f"{code}.yesterday", {}, locale)
    return sentence(f"{code}.date", {"since": _last_day(ended)}, locale)


def _lets_fewer_in(refused: Refused) -> bool:
    acts = (remedy.act for remedy in refused.remedies if isinstance(remedy, Do))
    return any(isinstance(act, EnterFewer) for act in acts)


def _last_day(ended: datetime) -> date:
    return (ended - timedelta(seconds=1)).date()


def _way_out(refused: Refused, around: Circumstances, locale: str) -> str:
    first = _first_of_matter(refused.remedies)
    params: dict[str, object] = {"zone": around.zone}
    match first:
        case Wait(until):
            code = _wait_code(refused, first, around)
            params["until"] = time_or_day(until, around, locale)
        case Do(BuyDayPass(price_cents)):
            code, params["price"] = "way_out.day_pass", Money(price_cents, around.currency)
        case Do(Pay(amount_cents)):
            code, params["price"] = "way_out.pay", Money(amount_cents, around.currency)
        case Do(UseDoor(door_id)) if door_id in around.doors:
            code, params["door"] = "way_out.use_door", around.doors[door_id]
        case Do(EnterFewer(people)):
            code, params["count"] = "way_out.fewer", people
        case AskStaff(phone) if phone:
            code, params["phone"] = "way_out.staff.phone", phone
        case _:
            code = "way_out.staff"
    return sentence(code, params, locale)


def _first_of_matter(remedies: tuple[Remedy, ...]) -> Remedy:
    return remedies[0] if remedies else AskStaff()


def _wait_code(refused: Refused, wait: Wait, around: Circumstances) -> str:
    if refused.reason not in _LEADS_ON:
        return "way_out.wait.later"
    if not is_soon(wait, around):
        return "way_out.wait.early"
    return "way_out.wait.place" if around.place else "way_out.wait"

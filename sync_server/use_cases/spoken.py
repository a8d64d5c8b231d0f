"""An outcome in words and stable codes, as the API answers it."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from domain.access import (
    Act,
    Admitted,
    AskStaff,
    BuyDayPass,
    Do,
    EnterFewer,
    Outcome,
    Pay,
    Refused,
    Remedy,
    UseDoor,
    Wait,
)
from domain.booking import Booking
from domain.money import Money
from domain.resource import Resource
from domain.site import Site
from ledger.reader import Reader
from wording import Circumstances, refusal_sentence, sentence, time_or_day, until_when


@dataclass(frozen=True, slots=True)
class RemedySpoken:
    """One way out: its kind, its values, and what to say."""

    kind: str
    sentence: str
    until: datetime | None = None
    amount_cents: int | None = None
    door: str | None = None
    people: int | None = None
    phone: str | None = None


_FIELDS: Final = tuple(field.name for field in fields(RemedySpoken))


@dataclass(frozen=True, slots=True)
class Spoken:
    """The answer as it is stored and sent. `judged`: it is about something in the past."""

    outcome: str
    reason: str | None
    sentence: str
    until: datetime | None
    remedies: tuple[RemedySpoken, ...] = ()
    event_id: str = ""
    judged: bool = False
    contradiction: str | None = None


@dataclass(frozen=True, slots=True)
class Circle:
    """Where and when something is said, and in which language."""

    reader: Reader
    site_id: str
    site: Site
    now: datetime
    language: str

    @property
    def words(self) -> Circumstances:
        doors = {door.id: door.name for door in self.site.doors}
        return Circumstances(self.now, self.site.zone, self.site.currency, doors=doors)


def say(circle: Circle, outcome: Outcome) -> Spoken:
    """The outcome in words. It names nobody: whose door system this is, is not for us to know."""
    if isinstance(outcome, Admitted):
        return Spoken("admitted", None, _welcome(circle, outcome), outcome.until)
    words = refusal_sentence(outcome, circle.words, circle.language)
    remedies = tuple(_remedy(circle, remedy) for remedy in outcome.remedies)
    return Spoken("refused", outcome.reason.value, words, _opens(outcome), remedies)


def as_json(spoken: Spoken) -> dict[str, Any]:
    """The JSON of the answer; `contradiction` only where something past was judged."""
    remedies = [_without_none(each) for each in spoken.remedies]
    answer: dict[str, Any] = {
        "outcome": spoken.outcome,
        "reason": spoken.reason,
        "sentence": spoken.sentence,
        "until": spoken.until,
        "remedies": remedies,
        "event_id": spoken.event_id,
    }
    return answer | ({"contradiction": spoken.contradiction} if spoken.judged else {})


def _without_none(remedy: RemedySpoken) -> dict[str, Any]:
    return {name: value for name in _FIELDS if (value := getattr(remedy, name)) is not None}


def _welcome(circle: Circle, admitted: Admitted) -> str:
    if admitted.again:
        again = sentence("welcome.again.nameless", {}, circle.language)
        return f"{again} {sentence('welcome.again.rest', {}, circle.language)}"
    hello = sentence("welcome.nameless", {}, circle.language)
    return f"{hello} {_stay(circle, admitted)}"


def _stay(circle: Circle, admitted: Admitted) -> str:
    if admitted.until is None:
        return sentence("welcome.staff", {}, circle.language)
    found = _place(circle, admitted)
    if found is None:
        params = {"until": _until(circle, admitted.until)}
        return sentence("welcome.house", params, circle.language)
    place, until = found[0], _until(circle, found[1].ends)
    language = circle.language.partition("_")[0]
    there = place.place.get(language)
    where = sentence("welcome.where", {"where": there}, circle.language) if there else ""
    params = {"place": place.name, "until": until, "where": where}
    return sentence("welcome.place", params, circle.language)


def _place(circle: Circle, admitted: Admitted) -> tuple[Resource, Booking] | None:
    """The room of a booking, which is told without the grace; its guests are told the same."""
    if admitted.because not in ("booking", "invitation"):
        return None
    states = circle.reader.at_site(circle.site_id)
    booking = states.get("booking", admitted.grant_id, Booking)
    found = states.get("resource", booking[1].resource_id, Resource) if booking else None
    return (found[1], booking[1]) if booking and found else None


def _opens(refused: Refused) -> datetime | None:
    return next((each.until for each in refused.remedies if isinstance(each, Wait)), None)


def _remedy(circle: Circle, remedy: Remedy) -> RemedySpoken:
    """One way out with the same words that end the refusals at the kiosk."""
    match remedy:
        case Wait(until):
            words = _words(circle, "wait.later", until=_time(circle, until))
            return RemedySpoken("wait", words, until=until)
        case AskStaff(phone):
            words = _words(circle, "staff.phone", phone=phone) if phone else _words(circle, "staff")
            return RemedySpoken("ask_staff", words, phone=phone or None)
        case Do(act):
            return _act(circle, act)


def _act(circle: Circle, act: Act) -> RemedySpoken:
    currency = circle.site.currency
    match act:
        case BuyDayPass(price, until):
            words = _words(circle, "day_pass", price=Money(price, currency))
            return RemedySpoken("buy_day_pass", words, until=until, amount_cents=price)
        case Pay(amount):
            words = _words(circle, "pay", price=Money(amount, currency))
            return RemedySpoken("pay", words, amount_cents=amount)
        case UseDoor(door_id):
            words = _words(circle, "use_door", door=circle.words.doors[door_id])
            return RemedySpoken("use_door", words, door=door_id)
        case EnterFewer(people):
            return RemedySpoken("enter_fewer", _words(circle, "fewer", count=people), people=people)


def _words(circle: Circle, code: str, **params: object) -> str:
    return sentence(f"way_out.{code}", params, circle.language)


def _until(circle: Circle, at: datetime) -> str:
    return until_when(at, circle.now, circle.site.zone, circle.language)


def _time(circle: Circle, at: datetime) -> str:
    return time_or_day(at, circle.words, circle.language)

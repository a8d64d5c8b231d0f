"""The terms of a resource in words: what it costs, how long, for whom, and what if not."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.calendar import DAY_MIN
from domain.money import Money
from domain.resource import Resource
from domain.site import Site
from domain.tariff import Rate
from domain.terms import Audience, BookingTerms
from sync_server.web.page import Voice
from sync_server.web.site.words import capital

_MONDAY = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Fact:
    """A row: an icon, what holds, and more of it."""

    icon: str
    title: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class TermsInWords:
    """Tells the terms of one resource; `plans` are names of plans by id."""

    site: Site
    resource: Resource
    voice: Voice
    plans: Mapping[str, str]

    def facts(self) -> list[Fact]:
        told = [self._way(), self._price(), self._lengths(), self._audience(), self._cancel()]
        return [fact for fact in told if fact is not None]

    def _way(self) -> Fact | None:
        place = self.voice.words(self.resource.place)
        way = ". ".join(self.voice.words(step.words) for step in self.resource.way)
        return Fact("map-pin", capital(place), way) if place else None

    def _price(self) -> Fact:
        resource, say = self.resource, self.voice.say
        hour = say("resource.hour", price=self._money(resource.hour_price_cents))
        more = [*self._rates(), *self._limits()]
        return Fact("coins", hour, " ".join(more))

    def _rates(self) -> Iterator[str]:
        """What differs at times; prices of groups are told to their members by the quote."""
        for rate in self.resource.tariff.rates:
            if not rate.groups:
                when, price = self._when(rate), self._money(rate.hour_cents)
                yield self.voice.say("resource.rate", when=when, price=price)

    def _limits(self) -> Iterator[str]:
        tariff, say = self.resource.tariff, self.voice.say
        if tariff.day_cap_cents is not None:
            yield say("resource.day_at_most", price=self._money(tariff.day_cap_cents))
        if tariff.least_cents:
            yield say("resource.at_least", price=self._money(tariff.least_cents))
        for each in tariff.length_discounts:
            length = self.voice.length(each.from_min)
            yield say("resource.longer", length=length, percent=each.percent)

    def _when(self, rate: Rate) -> str:
        days = self._weekdays(rate.weekdays)
        if (rate.from_min, rate.to_min) == (0, DAY_MIN):
            return days
        start, end = _clock(rate.from_min), _clock(rate.to_min)
        return f"{days} {self.voice.say('site.span', start=start, end=end)}".strip()

    def _weekdays(self, days: tuple[int, ...]) -> str:
        """ "Mon to Fri", "Sat, Sun"; nothing: every day."""
        names = [self.voice.weekday(_MONDAY + timedelta(days=day)) for day in sorted(days)]
        in_a_row = sorted(days) == list(range(min(days), max(days) + 1)) if days else False
        if in_a_row and len(days) > 2:
            return self.voice.say("site.span", start=names[0], end=names[-1])
        return ", ".join(names)

    def _lengths(self) -> Fact:
        terms, say, length = self.resource.terms, self.voice.say, self.voice.length
        title = say(
            "resource.lengths",
            shortest=length(terms.shortest_min),
            longest=_long(terms.longest_min, self.voice),
        )
        more = [say("resource.horizon", count=terms.horizon_days)]
        if terms.notice_min:
            more.append(say("resource.notice", notice=_long(terms.notice_min, self.voice)))
        return Fact("clock", title, " ".join(more))

    def _audience(self) -> Fact:
        terms, say = self.resource.terms, self.voice.say
        match terms.audience:
            case Audience.ANYONE:
                title = say("resource.for.anyone")
            case Audience.MEMBERS:
                title = say("resource.for.members")
            case Audience.PLANS:
                names = sorted(self.plans.get(each, each) for each in terms.plans)
                title = say("resource.for.plans", plans=", ".join(names))
        more = say("resource.approval") if terms.needs_approval else say("resource.at_once")
        return Fact("users", title, more)

    def _cancel(self) -> Fact:
        terms = self.resource.terms
        say = self.voice.say
        more = []
        if terms.release_min is not None:
            more.append(say("resource.release", after=self.voice.length(terms.release_min)))
        return Fact("arrow-counter-clockwise", self._cancelled(terms), " ".join(more))

    def _cancelled(self, terms: BookingTerms) -> str:
        steps = sorted(terms.cancel, key=lambda step: -step.before_min)
        if not steps:
            return self.voice.say("resource.cancel.free")
        first, *others = steps
        told = [
            self.voice.say(
                "resource.cancel.until",
                before=_long(first.before_min, self.voice),
                percent=first.percent,
            )
        ]
        told += [
            self.voice.say(
                "resource.cancel.then",
                before=_long(step.before_min, self.voice),
                percent=step.percent,
            )
            for step in others
        ]
        return " ".join(told)

    def _money(self, cents: int) -> Money:
        return Money(cents, self.site.currency)


def _long(minutes: int, voice: Voice) -> str:
    """Whole days as days, all else as a length."""
    days, rest = divmod(minutes, DAY_MIN)
    return voice.length(minutes) if rest or days < 2 else voice.say("resource.days", count=days)


def _clock(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"

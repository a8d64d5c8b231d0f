"""Usage as the office's pages tell it: a sentence, and rows of figures that open their events."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.money import Money
from domain.usage import Figure, Usage, together
from sync_server.use_cases.usage.read_usage import UsageRow
from sync_server.web.office.asked import AskedUsage
from sync_server.web.page import Voice


@dataclass(frozen=True, slots=True)
class FigureShown:
    """`href`: the events behind it; empty where there is nothing to open."""

    label: str
    value: str
    more: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class RowShown:
    """A resource over all the days, or one of its days."""

    name: str
    href: str
    figures: tuple[FigureShown, ...]


@dataclass(frozen=True, slots=True)
class UsageShown:
    lead: str
    rows: tuple[RowShown, ...]
    resource_name: str = ""


def usage_shown(asked: AskedUsage, found: list[UsageRow], voice: Voice) -> UsageShown:
    """All resources, or the days of one."""
    words = _Words(asked, voice)
    whole = together(row.usage for row in found)
    one = asked.days.resource_id is not None
    rows = words.days(found) if one else words.resources(found)
    return UsageShown(words.lead(whole), tuple(rows), found[0].name if one and found else "")


@dataclass(frozen=True, slots=True)
class _Words:
    asked: AskedUsage
    voice: Voice

    def lead(self, whole: Usage) -> str:
        if not whole.bookable_min and not whole.booked_min:
            return self.voice.say("office.usage.nothing")
        return self.voice.say(
            "office.usage.lead",
            booked=self._hours(whole.booked_min),
            bookable=self._hours(whole.bookable_min),
            revenue=self._money(whole.gross_cents),
        )

    def resources(self, found: Iterable[UsageRow]) -> list[RowShown]:
        by_id: dict[str, list[UsageRow]] = {}
        for row in found:
            by_id.setdefault(row.resource_id, []).append(row)
        return [
            RowShown(
                rows[-1].name,
                self.asked.url(resource=id_),
                self._figures(together(row.usage for row in rows), id_, None),
            )
            for id_, rows in by_id.items()
        ]

    def days(self, found: Iterable[UsageRow]) -> list[RowShown]:
        return [
            RowShown(
                self.voice.day(row.day),
                "",
                self._figures(row.usage, row.resource_id, row.day),
            )
            for row in found
        ]

    def _figures(self, usage: Usage, id_: str, day: date | None) -> tuple[FigureShown, ...]:
        net = self.voice.say("office.usage.net", net=self._money(usage.net_cents))
        values: tuple[tuple[Figure, int, str, str], ...] = (
            (Figure.BOOKABLE, usage.bookable_min, self._hours(usage.bookable_min), ""),
            (Figure.BOOKED, usage.booked_min, self._hours(usage.booked_min), ""),
            (Figure.USED, usage.used_min, self._hours(usage.used_min), ""),
            (Figure.NO_SHOWS, usage.no_shows, str(usage.no_shows), ""),
            (Figure.REFUSED, usage.refused, str(usage.refused), ""),
            (Figure.TAKEN, usage.taken, str(usage.taken), ""),
            (Figure.REVENUE, usage.gross_cents, self._money(usage.gross_cents), net),
        )
        return tuple(
            FigureShown(
                self.voice.say(f"office.usage.{figure.value}"),
                text,
                more if amount else "",
                self._events(figure, id_, day) if amount else "",
            )
            for figure, amount, text, more in values
        )

    def _events(self, figure: Figure, id_: str, day: date | None) -> str:
        span: dict[str, object] = {"from": day, "to": day} if day else {}
        return self.asked.url(more="/events", resource=id_, figure=figure.value, **span)

    def _hours(self, minutes: int) -> str:
        return self.voice.length(minutes)

    def _money(self, cents: int) -> str:
        return self.voice.money(Money(cents, self.asked.place.site.currency))

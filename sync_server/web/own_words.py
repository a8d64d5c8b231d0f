"""A member's own things in words, as their page shows them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from domain.booking import BookingStatus
from domain.calendar import local_date
from domain.site import Site
from sync_server.keys import HouseKeys
from sync_server.links import pass_token
from sync_server.use_cases.member_page import MemberPage, OwnBooking, OwnDay, OwnPlan
from sync_server.use_cases.series.listing import SeriesLine
from sync_server.web.page import Voice

_BADGES: Final = {
    BookingStatus.WISHED: "me.wished",
    BookingStatus.CANCELLED: "me.cancelled",
    BookingStatus.RELEASED: "me.released",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what, when and where, and its own page if it has one."""

    title: str
    fact: str
    url: str
    badge: str = ""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """Says things in the page's language, and each time by the clock of its site."""

    voice: Voice
    keys: HouseKeys
    now: datetime

    def lead(self, found: MemberPage) -> str:
        """The sentence the page begins with: what comes next, or a greeting."""
        name = found.first_name
        if not found.coming:
            return self.voice.say("me.hello", name=name)
        first = found.coming[0]
        starts = self._local(first.starts, first.site)
        day = starts.date()
        if first.starts <= self.now:
            code = "me.now"
        else:
            code = "me.today" if day == local_date(self.now, first.site.zone) else "me.next"
        return Voice(self.voice.locale, first.site.zone).say(
            code,
            place=first.resource.name,
            name=name,
            day=day,
            starts=first.starts,
            ends=first.ends,
        )

    def booking(self, own: OwnBooking) -> Row:
        badge = _BADGES.get(own.status, "")
        return Row(
            title=own.resource.name,
            fact=f"{self._when(own)}, {own.site.name}",
            url=self.address(own.pass_id),
            badge=self.voice.say(badge) if badge else "",
        )

    def of_day(self, own: OwnDay) -> Row:
        day = self.voice.day_short(own.day)
        return Row(self.voice.say("me.day"), f"{day}, {own.site.name}", self.address(own.pass_id))

    def of_series(self, own: SeriesLine) -> Row:
        day = self.voice.day_short(local_date(own.next_starts, own.site.zone))
        fact = self.voice.say("me.series.next", count=own.left, day=day)
        return Row(own.resource.name, f"{fact}, {own.site.name}", f"/me/series/{own.series_id}")

    def plan(self, own: OwnPlan) -> tuple[str, ...]:
        """What the plans still give, line by line; nothing about what they never gave."""
        say, lines = self.voice.say, []
        if own.passes_all:
            passes = say("me.plan.passes", left=own.passes_left, all=own.passes_all)
            bought = say("me.plan.bought", count=own.bought_left) if own.bought_left else ""
            lines.append(f"{passes} {bought}".strip())
        elif own.bought_left:
            lines.append(say("me.plan.only_bought", count=own.bought_left))
        if own.minutes_all:
            left, whole = _hours(own.minutes_left), _hours(own.minutes_all)
            lines.append(say("me.plan.hours", left=left, all=whole))
        if own.last_day:
            lines.append(say("me.plan.until", day=own.last_day))
        return tuple(lines)

    def address(self, pass_id: str) -> str:
        """A pass's own page; empty where there is no pass."""
        return f"/b/{pass_token(self.keys, pass_id)}" if pass_id else ""

    def _when(self, own: OwnBooking) -> str:
        starts, ends = self._local(own.starts, own.site), self._local(own.ends, own.site)
        code = "me.when" if starts.date() == ends.date() else "me.when.days"
        days = {"day": self.voice.day_short(starts.date())}
        days["until"] = self.voice.day_short(ends.date())
        at = Voice(self.voice.locale, own.site.zone)
        return at.say(code, starts=own.starts, ends=own.ends, **days)

    def _local(self, at: datetime, site: Site) -> datetime:
        return at.astimezone(ZoneInfo(site.zone))


def _hours(minutes: int) -> str:
    """Whole hours, or hours and minutes as on a clock: "7", "7:30"."""
    return f"{minutes // 60}:{minutes % 60:02}" if minutes % 60 else str(minutes // 60)

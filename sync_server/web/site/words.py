"""What the pages of a site say about its resources and its hours."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from domain.availability import Run, RunKind
from domain.calendar import Window, local_date
from domain.opening import opening_windows
from domain.resource import Resource, ResourceKind
from domain.site import Site
from domain.terms import Audience
from sync_server.web.page import Voice
from wording import codes

ICONS: Final = {
    ResourceKind.ROOM: "presentation",
    ResourceKind.EVENT: "users-three",
    ResourceKind.BOOTH: "phone",
    ResourceKind.DESK: "desk",
    ResourceKind.FIXED_DESK: "lamp",
    ResourceKind.PARKING: "car",
    ResourceKind.LOCKER: "lockers",
    ResourceKind.STORAGE: "package",
    ResourceKind.EQUIPMENT: "projector-screen",
    ResourceKind.PRINTING: "printer",
}
SEATED: Final = frozenset({ResourceKind.ROOM, ResourceKind.EVENT, ResourceKind.BOOTH})
_MOST_FACTS: Final = 3
_SMALL_ROOM: Final = 4
_MIDNIGHT: Final = "24:00"
_A_WEEK: Final = 7
_A_DAY: Final = timedelta(hours=24)


def facts_of(resource: Resource, runs: Iterable[Run], voice: Voice) -> str:
    """In a line: seats or pieces, then what it has."""
    told = []
    if resource.units > 1:
        free = max((run.free_units for run in runs), default=0)
        told.append(voice.say("site.units", count=free, units=resource.units))
    elif resource.kind in SEATED:
        told.append(voice.say("site.seats", count=resource.seats))
    last = [voice.say("site.step_free")] if resource.step_free else []
    if resource.terms.audience is not Audience.ANYONE:
        last.append(voice.say("site.members"))
    room = max(1, _MOST_FACTS - len(told) - len(last))
    told += [feature(name, voice) for name in resource.features[:room]]
    return ", ".join([*told, *last])


def icon_of(resource: Resource) -> str:
    """The icon of its kind; a small room is one to sit down in."""
    small = resource.kind is ResourceKind.ROOM and resource.seats <= _SMALL_ROOM
    return "armchair" if small else ICONS[resource.kind]


def feature(name: str, voice: Voice) -> str:
    """A feature in words, where the house has some for it, else as the operator wrote it."""
    code = f"feature.{name}"
    return voice.say(code) if code in codes("en") else name.replace("_", " ")


def free_in_words(runs: Iterable[Run], voice: Voice) -> str:
    """For those who do not see the bar: "free 9:30 to 14:00"."""
    free: list[Window] = []
    for run in runs:
        if run.kind is not RunKind.FREE:
            continue
        if free and free[-1].end == run.window.start:
            free[-1] = Window(free[-1].start, run.window.end)
        else:
            free.append(run.window)
    if not free:
        return voice.say("site.free.none")
    stretches = [span(each, voice) for each in free]
    return voice.say("site.free.read", stretches=", ".join(stretches))


def span(window: Window, voice: Voice) -> str:
    """ "14:00 to 16:00"; a day's end is 24:00."""
    return voice.say("site.span", start=voice.clock(window.start), end=end_clock(window.end, voice))


def end_clock(at: datetime, voice: Voice) -> str:
    """When something ends: midnight is the end of its day."""
    clock = voice.clock(at)
    return _MIDNIGHT if clock == "0:00" else clock


def day_in_words(day: date, today: date, voice: Voice) -> str:
    """ "today", "tomorrow", else the day."""
    if day == today:
        return voice.say("site.today")
    if day - today == timedelta(days=1):
        return voice.say("site.tomorrow")
    return voice.day(day)


def open_in_words(site: Site, now: datetime, voice: Voice) -> str:
    """Until when the house is open, or when it will be."""
    today = local_date(now, site.zone)
    windows = opening_windows(site, today - timedelta(days=1), today + timedelta(days=_A_WEEK))
    coming = [window for window in windows if window.end > now]
    if not coming:
        return voice.say("site.open.closed")
    first = coming[0]
    if now in first:
        if first.end - now > _A_DAY:
            return voice.say("site.open.always")
        return voice.say("site.open.until", until=first.end)
    day = local_date(first.start, site.zone)
    if day == today:
        return voice.say("site.open.from", at=first.start)
    return voice.say("site.open.next", day=day_in_words(day, today, voice), at=first.start)


def capital(words: str) -> str:
    """ "erster Stock links" at the beginning of a line."""
    return words[:1].upper() + words[1:]

"""The rest screen: what is derived from the clock, the house and what is free."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from kiosk.services.answers import FreeNow, HomeFacts, KioskStatus
from kiosk.ui.viewmodels.words import Words
from wording import keep_together

Camera = Literal["live", "missing", "none"]
Brick = dict[str, str | float]
"""One run of a room's day: {"state": "free" | "taken" | "past", "share": 0..1}."""

_MOST_ROOMS: Final = 6
_MOST_HOURS: Final = 5


@dataclass(frozen=True, slots=True)
class RoomRow:
    """A room that is free now, with the bricks of its day."""

    title: str
    note: str
    bricks: tuple[Brick, ...]


@dataclass(frozen=True, slots=True)
class HomeProps:
    """Finished words of the rest screen; `now` is the share of the day that has passed, or -1."""

    greeting: str = ""
    invitation: str = ""
    camera: Camera = "none"
    caption: str = ""
    code_label: str = ""
    code_note: str = ""
    code_short: str = ""
    leave_label: str = ""
    leave_note: str = ""
    free_label: str = ""
    free_none: str = ""
    hour: int = 8
    now: float = -1.0
    hours: tuple[Brick, ...] = ()


@dataclass(frozen=True, slots=True)
class HomeView:
    """The props and the rooms."""

    props: HomeProps
    rooms: tuple[RoomRow, ...] = ()


def derive_home(
    facts: HomeFacts | None, status: KioskStatus | None, words: Words, now: datetime
) -> HomeView:
    """The rest screen at `now`."""
    hour = words.local(now).hour
    camera = derive_camera(facts, status)
    free = facts.free_now[:_MOST_ROOMS] if facts else ()
    props = HomeProps(
        greeting=words.say(f"home.greeting.{_part_of_day(hour)}"),
        invitation=keep_together(
            words.say("home.invitation.typed" if camera == "none" else "home.invitation")
        ),
        camera=camera,
        caption=_caption(camera, words),
        code_label=words.say("home.code"),
        code_note=words.say("home.code.where"),
        code_short=words.say("home.code.note"),
        leave_label=words.say("home.leave"),
        leave_note=words.say("home.leave.note"),
        free_label=words.say("home.free"),
        free_none=words.say("home.free.none") if facts and not free else "",
        hour=hour,
        now=share_of(free[0].day, now) if free else -1.0,
        hours=_hours(free[0], words) if free else (),
    )
    return HomeView(props, tuple(_room(room, words, now) for room in free))


def derive_camera(facts: HomeFacts | None, status: KioskStatus | None) -> Camera:
    """Whether there is a picture; a house without a camera has none to miss."""
    if facts is None or not facts.has_camera:
        return "none"
    return "missing" if status is not None and status.camera_running is False else "live"


def share_of(day: tuple[datetime, datetime], at: datetime) -> float:
    """Where `at` lies in the day, 0 to 1, or -1 outside of it."""
    opens, closes = day
    if not opens <= at <= closes or closes <= opens:
        return -1.0
    return round((at - opens) / (closes - opens), 4)


def derive_bricks(room: FreeNow, now: datetime) -> tuple[Brick, ...]:
    """The room's day as runs: what has passed, then openings and laid bricks in turn."""
    opens, closes = room.day
    if closes <= opens:
        return ()
    start = min(max(now, opens), closes)
    cuts = [("past", opens, start)]
    for taken_from, taken_to in sorted(room.taken):
        first, last = max(taken_from, start), min(taken_to, closes)
        if last > first:
            cuts += [("free", start, first), ("taken", first, last)]
            start = last
    cuts.append(("free", start, closes))
    whole = closes - opens
    return tuple(
        {"state": state, "share": round((to - since) / whole, 4)}
        for state, since, to in cuts
        if to > since
    )


def _part_of_day(hour: int) -> str:
    return "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 17 else "evening"


def _caption(camera: Camera, words: Words) -> str:
    if camera == "none":
        return ""
    return words.say("home.caption" if camera == "live" else "home.caption.missing")


def _room(room: FreeNow, words: Words, now: datetime) -> RoomRow:
    title = room.name
    if room.seats > 1:
        title = words.say("home.free.seats", name=room.name, count=room.seats)
    if room.until is None:
        note = words.say("home.free.open")
    else:
        note = words.say("home.free.until", until=room.until)
    return RoomRow(title, note, derive_bricks(room, now))


def _hours(room: FreeNow, words: Words) -> tuple[Brick, ...]:
    """Whole hours of the day that is shown, at most five of them."""
    opens, closes = (words.local(at) for at in room.day)
    first = opens.hour + (1 if opens.minute else 0)
    last = closes.hour if closes.date() == opens.date() else 24
    step = next((s for s in (2, 3, 4, 6) if (last - first) // s < _MOST_HOURS), 8)
    marks: list[Brick] = []
    for hour in range(first, last + 1, step):
        at = opens.replace(hour=hour % 24, minute=0)
        share = share_of((opens, closes), at) if hour < 24 else 1.0
        if share >= 0:
            marks.append({"text": str(hour), "share": share})
    return tuple(marks)

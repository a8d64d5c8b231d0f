"""What all screens share: which one is shown, the house, the clock, and the time left."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from kiosk.ui.settings import WindowSettings
from kiosk.ui.viewmodels.house import House
from kiosk.ui.viewmodels.words import Words
from wording import day, day_short

Screen = Literal["home", "answer", "party", "code"]


@dataclass(frozen=True, slots=True)
class AppState:
    """Where the window is: `left_s` counts down to home, `idle_s` since anybody was here."""

    screen: Screen = "home"
    language: int = 0
    left_s: int = 0
    idle_s: int = 0


@dataclass(frozen=True, slots=True)
class AppProps:
    """The frame around every screen."""

    screen: Screen = "home"
    house: str = ""
    date: str = ""
    date_short: str = ""
    clock: str = ""
    other_language: str = ""
    dark: bool = False
    reduced: bool = False
    resting: bool = False
    left_share: float = 1.0
    left_text: str = ""


def stay_s(screen: Screen, settings: WindowSettings) -> int:
    """How long a screen stays without a touch; home stays for ever (0)."""
    if screen == "home":
        return 0
    return settings.answer_stays_s if screen == "answer" else settings.form_stays_s


def words_in(state: AppState, settings: WindowSettings, house: House) -> Words:
    """The catalogue in the language that is shown."""
    return Words(settings.languages[state.language % len(settings.languages)], house.zone)


def derive_app(state: AppState, settings: WindowSettings, house: House, now: datetime) -> AppProps:
    """The frame at `now`."""
    words = words_in(state, settings, house)
    today = words.local(now).date()
    total = stay_s(state.screen, settings)
    return AppProps(
        screen=state.screen,
        house=house.name,
        date=day(today, words.locale),
        date_short=day_short(today, words.locale),
        clock=words.time(now),
        other_language=_other_language(state, settings, house),
        dark=settings.is_dark(now, house.zone),
        reduced=settings.reduced_motion,
        resting=state.screen == "home" and state.idle_s >= settings.rests_after_s,
        left_share=state.left_s / total if total else 1.0,
        left_text=words.say("countdown", seconds=state.left_s) if total else "",
    )


def _other_language(state: AppState, settings: WindowSettings, house: House) -> str:
    if len(settings.languages) < 2:
        return ""
    following = AppState(language=state.language + 1)
    words = words_in(following, settings, house)
    return words.say(f"language.{words.locale.partition('_')[0]}")

"""How this kiosk looks and speaks, decided by the house and given at start."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

Theme = Literal["light", "dark", "auto"]


@dataclass(frozen=True, slots=True)
class WindowSettings:
    """`languages` are locales of the catalogue, the first is shown at rest."""

    languages: tuple[str, ...] = ("en", "de")
    theme: Theme = "auto"
    dark_from_hour: int = 20
    dark_until_hour: int = 7
    reduced_motion: bool = False
    full_screen: bool = True
    answer_stays_s: int = 20
    form_stays_s: int = 60
    rests_after_s: int = 300

    def is_dark(self, now: datetime, zone: str) -> bool:
        """Whether the dark theme is shown at `now`."""
        if self.theme != "auto":
            return self.theme == "dark"
        hour = now.astimezone(ZoneInfo(zone)).hour
        return hour >= self.dark_from_hour or hour < self.dark_until_hour

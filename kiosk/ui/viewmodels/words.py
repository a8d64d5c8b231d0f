"""The catalogue as a view-model uses it: one language, one time zone."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from wording import clock_time, sentence, until_when


@dataclass(frozen=True, slots=True)
class Words:
    """Sentences in `locale`, with instants told in `zone`."""

    locale: str
    zone: str = "UTC"

    def say(self, code: str, **params: object) -> str:
        """The sentence for `code`; KeyError if there is none."""
        return sentence(code, {"zone": self.zone, **params}, self.locale)

    def time(self, at: datetime) -> str:
        """The wall time: "8:45"."""
        return clock_time(at, self.zone)

    def until(self, at: datetime, now: datetime) -> str:
        """Until when, with the day if that is not today's."""
        return until_when(at, now, self.zone, self.locale)

    def local(self, at: datetime) -> datetime:
        """The instant on the clocks of the house."""
        return at.astimezone(ZoneInfo(self.zone))

    def own(self, texts: dict[str, str]) -> str:
        """The operator's own words in this language, or in any they gave."""
        language = self.locale.partition("_")[0]
        return texts.get(language) or next(iter(texts.values()), "")


def called(name: str) -> str:
    """How somebody is spoken to: "Jana K." is called Jana; the directory adds the initial."""
    *first, last = name.split() or [""]
    return " ".join(first) if first and last.endswith(".") else name

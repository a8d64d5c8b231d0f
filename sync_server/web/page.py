"""One way to make a page: a template, its values, and the frame around it."""

import gzip
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import Response

from domain.calendar import local_date
from domain.money import Money
from sync_server.api.languages import KNOWN, in_language
from sync_server.asking.visits import csrf_of
from sync_server.web.environment import environment
from sync_server.web.language import (
    language_of,
    locale_of,
    remember_language,
    switch_address,
)
from sync_server.web.places import Place
from sync_server.web.security import HEADERS
from sync_server.web.static import takes_gzip
from wording import clock_time, day, day_short, length, money, sentence, weekday

_NAMES: Final = {"en": "English", "de": "Deutsch"}
_WORTH_PACKING: Final = 1000
_UTC: Final = "UTC"


@dataclass(frozen=True, slots=True)
class Voice:
    """How a page speaks: its locale, and the zone its times are told in."""

    locale: str
    zone: str = _UTC

    @property
    def language(self) -> str:
        return self.locale.partition("_")[0]

    def say(self, code: str, **params: object) -> str:
        """The catalogue's sentence; instants are told in the page's zone."""
        return sentence(code, {"zone": self.zone, **params}, self.locale)

    def words(self, of: Mapping[str, str]) -> str:
        """The operator's words in this language, else in any they wrote."""
        return in_language(of, self.locale)

    def money(self, amount: Money) -> str:
        return money(amount, self.locale)

    def clock(self, at: datetime) -> str:
        return clock_time(at, self.zone)

    def day(self, value: date) -> str:
        return day(value, self.locale)

    def local_day(self, at: datetime) -> date:
        """The date that the calendar at the site shows at `at`."""
        return local_date(at, self.zone)

    def weekday(self, value: date, *, whole: bool = False) -> str:
        """ "Thu", "Do"; `whole`: "Thursday", "Donnerstag"."""
        return weekday(value, self.locale, whole=whole)

    def length(self, minutes: int) -> str:
        """ "45 min", "2 h 30 min"."""
        return length(timedelta(minutes=minutes))

    def day_short(self, value: date) -> str:
        return day_short(value, self.locale)


def voice_of(request: Request, place: Place | None = None) -> Voice:
    """How pages about `place` speak to whoever asks."""
    formal = place.site.formal if place else getattr(request.state, "formal", False)
    locale = locale_of(language_of(request), formal=formal)
    return Voice(locale, place.site.zone if place else _UTC)


def speak_formally(request: Request) -> None:
    """Pages without a place answer this request with "Sie"."""
    request.state.formal = True


def page(
    request: Request,
    template: str,
    *,
    place: Place | None = None,
    status: int = 200,
    **values: Any,
) -> Response:
    """The page as a response: in the asked language, packed, with the frame's values.

    Templates get `say`, `words`, `money`, `clock`, `day`, `day_short`, `length`, `locale`,
    `language`, `place`, `csrf` (for the hidden field of that name in every form) and whatever
    `values` brings.
    """
    voice = voice_of(request, place)
    text = environment().get_template(template).render(_frame(request, voice, place) | values)
    response = _packed(request, text.encode(), status)
    remember_language(request, response)
    return response


def _frame(request: Request, voice: Voice, place: Place | None) -> dict[str, Any]:
    other = next(each for each in KNOWN if each != voice.language)
    spoken: dict[str, Callable[..., str]] = {
        "say": voice.say,
        "words": voice.words,
        "money": voice.money,
        "clock": voice.clock,
        "day": voice.day,
        "day_short": voice.day_short,
        "length": voice.length,
    }
    return spoken | {
        "locale": voice.locale,
        "language": voice.language,
        "other_language": other,
        "other_language_name": _NAMES[other],
        "other_language_url": switch_address(request, other),
        "place": place,
        "path": request.url.path,
        "csrf": partial(csrf_of, request),
    }


def _packed(request: Request, content: bytes, status: int) -> Response:
    headers = {**HEADERS, "vary": "accept-encoding, accept-language, cookie"}
    if len(content) > _WORTH_PACKING and takes_gzip(request):
        content = gzip.compress(content, 6, mtime=0)
        headers["content-encoding"] = "gzip"
    return Response(content, status, headers, media_type="text/html")

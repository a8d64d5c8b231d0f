"""A letter in words: subject, headline and lines in the language of whoever gets it."""

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from sync_server.links import Links
from sync_server.mail.letter import Letter, Occasion
from sync_server.use_cases.mails import GUEST_PASS, GUESTS
from wording import LOCALES, sentence

_FALLBACK: Final = "en"


@dataclass(frozen=True, slots=True)
class WayOn:
    """A link with what it does in words."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Words:
    """The text of a mail, ready for both of its forms."""

    language: str
    subject: str
    headline: str
    lead: str
    code_hint: str
    short_code: str
    facts: tuple[str, ...]
    way: tuple[str, ...]
    help: str
    picture: str
    site: str
    links: tuple[WayOn, ...] = ()
    """The first is the one most people want."""


def in_words(letter: Letter, links: Links) -> Words:
    """All sentences of a letter."""
    locale = letter.to.language if letter.to.language in LOCALES else _FALLBACK
    params = _params(letter, locale)

    def say(code: str) -> str:
        return sentence(f"mail.{code}", params, locale)

    return Words(
        language=locale.partition("_")[0],
        subject=say(f"{letter.what}.subject"),
        headline=say(f"{letter.what}.headline"),
        lead=say(f"{letter.what}.lead"),
        code_hint=say("code"),
        short_code=spaced(letter.short_code),
        facts=(say("early"),) if letter.occasion else (),
        way=_way(letter.occasion, locale),
        help=say("help.phone") if letter.site.phone else say("help"),
        picture=say("picture"),
        site=letter.site.name,
        links=_links(letter, links, locale),
    )


def _links(letter: Letter, links: Links, locale: str) -> tuple[WayOn, ...]:
    """Where the pass goes on in a browser: its page, its doors, calling the booking off."""
    found = [("page", links.booking(letter.token))]
    if letter.site.doors:
        found.append(("door", links.door(letter.token)))
    if letter.occasion and letter.what not in (GUESTS, GUEST_PASS):
        found.append(("cancel", links.cancel(letter.token)))
    return tuple(WayOn(sentence(f"mail.link.{name}", {}, locale), url) for name, url in found)


def spaced(short_code: str) -> str:
    """A short code in two halves, so that it is easier to type."""
    return f"{short_code[:5]} {short_code[5:]}"


def place_of(occasion: Occasion, locale: str) -> str:
    """Where a room is in the operator's words, or nothing."""
    return occasion.resource.place.get(locale.partition("_")[0], "")


def _params(letter: Letter, locale: str) -> dict[str, object]:
    params: dict[str, object] = {
        "name": letter.to.name.partition(" ")[0],
        "site": letter.site.name,
        "phone": letter.site.phone,
        "zone": letter.site.zone,
        "party": letter.party,
        "host": letter.host or letter.site.name,
    }
    if letter.day:
        params["day"] = letter.day
    if occasion := letter.occasion:
        there = place_of(occasion, locale)
        params |= {
            "place": occasion.resource.name,
            "where": sentence("welcome.where", {"where": there}, locale) if there else "",
            "day": occasion.starts.astimezone(ZoneInfo(letter.site.zone)).date(),
            "starts": occasion.starts,
            "ends": occasion.ends,
            "opens": occasion.opens,
        }
    return params


def _way(occasion: Occasion | None, locale: str) -> tuple[str, ...]:
    if occasion is None:
        return ()
    language = locale.partition("_")[0]
    steps = [step.words.get(language, "") for step in occasion.resource.way]
    if occasion.resource.key_at_desk:
        steps.append(sentence("way.key", {}, locale))
    return tuple(step for step in steps if step)

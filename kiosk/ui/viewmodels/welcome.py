"""Somebody is let in: the sentence, the door that shows it, and the way."""

from datetime import datetime
from typing import Final

from domain.site import Wifi
from kiosk.services.answers import PlaceOf, WelcomeAnswer
from kiosk.ui.qr_codes import qr_id
from kiosk.ui.viewmodels.answer_props import AnswerProps, AnswerView, Picture, StepRow
from kiosk.ui.viewmodels.words import Words, called
from wording import keep_together, split_message

_MOST_STEPS: Final = 3


def derive_welcome(answer: WelcomeAnswer, words: Words, now: datetime) -> AnswerView:
    """The green answer; while the door has not answered it is drawn closed."""
    big, rest = split_message(f"{_hello(answer, words)} {_rest(answer, words, now)}")
    wifi = answer.wifi
    props = AnswerProps(
        serial=answer.serial,
        tone="welcome",
        picture=_picture(answer),
        big=big,
        rest=keep_together(rest),
        wifi_label=words.say("wifi") if wifi else "",
        wifi_name=wifi.ssid if wifi else "",
        wifi_password=wifi.password if wifi else "",
        wifi_code=qr_id(wifi_text(wifi)) if wifi else "",
        leave_label=words.say("button.leave"),
        done_label=words.say("button.done"),
    )
    return AnswerView(props, steps=_way(answer, words))


def wifi_text(wifi: Wifi) -> str:
    """The text phones understand as "join this network", its special characters escaped."""

    def escaped(text: str) -> str:
        return "".join(f"\\{c}" if c in '\\;,:"' else c for c in text)

    kind = "WPA" if wifi.password else "nopass"
    return f"WIFI:T:{kind};S:{escaped(wifi.ssid)};P:{escaped(wifi.password)};;"


def _picture(answer: WelcomeAnswer) -> Picture:
    if answer.door is None:
        return "window"
    return "closed" if answer.door.outcome is None else "open"


def _hello(answer: WelcomeAnswer, words: Words) -> str:
    if answer.party > 1:
        return words.say("welcome.party")
    code = "welcome.again" if answer.admitted.again else "welcome"
    if answer.name is None:
        return words.say(f"{code}.nameless")
    return words.say(code, name=called(answer.name))


def _rest(answer: WelcomeAnswer, words: Words, now: datetime) -> str:
    if answer.door is not None and answer.door.outcome is None:
        again = answer.admitted.again and answer.party == 1
        return words.say("welcome.again.opening" if again else "welcome.opening")
    door = ".door" if answer.door is not None else ""
    if answer.party > 1:
        return words.say(f"welcome.party.rest{door}", here=answer.here, party=answer.party)
    key = _key(answer, words)
    if answer.admitted.again:
        return key or words.say(f"welcome.again.rest{door}")
    if answer.place is not None:
        said = words.say(
            f"welcome.place{door}",
            place=answer.place.name,
            until=words.until(answer.place.ends, now),
            where=_where(answer.place, words),
        )
        return f"{said} {key}".strip()
    if answer.admitted.until is None:
        return words.say(f"welcome.staff{door}")
    return words.say(f"welcome.house{door}", until=words.until(answer.admitted.until, now))


def _key(answer: WelcomeAnswer, words: Words) -> str:
    if answer.place is None or not answer.place.key_at_desk:
        return ""
    return words.say("welcome.key", place=answer.place.name)


def _where(place: PlaceOf, words: Words) -> str:
    where = words.own(place.place)
    return words.say("welcome.where", where=where) if where else ""


def _way(answer: WelcomeAnswer, words: Words) -> tuple[StepRow, ...]:
    """The operator's steps; else the place itself. At most three, the last one arrives."""
    place = answer.place
    if place is None:
        return ()
    steps = [(step.icon, words.own(step.words)) for step in place.way]
    where = words.own(place.place)
    if not steps and where:
        steps = [("map-pin", words.say("way.place", place=place.name, where=where))]
        if answer.door is not None:
            steps.insert(0, ("door-open", words.say("way.in")))
    if place.key_at_desk:
        steps.insert(0, ("key", words.say("way.key")))
    steps = steps[:_MOST_STEPS]
    return tuple(
        StepRow(icon, text, place_number == len(steps) - 1)
        for place_number, (icon, text) in enumerate(steps)
    )

"""A house without doors, camera and broker: no word and no picture of them, anywhere."""

import re

import pytest

from domain.access.outcomes import Reason
from kiosk.services.answers import NotStoredAnswer, RefusalAnswer
from tests.kiosk.ui import samples
from tests.kiosk.ui.seen import named, pictures, texts
from tests.kiosk.ui.stage import Scene, make_stage

_WORDS = re.compile(r"door|tür|camera|kamera|broker|\block\b|schloss|picture|\bbild\b", re.I)
_PICTURES = re.compile(r"icon/(door|camera|plugs|lock|signpost)|image://camera")


def _refused(reason: Reason) -> RefusalAnswer:
    answer = samples.refusal(reason, since=samples.at(8, 30))
    return RefusalAnswer(1, answer.refused, "Jana", None, ())


SCENES: dict[str, Scene] = {
    "home": lambda s: s.home(samples.BARE_HOME, samples.BARE),
    "welcome": lambda s: s.tell(samples.bare_welcome(), samples.BARE),
    "welcome to the house": lambda s: s.tell(samples.bare_welcome(place=None), samples.BARE),
    "welcome back": lambda s: s.tell(samples.bare_welcome(again=True), samples.BARE),
    "early": lambda s: s.tell(samples.EARLY, samples.BARE),
    "goodbye": lambda s: s.tell(samples.GOODBYE, samples.BARE),
    "not stored": lambda s: s.tell(NotStoredAnswer(1), samples.BARE),
    "party": lambda s: s.tell(samples.PARTY, samples.BARE),
    "code": lambda s: s.kiosk.conversation.open_code(False),
    "leaving": lambda s: s.kiosk.conversation.open_code(True),
    **{
        reason.value: lambda s, reason=reason: s.tell(_refused(reason), samples.BARE)
        for reason in Reason
    },
}


@pytest.mark.parametrize("language", ["en", "de", "de_formal"])
def test_no_word_or_picture_of_devices_is_shown(language: str) -> None:
    stage = make_stage(languages=(language,))
    stage.home(samples.BARE_HOME, samples.BARE)
    window = stage.kiosk.window
    for scene, play in SCENES.items():
        play(stage)
        stage.settle()
        said = [text.property("text") for text in texts(window)]
        assert len(said) > 3, f"{scene} shows nothing"
        assert not [words for words in said if _WORDS.search(words)], scene
        assert not [source for source in pictures(window) if _PICTURES.search(source)], scene
        names = [n for n in ("openDoor", "clockDoor", "jammedDoor", "camera") if _shows(window, n)]
        assert names == [], scene
    stage.close()


def _shows(window, name: str) -> bool:  # type: ignore[no-untyped-def]
    try:
        named(window, name)
    except AssertionError:
        return False
    return True

"""The talk between the people at the screen and the desk behind it: which screen comes when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import assert_never

from PySide6.QtCore import QObject, QTimer, Slot

from domain.access.outcomes import Reason
from kiosk.services.answers import Answer, HomeFacts, KioskStatus, PartyQuestion, RefusalAnswer
from kiosk.ui.bridge import Bridge, Err, Result
from kiosk.ui.desk import Desk
from kiosk.ui.settings import WindowSettings
from kiosk.ui.sounds import Play, sound_of
from kiosk.ui.viewmodels.answer import derive_answer
from kiosk.ui.viewmodels.answer_props import (
    Act,
    Choose,
    GoHome,
    Leave,
    RetryDoor,
    TryAnother,
    UseOtherDoor,
)
from kiosk.ui.viewmodels.app import AppViewModel
from kiosk.ui.viewmodels.app_props import AppState, Screen, derive_app, stay_s, words_in
from kiosk.ui.viewmodels.code_entry import CodeState, derive_code, erased, typed
from kiosk.ui.viewmodels.home_props import derive_home
from kiosk.ui.viewmodels.house import House, derive_house
from kiosk.ui.viewmodels.party import derive_party
from kiosk.ui.viewmodels.status import derive_status
from kiosk.ui.viewmodels.words import Words


class Conversation(QObject):
    """Holds what was said last and shows it; lives in the window's thread."""

    def __init__(
        self,
        app: AppViewModel,
        desk: Desk,
        bridge: Bridge,
        settings: WindowSettings,
        now: Callable[[], datetime],
        play: Play,
    ) -> None:
        super().__init__(app)
        self._app, self._desk, self._bridge = app, desk, bridge
        self._settings, self._now, self._play = settings, now, play
        self._state = AppState()
        self._facts: HomeFacts | None = None
        self._known: KioskStatus | None = None
        self._last: Answer | None = None
        self._typing = CodeState()
        self._page = 0
        self._second = QTimer(self, interval=1000)

    def begin(self) -> None:
        """Show the rest screen, listen to the desk and to what is pressed."""
        app = self._app
        app.home_wanted.connect(self.go_home)
        app.code_wanted.connect(self.open_code)
        app.language_wanted.connect(self.switch_language)
        screens = app.screens
        screens.answer.acted.connect(self._act)
        screens.party.chosen.connect(self._let_in)
        screens.party.paged.connect(self._turn_page)
        screens.code.keyed.connect(self._key_on_screen)
        screens.code.erasing.connect(self.erase)
        screens.code.confirming.connect(self.confirm)
        self._second.timeout.connect(self.pass_a_second)
        self._second.start()
        self.refresh()
        bring = self._bridge.to_window
        self._desk.watch(bring(self.hear), bring(self.hear_status), bring(self.hear_home))
        self._bridge.deliver_now()

    @property
    def _house(self) -> House:
        return derive_house(self._facts, self._known)

    @property
    def _words(self) -> Words:
        return words_in(self._state, self._settings, self._house)

    # What the desk says

    def hear(self, answer: Answer) -> None:
        """An answer: shown at once, over whatever is shown; an older one is not.

        Of one already told only the door is news: it leaves the next person their screen.
        """
        last, self._last = self._last, answer
        if last is not None and answer.serial < last.serial:
            self._last = last
            return
        again = last is not None and answer.serial == last.serial
        if self._is_wrong_code(answer):
            self._set_typing(replace(self._typing, stage="wrong"))
            return
        if not again or sound_of(answer) == "jam":
            self._play(sound_of(answer))
        if again and not self._may_return(answer):
            return
        self._page = 0
        self._go("party" if isinstance(answer, PartyQuestion) else "answer")

    def forget(self) -> None:
        """Nothing was said before: the desk has started again and counts from the beginning."""
        self._last = None

    def hear_status(self, status: KioskStatus) -> None:
        """The state of the kiosk has changed."""
        self._known = status
        self.refresh()

    def hear_home(self, facts: HomeFacts) -> None:
        """What the rest screen shows has changed."""
        self._facts = facts
        self.refresh()

    # What people do

    @Slot()
    def go_home(self) -> None:
        self._go("home")

    @Slot(bool)
    def open_code(self, leaving: bool) -> None:
        self._typing = CodeState(leaving=leaving)
        self._go("code")

    @Slot()
    def switch_language(self) -> None:
        following = (self._state.language + 1) % len(self._settings.languages)
        self._state = replace(self._state, language=following)
        self.refresh()

    def touch(self) -> None:
        """Somebody is here: the time left starts again."""
        left = stay_s(self._state.screen, self._settings)
        self._state = replace(self._state, left_s=left, idle_s=0)
        self._frame()

    def key(self, character: str) -> None:
        """A key of a real keyboard, or of a scanner that types."""
        if self._state.screen != "code":
            if not typed(CodeState(), character, by_hand=False).text:
                return
            self.open_code(False)
        self._set_typing(typed(self._typing, character, by_hand=False))

    @Slot()
    def erase(self) -> None:
        self._set_typing(erased(self._typing))

    @Slot()
    def confirm(self) -> None:
        """Ask the desk about the code that was typed, once it is complete."""
        state = self._typing
        if self._state.screen != "code" or not state.complete:
            return
        self._set_typing(replace(state, stage="asking"))
        self._play("tap")
        self._bridge.call(
            self._desk.type_code(state.code, leaving=state.leaving), self._code_was_asked
        )

    @Slot()
    def pass_a_second(self) -> None:
        """Count down to the rest screen, and how long nobody was here."""
        state = self._state
        if state.screen == "home":
            idle = min(state.idle_s + 1, self._settings.rests_after_s)
            language = 0 if idle >= self._settings.form_stays_s else state.language
            changed = language != state.language
            self._state = replace(state, idle_s=idle, language=language)
            self.refresh() if changed else self._frame()
        elif state.left_s <= 1:
            self.go_home()
        else:
            self._state = replace(state, left_s=state.left_s - 1)
            self._frame()

    @Slot(object)
    def _act(self, act: Act) -> None:
        self._play("tap")
        serial = self._last.serial if self._last else 0
        match act:
            case Choose(remedy):
                self._bridge.call(self._desk.choose(serial, remedy))
            case RetryDoor():
                self._bridge.call(self._desk.retry_door(serial))
            case UseOtherDoor():
                self._bridge.call(self._desk.use_other_door(serial))
            case Leave():
                self._bridge.call(self._desk.leave(serial))
            case TryAnother():
                self.go_home() if self._house.has_camera else self.open_code(False)
            case GoHome():
                self.go_home()
            case _:
                assert_never(act)

    @Slot(int)
    def _let_in(self, people: int) -> None:
        self._play("tap")
        if self._last is not None:
            self._bridge.call(self._desk.answer_party(self._last.serial, people))

    @Slot()
    def _turn_page(self) -> None:
        self._page += 1
        self.refresh()

    @Slot(str)
    def _key_on_screen(self, character: str) -> None:
        self._play("tap")
        self._set_typing(typed(self._typing, character, by_hand=True))

    # What is shown

    def refresh(self) -> None:
        """Derive and show everything that may have changed."""
        words, now, screens = self._words, self._now(), self._app.screens
        self._frame()
        screens.status.show(derive_status(self._known, words))
        screens.home.show(derive_home(self._facts, self._known, words, now))
        has_camera = self._house.has_camera
        screens.code.show(derive_code(self._typing, words, has_camera=has_camera))
        if isinstance(self._last, PartyQuestion):
            screens.party.show(derive_party(self._last, self._page, words))
        elif self._last is not None:
            screens.answer.show(derive_answer(self._last, words, self._house, now))
        screens.home.wake(self._state.screen == "home")

    def _frame(self) -> None:
        clock = self._app.props.clock
        self._app.show(derive_app(self._state, self._settings, self._house, self._now()))
        if clock and clock != self._app.props.clock:
            self.refresh()

    def _go(self, screen: Screen) -> None:
        before, house = self._state.screen, self._house
        if screen != "home":
            self._state = replace(self._state, idle_s=0)
        self._state = replace(self._state, screen=screen, left_s=stay_s(screen, self._settings))
        leaving = screen == "code" and self._typing.leaving
        if house.has_camera and (leaving or (before == "code" and self._typing.leaving)):
            self._bridge.call(self._desk.expect_leaving(leaving))
        self.refresh()

    def _set_typing(self, state: CodeState) -> None:
        self._typing = state
        self.touch()
        has_camera = self._house.has_camera
        self._app.screens.code.show(derive_code(state, self._words, has_camera=has_camera))

    def _may_return(self, told: Answer) -> bool:
        """Whether the door's news of an answer told before may have the screen.

        Where it has gone from the screen only a failed door, and never over a code being typed.
        """
        if self._state.screen == "answer":
            return True
        typing = self._state.screen == "code" and self._typing.text
        return sound_of(told) == "jam" and not typing

    def _is_wrong_code(self, answer: Answer) -> bool:
        unknown = isinstance(answer, RefusalAnswer) and answer.refused.reason is Reason.UNKNOWN_CODE
        return unknown and self._state.screen == "code" and self._typing.stage == "asking"

    def _code_was_asked(self, result: Result[bool]) -> None:
        if self._typing.stage != "asking":
            return
        if isinstance(result, Err):
            self._set_typing(replace(self._typing, stage="trouble"))
        elif not result.value:
            self._set_typing(replace(self._typing, stage="waiting"))

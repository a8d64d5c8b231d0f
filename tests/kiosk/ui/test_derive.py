"""From facts to what is shown: pure functions, so tables are enough."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access.outcomes import Reason, Wait
from domain.codes import PREFIX
from domain.door import DoorOutcome
from domain.resource import ResourceKind
from domain.site import Wifi
from kiosk.services.answers import FreeNow, NotStoredAnswer, PartyQuestion
from kiosk.ui.settings import WindowSettings
from kiosk.ui.viewmodels.answer import derive_answer
from kiosk.ui.viewmodels.answer_props import Choose, GoHome, RetryDoor, TryAnother, UseOtherDoor
from kiosk.ui.viewmodels.code_entry import CodeState, Stage, erased, typed
from kiosk.ui.viewmodels.home_props import derive_bricks, derive_home, share_of
from kiosk.ui.viewmodels.house import House
from kiosk.ui.viewmodels.party import derive_party
from kiosk.ui.viewmodels.status import derive_status
from kiosk.ui.viewmodels.welcome import wifi_text
from kiosk.ui.viewmodels.words import Words, called
from tests.kiosk.ui import samples
from tests.kiosk.ui.samples import NOW, at
from wording import LOCALES

EN = Words("en", samples.ZONE)
HOUSE = House("Ziegelhof", samples.ZONE, "EUR", has_camera=True, has_doors=True)
NBSP = "\u00a0"
PASS = PREFIX + "0A1B2F1D" * 20 + "0A1B2C3"


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


def test_a_welcome_names_room_time_place_and_the_open_door() -> None:
    view = derive_answer(samples.welcome(), EN, HOUSE, NOW)
    assert view.props.big == "Welcome, Jana:"
    assert plain(view.props.rest) == (
        "Booth 2 is yours until 11:30, first floor left, and the door is open."
    )
    assert (view.props.picture, view.steps[-1].arrived) == ("open", True)


@pytest.mark.parametrize(
    ("until", "english", "german"),
    [
        (at(18), "you can stay until 18:00, and the door is open.",
         "Du kannst bis 18:00 bleiben, und die Tür ist offen."),
        (at(3) + timedelta(days=1), "you can stay until Friday 15 May, 3:00, and the door is open.",
         "Du kannst bis Freitag, 15. Mai, 3:00 bleiben, und die Tür ist offen."),
        (None, "the door is open.", "Die Tür ist offen."),
    ],
)  # fmt: skip
def test_until_names_another_day_and_is_left_out_where_there_is_no_end(
    until: datetime | None, english: str, german: str
) -> None:
    for locale, told in (("en", english), ("de", german)):
        answer = samples.welcome(place=None)
        answer = replace(answer, admitted=replace(answer.admitted, until=until))
        view = derive_answer(answer, Words(locale, samples.ZONE), HOUSE, NOW)
        assert plain(view.props.rest) == told


def test_a_room_over_night_names_the_day_it_is_given_back() -> None:
    over_night = replace(samples.BOOTH, ends=at(9) + timedelta(days=1))
    view = derive_answer(samples.welcome(place=over_night), EN, HOUSE, NOW)
    assert plain(view.props.rest).startswith("Booth 2 is yours until Friday 15 May, 9:00, first")


@pytest.mark.parametrize(
    ("outcome", "picture", "tone"),
    [
        (None, "closed", "welcome"),
        (DoorOutcome.OPENED, "open", "welcome"),
        (DoorOutcome.ALREADY_OPEN, "open", "welcome"),
        (DoorOutcome.JAMMED, "jammed", "jam"),
        (DoorOutcome.NO_ANSWER, "jammed", "jam"),
        (DoorOutcome.NOT_CONNECTED, "jammed", "jam"),
        (DoorOutcome.REJECTED, "jammed", "jam"),
        (DoorOutcome.UNKNOWN, "jammed", "jam"),
    ],
)
def test_the_door_is_drawn_as_it_is(outcome: DoorOutcome | None, picture: str, tone: str) -> None:
    view = derive_answer(samples.welcome(outcome=outcome), EN, HOUSE, NOW)
    assert (view.props.picture, view.props.tone) == (picture, tone)
    assert view.props.rest.endswith("open.") == (picture == "open")


def test_back_again_is_a_greeting_of_its_own() -> None:
    view = derive_answer(samples.welcome(again=True, name=None), EN, HOUSE, NOW)
    assert view.props.big == "Good to have you back."


def test_where_there_is_no_door_the_key_is_told() -> None:
    view = derive_answer(samples.bare_welcome(), EN, House(), NOW)
    assert view.props.picture == "window"
    assert plain(view.props.rest).endswith("The key to Room 2 is at the desk.")
    assert view.steps[0].sign == "key"


def test_the_ways_out_of_a_jam_are_the_other_door_then_a_push() -> None:
    answer = samples.welcome(outcome=DoorOutcome.JAMMED)
    view = derive_answer(answer, EN, HOUSE, NOW)
    assert [act for _, act in view.remedies] == [UseOtherDoor(), RetryDoor(), GoHome()]
    assert answer.door is not None
    alone = replace(answer, door=replace(answer.door, other_way=None))
    view = derive_answer(alone, EN, HOUSE, NOW)
    assert [act for _, act in view.remedies] == [RetryDoor(), GoHome()]
    assert view.props.other_door == ""


@pytest.mark.parametrize("outcome", [each for each in DoorOutcome if not each.is_open])
def test_a_push_is_advised_only_for_a_door_that_jams(outcome: DoorOutcome) -> None:
    view = derive_answer(samples.welcome(outcome=outcome), EN, HOUSE, NOW)
    (note,) = (row.words for row, act in view.remedies if act == RetryDoor())
    assert ("push" in note) is (outcome is DoorOutcome.JAMMED)


@pytest.mark.parametrize("answer", samples.REFUSALS, ids=lambda a: a.refused.reason.value)
def test_every_refusal_ends_in_something_to_do_and_the_way_back(
    answer: samples.RefusalAnswer,
) -> None:
    view = derive_answer(answer, EN, HOUSE, NOW)
    assert 2 <= len(view.remedies) <= 4
    assert view.remedies[0][0].first
    assert view.remedies[-1][0].back
    assert view.props.big
    assert view.props.rest


def test_remedies_keep_their_place_in_the_refusal() -> None:
    view = derive_answer(samples.NOT_PAID, EN, HOUSE, NOW)
    assert [act for _, act in view.remedies] == [Choose(0), Choose(1), Choose(2), GoHome()]


def test_a_wait_turns_the_hands_to_the_opening_time() -> None:
    view = derive_answer(samples.EARLY, EN, HOUSE, NOW)
    assert view.props.clock_minutes == 8 * 60 + 57
    assert view.facts[1].words == "8:57, in 15 minutes"


def test_another_code_is_typed_where_there_is_no_camera() -> None:
    answer = samples.refusal(Reason.UNKNOWN_CODE)
    rows = derive_answer(answer, EN, replace(HOUSE, has_camera=False), NOW).remedies
    [again] = [row for row, act in rows if act == TryAnother()]
    assert again.sign == "keyboard"


def test_a_wait_of_days_is_told_with_its_day() -> None:
    answer = samples.refusal(Reason.NOT_YET_VALID, Wait(at(9, days=2)))
    view = derive_answer(answer, EN, HOUSE, NOW)
    assert view.facts[1].words == "Saturday 16 May, 9:00"


def test_party_numbers_come_in_fives() -> None:
    first = derive_party(samples.CROWD, 0, EN)
    assert (first.numbers, first.more_label) == ((1, 2, 3, 4, 5), "More than 5")
    last = derive_party(samples.CROWD, 3, EN)
    assert (last.numbers, last.more_label) == ((16, 17, 18), "")


@given(st.integers(1, 200), st.integers(0, 200), st.integers(0, 60))
def test_party_never_offers_more_than_there_is_room_for(party: int, here: int, page: int) -> None:
    here = min(here, party - 1)
    question = PartyQuestion(1, here, party, party - here, None)
    props = derive_party(question, page, EN)
    assert all(1 <= number <= question.room for number in props.numbers)
    assert props.seats == () or (len(props.seats), sum(props.seats)) == (party, here)


@given(
    st.lists(st.tuples(st.integers(-60, 800), st.integers(1, 300)), max_size=8),
    st.integers(-100, 900),
)
def test_bricks_fill_the_day_and_are_taken_when_it_is(
    spans: list[tuple[int, int]], minute: int
) -> None:
    opens = at(8)
    day = (opens, opens + timedelta(minutes=720))
    taken = tuple(
        (opens + timedelta(minutes=start), opens + timedelta(minutes=start + length))
        for start, length in spans
    )
    room = FreeNow("Kiln", ResourceKind.ROOM, 8, None, taken, day)
    bricks = derive_bricks(room, opens + timedelta(minutes=minute))
    assert sum(float(brick["share"]) for brick in bricks) == pytest.approx(1, abs=0.002)
    laid = {
        m
        for m in range(max(0, min(minute, 720)), 720)
        if any(a <= opens + timedelta(minutes=m) < b for a, b in taken)
    }
    shown = sum(float(brick["share"]) for brick in bricks if brick["state"] == "taken")
    assert shown * 720 == pytest.approx(len(laid), abs=1)


def test_outside_of_the_day_there_is_no_line_for_now() -> None:
    assert share_of((at(8), at(20)), at(7)) == -1
    assert share_of((at(8), at(20)), at(14)) == 0.5


@pytest.mark.parametrize(
    ("hour", "greeting"), [(8, "Good morning."), (13, "Good afternoon."), (21, "Good evening.")]
)
def test_the_greeting_goes_with_the_hour_of_the_house(hour: int, greeting: str) -> None:
    assert derive_home(samples.HOME, None, EN, at(hour)).props.greeting == greeting


def test_a_camera_that_is_away_is_told_and_one_that_was_never_there_is_not() -> None:
    away = derive_home(samples.HOME, samples.TROUBLE, EN, NOW).props
    assert (away.camera, away.caption[:10]) == ("missing", "No picture")
    never = derive_home(samples.BARE_HOME, samples.BARE, EN, NOW).props
    assert (never.camera, never.caption) == ("none", "")


def test_the_counter_tells_what_needs_staff_first() -> None:
    assert derive_status(samples.TROUBLE, EN).props.urgent
    assert derive_status(samples.OFFLINE, EN).props.icon == "cloud-slash"
    assert derive_status(samples.FINE, EN).props.sentence == "All doors work."
    doorless = derive_status(replace(samples.FINE, door_unknown=True), EN).props
    assert (doorless.urgent, doorless.sentence[:28]) == (True, "This kiosk opens no door, pl")
    bare = derive_status(samples.BARE, EN)
    assert [part.words for part in bare.parts] == ["Online since 8:02", "0 unsent", "as of 8:41"]


def test_only_letters_of_short_codes_are_taken_and_ten_of_them() -> None:
    state = CodeState()
    for character in "7k-2 qm4wxyzrtv0a":
        state = typed(state, character, by_hand=True)
    assert (state.text, state.complete) == ("7K2QM4RTV0", True)
    assert erased(state).text == "7K2QM4RTV"


@pytest.mark.parametrize("stage", ["wrong", "waiting", "trouble"])
def test_after_a_code_that_led_to_nothing_typing_starts_anew(stage: Stage) -> None:
    told = CodeState(text="7K2QM4RTV0", scanned="7K2QM4RTV0", leaving=True, stage=stage)
    by_hand = typed(told, "a", by_hand=True)
    assert (by_hand.text, by_hand.stage, by_hand.leaving) == ("A", "typing", True)
    assert typed(told, "a", by_hand=False).scanned == "A"
    assert typed(told, "-", by_hand=True) == told
    assert erased(told).text == "7K2QM4RTV"
    assert told.complete
    assert told.code == "7K2QM4RTV0"


@pytest.mark.parametrize("before", ["", "ABC", "F1", "7K2QM4RTV0", PASS])
def test_what_was_half_typed_does_not_spoil_a_scanners_pass(before: str) -> None:
    state = CodeState()
    for character in before + PASS:
        state = typed(state, character, by_hand=False)
    assert state.code == PASS


def test_wifi_names_are_escaped_for_phones() -> None:
    assert wifi_text(Wifi('a;b"', "c:d")) == 'WIFI:T:WPA;S:a\\;b\\";P:c\\:d;;'


@pytest.mark.parametrize(("hour", "dark"), [(6, True), (9, False), (20, True)])
def test_the_house_goes_dark_in_the_evening(hour: int, dark: bool) -> None:
    assert WindowSettings().is_dark(at(hour), samples.ZONE) is dark


@pytest.mark.parametrize(
    ("online", "sentence"),
    [
        (True, "All doors work."),
        (False, "Front door isn’t answering right now."),
        (None, "Asking the doors."),
    ],
)
def test_doors_work_only_when_they_have_said_so(online: bool | None, sentence: str) -> None:
    doors = (replace(samples.FINE.doors[0], online=online), samples.FINE.doors[1])
    assert derive_status(replace(samples.FINE, doors=doors), EN).props.sentence == sentence


@pytest.mark.parametrize(
    ("name", "spoken"),
    [("Jana K.", "Jana"), ("Anna Lena H.", "Anna Lena"), ("Jana", "Jana"), ("K.", "K."), ("", "")],
)
def test_somebody_is_called_by_the_first_name_without_the_initial(name: str, spoken: str) -> None:
    assert called(name) == spoken


@pytest.mark.parametrize("locale", LOCALES)
def test_when_nothing_can_be_stored_the_screen_says_so_and_offers_another_try(locale: str) -> None:
    view = derive_answer(NotStoredAnswer(1), Words(locale, samples.ZONE), HOUSE, NOW)
    assert view.props.tone == "later"
    assert view.props.big
    assert view.props.rest
    assert [act for _, act in view.remedies] == [TryAnother(), GoHome(), GoHome()]

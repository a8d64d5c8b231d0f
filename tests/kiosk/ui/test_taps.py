"""What people press reaches the desk, and what the desk says reaches the screen."""

import gc
import threading
from collections.abc import Callable
from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtQuick import QQuickItem
from PySide6.QtTest import QTest

from domain.access.outcomes import Reason
from domain.door import DoorOutcome
from tests.kiosk.ui import samples
from tests.kiosk.ui.seen import named, texts
from tests.kiosk.ui.stage import Stage, make_stage, wait_for

Tap = Callable[[str], None]
PASS = "F1" + "0A1B2C3D" * 20


def shown(stage: Stage) -> str:
    return stage.kiosk.app.props.screen


def scan(stage: Stage, text: str) -> None:
    """A scanner that types does so, and ends with Return."""
    for key in text:
        QTest.keyClick(stage.kiosk.window, key)
    QTest.keyClick(stage.kiosk.window, Qt.Key.Key_Return)
    stage.settle()


def test_i_am_leaving_reaches_the_desk_with_the_answers_serial(stage: Stage, tap: Tap) -> None:
    stage.tell(samples.welcome(7))
    tap("leaving")
    assert ("leave", 7) in stage.desk.asked


def test_done_leads_home_at_once(stage: Stage, tap: Tap) -> None:
    stage.tell(samples.welcome())
    assert shown(stage) == "answer"
    tap("done")
    assert shown(stage) == "home"


def test_a_remedy_is_chosen_by_its_place_in_the_refusal(stage: Stage, tap: Tap) -> None:
    stage.tell(samples.NOT_PAID)
    tap("remedy1")
    assert ("choose", 1, 1) in stage.desk.asked


def test_back_of_a_refusal_leads_home_and_asks_nothing(stage: Stage, tap: Tap) -> None:
    stage.tell(samples.EXPIRED)
    tap("back")
    assert shown(stage) == "home"
    assert stage.desk.asked == []


def test_a_jammed_door_offers_the_other_way_first_then_trying_again(stage: Stage, tap: Tap) -> None:
    stage.tell(samples.welcome(3, outcome=DoorOutcome.JAMMED))
    tap("remedy0")
    tap("remedy1")
    assert stage.desk.asked == [("use_other_door", 3), ("retry_door", 3)]


def test_a_party_is_counted_by_one_tap(stage: Stage, tap: Tap) -> None:
    stage.tell(samples.PARTY)
    tap("number4")
    assert ("answer_party", 1, 4) in stage.desk.asked


def test_a_large_party_turns_to_higher_numbers(stage: Stage, tap: Tap) -> None:
    stage.tell(samples.CROWD)
    tap("more")
    tap("number7")
    assert ("answer_party", 1, 7) in stage.desk.asked


def test_a_code_typed_on_the_screen_reaches_the_desk(stage: Stage, tap: Tap) -> None:
    tap("typeCode")
    for character in "7K2QM4RTV0":
        tap(f"key{character}")
    tap("confirm")
    assert ("type_code", "7K2QM4RTV0", False) in stage.desk.asked


def test_leaving_by_code_says_so_and_tells_the_camera_side(stage: Stage, tap: Tap) -> None:
    tap("leave")
    assert stage.desk.asked == [("expect_leaving", True)]
    for character in "7K2QM4RTV0":
        tap(f"key{character}")
    tap("confirm")
    assert ("type_code", "7K2QM4RTV0", True) in stage.desk.asked
    tap("back")
    assert stage.desk.asked[-1] == ("expect_leaving", False)


def test_a_real_keyboard_types_and_corrects(stage: Stage) -> None:
    window = stage.kiosk.window
    for key in "7k2qm4rtvv":
        QTest.keyClick(window, key)
    QTest.keyClick(window, Qt.Key.Key_Backspace)
    QTest.keyClick(window, "0")
    QTest.keyClick(window, Qt.Key.Key_Return)
    stage.settle()
    assert ("type_code", "7K2QM4RTV0", False) in stage.desk.asked


def test_a_scanner_that_types_hands_over_the_whole_pass(stage: Stage) -> None:
    scan(stage, PASS)
    assert ("type_code", PASS, False) in stage.desk.asked


@pytest.mark.parametrize("answer", [samples.PARTY, samples.welcome()])
def test_a_scanner_that_types_is_heard_over_whatever_was_told_last(
    stage: Stage, answer: samples.PartyQuestion | samples.WelcomeAnswer
) -> None:
    stage.tell(answer)
    scan(stage, PASS)
    assert ("type_code", PASS, False) in stage.desk.asked


def test_a_wrong_code_is_told_in_place(stage: Stage) -> None:
    stage.type_code("7K2QM4RTV0", wrong=True)
    assert shown(stage) == "code"
    help_text = named(stage.kiosk.window, "codeHelp").property("text")
    assert help_text.startswith("We don’t know this code.")


def test_after_too_many_wrong_codes_the_screen_says_when_to_type_again(stage: Stage) -> None:
    stage.type_code("7K2QM4RTV0", too_often=True)
    assert shown(stage) == "code"
    help_text = named(stage.kiosk.window, "codeHelp").property("text")
    assert help_text.startswith("That was too many wrong codes. Please wait a minute")
    stage.kiosk.conversation.confirm()
    stage.settle()
    assert stage.desk.asked.count(("type_code", "7K2QM4RTV0", False)) == 2


def test_after_waiting_the_right_code_typed_again_is_asked_about(stage: Stage, tap: Tap) -> None:
    stage.type_code("7K2QM4RTV1", too_often=True)
    for character in "7K2QM4RTV0":
        tap(f"key{character}")
    tap("confirm")
    assert stage.desk.asked[-1] == ("type_code", "7K2QM4RTV0", False)


def test_after_waiting_a_scanners_pass_is_taken(stage: Stage) -> None:
    stage.type_code("7K2QM4RTV1", too_often=True)
    scan(stage, PASS)
    assert stage.desk.asked[-1] == ("type_code", PASS, False)


def test_an_unknown_code_held_up_is_an_answer(stage: Stage) -> None:
    stage.tell(samples.refusal(Reason.UNKNOWN_CODE))
    assert shown(stage) == "answer"


def test_a_desk_that_fails_is_told_as_a_sentence(stage: Stage) -> None:
    stage.desk.fails = True
    stage.type_code("7K2QM4RTV0")
    stage.kiosk.conversation.confirm()
    stage.settle()
    assert "once more" in named(stage.kiosk.window, "codeHelp").property("text")


def test_the_next_answer_never_waits_for_the_last(stage: Stage) -> None:
    for serial in range(1, 16):
        stage.desk.tell(samples.welcome(serial, name=f"Guest {serial}", place=None))
        stage.settle()
        assert (
            named(stage.kiosk.window, "answerBig").property("text") == f"Welcome, Guest {serial}:"
        )


def test_an_older_answer_does_not_come_back(stage: Stage) -> None:
    stage.desk.tell(samples.welcome(5, name="Jana"))
    stage.desk.tell(samples.welcome(4, name="Paul", outcome=DoorOutcome.JAMMED))
    stage.settle()
    assert named(stage.kiosk.window, "answerBig").property("text") == "Welcome, Jana:"


def test_a_door_that_opens_changes_the_same_answer(stage: Stage) -> None:
    stage.desk.tell(samples.welcome(1, outcome=None))
    stage.settle()
    door = named(stage.kiosk.window, "openDoor")
    assert door.property("openness") == 0
    stage.desk.tell(samples.welcome(1, outcome=DoorOutcome.OPENED))
    wait_for(lambda: door.property("openness") == 1)


def test_a_door_that_jams_is_told_even_after_done(stage: Stage, tap: Tap) -> None:
    stage.desk.tell(samples.welcome(1, outcome=None))
    stage.settle()
    tap("done")
    stage.desk.tell(samples.welcome(1, outcome=DoorOutcome.OPENED))
    stage.settle()
    assert shown(stage) == "home"
    stage.desk.tell(samples.welcome(1, outcome=DoorOutcome.JAMMED))
    stage.settle()
    assert shown(stage) == "answer"


@pytest.mark.parametrize("outcome", [DoorOutcome.OPENED, DoorOutcome.JAMMED])
def test_a_door_that_answers_late_leaves_the_next_person_their_typing(
    stage: Stage, outcome: DoorOutcome
) -> None:
    stage.desk.tell(samples.welcome(1, outcome=None))
    stage.settle()
    for key in "7k2qm":
        QTest.keyClick(stage.kiosk.window, key)
    stage.desk.tell(samples.welcome(1, outcome=outcome))
    stage.settle()
    for key in "4rtv0":
        QTest.keyClick(stage.kiosk.window, key)
    QTest.keyClick(stage.kiosk.window, Qt.Key.Key_Return)
    stage.settle()
    assert ("type_code", "7K2QM4RTV0", False) in stage.desk.asked


def test_before_anything_is_typed_a_late_door_is_told_only_if_it_failed(
    stage: Stage, tap: Tap
) -> None:
    stage.desk.tell(samples.welcome(1, outcome=None))
    stage.settle()
    tap("done")
    tap("typeCode")
    stage.desk.tell(samples.welcome(1, outcome=DoorOutcome.OPENED))
    stage.settle()
    assert shown(stage) == "code"
    stage.desk.tell(samples.welcome(1, outcome=DoorOutcome.JAMMED))
    stage.settle()
    assert shown(stage) == "answer"


def test_the_language_is_switched_everywhere_at_once(stage: Stage, tap: Tap) -> None:
    tap("language")
    said = {t.property("text") for t in texts(stage.kiosk.window)}
    assert {"Guten Morgen.", "English", "Gerade frei", "Donnerstag, 14. Mai"} <= said


@pytest.mark.parametrize(("answer", "seconds"), [(samples.GOODBYE, 20), (samples.PARTY, 60)])
def test_a_screen_goes_home_by_itself_and_a_touch_starts_its_time_again(
    stage: Stage, answer: samples.GoodbyeAnswer, seconds: int
) -> None:
    stage.tell(answer)
    for _ in range(seconds - 1):
        stage.kiosk.conversation.pass_a_second()
    stage.kiosk.conversation.touch()
    for _ in range(seconds - 1):
        stage.kiosk.conversation.pass_a_second()
    assert shown(stage) != "home"
    stage.kiosk.conversation.pass_a_second()
    assert shown(stage) == "home"


def test_the_time_left_is_never_drawn_into_its_words() -> None:
    with closing(make_stage(reduced_motion=False)) as moving:
        window = moving.kiosk.window
        wait_for(lambda: window.findChild(QQuickItem, "countdownLeft") is not None)
        moving.kiosk.conversation.hear(samples.welcome())
        assert named(window, "countdownLeft").width() <= named(window, "countdownLine").width()


def test_the_kiosk_rests_dim_and_wakes_at_a_touch(stage: Stage, tap: Tap) -> None:
    for _ in range(300):
        stage.kiosk.conversation.pass_a_second()
    assert stage.kiosk.app.props.resting
    tap("greeting")
    assert not stage.kiosk.app.props.resting


def test_unsent_entries_count_up_and_down_on_the_counter(stage: Stage) -> None:
    stage.desk.tell_status(samples.OFFLINE)
    stage.settle()
    said = {t.property("text") for t in texts(stage.kiosk.window)}
    assert "Offline since 9:12, 17 entries waiting, nothing lost." in said
    stage.desk.tell_status(samples.FINE)
    stage.settle()
    assert "0 unsent" in {t.property("text") for t in texts(stage.kiosk.window)}


def test_an_answer_in_the_first_moment_is_drawn_like_any_other() -> None:
    early = make_stage()
    early.desk.tell(samples.welcome())
    early.settle()
    door = named(early.kiosk.window, "openDoor")
    wait_for(lambda: door.property("openness") == 1)
    early.close()


def test_a_closed_window_leaves_nothing_for_the_collector_of_another_thread() -> None:
    for _ in range(3):
        made = make_stage()
        made.tell(samples.welcome())
        made.close()
        del made
        collector = threading.Thread(target=gc.collect)
        collector.start()
        collector.join()

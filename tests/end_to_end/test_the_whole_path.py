"""A member's code opens the door: the whole path on real parts, online and offline."""

import threading
import time
from collections.abc import Iterator

import pytest

from tests.campaigns.kills_people import member_codes
from tests.end_to_end.house import House
from tests.end_to_end.processes import Line, Process, wait_until

PACE_S = 0.9
"""From one code to the next; at 15 people a minute it would be 4."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    stands = House(tmp_path_factory.mktemp("house"), members=64)
    stands.start_server()
    stands.start_broker_and_doors()
    stands.start_webcam()
    yield stands
    stands.close()


@pytest.fixture(scope="module")
def kiosk(house: House) -> Iterator[Process]:
    runs = house.start_kiosk(house.enrol("kiosk"))
    runs.wait_for(lambda line: line["what"] == "status" and line["online"])
    runs.wait_for(lambda line: line["what"] == "status" and line["broker"] and line["camera"])
    yield runs
    runs.stop()


def answered(kiosk: Process, house: House, name: str) -> tuple[Line, Line | None]:
    """Show a code; the answer, and the door's outcome if it was let in."""
    mark = len(kiosk.lines)
    house.show(house.code(name))
    answer = kiosk.wait_for(lambda line: line["what"] == "answer", mark)
    if answer["outcome"] != "admitted":
        return answer, None
    return answer, kiosk.wait_for(lambda line: line["what"] == "door", mark)


@pytest.mark.timeout(90)
def test_a_code_in_the_camera_picture_opens_the_door_online_and_offline(
    house: House, kiosk: Process
) -> None:
    answer, door = answered(kiosk, house, "member")
    assert answer["outcome"] == "admitted"
    assert door is not None
    assert door["outcome"] == "opened"
    arrival = answer["event_ids"][0]
    wait_until(lambda: arrival in house.events(), "the arrival never came to the server")

    assert house.server is not None
    mark = len(kiosk.lines)
    house.server.stop()
    kiosk.wait_for(lambda line: line["what"] == "status" and not line["online"], mark)
    offline, door = answered(kiosk, house, "booking")
    assert offline["outcome"] == "admitted"
    assert door is not None
    assert door["outcome"] in ("opened", "already_open")
    mark = len(kiosk.lines)
    house.start_server()
    kiosk.wait_for(lambda line: line["what"] == "status" and line["unsent"] == 0, mark, 70)
    assert house.events().count(offline["event_ids"][0]) == 1


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("revoked", "revoked"),
        ("expired", "expired"),
        ("other_site", "wrong_site"),
        ("unpaid", "not_paid"),
        ("early", "not_yet_valid"),
    ],
)
def test_each_refusal_gets_its_reason_and_opens_nothing(
    house: House, kiosk: Process, name: str, reason: str
) -> None:
    answer, _ = answered(kiosk, house, name)
    assert (answer["outcome"], answer["reason"]) == ("refused", reason)


def test_a_group_is_asked_how_many(house: House, kiosk: Process) -> None:
    answer, _ = answered(kiosk, house, "group")
    assert answer["outcome"] == "how_many"


def test_a_jam_is_reported_as_one(house: House, kiosk: Process) -> None:
    house.door_mode("front", "jam")
    answer, door = answered(kiosk, house, "host")
    house.door_mode("front", "ok")
    assert answer["outcome"] == "admitted"
    assert door is not None
    assert door["outcome"] == "jammed"
    wait_until(lambda: bool(house.events("ticket.TicketOpened/1")), "no ticket at the server")


def test_the_site_without_any_device_admits_with_nothing_running(house: House) -> None:
    data = house.enrol("second", site="site2")
    runs = house.start_kiosk(data, doors=False, camera=False)
    status = runs.wait_for(lambda line: line["what"] == "status" and line["online"])
    assert (status["broker"], status["camera"]) == (None, None)
    assert runs.stop() == 0


@pytest.mark.timeout(90)
def test_fifteen_people_in_a_row_each_get_their_answer(house: House, kiosk: Process) -> None:
    codes = member_codes(house)[:15]
    assert len(codes) == 15
    mark, pace = len(kiosk.lines), threading.Event()
    took_ms, passes = [], set()
    for code in codes:
        shown_s, before = time.monotonic(), len(kiosk.lines)
        house.show(code, seconds=0.7)
        answer = kiosk.wait_for(lambda line: line["what"] == "answer", before)
        took_ms.append(round((answer["at_s"] - shown_s) * 1000))
        passes.add(answer["pass_id"])
        pace.wait(shown_s + PACE_S - time.monotonic())
    answers = [line for line in kiosk.lines[mark:] if line["what"] == "answer"]
    assert [line["outcome"] for line in answers] == ["admitted"] * 15
    assert len(passes) == 15
    assert max(took_ms) < PACE_S * 1000, took_ms
    arrived = {answer["event_ids"][0] for answer in answers}
    wait_until(lambda: arrived <= set(house.events()), "an arrival never came to the server")


def test_the_log_is_whole_at_the_end(house: House) -> None:
    assert house.verify_log()

"""The site without any device: its scripted day passes with nothing else running."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.end_to_end.books import Books
from tests.end_to_end.house import House
from tests.end_to_end.processes import Line, Process, wait_until

WORDS_OF_DEVICES = ("door", "broker", "camera", "lock")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    stands = House(tmp_path)
    stands.start_server()
    yield stands
    stands.close()


def act(kiosk: Process, number: int, **what: object) -> list[Line]:
    """Do something at the kiosk; all it said of it."""
    mark = len(kiosk.lines)
    kiosk.tell(number=number, **what)
    kiosk.wait_for(lambda line: line["what"] == "acted" and line["number"] == number, mark)
    return kiosk.lines[mark:]


@pytest.mark.timeout(90)
def test_people_come_and_go_at_a_site_that_has_no_device_at_all(house: House) -> None:
    data = house.enrol("bare", site="site2")
    kiosk = house.start_driven_kiosk(data, doors=False)
    kiosk.wait_for(lambda line: line["what"] == "pulled" and line["stream"] != "house")
    code = house.code("other_site")
    said = act(kiosk, 1, act="show", code=code)
    said += act(kiosk, 2, act="show", code=code)
    said += act(kiosk, 3, act="leave")
    assert house.server is not None
    house.server.kill()
    said += act(kiosk, 4, act="show", code=code)
    said += act(kiosk, 5, act="show", code=house.code("booking"))
    said += act(kiosk, 6, act="show", code=house.code("other_site_day"))
    house.start_server()
    kinds = [line["kind"] for line in said if line["what"] == "screen"]
    welcome, goodbye, refusal = "WelcomeAnswer", "GoodbyeAnswer", "RefusalAnswer"
    assert kinds == [welcome, welcome, goodbye, welcome, refusal, welcome]
    books = Books(house.data, data)
    wait_until(books.even, "the kiosk never came home", 60)
    recorded = [kind for (kind,) in books.kiosk("SELECT kind FROM event ORDER BY position")]
    books.close()
    kiosk.stop()
    assert [kind.partition("/")[0] for kind in recorded] == [
        "visit.Arrived",
        "booking.BookingClaimed",
        "visit.Departed",
        "visit.Arrived",
        "visit.EntryRefused",
        "visit.Arrived",
    ]
    for line in said + kiosk.lines:
        named = [word for word in WORDS_OF_DEVICES if line.get(word) or word in line["what"]]
        assert named == [], line

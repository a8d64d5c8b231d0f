"""Moving, extending, shortening: until when, and by the same rules."""

from dataclasses import replace
from datetime import datetime

import pytest

from domain.booking.change import decide_change
from domain.booking.decide import Bookable, Booker, BookingRule, NotBookable, SlotWish
from tests.domain.house import at
from tests.domain.rooms import a_room, a_stay, facts, wish

HAD = a_stay(10, 12)
ROOM = a_room(move_until_min=120)


def rule(wanted: SlotWish, now: datetime, *, staff: bool = False, elsewhere: bool = False) -> str:
    where = facts(ROOM, changed=HAD, booker=Booker("ada", staff=staff))
    found = decide_change(where, wanted, now, elsewhere=elsewhere)
    return "" if isinstance(found, Bookable) else found.rule.value


@pytest.mark.parametrize(
    ("wanted", "now", "expected"),
    [
        (wish((14, 0), (16, 0)), at(7, 59), ""),
        (wish((14, 0), (16, 0)), at(8), "too_late_to_change"),
        (wish((9, 0), (12, 0)), at(8), "too_late_to_change"),
        # only the end: as long as it lasts
        (wish((10, 0), (13, 0)), at(8), ""),
        (wish((10, 0), (13, 0)), at(11, 59), ""),
        (wish((10, 0), (13, 0)), at(12), "too_late_to_change"),
        (wish((10, 0), (11, 0)), at(10, 50), ""),
        (wish((10, 0), (11, 0)), at(11), "in_the_past"),
        # the rules of booking stand
        (wish((10, 0), (21, 0)), at(8), "outside_hours"),
    ],
)
def test_the_start_moves_until_so_long_before_and_the_end_as_long_as_it_lasts(
    wanted: SlotWish, now: datetime, expected: str
) -> None:
    assert rule(wanted, now) == expected


def test_another_room_is_a_move_and_staff_may_always() -> None:
    same = wish((10, 0), (12, 0))
    assert rule(same, at(9)) == ""
    assert rule(same, at(9), elsewhere=True) == "too_late_to_change"
    assert rule(same, at(9), elsewhere=True, staff=True) == ""


def test_it_tells_until_when_it_could_be_moved() -> None:
    found = decide_change(facts(ROOM, changed=HAD), wish((14, 0), (16, 0)), at(9))
    assert isinstance(found, NotBookable)
    assert found.rule is BookingRule.TOO_LATE_TO_CHANGE
    assert found.params["until"] == at(8)


def test_its_own_quota_is_not_counted_against_it() -> None:
    where = facts(ROOM, changed=HAD, own=())
    assert isinstance(decide_change(where, replace(wish(), ends=at(13)), at(7)), Bookable)

"""What may be booked: each rule with its code, the order in which they speak, and the grid."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.add_on import AddOn
from domain.booking import Booking, BookingStatus
from domain.booking.decide import (
    FOR_STAFF,
    RULES,
    Bookable,
    Booker,
    BookingFacts,
    BookingRule,
    NotBookable,
    SlotWish,
    decide_booking,
)
from domain.calendar import WeeklyHours, Window
from domain.resource import Resource
from domain.terms import Audience, Blackout, Per, Quota
from tests.domain.house import SITE, at
from tests.domain.rooms import a_room, a_stay, facts, wish

NOW = at(8)
STAFF = Booker("jo", staff=True)
MEMBER = Booker("ada", member=True, plan_ids=frozenset({"flex"}))
BLACKOUT = Blackout(at(12), at(14), {"en": "Painting"})
BEAMER = AddOn("beamer", {"en": "Projector"}, 1500, most=2)
DESKS_ONLY = AddOn("lamp", {"en": "Lamp"}, 100, kinds=("desk",))
TOMORROW = SlotWish(at(10, day=date(2026, 6, 16)), at(11, day=date(2026, 6, 16)))
ON_SUNDAY = Booking("kiln", "ada", at(9, day=date(2026, 6, 14)), at(10, day=date(2026, 6, 14)))
IN_JULY = Booking("kiln", "ada", at(9, day=date(2026, 7, 1)), at(10, day=date(2026, 7, 1)))
OVER_MIDNIGHT = Booking("kiln", "ada", at(20, day=date(2026, 6, 14)), at(1))


def asked(
    resource: Resource | None = None,
    wanted: SlotWish | None = None,
    now: datetime = NOW,
    **more: object,
) -> Bookable | NotBookable:
    return decide_booking(facts(resource, **more), wanted or wish(), now)


def rule(found: Bookable | NotBookable) -> BookingRule | None:
    return found.rule if isinstance(found, NotBookable) else None


def said(found: Bookable | NotBookable) -> tuple[str, dict[str, object]]:
    assert isinstance(found, NotBookable)
    return found.variant, {name: v for name, v in found.params.items() if name != "zone"}


@pytest.mark.parametrize(
    ("terms", "wanted", "expected"),
    [
        ({}, wish(), None),
        ({}, wish((10, 0), (10, 0)), BookingRule.NO_TIME),
        ({}, replace(wish(), starts=datetime(1999, 1, 1, tzinfo=UTC)), BookingRule.NO_SUCH_YEAR),
        ({}, replace(wish(), ends=at(10, day=date(2027, 6, 30))), BookingRule.TOO_LONG_FOR_A_PASS),
        ({}, wish(party=0), BookingRule.NO_PARTY),
        ({"audience": Audience.MEMBERS}, wish(), BookingRule.MEMBERS_ONLY),
        ({"audience": Audience.PLANS, "plans": ("flex",)}, wish(), BookingRule.MEMBERS_ONLY),
        ({}, wish((7, 0), (7, 45)), BookingRule.IN_THE_PAST),
        ({}, wish((10, 5), (11, 0)), BookingRule.OFF_GRID),
        ({}, wish((10, 0), (11, 1)), BookingRule.OFF_GRID),
        ({"step_min": 60}, wish((10, 0), (10, 30)), BookingRule.OFF_GRID),
        ({"shortest_min": 60}, wish((10, 0), (11, 0)), None),
        ({"shortest_min": 60}, wish((10, 0), (10, 45)), BookingRule.TOO_SHORT),
        ({"longest_min": 60}, wish((10, 0), (11, 0)), None),
        ({"longest_min": 60}, wish((10, 0), (11, 15)), BookingRule.TOO_LONG),
        ({"notice_min": 120}, wish(), None),
        ({"notice_min": 121}, wish(), BookingRule.TOO_SOON),
        ({"horizon_days": 1}, wish(), None),
        ({"horizon_days": 1}, TOMORROW,
         BookingRule.TOO_FAR),
        ({"horizon_days": 2}, TOMORROW,
         None),
        ({}, wish((8, 0), (20, 0)), None),
        ({}, wish((19, 0), (20, 15)), BookingRule.OUTSIDE_HOURS),
        ({"around_the_clock": True}, wish((19, 0), (23, 0)), None),
        ({"blackouts": (BLACKOUT,)}, wish((11, 0), (12, 0)), None),
        ({"blackouts": (BLACKOUT,)}, wish((11, 0), (12, 15)), BookingRule.BLACKED_OUT),
        ({"blackouts": (BLACKOUT,), "buffer_after_min": 10}, wish((11, 0), (12, 0)),
         BookingRule.BLACKED_OUT),
        ({"blackouts": (BLACKOUT,), "buffer_before_min": 10}, wish((14, 0), (15, 0)),
         BookingRule.BLACKED_OUT),
        ({}, wish(party=8), None),
        ({}, wish(party=9), BookingRule.PARTY_TOO_LARGE),
    ],
)  # fmt: skip
def test_each_term_says_no_with_its_code(
    terms: dict[str, object], wanted: SlotWish, expected: BookingRule | None
) -> None:
    assert rule(asked(a_room(**terms), wanted)) is expected


@pytest.mark.parametrize(
    ("add_ons", "expected"),
    [
        ((("beamer", 2),), None),
        ((("beamer", 3),), BookingRule.TOO_MANY_ADD_ONS),
        ((("beamer", 1), ("beamer", 2)), BookingRule.TOO_MANY_ADD_ONS),
        ((("beamer", 0),), BookingRule.TOO_MANY_ADD_ONS),
        ((("beamer", 3), ("beamer", -1)), BookingRule.TOO_MANY_ADD_ONS),
        ((("swing", 1),), BookingRule.UNKNOWN_ADD_ON),
        ((("lamp", 1),), BookingRule.UNKNOWN_ADD_ON),
    ],
)
def test_add_ons_are_those_on_offer_and_no_more_than_there_are(
    add_ons: tuple[tuple[str, int], ...], expected: BookingRule | None
) -> None:
    site = replace(SITE, add_ons=(BEAMER, DESKS_ONLY))
    assert rule(asked(None, replace(wish(), add_ons=add_ons), site=site)) is expected


@pytest.mark.parametrize(
    ("booker", "expected"),
    [
        (Booker(), BookingRule.MEMBERS_ONLY),
        (Booker("kim", member=True, plan_ids=frozenset({"day"})), BookingRule.PLAN_NEEDED),
        (MEMBER, None),
        (replace(MEMBER, blocked=True), BookingRule.BLOCKED),
        (STAFF, None),
    ],
)
def test_a_room_can_be_for_members_of_some_plans(
    booker: Booker, expected: BookingRule | None
) -> None:
    room = a_room(audience=Audience.PLANS, plans=("flex",))
    assert rule(asked(room, booker=booker)) is expected


@pytest.mark.parametrize(
    ("quota", "own", "expected"),
    [
        (Quota(Per.DAY, most_min=120), (a_stay(12, 13),), None),
        (Quota(Per.DAY, most_min=119), (a_stay(12, 13),), "day.minutes"),
        (Quota(Per.DAY, most_bookings=1), (a_stay(12, 13),), "day.bookings"),
        (Quota(Per.DAY, most_bookings=1), (a_stay(12, 13, status=BookingStatus.CANCELLED),), None),
        (Quota(Per.DAY, most_bookings=1), (a_stay(12, 13, status=BookingStatus.RELEASED),), None),
        (Quota(Per.DAY, most_bookings=1), (a_stay(12, 13, status=BookingStatus.WISHED),),
         "day.bookings"),
        (Quota(Per.DAY, most_bookings=1), (ON_SUNDAY,), None),
        # Sunday is of the week before, and of the same month
        (Quota(Per.WEEK, most_bookings=1), (ON_SUNDAY,), None),
        (Quota(Per.MONTH, most_bookings=1),
         (ON_SUNDAY,), "month.bookings"),
        (Quota(Per.MONTH, most_bookings=1),
         (IN_JULY,), None),
        # what lasts over midnight counts on both days, its minutes on each
        (Quota(Per.DAY, most_min=120),
         (OVER_MIDNIGHT,), None),
        (Quota(Per.DAY, most_min=119),
         (OVER_MIDNIGHT,), "day.minutes"),
    ],
)  # fmt: skip
def test_quotas_count_what_stands_in_the_calendar_of_the_site(
    quota: Quota, own: tuple[object, ...], expected: str | None
) -> None:
    found = asked(a_room(quotas=(quota,)), own=own)
    assert (found.variant if isinstance(found, NotBookable) else None) == expected


def test_the_rules_speak_in_the_order_of_their_codes() -> None:
    """Whatever is wrong besides, the first wrong thing of the list is told."""
    room = a_room(
        audience=Audience.PLANS,
        plans=("flex",),
        notice_min=120,
        shortest_min=60,
        blackouts=(BLACKOUT,),
        quotas=(Quota(Per.DAY, most_bookings=0),),
    )
    site = replace(SITE, opening=())
    wanted = SlotWish(at(12, 5), at(12, 6), 9, (("swing", 1),))
    spoken: list[BookingRule] = []
    attempts = [
        (replace(wanted, party=0), Booker(blocked=True)),
        (wanted, Booker(blocked=True)),
        (wanted, Booker()),
        (wanted, replace(MEMBER, plan_ids=frozenset())),
        (replace(wanted, starts=at(6, 1), ends=at(6, 2)), MEMBER),
        (wanted, MEMBER),
        (replace(wanted, starts=at(12), ends=at(12, 15)), MEMBER),
    ]
    for each, booker in attempts:
        found = rule(decide_booking(facts(room, booker=booker, site=site), each, NOW))
        assert found is not None
        spoken.append(found)
    order = list(BookingRule)
    assert [order.index(each) for each in spoken] == sorted(order.index(each) for each in spoken)
    assert len(set(spoken)) == len(attempts)


def test_the_list_of_rules_is_in_the_order_of_the_codes() -> None:
    names = [each.__name__ for each in RULES]
    assert names == [
        "fits_a_pass",
        "not_blocked",
        "of_the_audience",
        "still_to_come",
        "on_the_grid",
        "long_enough",
        "short_enough",
        "with_notice",
        "within_horizon",
        "in_open_hours",
        "not_blacked_out",
        "party_fits",
        "add_ons_on_offer",
        "within_quotas",
    ]
    assert [each for each in RULES if each in FOR_STAFF] == list(FOR_STAFF)


def test_the_claim_is_the_slot_with_its_buffers() -> None:
    found = asked(a_room(buffer_before_min=10, buffer_after_min=20))
    assert found == Bookable(Window(at(9, 50), at(11, 20)))


def test_the_hours_of_a_plan_widen_those_of_the_house() -> None:
    early = replace(MEMBER, hours=(Window(at(6), at(9)),))
    assert rule(asked(None, wish((7, 0), (10, 0)), at(6), booker=early)) is None
    assert rule(asked(None, wish((7, 0), (10, 0)), at(6), booker=MEMBER)) is not None


def test_outside_the_hours_it_tells_those_of_that_day_or_the_next_that_is_open() -> None:
    assert said(asked(None, wish((19, 0), (21, 0)))) == (
        "hours",
        {"opens": at(8), "closes": at(20)},
    )
    holiday = date(2026, 6, 19)
    closed = SlotWish(at(10, day=holiday), at(11, day=holiday))
    assert said(asked(None, closed)) == ("closed", {"opens": date(2026, 6, 22)})
    assert said(asked(site=replace(SITE, opening=()))) == ("", {})
    lunch = replace(SITE, opening=(WeeklyHours(0, 480, 720), WeeklyHours(0, 780, 1200)))
    assert said(asked(None, wish((11, 0), (15, 0)), site=lunch)) == (
        "hours",
        {"opens": at(13), "closes": at(20)},
    )


def test_the_step_that_runs_now_can_still_be_taken() -> None:
    assert rule(asked(now=at(10, 14))) is None
    assert rule(asked(now=at(10, 15))) is BookingRule.IN_THE_PAST


def test_a_slot_beside_the_grid_is_told_the_nearest_on_it() -> None:
    found = said(asked(None, wish((10, 5), (10, 10))))
    assert found == ("", {"step": timedelta(minutes=15), "starts": at(10), "ends": at(10, 15)})


def test_staff_may_do_what_guests_may_not_but_not_in_a_closed_room() -> None:
    wanted = wish((5, 1), (23, 3))
    assert rule(asked(a_room(longest_min=60, notice_min=60), wanted, booker=STAFF)) is None
    shut = a_room(blackouts=(BLACKOUT,))
    assert rule(asked(shut, wanted, booker=STAFF)) is BookingRule.BLACKED_OUT


def test_a_booking_that_runs_can_be_extended_and_needs_approval_for_more_only() -> None:
    room = a_room(notice_min=60, needs_approval=True)
    had = a_stay(10, 12)
    longer, shorter = wish((10, 0), (13, 0)), wish((10, 0), (11, 30))
    now = at(11)
    assert rule(asked(room, longer, now)) is BookingRule.IN_THE_PAST
    assert asked(room, longer, now, changed=had) == Bookable(longer.slot, needs_approval=True)
    assert asked(room, shorter, now, changed=had) == Bookable(shorter.slot, needs_approval=False)
    more = replace(shorter, party=2)
    assert asked(room, more, now, changed=had) == Bookable(shorter.slot, needs_approval=True)
    over = wish((10, 0), (11, 0))
    assert rule(asked(room, over, now, changed=had)) is BookingRule.IN_THE_PAST


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)])
def test_a_whole_day_is_a_whole_day_in_every_night(day: date) -> None:
    room = a_room(step_min=1440, shortest_min=1440, longest_min=1440, around_the_clock=True)
    wanted = SlotWish(at(0, day=day), at(0, day=day + timedelta(days=1)))
    assert rule(asked(room, wanted, at(0, day=day - timedelta(days=3)))) is None


@given(
    st.integers(0, 30 * 60),
    st.integers(-30, 600),
    st.integers(0, 12),
    st.sampled_from((Booker(), MEMBER, STAFF)),
    st.integers(-120, 240),
)
def test_whatever_is_asked_there_is_one_answer_and_it_is_the_same_again(
    start: int, length: int, party: int, booker: Booker, now_min: int
) -> None:
    room = a_room(notice_min=30, buffer_before_min=5, blackouts=(BLACKOUT,))
    begins = at(0) + timedelta(minutes=start)
    wanted = SlotWish(begins, begins + timedelta(minutes=length), party)
    where = BookingFacts("kiln", room, SITE, booker)
    now = at(8) + timedelta(minutes=now_min)
    found = decide_booking(where, wanted, now)
    assert found == decide_booking(where, wanted, now)
    if isinstance(found, Bookable):
        assert found.claim.start <= wanted.starts < wanted.ends <= found.claim.end
        assert booker.staff or wanted.starts >= now + timedelta(minutes=30)

"""What an address asks for: the same view again, and nonsense is passed over."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from domain.resource import Resource, ResourceKind
from sync_server.web.site.asked import Wanted, instant, number, told, wanted_of

BERLIN = "Europe/Berlin"
TODAY = date(2026, 5, 14)
views = st.builds(
    Wanted,
    today=st.just(TODAY),
    day=st.dates(TODAY, TODAY + timedelta(days=300)),
    kind=st.none() | st.sampled_from(ResourceKind),
    seats=st.integers(0, 1000),
    features=st.lists(st.text(min_size=1, max_size=9), max_size=3).map(
        lambda found: tuple(sorted(set(found)))
    ),
    step_free=st.booleans(),
)


def room(seats: int = 4, *features: str, step_free: bool = False) -> Resource:
    return Resource(
        1, "Kiln", ResourceKind.ROOM, seats, 1, {}, features=features, step_free=step_free
    )


@given(views, st.none() | st.integers(0, 10**9), st.integers(0, 9999))
def test_an_address_brings_back_the_view_it_was_made_from(
    view: Wanted, pick: int | None, minutes: int
) -> None:
    start = datetime(2026, 5, 14, 12, tzinfo=UTC)
    query = view.query(pick=pick, start=start, minutes=minutes)
    again = wanted_of(QueryParams(query.removeprefix("?")), TODAY, BERLIN)
    if pick is None:
        assert (again.start, again.minutes) == (None, 0)
    else:
        assert (again.pick, again.start, again.minutes) == (pick, start, minutes)
    assert again.query(pick=None, start=None, minutes=0) == view.query()


@given(st.dictionaries(
    st.sampled_from(["day", "kind", "seats", "with", "step_free", "pick", "start", "for"]),
    st.text(max_size=30),
))  # fmt: skip
def test_nonsense_is_passed_over(query: dict[str, str]) -> None:
    view = wanted_of(QueryParams(query), TODAY, BERLIN)
    assert view.day >= TODAY
    assert len(view.strip) == 7
    assert view.day in view.strip


@pytest.mark.parametrize(
    ("asked", "seen"),
    [
        ("2026-05-13", "2026-05-14"),
        ("2026-05-20", "2026-05-20"),
        ("9999-12-31", "2028-07-22"),
        ("tomorrow", "2026-05-14"),
    ],
)
def test_a_day_that_is_over_is_today_and_the_far_future_has_an_end(asked: str, seen: str) -> None:
    view = wanted_of(QueryParams({"day": asked}), TODAY, BERLIN)
    assert view.day.isoformat() == seen


def test_an_instant_without_an_offset_is_meant_by_the_clock_of_the_site() -> None:
    noon = datetime(2026, 5, 14, 10, tzinfo=UTC)
    assert instant("2026-05-14T12:00", BERLIN) == noon
    assert instant(told(noon), BERLIN) == noon
    assert instant("0001-01-01T00:00", BERLIN) is None
    assert instant("noon", BERLIN) is None


def test_a_number_is_short_and_of_our_digits() -> None:
    assert number("12", 100) == 12
    assert [number(text, 100) for text in ("", "-1", "101", "٣", "1" * 5000)] == [None] * 5


def test_filters_keep_out_what_is_not_looked_for() -> None:
    looked_for = Wanted(TODAY, TODAY, seats=4, features=("screen",))
    assert looked_for.shows(room(4, "screen", "board"))
    assert not looked_for.shows(room(3, "screen"))
    assert not looked_for.shows(room(8))
    assert not Wanted(TODAY, TODAY, step_free=True).shows(room())
    assert Wanted(TODAY, TODAY, step_free=True).shows(room(step_free=True))
    assert not Wanted(TODAY, TODAY, kind=ResourceKind.BOOTH).shows(room())

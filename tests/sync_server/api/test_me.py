"""/api/v1/me: the person of a token."""

import pytest

from tests.sync_server.api.conftest import Programs
from tests.sync_server.booking.town import MEMBER


def test_a_member_is_told_what_they_have_left(programs: Programs) -> None:
    told = programs.ask("GET", "/me").json()
    assert (told["person"], told["name"], told["plans"]) == (MEMBER, "Jana", ["Office"])
    assert (told["minutes_left"], told["minutes_all"]) == (120, 120)
    assert (told["passes_left"], told["bought_passes_left"]) == (2, 0)
    programs.booked()
    assert programs.ask("GET", "/me").json()["minutes_left"] in (60, 120), "by the month"


def test_a_lost_phone_opens_nothing_any_more(programs: Programs) -> None:
    made = programs.booked()
    answer = programs.ask("POST", "/me/lost-phone")
    assert (answer.status_code, answer.content) == (204, b"")
    page = programs.ask("GET", f"/bookings/{made['id']}").json()["page"]
    assert page not in (None, made["page"])


@pytest.mark.parametrize(
    ("asker", "status"), [(None, 401), ("door", 401), ("operator", 403), ("auditor", 403)]
)
def test_who_is_nobody_has_no_page(programs: Programs, asker: str | None, status: int) -> None:
    assert programs.ask("GET", "/me", asker).status_code == status
    assert programs.ask("POST", "/me/lost-phone", asker).status_code == status

"""The pages of a site on a Thursday morning, when something is free and something taken."""

from tests.sync_server.web.browser import Visitor
from tests.sync_server.web.views import View, at


def _picked(visitor: Visitor) -> None:
    """Kiln from two to four."""
    page = visitor.page
    assert visitor.go("/s/ziegelhof?pick=24") == 200
    page.locator("#start").select_option("14:00")
    page.locator(".cart .times", has_text="14:00").wait_for(state="attached")
    page.locator("#for").select_option("120")
    page.locator(".cart .total", has_text="64").wait_for(state="attached")


THURSDAY: dict[str, View] = {
    "site": at("/s/ziegelhof"),
    "site-picked": _picked,
    "site-filtered": at("/s/ziegelhof?kind=room&with=screen&step_free=yes"),
    "resource": at("/s/ziegelhof/r/24"),
    "resource-later": at("/s/ziegelhof/r/20?day=2999-01-01"),
    "site-nothing": at("/s/ziegelhof?seats=1000"),
}

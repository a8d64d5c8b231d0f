"""Every page of the house and how a visitor comes to see it."""

from collections.abc import Callable
from typing import Any

from tests.sync_server.web.browser import Visitor
from tests.sync_server.web.slots import book_path

View = Callable[[Visitor], None]


def at(path: str, status: int = 200) -> View:
    def go(visitor: Visitor) -> None:
        assert visitor.go(path) == status

    return go


def _pass(part: str, more: str = "", status: int = 200) -> View:
    def go(visitor: Visitor) -> None:
        got = visitor.go(visitor.pass_path(part) + more)
        assert got == status, (got, visitor.page.inner_text("main"))

    return go


def _book(status: int = 200, **asked: Any) -> View:
    def go(visitor: Visitor) -> None:
        assert visitor.go(book_path(visitor, **asked)) == status

    return go


def _held(visitor: Visitor) -> None:
    """The first comes by the button; all others are shown what that one holds."""
    if visitor.url not in _HELD:
        visitor.go(book_path(visitor, days=11, party="3", **{"with-coffee": "1"}))
        visitor.page.locator("#order button[type=submit]").click()
        visitor.page.wait_for_url("**/hold/**")
        _HELD[visitor.url] = visitor.page.url.removeprefix(visitor.url)
    status = visitor.go(_HELD[visitor.url])
    assert status == 200, (status, _HELD, visitor.page.inner_text("main"))


def _held_missing(visitor: Visitor) -> None:
    _held(visitor)
    visitor.page.locator("form.book-page button[type=submit]").click()
    visitor.page.wait_for_selector(".asked")


_HELD: dict[str, str] = {}


VIEWS: dict[str, View] = {
    "front": at("/"),
    "nothing-here": at("/nowhere", 404),
    "imprint": at("/legal/imprint"),
    "terms": at("/legal/terms"),
    "unwritten": at("/legal/cancellation"),
    "withdraw": at("/legal/withdraw"),
    "cancel-contract": at("/legal/cancel-contract?site=ziegelhof"),
    "pass-booking": _pass("booking"),
    "pass-member": _pass("member"),
    "pass-day": _pass("day_pass"),
    "pass-unpaid": _pass("unpaid"),
    "day-pass": at("/s/ziegelhof/day-pass?day=2099-01-01"),
    "day-pass-sold": at("/s/ziegelhof/day-pass"),
    "guests": _pass("booking", "/guests"),
    "report": _pass("booking", "/problem"),
    "report-told": _pass("booking", "/problem?told=8F2A-91C0"),
    "pass-guests": _pass("group"),
    "cancel": _pass("host", "/cancel"),
    "change": _pass("host", "/change"),
    "keep": _pass("host", "/keep"),
    "book": _book(),
    "book-with": _book(party="2", **{"with-coffee": "1"}),
    "book-too-early": _book(422, hours=(3, 4)),
    "book-held": _held,
    "book-held-missing": _held_missing,
    "sign-in": at("/sign-in"),
    "sign-in-over": at("/sign-in/none", 404),
}
"""By name; what is added here is looked at by the tests and photographed by `screenshots`."""

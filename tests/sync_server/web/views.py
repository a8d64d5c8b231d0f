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
        assert visitor.go(visitor.pass_path(part) + more) == status

    return go


def _book(status: int = 200, **asked: Any) -> View:
    def go(visitor: Visitor) -> None:
        assert visitor.go(book_path(visitor, **asked)) == status

    return go


def _held(visitor: Visitor) -> None:
    visitor.go(book_path(visitor))
    visitor.page.locator("#order button[type=submit]").click()
    visitor.page.wait_for_url("**/hold/**")


VIEWS: dict[str, View] = {
    "front": at("/"),
    "nothing-here": at("/nowhere", 404),
    "imprint": at("/legal/imprint"),
    "terms": at("/legal/terms"),
    "pass-booking": _pass("booking"),
    "pass-member": _pass("member"),
    "pass-day": _pass("day_pass"),
    "pass-unpaid": _pass("unpaid"),
    "pass-guests": _pass("group"),
    "book": _book(),
    "book-with": _book(party="2", **{"with-coffee": "1"}),
    "book-too-early": _book(422, hours=(3, 4)),
    "book-held": _held,
    "sign-in": at("/sign-in"),
    "sign-in-over": at("/sign-in/none", 404),
}
"""By name; what is added here is looked at by the tests and photographed by `screenshots`."""

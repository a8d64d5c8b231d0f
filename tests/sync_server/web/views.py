"""Every page of the house and how a visitor comes to see it."""

from collections.abc import Callable

from tests.sync_server.web.browser import Visitor

View = Callable[[Visitor], None]


def at(path: str, status: int = 200) -> View:
    def go(visitor: Visitor) -> None:
        assert visitor.go(path) == status

    return go


def _pass(part: str, more: str = "", status: int = 200) -> View:
    def go(visitor: Visitor) -> None:
        assert visitor.go(visitor.pass_path(part) + more) == status

    return go


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
    "sign-in": at("/sign-in"),
    "sign-in-over": at("/sign-in/none", 404),
}
"""By name; what is added here is looked at by the tests and photographed by `screenshots`."""

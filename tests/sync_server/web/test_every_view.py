"""Every page, in both languages, on a phone and a desktop: for everybody, whole, calm."""

import pytest

from tests.sync_server.web.browser import Visitor
from tests.sync_server.web.look import look_at
from tests.sync_server.web.thursday_views import THURSDAY
from tests.sync_server.web.views import VIEWS


@pytest.mark.parametrize("name", sorted(VIEWS))
def test_the_page_is_for_everybody(name: str, visitor: Visitor) -> None:
    VIEWS[name](visitor)
    _is_for_everybody(name, visitor)


@pytest.mark.parametrize("name", sorted(THURSDAY))
def test_the_page_of_a_site_is_for_everybody(name: str, thursday_visitor: Visitor) -> None:
    THURSDAY[name](thursday_visitor)
    _is_for_everybody(name, thursday_visitor)


def _is_for_everybody(name: str, visitor: Visitor) -> None:
    look_at(visitor, name)
    assert visitor.page.locator("html").get_attribute("lang") == visitor.language
    assert visitor.page.locator("h1").count() == 1

"""The member's pages, in both languages, on a phone and a desktop: for everybody, whole, calm."""

import pytest

from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer
from tests.sync_server.web.browser import Visitor
from tests.sync_server.web.let_in import let_in
from tests.sync_server.web.look import look_at


@pytest.mark.parametrize("who", ["member", "staff"])
def test_the_members_page_is_for_everybody(
    visitor: Visitor, shown: RunningServer, founded: Demo, who: str
) -> None:
    let_in(visitor, shown.settings, founded.ids[who])
    assert visitor.go("/me") == 200
    visitor.page.locator("details.more summary").click()
    look_at(visitor, f"me-{who}")
    assert visitor.page.locator("h1").count() == 1
    assert visitor.page.locator("html").get_attribute("lang") == visitor.language

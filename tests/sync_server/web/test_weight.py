"""The first view is light: everything that a phone fetches for it, as it travels."""

import pytest
from playwright.sync_api import Browser

from tests.sync_server.running import RunningServer
from tests.sync_server.web.browser import visiting

FIRST_VIEW_BYTES = 150_000


@pytest.mark.parametrize("path", ["/", "/s/ziegelhof"])
def test_the_first_view_is_at_most_150_kb(
    browser: Browser, shown: RunningServer, path: str
) -> None:
    with visiting(browser, shown.url, width=360) as visitor:
        sizes: dict[str, int] = {}
        network = visitor.page.context.new_cdp_session(visitor.page)
        names: dict[str, str] = {}
        network.on(
            "Network.responseReceived",
            lambda said: names.update({said["requestId"]: said["response"]["url"]}),
        )
        network.on(
            "Network.loadingFinished",
            lambda said: sizes.update({said["requestId"]: said["encodedDataLength"]}),
        )
        network.send("Network.enable")
        visitor.go(path)
        visitor.page.wait_for_load_state("networkidle")
        fetched = {names[id_]: size for id_, size in sizes.items() if id_ in names}
        assert any(name.endswith("foyer.css") for name in fetched)
        assert sum(fetched.values()) <= FIRST_VIEW_BYTES, fetched

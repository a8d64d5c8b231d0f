"""A form that no page of ours sent changes nothing, on whatever route it comes in."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from sync_server.api.desk import Desk, set_up
from sync_server.api.heads import HeadWatch
from sync_server.asking.guard import MAX_BYTES, Guard
from sync_server.asking.visits import csrf_of, visit_of
from sync_server.house import open_house
from sync_server.known import Known
from sync_server.payments.reconciling import Reconciler
from sync_server.settings import Settings
from sync_server.web.problems import not_sent_by_us

URL = "http://book.example.org"


async def form(request: Request) -> Response:
    return PlainTextResponse(csrf_of(request))


async def plain(_: Request) -> Response:
    return PlainTextResponse("nothing to send here")


async def post(request: Request) -> Response:
    """Answers with what was sent, which shows that the guard's reading took nothing away."""
    await visit_of(request).begun()
    async with request.form() as sent:
        return PlainTextResponse(str(sent.get("wish")))


@pytest.fixture
async def browser(settings: Settings) -> AsyncIterator[httpx.AsyncClient]:
    house = await open_house(replace(settings, public_url=URL))
    app = FastAPI()
    app.add_route("/form", form)
    app.add_route("/plain", plain)
    app.add_route("/post", post, methods=["POST", "PUT", "PATCH", "DELETE"])
    app.add_middleware(Guard, refusal=not_sent_by_us)
    set_up(app, Desk(house, HeadWatch(house.ledger), Known(house.ledger), Reconciler(house, {})))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
        yield client
    await house.close()


OURS = {"origin": URL}


async def test_a_form_of_ours_is_taken(browser: httpx.AsyncClient) -> None:
    token = (await browser.get("/form")).text
    data = {"wish": "a desk", "csrf": token}
    assert (await browser.post("/post", data=data, headers=OURS)).text == "a desk"
    files = {"csrf": (None, token), "wish": (None, "a desk")}
    assert (await browser.post("/post", files=files, headers=OURS)).text == "a desk"
    header = OURS | {"x-csrf-token": token}
    assert (await browser.post("/post", data={"wish": "x"}, headers=header)).text == "x"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
async def test_without_token_or_from_elsewhere_nothing_is_taken(
    browser: httpx.AsyncClient, method: str
) -> None:
    token = (await browser.get("/form")).text
    elsewhere = {"origin": "https://evil.example"}
    for data, headers in (
        ({"wish": "x"}, OURS),
        ({"wish": "x", "csrf": token[:-1]}, OURS),
        ({"wish": "x", "csrf": "é"}, OURS),
        ({"wish": "x", "csrf": token}, {}),
        ({"wish": "x", "csrf": token}, elsewhere),
        ({"wish": "x"}, elsewhere | {"x-csrf-token": token}),
        ({"wish": "x", "csrf": token}, OURS | {"x-csrf-token": "wrong"}),
    ):
        answer = await browser.request(method, "/post", data=data, headers=headers)
        assert answer.status_code == 403


async def test_the_token_of_another_browser_is_none(browser: httpx.AsyncClient) -> None:
    token = (await browser.get("/form")).text
    browser.cookies.clear()
    data = {"csrf": token, "wish": "x"}
    assert (await browser.post("/post", data=data, headers=OURS)).status_code == 403
    await browser.get("/form")
    assert (await browser.post("/post", data=data, headers=OURS)).status_code == 403


async def test_json_needs_the_header(browser: httpx.AsyncClient) -> None:
    token = (await browser.get("/form")).text
    answer = await browser.post("/post", json={"csrf": token}, headers=OURS)
    assert answer.status_code == 403
    answer = await browser.post("/post", json={}, headers=OURS | {"x-csrf-token": token})
    assert answer.status_code == 200


async def test_what_is_too_long_is_not_read(browser: httpx.AsyncClient) -> None:
    token = (await browser.get("/form")).text
    data = {"csrf": token, "wish": "x" * MAX_BYTES}
    assert (await browser.post("/post", data=data, headers=OURS)).status_code == 413


async def test_a_page_without_a_form_leaves_no_cookie(browser: httpx.AsyncClient) -> None:
    assert "set-cookie" not in (await browser.get("/plain")).headers
    cookie = (await browser.get("/form")).headers["set-cookie"].lower()
    assert cookie.startswith("foyer=")
    assert {"httponly", "samesite=lax", "path=/"} <= set(cookie.split("; "))
    assert "secure" not in cookie
    assert "set-cookie" not in (await browser.get("/form")).headers, "once is enough"


async def test_tabs_that_were_open_before_the_first_form_go_on(
    browser: httpx.AsyncClient,
) -> None:
    """The session that the first post begins keeps the browser's secret."""
    token = (await browser.get("/form")).text
    data = {"csrf": token, "wish": "x"}
    for _ in range(2):
        assert (await browser.post("/post", data=data, headers=OURS)).status_code == 200


@pytest.mark.parametrize("path", ["/form%00", "/form?x=%00", "/api/v1/%00", "/api/v1/x?y=%00"])
async def test_a_character_that_no_database_keeps_goes_nowhere(
    browser: httpx.AsyncClient, path: str
) -> None:
    answer = await browser.get(path)
    assert answer.status_code == (422 if path.startswith("/api/") else 404)
    assert answer.json()["code"] in ("bad_request", "not_found")


@pytest.mark.parametrize("wish", ["%00", "\0"])
async def test_such_a_character_in_a_form_changes_nothing(
    browser: httpx.AsyncClient, wish: str
) -> None:
    token = (await browser.get("/form")).text
    headers = OURS | {"content-type": "application/x-www-form-urlencoded"}
    answer = await browser.post("/post", content=f"csrf={token}&wish={wish}", headers=headers)
    assert answer.status_code == 404


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
async def test_a_form_that_cannot_be_read_changes_nothing(
    browser: httpx.AsyncClient, kind: str
) -> None:
    await browser.get("/form")
    headers = OURS | {"content-type": kind}
    answer = await browser.post("/post", content=b"--y\r\nno form\r\n", headers=headers)
    assert answer.status_code == 403

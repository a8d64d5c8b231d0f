"""GET /api/v1/resources, and how the API words what it cannot answer."""

import httpx
import pytest

from sync_server.api.codes import ApiCode
from tests.sync_server.conftest import Demo
from wording import LOCALES, codes


def test_anyone_sees_what_a_site_has_and_on_which_terms(http: httpx.Client, demo: Demo) -> None:
    answer = http.get("/api/v1/resources", params={"site": demo.ids["site"]})
    assert answer.status_code == 200
    told = answer.json()
    assert (told["site"], told["zone"]) == (demo.ids["site"], "Europe/Berlin")
    first = told["resources"][0]
    assert first["name"]
    assert first["audience"] == "anyone"
    assert first["step_min"] == 15
    other = http.get("/api/v1/resources", params={"site": demo.ids["site2"]}).json()
    ids = {each["id"] for each in told["resources"]}
    assert ids
    assert not ids & {each["id"] for each in other["resources"]}


def test_where_a_thing_is_is_told_in_the_language_asked_for(http: httpx.Client, demo: Demo) -> None:
    places = [
        http.get(
            "/api/v1/resources",
            params={"site": demo.ids["site"]},
            headers={"Accept-Language": language},
        ).json()["resources"][0]["place"]
        for language in ("en", "de")
    ]
    assert places[0] != places[1]


@pytest.mark.parametrize(
    ("params", "status", "code"),
    [
        ({"site": "nowhere"}, 404, "unknown_site"),
        ({"site": "a\0b"}, 422, "bad_request"),
        ({"site": ""}, 404, "unknown_site"),
        ({"site": "x" * 201}, 422, "bad_request"),
        ({}, 422, "which_site"),
    ],
)
def test_a_site_is_one_of_ours(
    http: httpx.Client, params: dict[str, str], status: int, code: str
) -> None:
    answer = http.get("/api/v1/resources", params=params)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["sentence"]


@pytest.mark.parametrize("header", ["Bearer", "Bearer nonsense", "Basic eDp5", "Bearer foyer_0_x"])
def test_a_token_that_is_none_of_ours_is_told_so(http: httpx.Client, header: str) -> None:
    answer = http.get("/api/v1/resources", headers={"Authorization": header})
    assert (answer.status_code, answer.json()["code"]) == (401, "no_token")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_other_addresses_and_methods_have_words_too(http: httpx.Client) -> None:
    nothing = http.get("/api/v1/nothing", headers={"Accept-Language": "de"})
    assert (nothing.status_code, nothing.json()["code"]) == (404, "not_found")
    assert "Adresse" in nothing.json()["sentence"]
    put = http.put("/api/v1/resources")
    assert (put.status_code, put.json()["code"]) == (405, "not_so")
    assert put.headers["Allow"] == "GET"
    put = http.put("/api/v1/bookings/x")
    assert put.headers["Allow"] == "DELETE, GET, PATCH", "whichever route has them"


@pytest.mark.parametrize("locale", LOCALES)
def test_every_code_has_a_sentence(locale: str) -> None:
    known = codes(locale) | codes("de")
    assert {f"problem.{code.value}" for code in ApiCode} <= known

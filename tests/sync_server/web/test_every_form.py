"""Every route that changes something, as the application lists them, refuses forged forms."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.routing import iter_route_contexts

from sync_server.app import create_app
from sync_server.asking.guard import FOR_PROGRAMS, SAFE
from sync_server.settings import Settings
from tests.sync_server.conftest import Demo
from tests.sync_server.running import RunningServer
from tests.sync_server.web.mail_links import sign_in
from tests.sync_server.web.people import Person, arrives, forms_in

_PARAMETER = re.compile(r"\{[^}]*\}")


def unsafe_routes() -> list[tuple[str, str]]:
    """(method, path with something in the place of each parameter) of all pages' routes."""
    app = create_app(Settings(Path("nowhere")))
    found = {
        (method, _PARAMETER.sub("x", route.path))
        for route in iter_route_contexts(app.routes)
        for method in route.methods or ()
        if route.path and method not in SAFE
    }
    return sorted(each for each in found if not each[1].startswith(FOR_PROGRAMS))


@pytest.fixture(scope="module")
def everybody(shown: RunningServer, founded: Demo) -> Iterator[list[Person]]:
    """Somebody new, somebody with a page open, and a member."""
    new, looking, member = (arrives(shown.url) for _ in range(3))
    looking.go("/sign-in")
    sign_in(member, shown.settings, founded.keys, founded.ids["member"])
    yield [new, looking, member]
    for each in (new, looking, member):
        each.http.close()


def test_the_routes_were_seen() -> None:
    assert {("POST", "/sign-in"), ("POST", "/me/passkeys"), ("POST", "/sign-out")} <= set(
        unsafe_routes()
    )
    assert all(path.startswith("/") for _, path in unsafe_routes())


@pytest.mark.parametrize(("method", "path"), unsafe_routes())
def test_a_forged_form_changes_nothing(
    method: str, path: str, everybody: list[Person], shown: RunningServer
) -> None:
    for person in everybody:
        token = forms_in(person.http.get("/sign-in/none").text)[0].values["csrf"]
        ours, foreign = {"origin": person.origin}, {"origin": "https://evil.example"}
        for headers, data in (
            ({}, {}),
            (ours, {}),
            (ours, {"csrf": "x"}),
            (foreign, {"csrf": token}),
            (foreign | {"x-csrf-token": token}, {}),
            ({"sec-fetch-site": "cross-site"}, {"csrf": token}),
        ):
            answer = person.http.request(method, path, data=data, headers=headers)
            assert answer.status_code == 403
            assert "Nothing was changed." in answer.text
            assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_member_is_still_signed_in(everybody: list[Person]) -> None:
    """None of it ended anything."""
    assert everybody[2].go("/me") == 200
    assert everybody[2].path == "/me"

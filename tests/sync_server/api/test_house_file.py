"""/api/v1/house: the house as a file, there and back."""

import pytest

from tests.sync_server.api.conftest import Programs


def test_the_file_as_it_stands_changes_nothing(programs: Programs) -> None:
    text = programs.ask("GET", "/house", "operator").json()["text"]
    answer = programs.ask("POST", "/house", "operator", json={"text": text})
    assert (answer.status_code, answer.json()["changes"]) == (200, []), answer.text


def test_a_change_is_told_first_and_made_then(programs: Programs) -> None:
    text = programs.ask("GET", "/house", "operator").json()["text"]
    wished = {"text": text.replace('name = "Clay"', 'name = "Loam"')}
    for dry_run in (True, True, False):
        told = programs.ask("POST", "/house", "operator", json=wished | {"dry_run": dry_run}).json()
        (change,) = told["changes"]
        assert (change["kind"], change["id"], change["what"]) == ("resource", "clay", "changed")
        assert "Loam" in change["sentence"]
    names = [each["name"] for each in programs.ask("GET", "/resources").json()["resources"]]
    assert "Loam" in names


@pytest.mark.parametrize("text", ["", "= =", "[site.x]\nname = 3\n", "a = " + "[" * 5000, "x = 1"])
def test_what_cannot_be_applied_tells_every_problem(programs: Programs, text: str) -> None:
    answer = programs.ask("POST", "/house", "operator", json={"text": text})
    if text == "":
        assert answer.json()["changes"] == []
        return
    assert (answer.status_code, answer.json()["code"]) == (422, "not_applied"), answer.text
    assert all(each["sentence"] for each in answer.json()["problems"])
    assert answer.json()["problems"]


@pytest.mark.parametrize(
    ("asker", "get", "post"),
    [
        (None, 401, 401),
        ("member", 403, 403),
        ("auditor", 200, 403),
        ("operator_elsewhere", 403, 403),
    ],
)
def test_it_is_for_those_who_run_the_whole_house(
    programs: Programs, asker: str | None, get: int, post: int
) -> None:
    assert programs.ask("GET", "/house", asker).status_code == get
    assert programs.ask("POST", "/house", asker, json={"text": ""}).status_code == post

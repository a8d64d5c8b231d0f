"""docs/booking-api.md and the OpenAPI description name every operation and every code."""

import re
from pathlib import Path
from typing import Any

import pytest

from domain.booking.outcomes import BookingRule
from sync_server.api.codes import ApiCode
from sync_server.api.series_told import PROBLEMS
from sync_server.app import create_app
from sync_server.settings import Settings

DOCS = Path(__file__).parents[3] / "docs"
PAGE = (DOCS / "booking-api.md").read_text()
OPERATIONS = {
    (method.upper(), path.removeprefix("/api/v1"), path): operation
    for path, methods in create_app(Settings(Path("nowhere"))).openapi()["paths"].items()
    if path.startswith("/api/v1")
    for method, operation in methods.items()
}
DESCRIBED_ELSEWHERE = {"/check-ins"}


def refusals(operation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {
        status: answer["content"]["application/json"]["schema"]
        for status, answer in operation["responses"].items()
        if status >= "400"
    }


def test_the_page_names_every_operation() -> None:
    named = {
        (method, path)
        for row in re.findall(r"^\| (`[^|]+) \|", PAGE, re.MULTILINE)
        for methods, path in re.findall(r"((?:`?[A-Z]+`?,? ?)+) (/[\w{}/-]+)", row)
        for method in re.findall(r"[A-Z]+", methods)
    }
    there = {(method, path) for method, path, _ in OPERATIONS}
    assert named == {each for each in there if each[1] not in DESCRIBED_ELSEWHERE}


def test_the_page_names_every_code() -> None:
    named = set(re.findall(r"`(\w+)`", PAGE[PAGE.index("## What is not done") :]))
    known = {code.value for code in ApiCode} | {rule.value for rule in BookingRule} | set(PROBLEMS)
    assert known <= named


@pytest.mark.parametrize("key", [k for k in OPERATIONS if k[1] not in DESCRIBED_ELSEWHERE], ids=str)
def test_every_refusal_is_described_with_its_codes(key: tuple[str, str, str]) -> None:
    operation = OPERATIONS[key]
    page = refusals(operation)
    assert "503" in page
    for schema in page.values():
        assert {"code", "sentence"} <= set(schema["required"])
        assert schema["properties"]["code"]["enum"]
    if "{}" not in str(operation.get("security")):
        assert "401" in page
    if "requestBody" in operation:
        assert {"413", "422"} <= set(page)


def test_every_code_is_one_that_some_operation_answers() -> None:
    """But for what is told before any operation is reached."""
    before = {ApiCode.NOT_SO, ApiCode.NOT_FOUND}
    told = {
        code
        for operation in OPERATIONS.values()
        for schema in refusals(operation).values()
        for code in schema.get("properties", {}).get("code", {}).get("enum", ())
    }
    assert {code.value for code in ApiCode} - told <= {code.value for code in before}

"""The API campaign in small, and that it sees what is not as described."""

from pathlib import Path

import pytest

from sync_server.api import resources
from sync_server.api.problems import CanonicalResponse
from tests.campaigns.api import run_api_campaign


def test_every_operation_answers_as_described(tmp_path: Path) -> None:
    summary = run_api_campaign(tmp_path, 1, askers=("member",))
    assert summary.broken == []
    assert summary.operations > 15
    assert {200, 401, 404, 409, 422} <= summary.answers.keys()
    assert max(summary.answers) < 500


def test_an_answer_that_is_not_described_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(content: object) -> CanonicalResponse:
        return CanonicalResponse({"resources": "none"})

    monkeypatch.setattr(resources, "CanonicalResponse", told)
    summary = run_api_campaign(tmp_path, 1, askers=("anyone",), paths="/resources$")
    assert any("response_schema_conformance" in each for each in summary.broken)

"""The API campaign in small, and that it sees what is not as described."""

from pathlib import Path

import pytest

from sync_server.api import resources
from sync_server.api.problems import CanonicalResponse
from tests.campaigns.api import run_api_campaign


def test_every_operation_answers_as_described(tmp_path: Path) -> None:
    summary = run_api_campaign(tmp_path, 2)
    assert summary.broken == []
    assert summary.operations > 1
    assert set(summary.as_asker) == {"anyone", "member", "operator"}
    assert {200, 401, 404, 422} <= summary.answers.keys()
    assert max(summary.answers) < 500


def test_an_answer_that_is_not_described_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(content: object) -> CanonicalResponse:
        return CanonicalResponse({"resources": "none"})

    monkeypatch.setattr(resources, "CanonicalResponse", told)
    summary = run_api_campaign(tmp_path, 2)
    assert any("response_schema_conformance" in each for each in summary.broken)

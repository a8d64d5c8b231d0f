"""Answers that are not the wished one: a stable code for programs, nothing else."""

from collections.abc import Mapping
from typing import Any

import msgspec
from starlette.responses import Response


class CanonicalResponse(Response):
    """A dataclass or dict as JSON in the one encoding of the ledger."""

    media_type = "application/json"

    def render(self, content: Any) -> bytes:
        return msgspec.json.encode(content, order="sorted")


def problem(status: int, code: str, headers: Mapping[str, str] | None = None) -> CanonicalResponse:
    """`{"code": ...}` with an HTTP status."""
    return CanonicalResponse({"code": code}, status_code=status, headers=dict(headers or {}))

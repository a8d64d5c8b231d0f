"""A real server on a small house, the day before what is booked in it, and who asks there."""

import asyncio
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import pytest

from domain.subjects import HOUSE
from ledger.unit import Unit
from sync_server.house import open_house
from sync_server.main import main
from sync_server.settings import Settings
from sync_server.use_cases.tokens import create_token
from tests.sync_server.booking.town import MEMBER, OTHER, ROOM, STREAM, furnish
from tests.sync_server.running import RunningServer, running

TODAY = datetime(2026, 5, 14, 8, 0, tzinfo=UTC)
NINE = "2026-05-15T09:00:00+02:00"
TEN = "2026-05-15T10:00:00+02:00"
TOKENS: dict[str, dict[str, Any]] = {
    "member": {"scopes": ("book",), "site": None, "person": MEMBER},
    "other": {"scopes": ("book",), "site": None, "person": OTHER},
    "operator": {"scopes": ("operate",), "site": None},
    "auditor": {"scopes": ("read",), "site": None},
    "operator_elsewhere": {"scopes": ("operate",), "site": "elsewhere"},
    "door": {"scopes": ("check-in",), "site": None},
}


@dataclass(frozen=True, slots=True)
class Programs:
    """HTTP as each of the askers; `None` brings no token."""

    http: httpx.Client
    server: RunningServer
    tokens: dict[str, str]

    def ask(
        self,
        method: str,
        path: str,
        asker: str | None = "member",
        *,
        language: str = "en",
        **of: Any,
    ) -> httpx.Response:
        headers = {"Accept-Language": language, **of.pop("headers", {})}
        if asker is not None:
            headers["Authorization"] = f"Bearer {self.tokens[asker]}"
        return self.http.request(method, f"/api/v1{path}", headers=headers, **of)

    def book(
        self, asker: str | None = "member", key: str | None = None, **body: Any
    ) -> httpx.Response:
        wish = {"resource": ROOM, "start": NINE, "end": TEN, "add_ons": []} | body
        headers = {"Idempotency-Key": key or str(uuid4())}
        return self.ask("POST", "/bookings", asker, json=wish, headers=headers)

    def booked(self, asker: str | None = "member", **body: Any) -> dict[str, Any]:
        made = self.book(asker, **body)
        assert made.status_code == 201, made.text
        return dict(made.json())


@dataclass(frozen=True, slots=True)
class Small:
    """The house on disk, copied for each test."""

    folder: Path
    tokens: dict[str, str] = field(default_factory=dict)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Small:
    folder = tmp_path_factory.mktemp("small") / "house"
    assert main(["init", "--data", str(folder)]) == 0
    return Small(folder, asyncio.run(_furnished(Settings(folder))))


async def _furnished(settings: Settings) -> dict[str, str]:
    house = await open_house(settings, lambda: TODAY)

    def work(unit: Unit) -> dict[str, str]:
        furnish(unit)
        return {name: create_token(unit, **of) for name, of in TOKENS.items()}

    try:
        return await house.ledger.work([HOUSE, STREAM], work)
    finally:
        await house.close()


@pytest.fixture
def programs(small: Small, tmp_path: Path) -> Iterator[Programs]:
    folder = tmp_path / "small"
    shutil.copytree(small.folder, folder)
    with running(Settings(folder)) as server:
        server.clock.ahead = TODAY - datetime.now(UTC)
        with httpx.Client(base_url=server.url, trust_env=False, timeout=10) as http:
            yield Programs(http, server, small.tokens)

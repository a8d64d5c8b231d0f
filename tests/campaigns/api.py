"""The API campaign: every documented operation asked with good and bad data, as everybody.

`python -m tests.campaigns api --count 500` asks each operation that often as each asker in each
phase of schemathesis; the suite runs a small sample. No 5xx, no answer that is not described.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, from_schema
from schemathesis.engine.events import NonFatalError, ScenarioFinished
from schemathesis.engine.recorder import ScenarioRecorder

from ledger.unit import Unit
from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import SeedDemo
from sync_server.commands.seeding import own_lock_keys
from sync_server.house import open_house
from sync_server.main import main
from sync_server.settings import Settings
from sync_server.use_cases.tokens import create_token
from tests.sync_server.running import running

_ODD: Final = (
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
    "2026-06-30T23:59:60Z",
    "2026-03-29T02:30:00+01:00",
    "2026-10-25T02:30:00+02:00",
)
_MOST_TOLD: Final = 20


@dataclass(slots=True)
class ApiSummary:
    """What was asked, as whom, how it was answered, and what was not as described."""

    count: int
    operations: int = 0
    requests: int = 0
    as_asker: dict[str, int] = field(default_factory=dict)
    answers: dict[int, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Seeded:
    """A house with the demo in it: good values for parameters, tokens by asker."""

    settings: Settings
    values: dict[str, list[str]]
    tokens: dict[str, str | None]


ASKERS: Final = ("anyone", "member", "operator")


def run_api_campaign(
    folder: Path,
    count: int,
    seed: int = 1,
    askers: Sequence[str] = ASKERS,
    paths: str = "^/api/v1/",
) -> ApiSummary:
    """Ask a real server about everything in its description, `count` times per phase."""
    seeded = seeded_house(folder / "house")
    summary = ApiSummary(count)
    with running(seeded.settings) as server:
        for asker in askers:
            token = seeded.tokens[asker]
            before = summary.requests
            _ask_all((server.url, paths), _config(seeded, token, count, seed), summary)
            summary.as_asker[asker] = summary.requests - before
    return summary


def seeded_house(folder: Path) -> Seeded:
    """The demo, with a token for a member and for an operator."""
    assert main(["init", "--data", str(folder)]) == 0
    settings = Settings(folder)
    ids = ask(settings, Asked("seed-demo", SeedDemo(1, 12, 10, own_lock_keys(settings))))
    assert isinstance(ids, dict)
    return Seeded(settings, _values(ids), asyncio.run(_tokens(settings, ids["member"])))


async def _tokens(settings: Settings, person: str) -> dict[str, str | None]:
    house = await open_house(settings)

    def create(unit: Unit) -> dict[str, str | None]:
        member = create_token(unit, ("book",), None, person)
        return {
            "anyone": None, "member": member, "operator": create_token(unit, ("operate",), None)
        }  # fmt: skip

    try:
        return await house.ledger.work(["house"], create)
    finally:
        await house.close()


def _values(ids: dict[str, Any]) -> dict[str, list[str]]:
    noon = datetime.now(UTC).replace(hour=12, minute=0, second=0, microsecond=0)
    days = [noon + timedelta(days=n) for n in range(1, 9)]
    return {
        "sites": [ids["site"], ids["site2"]],
        "resources": [ids["resource"]],
        "bookings": [ids["booking"]],
        "people": [ids["member"]],
        "passes": [each["id"] for each in ids["passes"].values()],
        "doors": [ids["door"], ids["door2"]],
        "days": [day.date().isoformat() for day in days],
        "rrules": ["FREQ=WEEKLY;COUNT=3", "FREQ=DAILY;COUNT=5", "FREQ=WEEKLY;UNTIL=20300101"],
        "starts": [*((day + timedelta(hours=n)).isoformat() for n, day in enumerate(days)), *_ODD],
        "ends": [
            *((day + timedelta(hours=n + 1)).isoformat() for n, day in enumerate(days)),
            *_ODD,
        ],
    }


def _config(seeded: Seeded, token: str | None, count: int, seed: int) -> SchemathesisConfig:
    often = {
        "query.site": "sites",
        "query.resource": "resources",
        "query.date": "days",
        "path.booking_id": "bookings",
        "path.pass_id": "passes",
        "path.door_id": "doors",
        "body.resource": "resources",
        "body.person": "people",
        "body.start": "starts",
        "body.end": "ends",
        "body.rrule": "rrules",
        "body.date": "days",
    }
    return SchemathesisConfig.from_dict(
        {
            "seed": seed,
            "suppress-health-check": ["all"],
            "dictionaries": {name: {"values": each} for name, each in seeded.values.items()},
            "parameters": {
                name: {"dictionary": values, "probability": 0.8} for name, values in often.items()
            },
            "generation": {"max-examples": count, "deterministic": True, "database": "none"},
            "checks": {
                # A rule that refuses well-formed data is what the API is for.
                "positive_data_acceptance": {"expected-statuses": ["2xx", "4xx"]},
                "unsupported_method": {"enabled": True},
            },
            "auth": {"openapi": {"token": {"bearer": token}}} if token else {},
        }
    )


def _ask_all(where: tuple[str, str], config: SchemathesisConfig, summary: ApiSummary) -> None:
    url, paths = where
    schema = schemathesis.openapi.from_url(f"{url}/openapi.json", config=config)
    chosen = schema.include(path_regex=paths)
    summary.operations = max(summary.operations, sum(1 for _ in chosen.get_all_operations()))
    for event in from_schema(chosen).execute():
        if isinstance(event, NonFatalError):
            _add(summary, f"{event.label}: {event.value!r}")
        if isinstance(event, ScenarioFinished):
            _count(event.recorder, summary)


def _count(recorder: ScenarioRecorder, summary: ApiSummary) -> None:
    for interaction in recorder.interactions.values():
        summary.requests += 1
        if interaction.response is not None:
            status = interaction.response.status_code
            summary.answers[status] = summary.answers.get(status, 0) + 1
    for told in _failures(recorder):
        _add(summary, told)


def _failures(recorder: ScenarioRecorder) -> Iterator[str]:
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.status is Status.FAILURE:
                why = check.failure_info.failure if check.failure_info else None
                code = recorder.cases[case_id].value.as_curl_command()
                yield f"{recorder.label}: {check.name}: {why!s} | {code}"[:2000]


def _add(summary: ApiSummary, told: str) -> None:
    if len(summary.broken) < _MOST_TOLD:
        summary.broken.append(told)

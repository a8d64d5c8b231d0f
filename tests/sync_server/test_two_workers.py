"""PostgreSQL with two servers side by side: whatever one does, the other knows."""

import asyncio
import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.visit import Visit
from ledger.codec import canonical
from ledger.migrate import migrate
from sync_server.main import main
from sync_server.settings import Settings
from tests.ledger.throw_away_postgresql import throw_away_postgresql
from tests.sync_server.conftest import Demo, one_entry
from tests.sync_server.doorman import Doorman
from tests.sync_server.lobby import Lobby, enrolled_lobby
from tests.sync_server.outgoing import send_due
from tests.sync_server.postbox import open_postbox
from tests.sync_server.running import MovableClock, running
from tests.sync_server.seen import all_states, events_of
from tests.sync_server.test_push import arrival


@dataclass(frozen=True, slots=True)
class Pair:
    """Two servers on one database and one data directory."""

    one: httpx.Client
    two: httpx.Client
    demo: Demo
    settings: Settings

    def run(self, *arguments: object) -> str:
        return run(*arguments, settings=self.settings).splitlines()[-1]


def run(*arguments: object, settings: Settings) -> str:
    out = StringIO()
    where = ("--data", settings.data, "--database-url", settings.database_url)
    with redirect_stdout(out):
        assert main([str(each) for each in (*arguments, *where)]) == 0
    return out.getvalue().strip()


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Settings]:
    with throw_away_postgresql() as cluster:
        folder: Path = tmp_path_factory.mktemp("pair") / "house"
        yield Settings(folder, database_url=cluster.create())


@pytest.fixture(scope="module")
def pair(settings: Settings) -> Iterator[Pair]:
    run("init", settings=settings)
    arguments = ("seed-demo", "--members", 12, "--bookings", 10)
    ids: dict[str, Any] = json.loads(run(*arguments, settings=settings))
    with (
        running(settings) as one,
        running(settings) as two,
        httpx.Client(base_url=one.url, trust_env=False) as first,
        httpx.Client(base_url=two.url, trust_env=False) as second,
    ):
        yield Pair(first, second, Demo(settings.data, ids), settings)


@pytest.fixture
def lobby(pair: Pair) -> Lobby:
    code = pair.run("add-kiosk", "--site", pair.demo.ids["site"])
    return enrolled_lobby(pair.one, code)


def test_founding_twice_is_founding_once(pair: Pair) -> None:
    migrate(pair.settings.database_url)
    assert "stood already" in pair.run("init")


def test_a_token_of_one_worker_is_known_to_the_other(pair: Pair, lobby: Lobby) -> None:
    page = lobby.everything(lobby.stream)
    lobby.http = pair.two
    assert lobby.everything(lobby.stream).states == page.states
    lobby.push(arrival(lobby, pair.demo))
    lobby.http = pair.one
    assert lobby.pull(lobby.stream, page.to, page.hash).states


def test_a_challenge_is_good_once_whoever_hears_it(pair: Pair, lobby: Lobby) -> None:
    signed = canonical(lobby.signed_hello())
    assert pair.two.post("/sync/v1/hello", content=signed).status_code == 200
    assert pair.one.post("/sync/v1/hello", content=signed).status_code == 401


def test_sixteen_at_once_at_two_workers_with_a_pass_for_one_entry(pair: Pair) -> None:
    code = asyncio.run(one_entry(pair.settings, pair.demo))
    token = pair.run("token", "create", "--scope", "check-in")
    doormen = [Doorman(http, token, pair.demo.ids["door"]) for http in (pair.one, pair.two)]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: doormen[n % 2].ask(code), range(16)))
    assert sorted(answer.status_code for answer in answers) == [201] + [403] * 15


def test_wrong_short_codes_count_together_at_both_workers_and_all_places(pair: Pair) -> None:
    token = pair.run("token", "create", "--scope", "check-in")
    ways = [(pair.one, pair.demo.ids["door"]), (pair.two, pair.demo.ids["site2"])]
    doormen = [Doorman(http, token, place) for http, place in ways]
    with ThreadPoolExecutor(16) as pool:
        answers = list(pool.map(lambda n: doormen[n % 2].ask("0000000000").status_code, range(16)))
    assert (answers.count(403), answers.count(429)) == (5, 11)


def test_the_same_push_at_both_workers_at_once_is_recorded_once(pair: Pair, lobby: Lobby) -> None:
    event = arrival(lobby, pair.demo, "host")
    before = dict(all_states(pair.settings, "visit", Visit)).get(event.subject)
    other = replace(lobby, http=pair.two)
    with ThreadPoolExecutor(8) as pool:
        replies = list(pool.map(lambda n: (lobby, other)[n % 2].push(event), range(8)))
    statuses = sorted(reply.results[0].status.value for reply in replies)
    assert statuses == ["applied"] + ["duplicate"] * 7
    assert events_of(pair.settings, event.id)
    after = dict(all_states(pair.settings, "visit", Visit))[event.subject]
    assert after.entries == (before.entries if before else 0) + 1


def test_two_senders_share_the_outbox(pair: Pair) -> None:
    pair.run("issue-pass", "--person", pair.demo.ids["member"], "--mail")
    clock = MovableClock()

    async def both(settings: Settings) -> None:
        await asyncio.gather(*(send_due(settings, clock) for _ in range(4)))

    with open_postbox() as postbox:
        asyncio.run(both(replace(pair.settings, smtp=f"127.0.0.1:{postbox.port}")))
    assert len(postbox.mails) == len({mail["Message-ID"] for mail in postbox.mails})


def test_the_log_is_whole(pair: Pair) -> None:
    assert "as it was written" in pair.run("verify-log")

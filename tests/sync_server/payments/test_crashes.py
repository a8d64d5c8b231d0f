"""Servers killed while a provider is being asked, and two of them at once: money counts once."""

import asyncio
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from domain.payment import Payment, PaymentStatus
from ledger.codec import canonical
from sync_server.house import open_house
from sync_server.main import main
from sync_server.payments.reconciling import Reconciler
from sync_server.payments.signing import HEADER, signature
from sync_server.payments.simulated import Hint
from sync_server.settings import Settings, as_environment
from sync_server.use_cases.payment_timers import look_again_at
from tests.end_to_end.processes import BIN, Process, free_port, wait_until
from tests.ledger.throw_away_postgresql import throw_away_postgresql
from tests.sync_server.payments.counter import EUR_25, Counter
from tests.sync_server.payments.simulator_process import Simulator, running_simulator

T = TypeVar("T")
S = PaymentStatus
START_S = 60.0
"""A server beside others on a busy machine takes its time to start."""
SITE = "0190a1b2-0000-7000-8000-00000000c0de"


@dataclass(frozen=True, slots=True)
class Trial:
    """A house, its provider, and servers that are started and killed."""

    settings: Settings
    simulator: Simulator
    folder: Path
    servers: list[Process] = field(default_factory=list)

    def serve(self) -> tuple[Process, str]:
        port = free_port()
        settings = replace(self.settings, port=port)
        environment = [f"{name}={value}" for name, value in as_environment(settings).items()]
        command = ["env", *environment, BIN / "foyer-server", "serve"]
        url = f"http://127.0.0.1:{port}"
        process = Process(command, self.folder / "log")
        self.servers.append(process)
        ready = lambda: process.has_ended or answers(url)  # noqa: E731
        wait_until(ready, "the server never answered", START_S)
        assert not process.has_ended, (self.folder / "log").read_text()
        return process, url

    def behind(
        self, act: Callable[[Counter], Coroutine[Any, Any, T]], ago: timedelta = timedelta()
    ) -> T:
        """What somebody did in the house some time ago."""

        async def go() -> T:
            provider = self.simulator.provider()
            house = await open_house(self.settings, lambda: datetime.now(UTC) - ago)
            try:
                reconciler = Reconciler(house, {provider.name: provider})
                return await act(Counter(house, SITE, reconciler))
            finally:
                await provider.close()
                await house.close()

        return asyncio.run(go())

    def payment(self, payment_id: str) -> Payment:
        return self.behind(lambda counter: counter.payment(payment_id))

    def statuses(self, payment_ids: tuple[str, ...]) -> list[PaymentStatus]:
        async def act(counter: Counter) -> list[PaymentStatus]:
            return [(await counter.payment(id_)).status for id_ in payment_ids]

        return self.behind(act)

    def comes_to(self, payment_ids: tuple[str, ...], wanted: list[PaymentStatus]) -> None:
        """Waited for; fails with what became of them instead."""
        ends, pause = time.monotonic() + START_S, threading.Event()
        while (found := self.statuses(payment_ids)) != wanted:
            assert time.monotonic() < ends, found
            pause.wait(0.3)

    def events(self, payment_id: str) -> list[str]:
        return self.behind(lambda counter: counter.events(payment_id))

    def due_now(self, *payment_ids: str) -> None:
        """As if the minute had passed for which a dead server still holds them."""

        async def act(counter: Counter) -> None:
            for id_ in payment_ids:
                await counter.work(
                    lambda unit, id_=id_: look_again_at(  # type: ignore[misc]
                        unit, SITE, id_, unit.now - timedelta(seconds=1)
                    )
                )

        self.behind(act)


def answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/readyz", trust_env=False, timeout=30).status_code == 200
    except httpx.TransportError:
        return False


@pytest.fixture(params=["sqlite", "postgresql"])
def trial(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Trial]:
    if request.param == "sqlite":
        yield from _trial(tmp_path, "")
        return
    with throw_away_postgresql() as cluster:
        yield from _trial(tmp_path, cluster.create())


def _trial(folder: Path, database_url: str) -> Iterator[Trial]:
    house = folder / "house"
    where = ["--database-url", database_url] if database_url else []
    assert main(["init", "--data", str(house), *where]) == 0
    with running_simulator(folder) as simulator:
        settings = Settings(
            house,
            database_url=database_url,
            payments="simulated",
            payments_url=simulator.url,
            payments_secret_file=str(simulator.secret_file),
        )
        trial = Trial(settings, simulator, folder)
        try:
            yield trial
        finally:
            for server in trial.servers:
                server.kill()


async def _asked(counter: Counter, **changes: Any) -> tuple[str, str]:
    payment_id = await counter.started(**changes)
    await counter.reconciler.step(payment_id)
    return payment_id, (await counter.payment(payment_id)).reference


def _four(trial: Trial) -> tuple[str, str, str, str]:
    """One that no provider heard of, one that is paid, one to be refunded, one that is over."""

    async def lately(counter: Counter) -> tuple[str, str, str]:
        fresh = await counter.started()
        paid, reference = await _asked(counter)
        await asyncio.to_thread(trial.simulator.press, reference, "quiet")
        refunded, reference = await _asked(counter)
        await asyncio.to_thread(trial.simulator.press, reference, "quiet")
        await counter.reconciler.step(refunded)
        await counter.refund(refunded, "r1", 500)
        return fresh, paid, refunded

    fresh, paid, refunded = trial.behind(lately, timedelta(minutes=2))
    ends = datetime.now(UTC) + timedelta(seconds=2)
    over, _ = trial.behind(lambda counter: _asked(counter, expires_at=ends))
    wait_until(lambda: datetime.now(UTC) > ends, "time stood still")
    return fresh, paid, refunded, over


@pytest.mark.parametrize("mood", ["hangs", "stalls"])
def test_a_server_killed_while_it_asks_loses_nothing_and_does_nothing_twice(
    trial: Trial, mood: str
) -> None:
    """`hangs`: the provider has done nothing yet; `stalls`: it has, and nobody noted it."""
    four = _four(trial)
    fresh, paid, refunded, over = four
    trial.simulator.expect(*[mood] * 4)
    server, _ = trial.serve()
    wait_until(lambda: trial.simulator.expect() == 4, "not all were asked for", START_S)
    server.kill()
    assert trial.statuses(four) == [S.CREATED, S.PENDING, S.PAID, S.PENDING]

    trial.due_now(*four)
    trial.serve()
    trial.comes_to(four, [S.PENDING, S.PAID, S.PARTLY_REFUNDED, S.EXPIRED])

    asked = ["PaymentCreated", "PaymentPending"]
    assert trial.events(fresh) == asked
    assert trial.events(paid) == [*asked, "PaymentPaid"]
    assert trial.events(refunded) == [
        *asked,
        "PaymentPaid",
        "RefundAsked",
        "PaymentRefunded",
        "RefundEnded",
    ]
    assert trial.events(over) == [*asked, "PaymentExpired"]
    assert (trial.payment(paid).paid_cents, trial.payment(refunded).refunded_cents) == (EUR_25, 500)


@pytest.mark.parametrize("trial", ["postgresql"], indirect=True)
def test_two_servers_that_look_and_listen_at_once_count_each_payment_once(trial: Trial) -> None:
    async def sold(counter: Counter) -> list[tuple[str, str, str]]:
        found = []
        await counter.is_there()
        for _ in range(8):
            day_pass = await counter.sold()
            payment_id = await counter.started(day_pass)
            await counter.reconciler.step(payment_id)
            reference = (await counter.payment(payment_id)).reference
            await asyncio.to_thread(trial.simulator.press, reference, "quiet")
            found.append((day_pass, payment_id, reference))
        return found

    sales = trial.behind(sold, timedelta(minutes=2))
    servers = [trial.serve(), trial.serve()]

    def tell(url: str, reference: str) -> int:
        body = canonical(Hint(reference))
        signed = {HEADER: signature(trial.simulator.secret, body, datetime.now(UTC))}
        hook = f"{url}/pay/hook/simulated"
        return httpx.post(
            hook, content=body, headers=signed, trust_env=False, timeout=30
        ).status_code

    calls = [(url, reference) for _, _, reference in sales for _, url in servers]
    with ThreadPoolExecutor(8) as pool:
        answered = list(pool.map(lambda call: tell(*call), calls * 2))
    assert set(answered) == {204}

    async def recorded(counter: Counter) -> set[tuple[str, ...]]:
        ids = [id_ for day_pass, payment_id, _ in sales for id_ in (day_pass, payment_id)]
        return {tuple(await counter.events(id_)) for id_ in ids}

    assert trial.behind(recorded) == {
        ("DayPassSold", "DayPassPaid"),
        ("PaymentCreated", "PaymentPending", "PaymentPaid"),
    }

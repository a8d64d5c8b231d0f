"""A provider's call makes the house look, and is otherwise not believed."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from domain.payment import PaymentStatus
from ledger.codec import canonical
from sync_server.house import open_house
from sync_server.payments.hints import BURST, HintGate
from sync_server.payments.reconciling import Reconciler
from sync_server.payments.signing import FRESH, HEADER, signature
from sync_server.payments.simulated import Hint
from sync_server.settings import Settings
from tests.sync_server.conftest import Demo
from tests.sync_server.payments.counter import Counter
from tests.sync_server.payments.simulator_process import Simulator, running_simulator
from tests.sync_server.running import RunningServer, running

PATH = "/pay/hook/simulated"


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Simulator]:
    with running_simulator(tmp_path) as started:
        yield started


@pytest.fixture
def server(settings: Settings, simulator: Simulator) -> Iterator[RunningServer]:
    paid = replace(
        settings,
        payments="simulated",
        payments_url=simulator.url,
        payments_secret_file=str(simulator.secret_file),
    )
    with running(paid) as served:
        yield served


@pytest.fixture
async def counter(server: RunningServer, demo: Demo) -> AsyncIterator[Counter]:
    """Beside the running server, which alone asks the provider, as soon as it looks."""
    server.clock.ahead += timedelta(minutes=1)
    house = await open_house(server.settings)
    yield Counter(house, demo.ids["site"], Reconciler(house, {}))
    await house.close()


async def until(counter: Counter, payment_id: str, status: PaymentStatus) -> None:
    ends = time.monotonic() + 10
    while (await counter.payment(payment_id)).status is not status:
        assert time.monotonic() < ends, (await counter.payment(payment_id)).status
        await asyncio.sleep(0.05)


async def called(http: httpx.Client, body: bytes, signed: str) -> int:
    answer = await asyncio.to_thread(http.post, PATH, content=body, headers={HEADER: signed})
    return answer.status_code


async def test_a_call_of_the_simulator_settles_what_was_paid_at_its_page(
    counter: Counter, server: RunningServer, simulator: Simulator
) -> None:
    day_pass = await counter.sold()
    payment_id = await counter.started(day_pass)
    await until(counter, payment_id, PaymentStatus.PENDING)
    simulator.kill()
    simulator.hook = f"{server.url}{PATH}"
    simulator.start()
    reference = (await counter.payment(payment_id)).reference
    answer = await asyncio.to_thread(simulator.press, reference, "pay")
    assert (answer.status_code, "/pay/" in answer.headers["location"]) == (303, True)
    await until(counter, payment_id, PaymentStatus.PAID)
    assert await counter.is_paid(day_pass)


async def test_the_body_says_where_to_look_and_nothing_else_is_believed(
    counter: Counter, simulator: Simulator, http: httpx.Client
) -> None:
    payment_id = await counter.started()
    await until(counter, payment_id, PaymentStatus.PENDING)
    reference = (await counter.payment(payment_id)).reference
    lie = b'{"paid_cents":2500,"reference":"%s"}' % reference.encode()
    now = datetime.now(UTC)
    assert await called(http, lie, signature(simulator.secret, lie, now)) == 204
    assert (await counter.payment(payment_id)).paid_cents == 0
    await asyncio.to_thread(simulator.press, reference, "quiet")
    assert await called(http, lie, signature(simulator.secret, lie, now)) == 204
    assert (await counter.payment(payment_id)).paid_cents == 2500


@pytest.mark.parametrize("wrong", ["", "t=,v1=", "t=1,v1=00", "t=²,v1=00", "other", "old", "ü"])
async def test_a_call_that_is_not_the_providers_is_turned_away(
    simulator: Simulator, http: httpx.Client, wrong: str
) -> None:
    body, now = canonical(Hint("ref")), datetime.now(UTC)
    signed = {
        "other": signature(b"another secret", body, now),
        "old": signature(simulator.secret, body, now - FRESH - timedelta(seconds=2)),
    }.get(wrong, wrong)
    headers = [(HEADER.encode(), signed.encode())]
    answer = await asyncio.to_thread(http.post, PATH, content=body, headers=headers)
    assert (answer.status_code, answer.json()) == (403, {"code": "not_signed"})


async def test_calls_that_lead_nowhere_are_answered_and_change_nothing(
    simulator: Simulator, http: httpx.Client
) -> None:
    for body in (canonical(Hint("never heard of it")), canonical(Hint("../../moods"))):
        assert await called(http, body, signature(simulator.secret, body, datetime.now(UTC))) == 204
    for body in (b"", b"[]", b'{"reference":1}'):
        assert await called(http, body, signature(simulator.secret, body, datetime.now(UTC))) == 403
    too_long = b" " * 20_000
    assert await called(http, too_long, "") == 413
    nobody = await asyncio.to_thread(http.post, "/pay/hook/somebody", content=b"{}")
    assert nobody.status_code == 404


async def test_a_provider_that_is_away_is_asked_to_call_again(
    counter: Counter, simulator: Simulator, http: httpx.Client
) -> None:
    payment_id = await counter.started()
    await until(counter, payment_id, PaymentStatus.PENDING)
    body = canonical(Hint((await counter.payment(payment_id)).reference))
    simulator.kill()
    assert await called(http, body, signature(simulator.secret, body, datetime.now(UTC))) == 503


def test_a_flood_of_calls_is_let_in_no_faster_than_it_can_be_looked_at() -> None:
    now_s = 0.0
    gate = HintGate(lambda: now_s)
    assert [gate.lets_in() for _ in range(BURST + 3)] == [True] * BURST + [False] * 3
    now_s = 0.2
    assert [gate.lets_in() for _ in range(6)] == [True] * 4 + [False] * 2
    now_s = 1e6
    assert [gate.lets_in() for _ in range(BURST + 1)].count(True) == BURST

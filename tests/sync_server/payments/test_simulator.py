"""The simulated provider as a program: every button, both languages, and a memory that lasts."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from domain.payment import Ended
from sync_server.payments.ports import Order, ProviderAway, Told
from sync_server.payments.simulated import SimulatedProvider
from sync_server.payments.simulator.words import KEYS, say
from tests.sync_server.payments.simulator_process import Simulator, running_simulator

BACK = "https://house.example/pay/token?back=1"


@pytest.fixture(scope="module")
def simulator(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Simulator]:
    with running_simulator(tmp_path_factory.mktemp("simulator")) as started:
        yield started


def order(id_: str, language: str = "en", what: str = "Kiln") -> Order:
    return Order(id_, 6400, "EUR", datetime.now(UTC) + timedelta(hours=1), BACK, language, what)


def created(simulator: Simulator, asked: Order) -> str:
    async def create() -> str:
        provider = simulator.provider()
        told = await provider.create(asked)
        await provider.close()
        return told.fact.reference

    return asyncio.run(create())


def looked(simulator: Simulator, reference: str) -> Told:
    async def look() -> Told:
        provider = simulator.provider()
        told = await provider.look(reference)
        await provider.close()
        return told

    return asyncio.run(look())


@pytest.mark.parametrize(
    ("act", "paid", "ended"),
    [
        ("pay", 6400, None),
        ("decline", 0, Ended.FAILED),
        ("expire", 0, Ended.EXPIRED),
        ("late", 0, None),
    ],
)
def test_a_button_does_what_it_says_and_leads_back_to_the_house(
    simulator: Simulator, act: str, paid: int, ended: Ended | None
) -> None:
    reference = created(simulator, order(f"button-{act}"))
    answer = simulator.press(reference, act)
    assert (answer.status_code, answer.headers["location"]) == (303, BACK)
    if act != "late":
        fact = looked(simulator, reference).fact
        assert (fact.paid_cents, fact.ended) == (paid, ended)
    again = simulator.press(reference, "pay")
    assert again.status_code == 200, "it is over: the page says how it ended"
    assert BACK in again.text


def test_paid_without_a_call_back_stays_at_the_provider(simulator: Simulator) -> None:
    reference = created(simulator, order("quiet"))
    assert "is paid." in simulator.press(reference, "quiet").text
    assert looked(simulator, reference).fact.paid_cents == 6400


def test_a_crash_between_takes_the_money_and_answers_nothing(simulator: Simulator) -> None:
    reference = created(simulator, order("crash"))
    with pytest.raises(httpx.TransportError):
        simulator.press(reference, "crash")
    assert looked(simulator, reference).fact.paid_cents == 6400


def test_what_it_knows_survives_a_kill(tmp_path: Path) -> None:
    with running_simulator(tmp_path) as simulator:
        asked = order("lasting")
        reference = created(simulator, asked)
        simulator.press(reference, "quiet")
        simulator.kill()
        simulator.start()
        assert created(simulator, asked) == reference
        assert looked(simulator, reference).fact.paid_cents == 6400


@pytest.mark.parametrize(("language", "pay"), [("en", "Pay €64"), ("de", "64\u00a0€ zahlen")])
def test_the_page_speaks_the_payers_language_and_trusts_no_name(
    simulator: Simulator, language: str, pay: str
) -> None:
    reference = created(simulator, order(f"page-{language}", language, "<b>Kiln</b>"))
    page = simulator.ask("GET", f"/pay/{reference}")
    assert f'lang="{language}"' in page.text
    assert pay in page.text
    assert "<b>Kiln</b>" not in page.text
    assert "form-action 'self' https://house.example" in page.headers["content-security-policy"]
    for path in re.findall(r'(?:href|src)="(/[^"]+)"', page.text):
        assert simulator.ask("GET", path).status_code == 200
    for path in re.findall(r"url\((/[^)]+)\)", simulator.ask("GET", "/look/page.css").text):
        assert simulator.ask("GET", path).status_code == 200


def test_every_word_is_there_in_both_languages() -> None:
    for key in KEYS:
        english, german = (say(key, order("w", each), seconds=20) for each in ("en", "de"))
        assert english
        assert english != german
        assert "{" not in english + german


def test_nobody_without_the_secret_is_answered(simulator: Simulator) -> None:
    reference = created(simulator, order("secret"))
    for headers in ({}, {"authorization": "Bearer 00"}):
        for method, path in (
            ("POST", ""),
            ("GET", f"/{reference}"),
            ("POST", f"/{reference}/cancel"),
        ):
            answer = simulator.ask(method, f"/v1/payments{path}", headers=headers, json={})
            assert (answer.status_code, answer.json()) == (401, {"code": "no_token"})
        simulator.ask("POST", "/moods", params={"mood": ["away"]}, headers=headers)
    assert looked(simulator, reference).fact.paid_cents == 0
    assert simulator.ask("GET", "/pay/nobody").status_code == 404
    assert simulator.press("nobody", "pay").status_code == 404


@pytest.mark.parametrize("mood", ["away", "mumbles", "loses", "hangs", "stalls"])
async def test_every_bad_day_is_one_kind_of_trouble_and_never_lasts_long(
    simulator: Simulator, mood: str
) -> None:
    provider = simulator.provider(patience_s=0.3)
    simulator.expect(mood)
    with pytest.raises(ProviderAway):
        await provider.create(order(f"day-{mood}"))
    assert (await provider.create(order(f"day-{mood}"))).fact.reference
    await provider.close()


async def test_nobody_at_that_address_is_away_too() -> None:
    provider = SimulatedProvider("http://127.0.0.1:9", b"secret", 0.5)
    with pytest.raises(ProviderAway):
        await provider.look("ref")
    await provider.close()

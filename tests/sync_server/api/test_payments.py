"""Payments for programs: seen by whom they belong to, given back by operators alone."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from domain.payment import PaymentPaid, PaymentPending
from ledger.unit import Unit
from sync_server.house import open_house
from sync_server.use_cases.payments import PayWish, record, start_payment
from tests.sync_server.api.conftest import Programs
from tests.sync_server.booking.town import MEMBER, SITE, STREAM

PAID = (PaymentPending("ref", "https://pay.example/ref"), PaymentPaid(2500, "card"))


def has_payment(programs: Programs, *events: Any) -> str:
    """A payment of the member's, with whatever happened to it."""

    def work(unit: Unit) -> str:
        until = unit.now + timedelta(minutes=10)
        wish = PayWish("booking", "b1", 2500, "EUR", MEMBER, "simulated", until)
        payment_id = start_payment(unit, SITE, wish)
        assert isinstance(payment_id, str)
        record(unit, SITE, payment_id, *events)
        return payment_id

    async def go() -> str:
        house = await open_house(programs.server.settings, programs.server.clock)
        try:
            return await house.ledger.work([STREAM], work)
        finally:
            await house.close()

    return asyncio.run(go())


def refund(programs: Programs, payment_id: str, cents: Any, **of: Any) -> Any:
    headers = {"Idempotency-Key": of.pop("key", "k1")}
    path = f"/payments/{payment_id}/refunds"
    return programs.ask("POST", path, of.get("asker", "operator"), json={"cents": cents},
                        headers=headers)  # fmt: skip


def test_a_payment_is_told_whole_in_the_site_s_time(programs: Programs) -> None:
    payment_id = has_payment(programs, *PAID)
    told = programs.ask("GET", f"/payments/{payment_id}").json()
    assert (told["id"], told["status"], told["method"]) == (payment_id, "paid", "card")
    assert (told["amount_cents"], told["paid_cents"], told["refunded_cents"]) == (2500, 2500, 0)
    assert (told["currency"], told["for_kind"], told["for_id"]) == ("EUR", "booking", "b1")
    assert told["created_at"].startswith("2026-05-14T10:0")
    assert told["created_at"].endswith("+02:00")
    assert (told["refunds"], "/pay/" in told["page"]) == ([], True)
    assert payment_id not in told["page"]
    assert "ref" not in told, "the provider's own id is nobody else's business"


@pytest.mark.parametrize(
    ("asker", "status"),
    [
        ("member", 200),
        ("operator", 200),
        ("auditor", 200),
        ("other", 404),
        ("operator_elsewhere", 404),
        ("door", 401),
        (None, 401),
    ],
)
def test_a_payment_is_seen_by_its_payer_and_the_site_s_people(
    programs: Programs, asker: str | None, status: int
) -> None:
    payment_id = has_payment(programs)
    assert programs.ask("GET", f"/payments/{payment_id}", asker).status_code == status


@pytest.mark.parametrize(
    ("asker", "status"),
    [
        ("operator", 202),
        ("member", 403),
        ("auditor", 403),
        ("other", 404),
        ("operator_elsewhere", 404),
        ("door", 401),
        (None, 401),
    ],
)
def test_money_is_given_back_by_operators_of_the_site_alone(
    programs: Programs, asker: str | None, status: int
) -> None:
    payment_id = has_payment(programs, *PAID)
    assert refund(programs, payment_id, 500, asker=asker).status_code == status


def test_a_refund_is_on_its_way_once_for_each_key(programs: Programs) -> None:
    payment_id = has_payment(programs, *PAID)
    for _ in range(2):
        answer = refund(programs, payment_id, 500)
        assert answer.status_code == 202
        assert [each["cents"] for each in answer.json()["refunds"]] == [500]
        assert answer.json()["refunds"][0]["status"] == "asked"
    assert refund(programs, payment_id, 400).json()["code"] == "id_reused"
    assert refund(programs, payment_id, 2001, key="k2").json()["code"] == "more_than_paid"
    assert refund(programs, payment_id, 2000, key="k2").status_code == 202


@pytest.mark.parametrize(
    ("cents", "status", "code"),
    [
        (2501, 409, "more_than_paid"),
        (0, 422, "no_amount"),
        (-1, 422, "no_amount"),
        ("5", 422, "bad_body"),
        (5.5, 422, "bad_body"),
        (2**60, 422, "bad_body"),
    ],
)
def test_what_cannot_go_back_is_told_in_words(
    programs: Programs, cents: Any, status: int, code: str
) -> None:
    answer = refund(programs, has_payment(programs, *PAID), cents)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.json()["sentence"]


def test_nothing_goes_back_of_what_never_came(programs: Programs) -> None:
    answer = refund(programs, has_payment(programs), 500)
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_paid")
    assert refund(programs, "no-such-payment", 500).status_code == 404

"""What an operator sets to be paid by link, and the links themselves."""

import secrets
from pathlib import Path

import pytest

from ledger.errors import OpenToOthers
from ledger.secret_file import write_secret
from sync_server.house import open_house
from sync_server.links import (
    Links,
    pass_of_token,
    pass_token,
    payment_of_token,
    payment_token,
)
from sync_server.payments.choosing import providers_of, secret_of
from sync_server.settings import BadSettings, Settings, load_settings

PAYMENT = "0190a1b2-0000-7000-8000-000000000001"


def test_without_a_provider_people_pay_by_invoice_or_at_the_desk(tmp_path: Path) -> None:
    assert providers_of(Settings(tmp_path)) == {}
    assert secret_of(Settings(tmp_path)) == b""


@pytest.mark.parametrize(
    "flags",
    [
        {"payments": "simulated"},
        {"payments": "simulated", "payments_url": "http://127.0.0.1:9"},
        {"payments": "simulated", "payments_url": "127.0.0.1:9", "payments_secret_file": "f"},
        {"payments": "barter", "payments_url": "http://x", "payments_secret_file": "f"},
    ],
)
def test_settings_that_cannot_be_meant_are_told(tmp_path: Path, flags: dict[str, str]) -> None:
    with pytest.raises(BadSettings, match="payments-url"):
        load_settings({"data": tmp_path, **flags}, {})


async def test_the_secret_lies_in_a_file_of_its_owner_alone(tmp_path: Path) -> None:
    file = tmp_path / "secret"
    flags = {"payments": "simulated", "payments_url": "http://127.0.0.1:9"}
    settings = load_settings({"data": tmp_path, **flags, "payments_secret_file": str(file)}, {})
    with pytest.raises(BadSettings, match="cannot be read"):
        secret_of(settings)
    write_secret(file, secrets.token_hex(32))
    (provider,) = providers_of(settings).values()
    assert (provider.name, provider.page_origin) == ("simulated", "http://127.0.0.1:9")
    await provider.close()
    file.chmod(0o644)
    with pytest.raises(OpenToOthers):
        secret_of(settings)


async def test_a_link_is_the_payments_alone_and_cannot_be_made_up(settings: Settings) -> None:
    house = await open_house(settings)
    keys = house.keys
    token = payment_token(keys, PAYMENT)
    assert payment_of_token(keys, token) == PAYMENT
    assert Links("https://house.example").payment(token) == f"https://house.example/pay/{token}"
    assert PAYMENT.replace("-", "") not in token
    for at in range(len(token)):
        other = "A" if token[at] != "A" else "B"
        assert payment_of_token(keys, token[:at] + other + token[at + 1 :]) is None
    for wrong in ("", token[:-1], token + "=", token + "A", pass_token(keys, "ab" * 8), "ü"):
        assert payment_of_token(keys, wrong) is None
    assert pass_of_token(keys, token) is None
    await house.close()

"""The connection to the broker: encrypted where asked, never with what it cannot verify."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from doors.address import BrokerAddress
from doors.mqtt_connection import MqttConnection
from doors.mqtt_session import Subscription
from installers.broker import Account, RunningBroker, start_broker

PATIENCE_S = 10.0


def certificate_in(folder: Path) -> tuple[Path, Path]:
    chain, key = folder / "chain.pem", folder / "key.pem"
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=localhost"),
            *("-addext", "subjectAltName=IP:127.0.0.1", "-out", str(chain), "-keyout", str(key)),
        ],
        check=True,
        capture_output=True,
    )
    return chain, key


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[RunningBroker]:
    account = Account("kiosk", "secret", ("foyer/#",), ("foyer/#",))
    broker = start_broker(tmp_path / "broker", [account], certificate_in(tmp_path))
    yield broker
    broker.stop()


async def connects(address: BrokerAddress, timeout_s: float) -> bool:
    links: list[bool] = []
    connection = MqttConnection(
        address, (Subscription("foyer/x"),), lambda _arrival: None, links.append
    )
    await connection.start()
    connected = await connection.wait_connected(timeout_s)
    assert (connection.publish("foyer/x", b"{}", 2) is not None) is connected
    await connection.stop()
    assert links == ([True, False] if connected else [])
    return connected


async def test_an_encrypted_broker_is_reached_by_who_knows_its_authority(
    encrypted: RunningBroker, tmp_path: Path
) -> None:
    chain = str(tmp_path / "chain.pem")
    assert await connects(
        BrokerAddress("127.0.0.1", encrypted.port, "kiosk", "secret", chain), PATIENCE_S
    )


async def test_an_encrypted_broker_that_cannot_be_verified_is_not_used(
    encrypted: RunningBroker, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    stranger = str(certificate_in(other)[0])
    for ca_file in (stranger, None, str(tmp_path / "missing.pem")):
        address = BrokerAddress("127.0.0.1", encrypted.port, "kiosk", "secret", ca_file)
        assert not await connects(address, 0.3)


def test_a_password_is_not_in_the_words_for_an_address() -> None:
    assert "secret" not in repr(BrokerAddress("h", 1, "kiosk", "secret"))
    assert "secret" not in repr(Account("kiosk", "secret"))

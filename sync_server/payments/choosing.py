"""Which payment providers a house has, by its settings."""

from collections.abc import Mapping
from pathlib import Path

from ledger.secret_file import read_key
from sync_server.payments import simulated
from sync_server.payments.ports import PaymentProvider
from sync_server.settings import BadSettings, Settings


def providers_of(settings: Settings) -> Mapping[str, PaymentProvider]:
    """By the name that payments keep; none where people pay by invoice or at the desk.

    Raises what `secret_of` raises.
    """
    if not settings.payments:
        return {}
    provider = simulated.SimulatedProvider(settings.payments_url, secret_of(settings))
    return {simulated.NAME: provider}


def secret_of(settings: Settings) -> bytes:
    """What the house shares with its provider; empty where there is none.

    Raises BadSettings, OpenToOthers and BrokenKeyFile with a sentence.
    """
    if not settings.payments:
        return b""
    file = Path(settings.payments_secret_file)
    try:
        return read_key(file)
    except OSError as error:
        raise BadSettings(f"The payments' secret {file} cannot be read: {error}") from error

"""Where a broker is, and who we are there."""

import re
from dataclasses import dataclass, field
from typing import Final

_PORT: Final = re.compile(r"[0-9]{1,5}")


@dataclass(frozen=True, slots=True)
class BrokerAddress:
    """Where the broker is and who we are there; with `ca_file` the connection is TLS."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    ca_file: str | None = None


def host_and_port(text: str) -> tuple[str, int] | None:
    """The parts of HOST:PORT; None for anything else."""
    host, _, port = text.rpartition(":")
    if not host or not _PORT.fullmatch(port) or int(port) not in range(1, 65_536):
        return None
    return host, int(port)

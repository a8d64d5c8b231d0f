"""Whether the address that the server is to listen on can be had."""

import errno
import socket
from typing import Any


def refused_address(host: str, port: int) -> str:
    """A sentence why `host` and `port` cannot be listened on; empty if they can."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, protocol, _, address in found:
            _try(socket.socket(family, kind, protocol), address)
    except OSError as error:  # also when the name of the host leads nowhere
        return _sentence(error.errno, host, port)
    return ""


def _try(probe: socket.socket, address: Any) -> None:
    """Bind as the server will, and let go again."""
    with probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if probe.family == socket.AF_INET6:
            probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        probe.bind(address)


def _sentence(code: int | None, host: str, port: int) -> str:
    if code == errno.EADDRINUSE:
        return f"Port {port} of {host} is taken. End what listens there, or name another: --port"
    if code == errno.EACCES:
        return f"Port {port} is not for this user. Name another with --port, from 1024 on."
    return f"{host} is no address of this machine. Name one with --host, as in 127.0.0.1."

"""Starts Debian's Mosquitto on a free loopback port with accounts and rights of its own."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from shutil import which

START_PATIENCE_S = 10.0
_LOCKS = "foyer/v1/locks"
_ALWAYS = (
    "persistence false",
    "message_size_limit 16384",
    "max_queued_messages 200",
    "set_tcp_nodelay true",
    "log_type error",
    "log_type warning",
)


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the broker and the topic filters it may read and write; nothing else."""

    user: str
    password: str = field(repr=False)
    read: tuple[str, ...] = ()
    write: tuple[str, ...] = ()


def signer_account(user: str, password: str) -> Account:
    """A kiosk or the server: asks and commands every lock and hears what they say."""
    said = tuple(f"{_LOCKS}/+/{kind}" for kind in ("ready", "report", "alive"))
    return Account(user, password, said, (f"{_LOCKS}/+/ask", f"{_LOCKS}/+/command"))


def lock_account(user: str, password: str, lock: str) -> Account:
    """A lock: hears and speaks on its own topics alone."""
    own = f"{_LOCKS}/{lock}"
    said = tuple(f"{own}/{kind}" for kind in ("ready", "report", "alive"))
    return Account(user, password, (f"{own}/ask", f"{own}/command"), said)


class RunningBroker:
    """A Mosquitto process that can also be killed, paused and started again on its port."""

    def __init__(self, config: Path, port: int) -> None:
        self._config = config
        self.port = port
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it accepts connections; raises RuntimeError if it never does."""
        program = which("mosquitto", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if program is None:
            raise RuntimeError("Mosquitto is not installed (Debian package mosquitto)")
        log = self._config.with_suffix(".log")
        with log.open("ab") as output:
            self._process = subprocess.Popen(  # noqa: S603 - our own configuration
                [program, "-c", str(self._config)], stdout=output, stderr=output
            )
        if not _accepts(self.port, self._process):
            self.kill()
            raise RuntimeError(f"Mosquitto does not start, see {log}")

    def stop(self) -> None:
        """End it as an operator would."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a crash would."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Let it hang: connections stand, nothing is answered."""
        if self._process is not None:
            self._process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGCONT)

    def _end(self, number: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.send_signal(signal.SIGCONT)
            process.send_signal(number)
            process.wait(timeout=START_PATIENCE_S)


def start_broker(
    folder: Path, accounts: Iterable[Account], certificate: tuple[Path, Path] | None = None
) -> RunningBroker:
    """A broker whose files lie in `folder`; only these accounts, only their rights.

    With `certificate` (chain file, key file) it speaks TLS alone. Raises RuntimeError if Mosquitto
    is missing or does not start.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    listed = list(accounts)
    passwords = _private(folder / "passwords", "".join(f"{a.user}:{a.password}\n" for a in listed))
    subprocess.run(  # noqa: S603 - hashes the file in place, so that no password is an argument
        [which("mosquitto_passwd") or "mosquitto_passwd", "-U", str(passwords)], check=True
    )
    rights = _private(folder / "rights", "\n".join(_rights(account) for account in listed))
    port = _free_port()
    lines = [
        f"listener {port} 127.0.0.1",
        "allow_anonymous false",
        f"password_file {passwords}",
        f"acl_file {rights}",
        *_ALWAYS,
    ]
    if os.geteuid() == 0:
        lines.append("user root")
    if certificate is not None:
        lines += [f"certfile {certificate[0]}", f"keyfile {certificate[1]}"]
    broker = RunningBroker(_private(folder / "mosquitto.conf", "\n".join(lines) + "\n"), port)
    broker.start()
    return broker


def _rights(account: Account) -> str:
    reads = (f"topic read {topic}" for topic in account.read)
    writes = (f"topic write {topic}" for topic in account.write)
    return "\n".join((f"user {account.user}", *reads, *writes, ""))


def _private(path: Path, text: str) -> Path:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")
    return path


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _accepts(port: int, process: subprocess.Popen[bytes]) -> bool:
    deadline_s = time.monotonic() + START_PATIENCE_S
    while time.monotonic() < deadline_s and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.01)  # another process: there is no event to wait for
    return False

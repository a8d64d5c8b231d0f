"""The door simulator as a process: one or more locks that speak the door protocol.

--lock and --user may be given several times, one set for each lock; the files of keys and passwords
then hold one line for each, so that no secret stands in the list of processes. The first line of
output is JSON: the control port and what is connected.
"""

import argparse
import asyncio
import json
import secrets
import signal
import sys
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from doors.address import BrokerAddress
from doors.simulator.control import DoorControl
from doors.simulator.door import SimulatedDoor, opening_line
from doors.simulator.lock import LockSetup, Opening, SimulatedLock

CONNECT_PATIENCE_S = 10.0


def main(arguments: list[str] | None = None) -> int:
    """Run until ended by a signal; 2 for wrong use."""
    parser = _parser()
    options = parser.parse_args(arguments)
    seeds, passwords = _lines(options.key_file), _lines(options.password_file)
    if not len(options.lock) == len(options.user) == len(seeds) == len(passwords):
        parser.error("as many --lock and --user as lines in each of the two files")
    secrets_of = dict(zip(options.lock, zip(seeds, passwords, strict=True), strict=True))
    return asyncio.run(_run(options, secrets_of))


def _lines(path: str) -> list[str]:
    return Path(path).read_text(encoding="utf-8").splitlines()


async def _run(options: argparse.Namespace, secrets_of: Mapping[str, tuple[str, str]]) -> int:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    with ExitStack() as files:
        log = files.enter_context(_opened(options.opening_log)) if options.opening_log else None
        doors = _doors(options, secrets_of, log)
        control = DoorControl(doors, options.control_port)
        control.start()
        for door in doors.values():
            await door.start()
        waits = (door.wait_connected(CONNECT_PATIENCE_S) for door in doors.values())
        connected = await asyncio.gather(*waits)
        first = {"control_port": control.port, "connected": all(connected), "locks": list(doors)}
        sys.stdout.write(json.dumps(first) + "\n")
        sys.stdout.flush()
        await ended.wait()
        await asyncio.gather(*(door.stop() for door in doors.values()))
        await control.stop()
    return 0


def _doors(
    options: argparse.Namespace, secrets_of: Mapping[str, tuple[str, str]], log: TextIO | None
) -> dict[str, SimulatedDoor]:
    def note(lock: str, opening: Opening) -> None:
        if log is not None:
            log.write(opening_line(lock, opening) + "\n")
            log.flush()

    host, _, port = options.broker.rpartition(":")
    doors = {}
    for lock, user in zip(options.lock, options.user, strict=True):
        seed, password = secrets_of[lock]
        setup = _setup(lock, bytes.fromhex(seed), bytes.fromhex(options.house_key))
        broker = BrokerAddress(host, int(port), user, password, options.ca_file)
        doors[lock] = SimulatedDoor(SimulatedLock(setup), broker, note)
    return doors


def _setup(lock: str, seed: bytes, house_key: bytes) -> LockSetup:
    key = SigningKey(seed)

    def sign(message: bytes) -> bytes:
        return key.sign(message).signature

    return LockSetup(lock, house_key, sign, _verify, lambda: secrets.token_hex(16))


def _verify(public_key: bytes, message: bytes, signature: bytes) -> bool:
    try:
        VerifyKey(public_key).verify(message, signature)
    except (CryptoError, ValueError):
        return False
    return True


def _opened(path: str) -> TextIO:
    return Path(path).open("a", encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="doors.simulator", description=__doc__, allow_abbrev=False
    )
    parser.add_argument("--lock", action="append", required=True, metavar="ID")
    parser.add_argument("--user", action="append", required=True, help="broker account")
    parser.add_argument("--key-file", required=True, help="a seed in hex per line")
    parser.add_argument("--password-file", required=True)
    parser.add_argument("--house-key", required=True, metavar="HEX", help="public key")
    parser.add_argument("--broker", required=True, metavar="HOST:PORT")
    parser.add_argument("--ca-file", help="connect by TLS and trust this authority")
    parser.add_argument("--control-port", type=int, default=0)
    parser.add_argument("--opening-log", metavar="FILE")
    return parser


if __name__ == "__main__":
    sys.exit(main())

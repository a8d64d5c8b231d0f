"""The door simulator as a process: one or more locks that speak the door protocol.

--lock, --key and --user may be given several times, one set for each lock; the password file then
holds one line for each. The first line of output is JSON: the control port and what is connected.
"""

import argparse
import asyncio
import json
import secrets
import signal
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TextIO

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey, VerifyKey

from kiosk.devices.door_control import DoorControl
from kiosk.devices.mqtt_connection import BrokerAddress
from kiosk.devices.simulated_door import SimulatedDoor, opening_line
from kiosk.devices.simulated_lock import LockSetup, Opening, SimulatedLock

CONNECT_PATIENCE_S = 10.0


def main(arguments: list[str] | None = None) -> int:
    """Run until ended by a signal; 2 for wrong use."""
    parser = _parser()
    options = parser.parse_args(arguments)
    passwords = Path(options.password_file).read_text(encoding="utf-8").splitlines()
    if not len(options.lock) == len(options.key) == len(options.user) == len(passwords):
        parser.error("as many --lock, --key and --user as lines in the password file")
    return asyncio.run(_run(options, passwords))


async def _run(options: argparse.Namespace, passwords: list[str]) -> int:
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    with ExitStack() as files:
        log = files.enter_context(_opened(options.opening_log)) if options.opening_log else None
        doors = _doors(options, passwords, log)
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
    options: argparse.Namespace, passwords: list[str], log: TextIO | None
) -> dict[str, SimulatedDoor]:
    def note(lock: str, opening: Opening) -> None:
        if log is not None:
            log.write(opening_line(lock, opening) + "\n")
            log.flush()

    host, _, port = options.broker.rpartition(":")
    doors = {}
    for lock, seed, user, password in zip(
        options.lock, options.key, options.user, passwords, strict=True
    ):
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
    parser = argparse.ArgumentParser(prog="door_simulator", description=__doc__)
    parser.add_argument("--lock", action="append", required=True, metavar="ID")
    parser.add_argument("--key", action="append", required=True, metavar="HEXSEED")
    parser.add_argument("--user", action="append", required=True, help="broker account")
    parser.add_argument("--password-file", required=True)
    parser.add_argument("--house-key", required=True, metavar="HEX", help="public key")
    parser.add_argument("--broker", required=True, metavar="HOST:PORT")
    parser.add_argument("--ca-file", help="connect by TLS and trust this authority")
    parser.add_argument("--control-port", type=int, default=0)
    parser.add_argument("--opening-log", metavar="FILE")
    return parser


if __name__ == "__main__":
    sys.exit(main())

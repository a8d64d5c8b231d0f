"""What may happen at a door of a campaign: people, misbehaving locks and hostile messages."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from random import Random

from domain.door import DoorOutcome, ready_bytes, report_bytes
from doors.locks import MqttLocks
from doors.messages import Ask, Ready, Report, encode, topic_of
from doors.mqtt_session import Arrival
from tests.campaigns.door_house import PATIENCE_S, Intruder, Simulator, door_of, sign_as


@dataclass(frozen=True, slots=True)
class Told:
    """One person who asked for a door, and what they were told when (monotonic seconds)."""

    lock: str
    command: str
    act: str
    outcome: DoorOutcome
    began_s: float
    told_s: float


class DoorActs:
    """Plays one act at one lock at a time; several locks at once."""

    def __init__(
        self, signers: dict[str, MqttLocks], intruder: Intruder, simulator: Simulator
    ) -> None:
        self.told: list[Told] = []
        self._signers = signers
        self._intruder = intruder
        self._simulator = simulator
        self._captured: dict[str, bytes] = {}
        intruder.react = self._capture
        self._acts: dict[str, tuple[int, Callable[[str, Random], Awaitable[None]]]] = {
            "plain": (6, self._plain),
            "two signers": (4, self._two_signers),
            "jam": (2, self._jam),
            "slow": (2, self._slow),
            "duplicate": (2, self._duplicate),
            "mute": (1, self._mute),
            "silent": (1, self._silent),
            "offline": (2, self._offline),
            "forced": (1, self._forced),
            "replayed": (3, self._replayed),
            "retained": (2, self._retained),
            "spoofed": (3, self._spoofed),
            "uncertified": (1, self._uncertified),
            "asked by many": (2, self._asked_by_many),
        }

    async def play(self, lock: str, chance: Random) -> None:
        """One act by weight; afterwards the lock is told to be good again.

        Mostly people come when there is a connection: being told at once that there is none
        would otherwise use up the acts while the broker is away.
        """
        if chance.random() < 0.9:
            for signer in self._signers.values():
                await signer.wait_connected(PATIENCE_S)
        names = list(self._acts)
        name = chance.choices(names, [self._acts[each][0] for each in names])[0]
        await self._acts[name][1](lock, chance)
        if name in ("jam", "slow", "duplicate", "mute", "silent"):
            await self._simulator.mode("ok", lock=lock)

    async def _open(self, lock: str, chance: Random, act: str, signer: str = "") -> DoorOutcome:
        user = signer or chance.choice(["kiosk", "server"])
        command = f"{user}-{chance.getrandbits(64):016x}"
        began_s = time.monotonic()
        outcome = await self._signers[user].open(door_of(lock), command)
        self.told.append(Told(lock, command, act, outcome, began_s, time.monotonic()))
        return outcome

    async def _plain(self, lock: str, chance: Random) -> None:
        await self._open(lock, chance, "plain")

    async def _two_signers(self, lock: str, chance: Random) -> None:
        await asyncio.gather(
            self._open(lock, chance, "two signers", "kiosk"),
            self._open(lock, chance, "two signers", "server"),
        )

    async def _misbehaving(self, name: str, lock: str, chance: Random, delay_s: float = 2) -> None:
        await self._simulator.mode(name, lock=lock, delay=delay_s)
        await self._open(lock, chance, name)

    async def _jam(self, lock: str, chance: Random) -> None:
        await self._misbehaving("jam", lock, chance)

    async def _slow(self, lock: str, chance: Random) -> None:
        await self._misbehaving("slow", lock, chance, chance.choice([0.2, 1, 2.5, 3.1, 3.3, 4]))

    async def _duplicate(self, lock: str, chance: Random) -> None:
        await self._misbehaving("duplicate", lock, chance)

    async def _mute(self, lock: str, chance: Random) -> None:
        await self._misbehaving("mute", lock, chance)

    async def _silent(self, lock: str, chance: Random) -> None:
        await self._misbehaving("silent", lock, chance)

    async def _offline(self, lock: str, chance: Random) -> None:
        change = self._simulator.mode("offline", lock=lock, seconds=chance.uniform(0, 1))
        await asyncio.gather(change, self._open(lock, chance, "offline"))

    async def _forced(self, lock: str, chance: Random) -> None:
        change = self._simulator.mode("forced", lock=lock)
        await asyncio.gather(change, self._open(lock, chance, "forced"))

    async def _replayed(self, lock: str, chance: Random) -> None:
        """The last command again: at once, and once more when it is stale."""
        await self._open(lock, chance, "replayed")
        self._say_again(lock, retain=False)
        await self._open(lock, chance, "replayed")
        later_s = chance.uniform(0.5, 3.5)
        asyncio.get_running_loop().call_later(later_s, self._say_again, lock)

    async def _retained(self, lock: str, chance: Random) -> None:
        await self._open(lock, chance, "retained")
        self._say_again(lock, retain=True)
        await self._simulator.mode("offline", lock=lock, seconds=0.05)
        await self._open(lock, chance, "retained")

    async def _spoofed(self, lock: str, chance: Random) -> None:
        """Reports and challenges in the lock's name, and a command without a certificate."""
        opening = asyncio.ensure_future(self._open(lock, chance, "spoofed"))
        boot, said = f"{chance.getrandbits(128):032x}", sign_as("intruder")
        for result in ("opened", "jammed", "forced"):
            about = (lock, boot, 1, "", result)
            self._say(*encode(Report(*about, said(report_bytes(*about)))))
        aim = (lock, boot, boot, boot)
        self._say(*encode(Ready(*aim, said(ready_bytes(*aim)))))
        if lock in self._captured:
            changed = {**json.loads(self._captured[lock]), "command": f"forged-{boot}"}
            self._say(topic_of(lock, "command"), json.dumps(changed).encode())
        await opening

    async def _uncertified(self, lock: str, chance: Random) -> None:
        await self._open(lock, chance, "uncertified", "intruder")

    async def _asked_by_many(self, lock: str, chance: Random) -> None:
        """More asks than challenges stand: a command may be refused, never late."""
        opening = asyncio.ensure_future(self._open(lock, chance, "asked by many"))
        for _ in range(6):
            self._say(*encode(Ask(lock, f"{chance.getrandbits(64):016x}")))
            await asyncio.sleep(0)
        await opening

    def _capture(self, arrival: Arrival) -> None:
        lock, _, kind = arrival.topic.removeprefix("foyer/v1/locks/").partition("/")
        if kind == "command" and not arrival.retained:
            self._captured[lock] = arrival.payload

    def _say_again(self, lock: str, retain: bool = False) -> None:
        if lock in self._captured:
            self._say(topic_of(lock, "command"), self._captured[lock], retain=retain)

    def _say(self, topic: str, payload: bytes, *, retain: bool = False) -> None:
        # Without expiry: whatever the broker holds back, it delivers. It may be away just now.
        self._intruder.connection.publish(topic, payload, None, retain=retain)

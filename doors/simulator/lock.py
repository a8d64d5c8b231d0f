"""What a lock of ours decides: a state machine without network, wall clock or threads.

Every method takes monotonic seconds and returns the messages to send. This is the reference for
the firmware of a real lock.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from domain.door import (
    CHALLENGE_TTL_S,
    CHALLENGES_KEPT,
    LockResult,
    alive_bytes,
    command_bytes,
    ready_bytes,
    report_bytes,
)
from doors.messages import Alive, Ask, Command, Ready, Report

OPEN_S: Final = 3.0
"""The door falls shut this long after it was opened."""
COMMANDS_REMEMBERED: Final = 256
"""A command id is remembered while its challenge could still open, so this bounds the commands
of three seconds. Once the challenge is too old the command is refused without its id."""


@dataclass(frozen=True, slots=True)
class LockSetup:
    """What a lock is given when it is mounted, and its sources of chance and signatures."""

    lock: str
    house_key: bytes
    sign: Callable[[bytes], bytes]
    verify: Callable[[bytes, bytes, bytes], bool]
    """verify(public_key, message, signature)"""
    token: Callable[[], str]
    """A fresh random id of at least 128 bits."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One time the bolt was drawn, or held drawn, by a command."""

    command: str
    at_s: float
    challenge_age_s: float
    lives_s: float
    result: LockResult


class SimulatedLock:
    """One lock from power-on to power-off: a new one is a new boot."""

    def __init__(self, setup: LockSetup) -> None:
        self._setup = setup
        self.boot = setup.token()
        self.jammed = False
        self.openings: list[Opening] = []
        self.ignored: Counter[str] = Counter()
        """Messages that got no answer, by why."""
        self._challenges: dict[str, float] = {}
        self._answered: dict[str, tuple[float, Report]] = {}
        self._seq = 0
        self._open_until_s: float | None = None
        self._floor: tuple[float, float] | None = None

    @property
    def lock(self) -> str:
        return self._setup.lock

    def alive(self, alive: bool) -> Alive:
        signature = self._setup.sign(alive_bytes(self.lock, self.boot, alive))
        return Alive(self.lock, self.boot, alive, signature)

    def announce(self, now_s: float, answers: str = "") -> Ready:
        """A fresh challenge; the last few stand, so that two signers do not disturb each other."""
        challenge = self._setup.token()
        self._challenges[challenge] = now_s
        if len(self._challenges) > CHALLENGES_KEPT:
            del self._challenges[next(iter(self._challenges))]
        signature = self._setup.sign(ready_bytes(self.lock, self.boot, challenge, answers))
        return Ready(self.lock, self.boot, challenge, answers, signature)

    def handle_ask(self, ask: Ask, now_s: float) -> Ready:
        return self.announce(now_s, ask.nonce)

    def handle_command(self, command: Command, now_s: float) -> list[Report | Ready]:
        """Act, or refuse, and say so; nothing at all to whoever may not command this lock.

        An answer to an uncertified message would let its sender put words into our mouth about
        somebody else's command. A command delivered twice gets the same answer and no second act.
        """
        why = self._why_not_certified(command, now_s)
        if why:
            self.ignored[why] += 1
            return []
        self._forget_old_answers(now_s)
        if command.command in self._answered:
            return [self._answered[command.command][1]]
        result = self._judge(command, now_s)
        report = self._report(result, command.command)
        if result in (LockResult.OPENED, LockResult.ALREADY_OPEN, LockResult.JAMMED):
            self._answered[command.command] = (self._challenges[command.challenge], report)
        return [report, self.announce(now_s)]

    def tick(self, now_s: float) -> list[Report]:
        """Let the door fall shut when it is time."""
        if self._open_until_s is None or now_s < self._open_until_s:
            return []
        self._open_until_s = None
        return [self._report(LockResult.CLOSED)]

    def force(self, now_s: float) -> Report:
        """The door was opened without a command: by a crowbar, or from inside."""
        self._open_until_s = now_s + OPEN_S
        return self._report(LockResult.FORCED)

    def is_open(self, now_s: float) -> bool:
        return self._open_until_s is not None and now_s < self._open_until_s

    def _judge(self, command: Command, now_s: float) -> LockResult:
        if command.boot != self.boot:
            return LockResult.WRONG_BOOT
        made_s = self._challenges.get(command.challenge)
        if made_s is None:
            return LockResult.UNKNOWN_CHALLENGE
        age_s, lives_s = now_s - made_s, min(CHALLENGE_TTL_S, command.lives_ms / 1000)
        if not 0 <= age_s <= lives_s:
            return LockResult.EXPIRED
        if len(self._answered) >= COMMANDS_REMEMBERED:
            return LockResult.BUSY
        if self.jammed:
            return LockResult.JAMMED
        result = LockResult.ALREADY_OPEN if self.is_open(now_s) else LockResult.OPENED
        self._open_until_s = now_s + OPEN_S
        self.openings.append(Opening(command.command, now_s, age_s, lives_s, result))
        return result

    def _why_not_certified(self, command: Command, now_s: float) -> str | None:
        shown, verify = command.certificate, self._setup.verify
        if not verify(self._setup.house_key, shown.signed_bytes(), shown.signature):
            return "certificate not of this house"
        if shown.ends_at.timestamp() < self._raised_floor(shown.issued_at.timestamp(), now_s):
            return "certificate ended"
        if self.lock not in shown.locks or shown.key_number != command.key:
            return "certificate for something else"
        signed = command_bytes(
            *(command.command, command.lock, command.boot, command.challenge),
            command.lives_ms,
            command.key,
        )
        return None if verify(shown.public_key, signed, command.signature) else "bad signature"

    def _raised_floor(self, issued_at_unix_s: float, now_s: float) -> float:
        """The time it must be by now: the latest the house has said, plus what passed since."""
        floor_unix_s = issued_at_unix_s
        if self._floor is not None:
            said_unix_s, at_s = self._floor
            floor_unix_s = max(floor_unix_s, said_unix_s + now_s - at_s)
        self._floor = (floor_unix_s, now_s)
        return floor_unix_s

    def _forget_old_answers(self, now_s: float) -> None:
        for command, (made_s, _) in list(self._answered.items()):
            if now_s - made_s > CHALLENGE_TTL_S:
                del self._answered[command]

    def _report(self, result: LockResult, command: str = "") -> Report:
        self._seq += 1
        signed = report_bytes(self.lock, self.boot, self._seq, command, result)
        return Report(
            self.lock, self.boot, self._seq, command, str(result), self._setup.sign(signed)
        )

"""The rules a lock keeps, without a network: each message judged at a given monotonic second."""

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.door import CHALLENGE_TTL_S, DoorCertificate, command_bytes
from doors.messages import Ask, Command, Ready, Report
from doors.simulator import lock as simulated_lock
from doors.simulator.lock import COMMANDS_REMEMBERED, LockSetup, SimulatedLock
from tests.campaigns.door_house import certificate, key_of, sign_as, verify

CERTIFIED = certificate("kiosk", ["north"], issued_at=datetime(2026, 11, 22, 9, tzinfo=UTC))


def lock_of(name: str = "north") -> SimulatedLock:
    numbers = count()
    house = bytes(key_of("house").verify_key)
    setup = LockSetup(name, house, sign_as(name), verify, lambda: f"token-{next(numbers)}")
    return SimulatedLock(setup)


def command_for(
    ready: Ready,
    command: str = "c-1",
    *,
    lives_ms: int = 3_000,
    shown: DoorCertificate = CERTIFIED,
    signer: str = "kiosk",
) -> Command:
    aim = (command, ready.lock, ready.boot, ready.challenge, lives_ms, shown.key_number)
    return Command(*aim, sign_as(signer)(command_bytes(*aim)), shown)


def result_of(answers: list[Report | Ready]) -> str:
    assert isinstance(answers[0], Report)
    return answers[0].result


@pytest.mark.parametrize(
    ("age_s", "lives_ms", "result"),
    [
        (0.0, 3_000, "opened"),
        (3.0, 3_000, "opened"),
        (3.01, 3_000, "expired"),
        (3.01, 60_000, "expired"),
        (1.19, 1_200, "opened"),
        (1.21, 1_200, "expired"),
        (3600.0, 3_000, "expired"),
    ],
)
def test_a_challenge_opens_only_while_it_is_young(age_s: float, lives_ms: int, result: str) -> None:
    lock = lock_of()
    ready = lock.handle_ask(Ask("north", "n-1"), 100.0)
    assert result_of(lock.handle_command(command_for(ready, lives_ms=lives_ms), 100.0 + age_s)) == (
        result
    )
    assert lock.is_open(100.0 + age_s) is (result == "opened")


def test_the_last_four_challenges_stand_and_the_fifth_is_gone() -> None:
    lock = lock_of()
    readies = [lock.handle_ask(Ask("north", f"n-{number}"), 1.0) for number in range(5)]
    assert result_of(lock.handle_command(command_for(readies[0], "c-0"), 1.0)) == (
        "unknown_challenge"
    )
    assert result_of(lock.handle_command(command_for(readies[4], "c-4"), 1.0)) == "opened"


def test_a_command_delivered_twice_opens_once_with_the_same_answer() -> None:
    lock = lock_of()
    command = command_for(lock.announce(1.0))
    first, again = lock.handle_command(command, 1.0), lock.handle_command(command, 1.5)
    assert first[0] == again[0]
    assert len(lock.openings) == 1
    assert result_of(lock.handle_command(command, 1.0 + CHALLENGE_TTL_S + 0.1)) == "expired"


def test_a_new_boot_knows_none_of_the_old_challenges() -> None:
    command = command_for(lock_of().announce(1.0))
    after_power_cut = SimulatedLock(
        replace(lock_of()._setup, token=(f"other-{n}" for n in count()).__next__)
    )
    assert result_of(after_power_cut.handle_command(command, 1.0)) == "wrong_boot"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda c: replace(c, command="c-2"),
        lambda c: replace(c, challenge="token-9"),
        lambda c: replace(c, lives_ms=c.lives_ms + 1),
        lambda c: replace(c, signature=bytes(64)),
        lambda c: replace(c, signature=b""),
        lambda c: replace(c, key=8),
        lambda c: replace(c, certificate=replace(CERTIFIED, locks=("north", "south"))),
        lambda c: replace(
            c, certificate=replace(CERTIFIED, ends_at=CERTIFIED.ends_at + timedelta(days=1))
        ),
        lambda c: replace(c, certificate=certificate("kiosk", ["south"])),
        lambda c: replace(c, certificate=certificate("kiosk", ["north"], house="other")),
        lambda c: replace(c, certificate=certificate("server", ["north"])),
    ],
)
def test_what_is_not_certified_gets_no_answer_at_all(spoil: Callable[[Command], Command]) -> None:
    lock = lock_of()
    assert lock.handle_command(spoil(command_for(lock.announce(1.0))), 1.0) == []
    assert lock.openings == []
    assert lock.ignored.total() == 1


def test_a_certificate_ends_by_the_latest_word_of_the_house_and_the_time_passed_since() -> None:
    lock = lock_of()
    young = certificate("server", ["north"], issued_at=CERTIFIED.ends_at - timedelta(seconds=10))
    assert lock.handle_command(command_for(lock.announce(1.0), "c-1"), 1.0)
    by_server = command_for(lock.announce(2.0), "c-2", shown=young, signer="server")
    assert lock.handle_command(by_server, 2.0)
    assert lock.handle_command(command_for(lock.announce(11.0), "c-3"), 11.0)
    assert lock.handle_command(command_for(lock.announce(13.0), "c-4"), 13.0) == []
    assert lock.ignored == {"certificate ended": 1}


def test_more_commands_than_can_be_remembered_are_refused_not_forgotten() -> None:
    lock = lock_of()
    for number in range(COMMANDS_REMEMBERED):
        command = command_for(lock.announce(1.0), f"c-{number}")
        assert result_of(lock.handle_command(command, 1.0)) in ("opened", "already_open")
    one_more = command_for(lock.announce(1.0), "c-more")
    assert result_of(lock.handle_command(one_more, 1.0)) == "busy"
    later = command_for(lock.announce(5.0), "c-later")
    assert result_of(lock.handle_command(later, 5.0)) == "opened"


def test_a_jam_is_an_act_that_is_not_repeated() -> None:
    lock = lock_of()
    lock.jammed = True
    command = command_for(lock.announce(1.0))
    assert result_of(lock.handle_command(command, 1.0)) == "jammed"
    lock.jammed = False
    assert result_of(lock.handle_command(command, 1.1)) == "jammed"
    assert lock.openings == []


def test_the_wall_clock_is_of_no_importance(monkeypatch: pytest.MonkeyPatch) -> None:
    lock = lock_of()
    ready = lock.announce(1.0)
    monkeypatch.setattr(time, "time", lambda: 0.0)
    assert result_of(lock.handle_command(command_for(ready), 1.5)) == "opened"
    folder = Path(simulated_lock.__file__).parent
    for name in ("lock.py", "door.py", "__main__.py"):
        text = (folder / name).read_text()
        assert "datetime" not in text
        assert "time.time" not in text


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["ask", "command", "replay", "late"]),
            st.floats(0.0, 2.0),
            st.integers(0, 3_500),
        ),
        max_size=40,
    )
)
def test_no_order_of_events_opens_after_the_life_of_a_command(
    acts: list[tuple[str, float, int]],
) -> None:
    lock, now_s = lock_of(), 0.0
    readies, sent = [lock.announce(now_s)], list[Command]()
    for number, (act, pause_s, lives_ms) in enumerate(acts):
        now_s += pause_s
        if act == "ask":
            readies.append(lock.handle_ask(Ask("north", f"n-{number}"), now_s))
        elif act == "replay" and sent:
            lock.handle_command(sent[lives_ms % len(sent)], now_s)
        else:
            aim = readies[-1] if act == "command" else readies[0]
            sent.append(command_for(aim, f"c-{number}", lives_ms=lives_ms))
            lock.handle_command(sent[-1], now_s)
    assert all(o.challenge_age_s <= min(o.lives_s, CHALLENGE_TTL_S) for o in lock.openings)
    assert len({o.command for o in lock.openings}) == len(lock.openings)

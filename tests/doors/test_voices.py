"""What locks say, heard before and after the kiosk knows its doors."""

from dataclasses import replace

from domain.door import alive_bytes
from doors.messages import Alive, encode
from doors.mqtt_session import Arrival
from doors.voices import LockVoices
from tests.campaigns.door_house import door_of, sign_as, verify


def alive_of(lock: str, *, alive: bool = True, signer: str | None = None) -> Alive:
    signature = sign_as(signer or lock)(alive_bytes(lock, "boot", alive))
    return Alive(lock, "boot", alive, signature)


def heard(voices: LockVoices, message: Alive) -> None:
    topic, payload = encode(message)
    voices.hear(Arrival(topic, payload, retained=True))


def test_a_lock_that_was_heard_before_its_door_was_known_counts_as_soon_as_it_is() -> None:
    voices = LockVoices(verify)
    heard(voices, alive_of("north"))
    assert voices.status("north").online is None
    voices.use_doors([door_of("north")])
    assert voices.status("north").online is True


def test_the_last_word_of_a_stranger_counts() -> None:
    voices = LockVoices(verify)
    heard(voices, alive_of("north"))
    heard(voices, alive_of("north", alive=False))
    voices.use_doors([door_of("north")])
    assert voices.status("north").online is False


def test_a_stranger_with_the_wrong_key_is_still_not_believed() -> None:
    voices = LockVoices(verify)
    heard(voices, alive_of("north", signer="south"))
    heard(voices, replace(alive_of("east"), boot="another"))
    voices.use_doors([door_of("north"), door_of("east")])
    assert voices.status("north").online is None
    assert voices.status("east").online is None


def test_what_a_stranger_said_is_forgotten_with_the_connection() -> None:
    voices = LockVoices(verify)
    heard(voices, alive_of("north"))
    voices.forget_presence()
    voices.use_doors([door_of("north")])
    assert voices.status("north").online is None


def test_any_number_of_strangers_takes_little_room() -> None:
    voices = LockVoices(verify)
    names = [f"lock-{number}" for number in range(200)]
    for name in names:
        heard(voices, alive_of(name))
    voices.use_doors(door_of(name) for name in names)
    assert sum(bool(voices.status(name).online) for name in names) == 64

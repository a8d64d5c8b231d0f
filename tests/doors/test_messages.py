"""Only exactly what the protocol describes is a message; the schema says the same as the code."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from domain.door import DoorOutcome
from doors.messages import Ask, Report, decode, encode, topic_of
from doors.mqtt_session import Arrival
from tests.campaigns.door_house import DoorHouse, Simulator, door_of

DOCS = Path(__file__).parents[2] / "docs"
SCHEMA: dict[str, Any] = json.loads((DOCS / "door-protocol.schema.json").read_text())
KINDS = ("ask", "ready", "command", "report", "alive")


def validator(kind: str) -> Draft202012Validator:
    Draft202012Validator.check_schema(SCHEMA)
    return Draft202012Validator({**SCHEMA, "$ref": f"#/$defs/{kind}"})


@pytest.mark.parametrize("kind", KINDS)
def test_the_examples_are_valid_and_read_back_the_same(kind: str) -> None:
    for example in SCHEMA["$defs"][kind]["examples"]:
        validator(kind).validate(example)
        topic = topic_of(example["lock"], kind)
        message = decode(topic, json.dumps(example).encode())
        assert message is not None
        back = encode(message)
        assert (back[0], json.loads(back[1])) == (topic, example)


@pytest.mark.parametrize("kind", KINDS)
def test_schema_and_code_refuse_the_same_spoiled_messages(kind: str) -> None:
    example = SCHEMA["$defs"][kind]["examples"][0]
    spoiled: list[Any] = [{**example, "more": 1}, {**example, "v": 2}, {**example, "v": True}, []]
    wrongs: tuple[Any, ...] = (None, -1, 1.5, [], {}, "a\nb", "x" * 65)
    for name in example:
        spoiled += [{k: v for k, v in example.items() if k != name}]
        spoiled += [{**example, name: wrong} for wrong in wrongs]
    for content in spoiled:
        if content == example:
            continue
        assert not validator(kind).is_valid(content), content
        assert decode(topic_of("north", kind), json.dumps(content).encode()) is None, content


@given(st.binary(max_size=200))
def test_noise_is_no_message(payload: bytes) -> None:
    for kind in (*KINDS, "other"):
        assert decode(topic_of("north", kind), payload) is None


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=5))
def test_any_json_in_any_field_is_refused_or_understood(value: object) -> None:
    for kind in KINDS:
        example = SCHEMA["$defs"][kind]["examples"][0]
        for name in example:
            payload = json.dumps({**example, name: value}).encode()
            if decode(topic_of("north", kind), payload) is not None:
                assert validator(kind).is_valid({**example, name: value})


@pytest.mark.parametrize(
    "topic",
    ["", "foyer/v1/locks/south/ask", "foyer/v1/locks/north/ask/x", "x/foyer/v1/locks/north/ask"],
)
def test_a_message_on_another_topic_is_none(topic: str) -> None:
    assert decode(topic, encode(Ask("north", "n-1"))[1]) is None


def test_deep_and_large_payloads_are_refused() -> None:
    assert decode(topic_of("north", "ask"), b"[" * 8_000) is None
    assert decode(topic_of("north", "ask"), b" " * 9_000) is None
    assert decode(topic_of("north", "ask"), b'{"v":' + b"9" * 5_000 + b"}") is None


def test_a_report_without_command_is_one() -> None:
    report = Report("north", "b", 1, "", "forced", bytes(64))
    assert decode(*encode(report)) == report


async def test_what_adapter_and_simulator_really_send_keeps_to_the_schema(
    house: DoorHouse, simulator: Simulator
) -> None:
    arrivals: list[Arrival] = []
    async with house.intruder() as witness, house.signer() as locks:
        witness.react = arrivals.append
        assert await locks.open(door_of("north"), "c-1") is DoorOutcome.OPENED
        await simulator.mode("forced", lock="north")
        await witness.hear("report", result="forced")
        await simulator.mode("offline", lock="north", seconds=0.1)
        await witness.hear("alive", lock="north", alive=False)
        await witness.hear("alive", lock="north", alive=True)
    kinds = [arrival.topic.rpartition("/")[2] for arrival in arrivals]
    assert set(kinds) == set(KINDS)
    for kind, arrival in zip(kinds, arrivals, strict=True):
        validator(kind).validate(json.loads(arrival.payload))
        assert arrival.retained == (kind == "alive")

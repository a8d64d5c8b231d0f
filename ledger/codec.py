"""The one encoding: canonical JSON of the domain's dataclasses by msgspec.

Canonical: sorted keys, no blanks, no floats, instants in UTC with Z. What is hashed, signed or
compared is always these bytes.
"""

import hashlib
from datetime import datetime
from typing import Any, Final, TypeVar

import msgspec

from domain.subjects import SUBJECTS, Body
from domain.sync import MAX_NUMBER

T = TypeVar("T")

_VERSION: Final = 1
_DECODERS: Final[dict[type, "msgspec.json.Decoder[Any]"]] = {}
_ENCODER: Final = msgspec.json.Encoder(order="sorted", decimal_format="string")


class UnknownKind(Exception):  # noqa: N818 - named for what it is: kept as `unsupported`
    """An event of a kind or version this program does not know; keep it, do not lose it."""


class BadBody(Exception):  # noqa: N818
    """A body that does not fit its kind; never retry."""


def canonical(value: Any) -> bytes:
    """The canonical bytes of a dataclass, dict or list. Raises TypeError for a float."""
    _no_floats(value)
    return _ENCODER.encode(value)


def decode(data: bytes | str, type_: type[T]) -> T:
    """`data` as `type_`; unknown fields are ignored. Raises BadBody with the place and cause."""
    try:
        return _decoder(type_).decode(data)
    except (msgspec.DecodeError, msgspec.ValidationError, ValueError, RecursionError) as error:
        raise BadBody(str(error)) from error


def checked(value: T) -> T:
    """`value` that somebody else sent, if canonical bytes and both databases can hold it.

    Raises BadBody for a time without a zone, a number over MAX_NUMBER, a NUL in a text.
    """
    match value:
        case str():
            if "\0" in value:
                raise BadBody("a NUL in a text")
        case int():
            if abs(value) > MAX_NUMBER:
                raise BadBody(f"{value} is too large a number")
        case datetime():
            if value.tzinfo is None:
                raise BadBody(f"{value} has no zone")
        case list() | tuple():
            for each in value:
                checked(each)
        case dict():
            for pair in value.items():
                checked(pair)
        case _:
            for name in _field_names(value):
                checked(getattr(value, name))
    return value


def _field_names(value: Any) -> tuple[str, ...]:
    """Those of a dataclass or a msgspec struct; none of anything else."""
    names: Any = getattr(value, "__dataclass_fields__", None)
    names = names or getattr(value, "__struct_fields__", ())
    return tuple(names)


def kind_text(kind: str, body: Body) -> str:
    """How an event's kind is written in the log: "visit.Arrived/1"."""
    return f"{kind}.{type(body).__name__}/{_VERSION}"


def subject_kind(text: str) -> str:
    """The kind of subject in a kind text. Raises UnknownKind."""
    kind, _, rest = text.partition(".")
    name, _, version = rest.partition("/")
    subject = SUBJECTS.get(kind)
    if subject is None or name not in subject.events or version != str(_VERSION):
        raise UnknownKind(text)
    return kind


def decode_event(text: str, body: str | bytes) -> Body:
    """The event body of this kind text. Raises UnknownKind or BadBody."""
    kind = subject_kind(text)
    name = text.partition(".")[2].partition("/")[0]
    event: Body = decode(body, SUBJECTS[kind].events[name])
    return event


def encode_text(value: Any) -> str:
    """Canonical JSON as text, for a column."""
    return canonical(value).decode()


def decode_state(kind: str, text: str | bytes) -> Any:
    """A stored state of `kind`."""
    return decode(text, SUBJECTS[kind].state)


def event_hash(previous: str, event: dict[str, Any]) -> str:
    """SHA-256 over the predecessor's hash and the canonical event, hex."""
    return hashlib.sha256(bytes.fromhex(previous) + canonical(event)).hexdigest()


def state_digest(kind: str, subject: str, state: str) -> int:
    """The first 8 bytes of a state's SHA-256, to be summed modulo 2**64."""
    data = f"{kind}\x00{subject}\x00{state}".encode()
    return int.from_bytes(hashlib.sha256(data).digest()[:8], "big")


def _decoder(type_: type[T]) -> "msgspec.json.Decoder[T]":
    if type_ not in _DECODERS:
        _DECODERS[type_] = msgspec.json.Decoder(type_)
    return _DECODERS[type_]


def _no_floats(value: Any) -> None:
    if isinstance(value, float):
        raise TypeError("no floats in canonical bytes")
    if isinstance(value, dict):
        for each in value.values():
            _no_floats(each)
    elif isinstance(value, list | tuple):
        for each in value:
            _no_floats(each)
    elif isinstance(value, datetime) and value.tzinfo is None:
        raise TypeError("no naive times in canonical bytes")
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            _no_floats(getattr(value, name))

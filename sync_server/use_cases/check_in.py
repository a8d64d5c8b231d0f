"""Checking in for other people's doors and apps: the kiosk's rule, asked over HTTP.

What was presented is read before the stream is locked; the decision and its record are one
unit of work. An id is answered once: whoever asks the same again gets the stored answer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from domain.subjects import HOUSE, site_stream
from domain.tries import wait_s, with_wrong
from ledger.codec import decode, encode_text
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.use_cases.deciding import Deciding
from sync_server.use_cases.presented import Request
from sync_server.use_cases.spoken import Spoken

NOW_S: Final = 60
OLDEST: Final = timedelta(hours=72)


class No(StrEnum):
    """Why a request is not taken at all; nothing of it is recorded."""

    ID_REUSED = "id_reused"
    FORBIDDEN = "forbidden"
    BAD_TIME = "bad_time"


@dataclass(frozen=True, slots=True)
class Answer:
    """`again`: it was given before."""

    spoken: Spoken
    again: bool = False


@dataclass(frozen=True, slots=True)
class TooMany:
    """Too many wrong short codes: for `wait_s` none is looked up for this token."""

    wait_s: float


def locked_for(request: Request) -> list[str]:
    """The streams of `check_in`. A token guesses one short code after the other, at any site."""
    guesses = request.presented.short_hash is not None
    return [*([HOUSE] if guesses else []), site_stream(request.site_id)]


def check_in(unit: Unit, request: Request) -> Answer | No | TooMany:
    """Answer a request once. Locks the streams `locked_for` it."""
    if code := request.presented.code:  # one statement reads all there is to know
        asked = (_scope(request), request.id)
        unit.about_pass(request.site_id, code.pass_id, code, asked)
    if known := _answered(unit, request):
        return known
    at = _when(unit, request)
    if isinstance(at, No):
        return at
    guesses = request.presented.short_hash is not None
    if guesses and (waits := wait_s(_wrong(unit, request), _now_s(unit))):
        return TooMany(waits)
    spoken, unread = Deciding(unit, request, at).spoken()
    if unread:
        wrong = with_wrong(_wrong(unit, request), _now_s(unit))
        unit.set_meta(_tries(request), encode_text(wrong))
    unit.store(_scope(request), request.id, request.content, encode_text(spoken))
    return Answer(spoken)


def _wrong(unit: Unit, request: Request) -> tuple[int, ...]:
    """When this token last asked for short codes that are nobody's, in seconds since 1970."""
    return decode(unit.meta(_tries(request)) or "[]", tuple[int, ...])


def _now_s(unit: Unit) -> int:
    return int(unit.now.timestamp())


def _tries(request: Request) -> str:
    return f"wrong-short-codes:{request.asker}"


def _answered(reader: Reader, request: Request) -> Answer | No | None:
    """What this id was answered before, if it was: to the same request, or to another one."""
    known = reader.stored(_scope(request), request.id)
    if known is None:
        return None
    if known[0] != request.content:
        return No.ID_REUSED
    return Answer(decode(known[1], Spoken), again=True)


def _scope(request: Request) -> str:
    return f"check-in:{request.asker}"


def _when(unit: Unit, request: Request) -> datetime | No | None:
    """The time of an act of the past; None: it is decided now."""
    if request.at is None or abs(request.at - unit.now) <= timedelta(seconds=NOW_S):
        return None
    if request.at > unit.now or request.at < unit.now - OLDEST:
        return No.BAD_TIME
    return request.at if request.may_be_offline else No.FORBIDDEN

"""Checking in for other people's doors and apps: the kiosk's rule, asked over HTTP.

What was presented is read before the stream is locked; the decision and its record are one
unit of work. An id is answered once: whoever asks the same again gets the stored answer.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

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
    """`again`: it was given before. `unread`: no pass was found for a typed code."""

    spoken: Spoken
    again: bool = False
    unread: bool = False


def check_in(unit: Unit, request: Request) -> Answer | No:
    """Answer a request once. Locks the site's stream."""
    if code := request.presented.code:  # one statement reads all there is to know
        asked = (_scope(request), request.id)
        unit.about_pass(request.site_id, code.pass_id, code, asked)
    if known := answered(unit, request):
        return known
    at = _when(unit, request)
    if isinstance(at, No):
        return at
    spoken, unread = Deciding(unit, request, at).spoken()
    unit.store(_scope(request), request.id, request.content, encode_text(spoken))
    return Answer(spoken, unread=unread)


def answered(reader: Reader, request: Request) -> Answer | No | None:
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

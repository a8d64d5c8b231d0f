"""Push: what happened at a kiosk comes home, act by act, once and in order."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from domain.kiosk import Kiosk
from domain.names import is_id
from domain.site import Site
from domain.subjects import site_stream
from domain.sync import EventUp, PushResult, PushStatus
from domain.testimony import Impossible, KioskBody, Told, counted, may_record
from ledger.codec import (
    BadBody,
    UnknownKind,
    canonical,
    checked,
    decode,
    decode_event,
    encode_text,
    subject_kind,
)
from ledger.unit import Unit
from sync_server.use_cases.booking.arrivals import after_arrival
from sync_server.use_cases.judge_up import judge, raise_contradiction
from sync_server.use_cases.read_push import Came, Unreadable, bytes_of
from sync_server.use_cases.whose_visit import at_its_holder

_SCOPE: Final = "push"


class Collision(Exception):  # noqa: N818 - the kiosk takes a new incarnation
    """Another event already came with this number: two copies, or a kiosk from a backup."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The kiosk whose push it is, as its token says and the ledger knows it."""

    kiosk_id: str
    kiosk: Kiosk
    incarnation: int
    seal: Callable[[bytes], bytes]

    @property
    def stream(self) -> str:
        return site_stream(self.kiosk.site)


def acts_of(events: tuple[Came, ...]) -> list[tuple[Came, ...]]:
    """The events by act, in their order: an act is one transaction."""
    acts: list[list[Came]] = []
    for event in events:
        if acts and acts[-1][0].act == event.act:
            acts[-1].append(event)
        else:
            acts.append([event])
    return [tuple(act) for act in acts]


def follows(act: tuple[Came, ...], expected: int) -> bool:
    """Whether an act leaves no hole, neither before it nor within."""
    return act[0].n <= expected and [e.n for e in act] == [act[0].n + i for i in range(len(act))]


def apply_act(unit: Unit, sender: Sender, act: tuple[Came, ...]) -> tuple[PushResult, ...]:
    """Record one act whole. Raises Collision; anything else that it raises may be poison.

    Locks the site's stream.
    """
    if unit.kiosk_progress(sender.kiosk_id)[0] > sender.incarnation:
        raise Collision(sender.kiosk_id)
    return tuple(_apply(unit, sender, event) for event in act)


def quarantine_act(
    unit: Unit, sender: Sender, act: tuple[Came, ...], why: str
) -> tuple[PushResult, ...]:
    """Set an act aside whole; nothing of it is lost and nothing behind it waits."""
    return tuple(_set_aside(unit, sender, event, PushStatus.QUARANTINED, why) for event in act)


def next_expected(unit: Unit, sender: Sender) -> int:
    incarnation, last_n = unit.kiosk_progress(sender.kiosk_id)
    return last_n + 1 if incarnation == sender.incarnation else 1


def _apply(unit: Unit, sender: Sender, event: Came) -> PushResult:
    if known := unit.stored(_SCOPE, _key(event)):
        return _again(unit, sender, event, known)
    if event.n < next_expected(unit, sender):
        raise Collision(sender.kiosk_id)
    if isinstance(event, Unreadable) or not (is_id(event.id) and is_id(event.act)):
        return _set_aside(unit, sender, event, PushStatus.QUARANTINED, "bad_event")
    if unit.known_event(event.id):
        return _set_aside(unit, sender, event, PushStatus.QUARANTINED, "id_taken", keep=False)
    try:
        kind, body = subject_kind(event.kind), checked(decode_event(event.kind, event.body))
    except UnknownKind:
        return _set_aside(unit, sender, event, PushStatus.UNSUPPORTED, "unknown_kind")
    except BadBody:
        return _set_aside(unit, sender, event, PushStatus.QUARANTINED, "bad_body")
    if not may_record(body):
        return _answer(unit, sender, event, PushStatus.REFUSED, "not_yours")
    return _record(unit, sender, event, kind, body)


def _again(unit: Unit, sender: Sender, event: Came, known: tuple[str, str]) -> PushResult:
    if known[0] != _content(event):
        return _set_aside(unit, sender, event, PushStatus.QUARANTINED, "id_reused", keep=False)
    _advance(unit, sender, event)
    first = decode(known[1], PushResult)
    duplicates = (PushStatus.APPLIED,)
    status = PushStatus.DUPLICATE if first.status in duplicates else first.status
    return PushResult(event.n, event.id, status, first.code, first.seq)


def _key(event: Came) -> str:
    """What an answer is kept under: the id, or a hash where that is none."""
    return event.id if is_id(event.id) else hashlib.sha256(event.id.encode()).hexdigest()


def _record(unit: Unit, sender: Sender, event: EventUp, kind: str, body: KioskBody) -> PushResult:
    told = Told(event.subject, event.at, event.actor, body)
    wrong = judge(unit, (sender.kiosk_id, sender.kiosk.site), told)
    if isinstance(wrong, Impossible):
        return _set_aside(unit, sender, event, PushStatus.QUARANTINED, wrong.value)
    site_id = sender.kiosk.site
    subject = at_its_holder(unit, site_id, kind, event.subject)
    recorded = unit.append(
        sender.stream,
        kind,
        subject,
        counted(body, unit.full("site", site_id, Site), unit.now),
        actor=event.actor,
        at=event.at,
        event_id=event.id,
        origin=f"kiosk:{sender.kiosk_id}",
        act=event.act,
        n=event.n,
        decision=event.decision,
    )
    after_arrival(unit, body)
    if wrong is None:
        return _answer(unit, sender, event, PushStatus.APPLIED, seq=recorded.seq)
    code = wrong.value
    raise_contradiction(unit, sender.stream, (kind, subject, event.id), code)
    return _answer(unit, sender, event, PushStatus.CONTRADICTED, code, seq=recorded.seq)


def _set_aside(
    unit: Unit,
    sender: Sender,
    event: Came,
    status: PushStatus,
    why: str,
    *,
    keep: bool = True,
) -> PushResult:
    number = (sender.incarnation, event.n)
    unit.quarantine(_key(event), sender.kiosk_id, number, why, sender.seal(bytes_of(event)))
    if keep:
        return _answer(unit, sender, event, status, why)
    _advance(unit, sender, event)
    return PushResult(event.n, event.id, status, why)


def _answer(
    unit: Unit,
    sender: Sender,
    event: Came,
    status: PushStatus,
    code: str | None = None,
    *,
    seq: int | None = None,
) -> PushResult:
    result = PushResult(event.n, event.id, status, code, seq)
    unit.store(_SCOPE, _key(event), _content(event), encode_text(result))
    _advance(unit, sender, event)
    return result


def _advance(unit: Unit, sender: Sender, event: Came) -> None:
    if event.n >= next_expected(unit, sender):
        unit.set_kiosk_progress(sender.kiosk_id, sender.incarnation, event.n)


def _content(event: Came) -> str:
    """What must be the same when an id comes again; the number may change (renumbered)."""
    if isinstance(event, Unreadable):
        return hashlib.sha256(event.sent).hexdigest()
    same = [event.act, event.kind, event.subject, event.at, event.actor, event.body]
    return hashlib.sha256(canonical(same)).hexdigest()

"""A whole push: act after act, each in its own transaction, and nothing blocks what is behind."""

from enum import StrEnum
from typing import Final

import structlog

from domain.kiosk import Kiosk
from domain.subjects import HOUSE
from domain.sync import PushReply, PushResult
from ledger.errors import LedgerUnavailable
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.house import House
from sync_server.use_cases.found_house import EPOCH
from sync_server.use_cases.hello import collide, take_incarnation
from sync_server.use_cases.kiosk_tokens import KioskToken
from sync_server.use_cases.push import (
    Collision,
    Sender,
    acts_of,
    apply_act,
    follows,
    next_expected,
    quarantine_act,
)
from sync_server.use_cases.read_push import Came, PushSent, read_events

POISON_TRIES: Final = 3
_log = structlog.get_logger(__name__)


class PushNo(StrEnum):
    """Why a push as a whole is not taken; the kiosk says hello again."""

    REVOKED = "revoked"
    EPOCH = "epoch"
    NEW_INCARNATION = "new_incarnation"


class TroubleOfTheWhole(Exception):  # noqa: N818 - answered 503, retried for ever by the kiosk
    """Nothing can be written right now; nothing was recorded."""


async def take_push(house: House, token: KioskToken, push: PushSent) -> PushReply | PushNo:
    """Take what fits in order. Raises TroubleOfTheWhole, and BadBody for what is no push."""
    events = read_events(push)
    sender = await _sender(house, token, push)
    if isinstance(sender, PushNo):
        return sender
    results: list[PushResult] = []
    for act in acts_of(events):
        try:
            applied = await _take_act(house, sender, act)
        except Collision:
            await house.ledger.work([HOUSE], lambda u: collide(u, sender.kiosk_id, sender.kiosk))
            return PushNo.NEW_INCARNATION
        if applied is None:
            break
        results += applied
    expected = await house.ledger.work([], lambda unit: next_expected(unit, sender))
    heads = await house.ledger.heads()
    at = {stream: heads[stream] for stream in (sender.stream,) if stream in heads}
    return PushReply(tuple(results), expected, at)


async def _sender(house: House, token: KioskToken, push: PushSent) -> Sender | PushNo:
    def look(reader: Reader) -> tuple[Kiosk | None, str | None]:
        return reader.full("kiosk", token.kiosk_id, Kiosk), reader.meta(EPOCH)

    kiosk, epoch = await house.ledger.read(look)
    if kiosk is None or kiosk.revoked_at is not None:
        return PushNo.REVOKED
    if push.server_epoch != epoch:
        return PushNo.EPOCH
    if push.incarnation != token.incarnation or push.incarnation < kiosk.incarnation:
        return PushNo.NEW_INCARNATION
    if push.incarnation > kiosk.incarnation:
        await house.ledger.work([HOUSE], lambda u: _take(u, token))
    return Sender(token.kiosk_id, kiosk, push.incarnation, house.keys.seal)


def _take(unit: Unit, token: KioskToken) -> None:
    kiosk = unit.full("kiosk", token.kiosk_id, Kiosk)
    if kiosk is not None:
        take_incarnation(unit, token.kiosk_id, kiosk, token.incarnation)


async def _take_act(
    house: House, sender: Sender, act: tuple[Came, ...]
) -> tuple[PushResult, ...] | None:
    """The results of one act; None if events before it or of it are still missing."""

    def take(unit: Unit) -> tuple[PushResult, ...] | None:
        fits = follows(act, next_expected(unit, sender))
        return apply_act(unit, sender, act) if fits else None

    for _ in range(POISON_TRIES):
        try:
            return await house.ledger.work([sender.stream], take)
        except Collision:
            raise
        except LedgerUnavailable as error:
            raise TroubleOfTheWhole(sender.stream) from error
        except Exception:  # noqa: BLE001 - poison must not block what is behind it
            _log.exception("act_raised", kiosk=sender.kiosk_id, act=act[0].act)
            await _probe(house, sender)
    _log.error("act_quarantined", kiosk=sender.kiosk_id, act=act[0].act, events=len(act))
    return await house.ledger.work(
        [sender.stream], lambda unit: quarantine_act(unit, sender, act, "poison")
    )


async def _probe(house: House, sender: Sender) -> None:
    """A write to the same stream: if that fails too, the act is not to blame."""
    try:
        await house.ledger.work(
            [sender.stream], lambda unit: unit.set_meta(f"probe:{sender.stream}", str(unit.now))
        )
    except Exception as error:
        raise TroubleOfTheWhole(sender.stream) from error

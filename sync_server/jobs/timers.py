"""What is to be done at an instant, carried out once however many servers look."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

import structlog

from ledger.errors import LedgerUnavailable
from ledger.timers import Timer
from ledger.unit import Unit
from sync_server.house import House
from sync_server.use_cases.booking import holds, schedule
from sync_server.use_cases.booking.acts import in_streams
from sync_server.use_cases.booking.no_shows import look_for_no_show
from sync_server.use_cases.booking.orders import ORDER_OVER
from sync_server.use_cases.booking.running_out import (
    end_hold,
    end_unpaid,
    end_wish,
    forget_order,
)
from sync_server.use_cases.unanswered_doors import UNANSWERED, note_unanswered

Act = Callable[[Unit, Timer], None]
"""Reads the state anew and asks the rule; the unit of work holds the timer's stream."""

ACTS: Final[Mapping[str, Act]] = MappingProxyType(
    {
        UNANSWERED: note_unanswered,
        schedule.NO_SHOW: look_for_no_show,
        schedule.UNPAID: end_unpaid,
        schedule.WISH_OVER: end_wish,
        holds.OVER: end_hold,
        ORDER_OVER: forget_order,
    }
)
"""By what is to be done. A timer of another name is left for whoever knows it."""
AT_ONCE: Final = 100
_log = structlog.get_logger(__name__)


async def carry_out_timers(house: House, acts: Mapping[str, Act] = ACTS) -> None:
    """Carry out what is due, each in a unit of work of its own; one that fails holds up no other,
    and is tried again when its claim has run out.

    After a time without any server all that was missed is made up for, in its order.
    """
    while True:
        due = await house.ledger.work([], lambda unit: unit.due_timers(AT_ONCE))
        for timer in due:
            act = acts.get(timer.what)
            if act is not None:
                await _carry_out(house, timer, act)
        if len(due) < AT_ONCE:
            return


async def _carry_out(house: House, timer: Timer, act: Act) -> None:
    def once(unit: Unit) -> None:
        if unit.take_timer(timer):
            act(unit, timer)

    try:
        await in_streams(house, timer.stream, once)
    except LedgerUnavailable:
        raise  # no fault of this one, and none of the others would go better
    except Exception:  # noqa: BLE001 - one timer is a loop's round of its own
        _log.exception("timer_failed", what=timer.what, subject=timer.subject)

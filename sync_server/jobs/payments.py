"""Payments whose end nobody told us: their provider is asked again, ever more rarely."""

import asyncio
from typing import Final

import structlog

from ledger.errors import LedgerUnavailable
from sync_server.house import House
from sync_server.payments.ports import ProviderAway
from sync_server.payments.reconciling import Reconciler
from sync_server.use_cases.payment_timers import claim_due_payments

AT_ONCE: Final = 50
SIDE_BY_SIDE: Final = 4
_log = structlog.get_logger(__name__)


async def reconcile_payments(house: House, reconciler: Reconciler) -> None:
    """One step for each payment that is due.

    Safe in any number of processes: a step that two of them take is recorded once.
    """
    due = await house.ledger.work([], lambda unit: claim_due_payments(unit, AT_ONCE))
    gate = asyncio.Semaphore(SIDE_BY_SIDE)

    async def one(payment_id: str) -> None:
        async with gate:
            await _step(reconciler, payment_id)

    await asyncio.gather(*(one(payment_id) for payment_id in due))


async def _step(reconciler: Reconciler, payment_id: str) -> None:
    try:
        await reconciler.step(payment_id)
    except (ProviderAway, LedgerUnavailable) as trouble:
        _log.warning("payment_delayed", payment=payment_id, why=str(trouble))
    except Exception:  # noqa: BLE001 - one payment that cannot be read keeps no other waiting
        _log.exception("payment_step_failed", payment=payment_id)

"""The sync engine: hello, then events up and states down, for ever, whatever happens.

Nothing that goes wrong here reaches a person at the kiosk; it only shows on the status line.
"""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from domain.subjects import HOUSE, site_stream
from domain.sync import TOKEN_LIFE_S, Push
from kiosk.services.clock import HonestClock
from kiosk.services.hello import Greeter, Session
from kiosk.services.link import LinkTrouble, Resync, Revoked, SayHelloAgain, ServerLink
from kiosk.services.patience import Patience
from kiosk.services.report import Report
from ledger.errors import LedgerUnavailable
from ledger.kiosk import KioskLedger, names, outbox, pages

_log = logging.getLogger(__name__)

PULL_WAIT_S: Final = 2
"""Asked of the server per pull, so that a lost line shows within 3 s without a tap."""
STUCK_S: Final = 180
KEEP_SETTLED: Final = timedelta(days=14)
NAMES_EVERY_S: Final = 300


@dataclass(frozen=True, slots=True)
class LinkState:
    """Whether the server answers, and since when that is so."""

    online: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class Hooks:
    """Who is told: of a new session, of states that came down, of being revoked."""

    session: Callable[[Session], Awaitable[None]]
    changed: Callable[[], None]
    revoked: Callable[[], Awaitable[None]]


class SyncEngine:
    """Keeps one kiosk and its server alike. Start `run` as a task; cancel it to stop."""

    def __init__(  # noqa: PLR0913 - the composition root is its only caller
        self,
        ledger: KioskLedger,
        link: ServerLink,
        greeter: Greeter,
        clock: HonestClock,
        *,
        site_id: str,
        hooks: Hooks,
        report: Report,
        patience: Patience | None = None,
    ) -> None:
        self._ledger = ledger
        self._link = link
        self._greeter = greeter
        self._clock = clock
        self._site_id = site_id
        self._hooks = hooks
        self._report = report
        self._to_send = asyncio.Event()
        self._all_answered = asyncio.Event()
        self._patience = patience or Patience()
        self._got_on = False
        self.state = LinkState(online=False, since=clock.now())

    def wake(self) -> None:
        """There is something to send."""
        self._to_send.set()

    async def run(self) -> None:
        """Sync until cancelled, or until the house revokes this kiosk."""
        while True:
            self._got_on = False
            try:
                async with asyncio.timeout(STUCK_S) as watchdog:
                    self._watchdog = watchdog
                    await self._session()
            except Revoked:
                self._now(online=False)
                await self._hooks.revoked()
                return
            except (LinkTrouble, LedgerUnavailable, TimeoutError) as trouble:
                hello_helps = isinstance(trouble, SayHelloAgain | TimeoutError) and self._got_on
                if not hello_helps:
                    await self._wait_after(trouble)
            except Exception as fault:  # noqa: BLE001 - outermost: the lobby goes on without it
                _log.exception("sync failed")
                await self._wait_after(fault)

    async def _wait_after(self, trouble: Exception) -> None:
        self._now(online=False)
        self._report("trouble", of=type(trouble).__name__, detail=str(trouble))
        await asyncio.sleep(self._patience.next_s())

    async def _session(self) -> None:
        """One token's life: tasks that end together at the first trouble of any."""
        session = await self._greeter.greet()
        await self._hooks.session(session)
        self._now(online=True)
        self._all_answered.clear()
        self._to_send.set()
        jobs = (
            self._pull_for_ever(session, HOUSE),
            self._pull_for_ever(session, site_stream(self._site_id)),
            self._push_for_ever(session),
            self._names_for_ever(session),
            self._until_old(),
        )
        tasks = [asyncio.ensure_future(job) for job in jobs]
        try:
            done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                task.result()
        except Revoked as unproven:
            # A proxy may say 403 too: only hello's answer, signed by the house, ends a kiosk.
            raise SayHelloAgain("forbidden") from unproven
        finally:
            for task in tasks:
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _until_old(self) -> None:
        await asyncio.sleep(TOKEN_LIFE_S * 2 / 3)

    async def _push_for_ever(self, session: Session) -> None:
        while True:
            await self._to_send.wait()
            self._to_send.clear()
            while await self._push_once(session):
                self._alive()

    async def _push_once(self, session: Session) -> bool:
        events = await self._ledger.work(outbox.next_push)
        if not events:
            self._all_answered.set()
            return False
        self._all_answered.clear()
        push = Push(session.incarnation, session.server_epoch, events)
        reply = await self._link.push(session.token, push)
        now = self._clock.now()
        await self._ledger.work(lambda unit: outbox.take_answer(unit, reply, self._site_id, now))
        self._all_answered.set()
        self._report("sent", events=[each.id for each in reply.results])
        self._hooks.changed()
        return bool(reply.results)

    async def _pull_for_ever(self, session: Session, stream: str) -> None:
        digest = True
        while True:
            cursor = await self._ledger.work(lambda unit: pages.cursor(unit, stream))
            if cursor.seq == 0:
                await self._snapshot(session, stream)
                continue
            try:
                page = await self._link.pull(
                    session.token, cursor, session.server_epoch, wait_s=PULL_WAIT_S, digest=digest
                )
            except Resync:
                await self._snapshot(session, stream)
                continue
            await self._pushes_answered(stream)
            await self._ledger.work(partial(pages.apply_page, page=page))
            self._clock.heard_server(page.server_time)
            self._alive()
            if page.digest is not None and not page.more:
                digest = False
                mine = await self._ledger.work(lambda unit: pages.digest(unit, stream))
                if mine != page.digest:
                    self._report("mismatch", stream=stream)
                    await self._snapshot(session, stream)
            if page.states:
                self._report("pulled", stream=stream, to=page.to)
                self._hooks.changed()

    async def _snapshot(self, session: Session, stream: str) -> None:
        await self._ledger.work(lambda unit: pages.begin_snapshot(unit, stream))
        after, more = 0, True
        while more:
            page = await self._link.snapshot(session.token, stream, after)
            await self._pushes_answered(stream)
            await self._ledger.work(partial(pages.apply_snapshot_page, page=page))
            after, more = page.to, page.more
            self._alive()
        self._report("pulled", stream=stream, to=after)
        self._hooks.changed()

    async def _names_for_ever(self, session: Session) -> None:
        if not session.directory_key:
            await asyncio.Event().wait()
        seal = names.NameSeal(session.directory_key)
        while True:
            found = await self._link.names(session.token)
            await self._ledger.work(partial(names.put_names, names=found, seal=seal))
            before = self._clock.now() - KEEP_SETTLED
            await self._ledger.work(partial(outbox.forget_settled, before=before))
            await asyncio.sleep(NAMES_EVERY_S)

    async def _pushes_answered(self, stream: str) -> None:
        """Wait before a page that may hold events whose answer is still on its way, or was lost.

        Taken now they would be counted twice: in the state, and as pending on top of it.
        """
        if stream != HOUSE:
            await self._all_answered.wait()

    def _alive(self) -> None:
        self._got_on = True
        self._patience.reset()
        self._watchdog.reschedule(asyncio.get_running_loop().time() + STUCK_S)

    def _now(self, *, online: bool) -> None:
        if self.state.online != online:
            self.state = LinkState(online, self._clock.now())
            self._hooks.changed()

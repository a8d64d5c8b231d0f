"""The application: routes over one house, and what runs beside them."""

import asyncio
import gc
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any, Final

import structlog
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

from ledger.errors import LedgerUnavailable
from sync_server.admin.door import AdminDoor
from sync_server.api.codes import ApiCode
from sync_server.api.desk import Desk, set_up
from sync_server.api.goodbye import before_the_end
from sync_server.api.heads import HeadWatch
from sync_server.api.routes import add_api
from sync_server.api.told import told
from sync_server.api.troubles import PREFIX
from sync_server.asking.guard import Guard
from sync_server.house import Clock, open_house, wall_clock
from sync_server.jobs.loop import keep_going
from sync_server.jobs.past_visits import forget_past_visits
from sync_server.jobs.payments import reconcile_payments
from sync_server.jobs.timers import carry_out_timers
from sync_server.jobs.tombstones import forget_the_long_gone
from sync_server.known import Known
from sync_server.logs import log_as_json
from sync_server.mail.sending import send_due_mails
from sync_server.mail.transport import transport_of
from sync_server.payments.choosing import providers_of
from sync_server.payments.reconciling import Reconciler
from sync_server.settings import Settings, from_environment
from sync_server.web.problems import answer, not_sent_by_us
from sync_server.web.routes import add_pages

VERSION: Final = "0.1.0"
MAILS_EVERY_S: Final = 1.0
PAYMENTS_EVERY_S: Final = 2.0
TIMERS_EVERY_S: Final = 1.0
HOUR_S: Final = 3600.0
DAY_S: Final = 24 * HOUR_S
_log = structlog.get_logger(__name__)


def create_app(settings: Settings, clock: Clock = wall_clock) -> FastAPI:
    """The whole server for `settings`; the house is opened when the application starts."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with AsyncExitStack() as stack:
            house = await open_house(settings, clock)
            stack.push_async_callback(house.close)
            reconciler = Reconciler(house, providers_of(settings))
            stack.push_async_callback(reconciler.close)
            desk = Desk(house, HeadWatch(house.ledger), Known(house.ledger), reconciler)
            set_up(app, desk)
            await _beside(stack, desk)
            stack.enter_context(before_the_end(desk.heads.let_go))
            yield

    # The pages that show the description would fetch their scripts from somebody else.
    app = FastAPI(title="Foyer", version=VERSION, lifespan=lifespan, redoc_url=None, docs_url=None)
    add_api(app)
    app.add_middleware(Guard, refusal=not_sent_by_us)
    add_pages(app)
    app.add_exception_handler(LedgerUnavailable, _not_now)
    app.add_exception_handler(Exception, _broken)
    return app


def served_app(settings: Settings) -> FastAPI:
    """For a process that does nothing else.

    What is there from the start stays: looking through all of it for garbage, again and again,
    was a quarter of the time of a large answer.
    """
    app = create_app(settings)
    gc.collect()
    gc.freeze()
    return app


def worker_app() -> FastAPI:
    """For uvicorn's worker processes, which find their settings in FOYER_* variables."""
    settings = from_environment()
    log_as_json(settings.log_level)
    return served_app(settings)


async def _beside(stack: AsyncExitStack, desk: Desk) -> None:
    """Start what runs beside the requests: the watch, the mails, the admin socket."""
    house = desk.house
    transport = transport_of(house.settings, house.data)
    _start(stack, desk.heads.run())
    _start(stack, keep_going("mails", MAILS_EVERY_S, lambda: send_due_mails(house, transport)))
    _start(
        stack,
        keep_going("payments", PAYMENTS_EVERY_S, lambda: reconcile_payments(house, desk.payments)),
    )
    _start(stack, keep_going("timers", TIMERS_EVERY_S, lambda: carry_out_timers(house)))
    _start(stack, keep_going("past_visits", HOUR_S, lambda: forget_past_visits(house)))
    _start(stack, keep_going("tombstones", DAY_S, lambda: forget_the_long_gone(house)))
    if house.doors is not None:
        await house.doors.start()
    if house.settings.on_sqlite:
        await stack.enter_async_context(AdminDoor(house, desk.heads.poke))


def _start(stack: AsyncExitStack, work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)

    async def stop() -> None:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    stack.push_async_callback(stop)


async def _not_now(request: Request, error: Exception) -> Response:
    _log.warning("ledger_unavailable", error=type(error).__name__)
    if request.url.path.startswith(PREFIX):
        return told(request, 503, ApiCode.TRY_AGAIN, headers={"Retry-After": "1"})
    return answer(request, 503, "try_again")


async def _broken(request: Request, _: Exception) -> Response:
    """A fault of ours; uvicorn logs where it happened."""
    return answer(request, 500, "broken")

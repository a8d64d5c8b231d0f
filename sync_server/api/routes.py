"""All routes for programs, in the order in which the description lists them."""

from typing import Final

from fastapi import APIRouter, FastAPI

from sync_server.api import (
    availability,
    booking_acts,
    booking_list,
    bookings,
    check_ins,
    day_passes,
    doors,
    guests,
    health,
    holds,
    house_file,
    me,
    pay_hook,
    payments,
    quotes,
    resources,
    series,
    series_acts,
    sync_hello,
    sync_pull,
    sync_push,
    tickets,
    usage,
)
from sync_server.api.openapi import describe
from sync_server.api.troubles import tell_troubles

_ROUTERS: Final[tuple[APIRouter, ...]] = (
    health.router,
    resources.router,
    availability.router,
    quotes.router,
    bookings.router,
    booking_list.router,
    booking_acts.router,
    guests.router,
    tickets.router,
    holds.router,
    me.router,
    series.router,
    series_acts.router,
    day_passes.router,
    payments.router,
    usage.router,
    house_file.router,
    pay_hook.router,
    check_ins.router,
    doors.router,
    sync_hello.router,
    sync_push.router,
    sync_pull.router,
)


def add_api(app: FastAPI) -> None:
    """The routes, their words for what goes wrong before them, and a true description."""
    for router in _ROUTERS:
        app.include_router(router)
    tell_troubles(app)
    made = app.openapi
    app.openapi = lambda: describe(made())  # type: ignore[method-assign] # FastAPI's own way

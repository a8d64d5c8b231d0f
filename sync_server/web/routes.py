"""Every page of the house, and what stands around all of them."""

from collections.abc import Awaitable, Callable
from typing import Final

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sync_server.web import (
    declarations,
    door_page,
    front,
    legal,
    me,
    pass_page,
    passkeys,
    pay,
    sign_in,
    static,
)
from sync_server.web.booking import (
    book_page,
    cancel_page,
    change_page,
    day_page,
    guests_page,
    held_page,
    pay_page,
    report_page,
)
from sync_server.web.office import usage_page
from sync_server.web.problems import problem_page, wants_page
from sync_server.web.security import SecurityHeaders
from sync_server.web.series import book_page as series_book_page
from sync_server.web.series import own_page as series_own_page
from sync_server.web.site import pictures, resource_page
from sync_server.web.site import route as site

ROUTERS: Final = (
    static.router,
    front.router,
    declarations.router,
    legal.router,
    site.router,
    resource_page.router,
    pictures.router,
    passkeys.router,
    sign_in.router,
    me.router,
    door_page.router,
    pay.router,
    pass_page.router,
    report_page.router,
    guests_page.router,
    book_page.router,
    series_book_page.router,
    series_own_page.router,
    day_page.router,
    held_page.router,
    cancel_page.router,
    change_page.router,
    usage_page.router,
    pay_page.router,
)
_ForPrograms = Callable[[Request, Exception], Awaitable[Response]]


def add_pages(app: FastAPI) -> None:
    """The pages, their headers, and their words for what is not there."""
    for router in ROUTERS:
        app.include_router(router)
    app.add_middleware(SecurityHeaders)
    for_programs: _ForPrograms = app.exception_handlers[HTTPException]  # type: ignore[assignment]

    async def not_there(request: Request, error: Exception) -> Response:
        if isinstance(error, HTTPException) and wants_page(request):
            return problem_page(request, error.status_code)
        return await for_programs(request, error)

    app.add_exception_handler(HTTPException, not_there)

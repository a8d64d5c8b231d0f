"""The page's web server: one page, its state as a stream of events, and its buttons."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from installers.demo.inbox import Mail
from installers.demo.page.picture import picture_of
from installers.demo.page.stage import Stage
from installers.demo.page.words import best_language, say

_HERE: Final = Path(__file__).parent
_ASSETS: Final = _HERE.parents[2] / "assets"
_LOOK_AGAIN_S: Final = 0.15
_BUTTON_HEADER: Final = "x-foyer-button"
"""A header of ours, so that another site open in the same browser cannot press a button."""


def page_app(stage: Stage, over: Callable[[], bool] = lambda: False) -> Starlette:
    """The control page for this stage; what it streams ends once that is `over`."""
    pages = Environment(loader=FileSystemLoader(_HERE), autoescape=select_autoescape())

    async def page(request: Request) -> Response:
        language = _language(request)
        template = pages.get_template("page.html")
        return HTMLResponse(
            template.render(
                language=language,
                simulated=stage.simulated_camera,
                shown=stage.shown,
                say=lambda key: say(language, key),
                icon=_icon,
            )
        )

    async def changes(request: Request) -> Response:
        return StreamingResponse(_changes(stage, _language(request), over), media_type=_EVENTS)

    async def kiosk(_: Request) -> Response:
        if stage.shown:
            raise HTTPException(404)
        headers = {"cache-control": "no-store"}
        return Response(await stage.kiosk_window(), media_type="image/png", headers=headers)

    async def mail(request: Request) -> Response:
        found = _mail(stage, request)
        code = base64.b64encode(found.code_png).decode() if found.code_png else None
        return JSONResponse(
            {"to": found.to, "subject": found.subject, "text": found.text, "code": code}
        )

    async def show(request: Request) -> Response:
        _pressed(request)
        found = _mail(stage, request)
        if found.code_png is None:
            raise HTTPException(404)
        await stage.show(found.code_png)
        return Response(status_code=204)

    async def act(request: Request) -> Response:
        _pressed(request)
        name = request.path_params["name"]
        if not await stage.act(name, request.query_params.get("lock", "")):
            raise HTTPException(404)
        return Response(status_code=204)

    return Starlette(
        routes=[
            Route("/", page),
            Route("/changes", changes),
            Route("/kiosk.png", kiosk),
            Route("/mails/{id}", mail),
            Route("/mails/{id}/show", show, methods=["POST"]),
            Route("/acts/{name}", act, methods=["POST"]),
            Mount("/fonts", StaticFiles(directory=_ASSETS / "fonts")),
            Mount("/own", _FreshFiles(directory=_HERE)),
        ],
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
    )


class _FreshFiles(StaticFiles):
    """Files a browser asks for anew each time, so that it never mixes two versions."""

    def file_response(self, *given: Any, **named: Any) -> Response:
        response = super().file_response(*given, **named)
        response.headers["cache-control"] = "no-cache"
        return response


_EVENTS: Final = "text/event-stream"


async def _changes(stage: Stage, language: str, over: Callable[[], bool]) -> AsyncIterator[str]:
    """The whole picture whenever it differs from the last one."""
    last = ""
    while not over():
        now = json.dumps(await picture_of(stage, language))
        if now != last:
            last = now
            yield f"data: {now}\n\n"
        await asyncio.sleep(_LOOK_AGAIN_S)


def _language(request: Request) -> str:
    return best_language(
        request.query_params.get("lang"), request.headers.get("accept-language", "")
    )


def _mail(stage: Stage, request: Request) -> Mail:
    for mail in stage.mails():
        if mail.id == request.path_params["id"]:
            return mail
    raise HTTPException(404)


def _pressed(request: Request) -> None:
    if _BUTTON_HEADER not in request.headers:
        raise HTTPException(403)


def _icon(name: str) -> str:
    """An icon's drawing, to stand in the page and take its colour."""
    return (_ASSETS / "icons" / "regular" / f"{name}.svg").read_text(encoding="utf-8")

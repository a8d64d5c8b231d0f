"""The page people pay at, and what its buttons do."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, select_autoescape
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from domain.payment import Ended
from sync_server.payments.ports import ProviderRefuses
from sync_server.payments.simulator.hooks import Hooks
from sync_server.payments.simulator.moods import LostLine
from sync_server.payments.simulator.till import Held, Till
from sync_server.payments.simulator.words import say

_HERE: Final = Path(__file__).parent
_FONTS: Final = _HERE.parents[2] / "assets" / "fonts"
_MOST_BYTES: Final = 1000


class _Page:
    def __init__(self, till: Till, hooks: Hooks, late_s: float) -> None:
        self._till = till
        self._hooks = hooks
        self._late_s = late_s
        self._pages = Environment(loader=FileSystemLoader(_HERE), autoescape=select_autoescape())
        self._acts: dict[str, Callable[[str], Response | None]] = {
            "pay": self._pay,
            "decline": self._decline,
            "expire": self._expire,
            "quiet": self._quiet,
            "late": self._late,
            "crash": self._crash,
        }

    async def show(self, request: Request) -> Response:
        reference = request.path_params["reference"]
        try:
            held = self._till.held(reference)
        except ProviderRefuses:
            return PlainTextResponse("There is no such payment here.", 404)
        return self._shown(held)

    async def press(self, request: Request) -> Response:
        """Do what the button says, then send the payer back to the house."""
        reference = request.path_params["reference"]
        body = await request.body()
        act = self._acts.get(body[:_MOST_BYTES].decode(errors="replace").removeprefix("act="))
        try:
            held = self._till.held(reference)
        except ProviderRefuses:
            return PlainTextResponse("There is no such payment here.", 404)
        if act is None or not held.can_be_paid(self._till.now()):
            return self._shown(held)
        return act(reference) or RedirectResponse(held.order.return_url, 303)

    def _pay(self, reference: str) -> None:
        self._till.pay(reference)
        self._hooks.call(reference)

    def _decline(self, reference: str) -> None:
        self._till.decline(reference)
        self._hooks.call(reference)

    def _expire(self, reference: str) -> None:
        self._till.cancel(reference)
        self._hooks.call(reference)

    def _quiet(self, reference: str) -> Response:
        self._till.pay(reference)
        return self._shown(self._till.held(reference))

    def _late(self, reference: str) -> None:
        self._till.pay(reference, timedelta(seconds=self._late_s))
        self._hooks.call(reference, self._late_s)

    def _crash(self, reference: str) -> Response:
        self._till.pay(reference)
        return LostLine()

    def _shown(self, held: Held) -> Response:
        seconds = round(self._late_s)
        html = self._pages.get_template("page.html").render(
            held=held,
            outcome=self._outcome(held),
            say=lambda key: say(key, held.order, seconds=seconds),
        )
        return HTMLResponse(html, headers=_guarded(held.order.return_url))

    def _outcome(self, held: Held) -> str:
        now = self._till.now()
        if held.paid_cents(now):
            return "paid"
        if held.money_at is not None:
            return "waits"
        match held.ended(now):
            case Ended.FAILED:
                return "failed"
            case Ended.EXPIRED:
                return "expired"
            case None:
                return ""


def page_routes(till: Till, hooks: Hooks, late_s: float) -> list[BaseRoute]:
    page = _Page(till, hooks, late_s)
    return [
        Route("/pay/{reference}", page.show, methods=["GET"]),
        Route("/pay/{reference}", page.press, methods=["POST"]),
        Route("/look/page.css", _css),
        Mount("/font", StaticFiles(directory=_FONTS)),
    ]


async def _css(_: Request) -> Response:
    return Response((_HERE / "page.css").read_bytes(), media_type="text/css")


def _guarded(return_url: str) -> dict[str, str]:
    """Nothing but our own style; forms lead here, or by redirect back to the house."""
    back = urlsplit(return_url)
    policy = (
        "default-src 'none'; style-src 'self'; font-src 'self'; frame-ancestors 'none'; "
        f"base-uri 'none'; form-action 'self' {back.scheme}://{back.netloc}"
    )
    return {"content-security-policy": policy, "cache-control": "no-store"}

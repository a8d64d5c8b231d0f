"""The simulated provider's API: what a server of a shop asks, with a key that makes it safe."""

import hmac
from collections.abc import Callable
from typing import Final, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from ledger.codec import BadBody, canonical, checked, decode
from sync_server.payments.ports import UNKNOWN, Order, ProviderRefuses, Told
from sync_server.payments.simulated import RefundOrder
from sync_server.payments.simulator.moods import Moods, wanted
from sync_server.payments.simulator.till import Till

T = TypeVar("T")
_STATUS: Final = {UNKNOWN: 404, "bad_body": 422}


class _Api:
    def __init__(self, till: Till, secret: bytes, moods: Moods) -> None:
        self._till = till
        self._secret = secret
        self._moods = moods

    async def create(self, request: Request) -> Response:
        order = _read(await request.body(), Order)
        same = order and order.payment_id == request.headers.get("idempotency-key")
        return await self._answer(request, lambda: self._till.create(_given(order, ok=same)))

    async def look(self, request: Request) -> Response:
        return await self._answer(request, lambda: self._till.look(_reference(request)))

    async def cancel(self, request: Request) -> Response:
        return await self._answer(request, lambda: self._till.cancel(_reference(request)))

    async def refund(self, request: Request) -> Response:
        order = _read(await request.body(), RefundOrder)
        key = request.headers.get("idempotency-key", "")

        def refunded() -> Told:
            return self._till.refund(_reference(request), _given(order, ok=key).cents, key)

        return await self._answer(request, refunded)

    async def moods(self, request: Request) -> Response:
        """How the next calls go; how many callers were left without an answer."""
        if self._is_ours(request):
            self._moods.expect(wanted(request))
        return JSONResponse({"silent": self._moods.silent})

    async def _answer(self, request: Request, act: Callable[[], Told]) -> Response:
        if not self._is_ours(request):
            return JSONResponse({"code": "no_token"}, 401)
        mood = self._moods.next()
        instead = await self._moods.before(mood)
        return instead or await self._moods.after(mood, _said(act))

    def _is_ours(self, request: Request) -> bool:
        given = request.headers.get("authorization", "").encode()
        return hmac.compare_digest(given, f"Bearer {self._secret.hex()}".encode())


def api_routes(till: Till, secret: bytes, moods: Moods) -> list[Route]:
    api = _Api(till, secret, moods)
    one = "/v1/payments/{reference}"
    return [
        Route("/v1/payments", api.create, methods=["POST"]),
        Route(one, api.look),
        Route(f"{one}/cancel", api.cancel, methods=["POST"]),
        Route(f"{one}/refunds", api.refund, methods=["POST"]),
        Route("/moods", api.moods, methods=["POST"]),
    ]


def _said(act: Callable[[], Told]) -> Response:
    try:
        return Response(canonical(act()), media_type="application/json")
    except ProviderRefuses as no:
        return JSONResponse({"code": no.code}, _STATUS.get(no.code, 409))


def _read(body: bytes, type_: type[T]) -> T | None:
    try:
        return checked(decode(body, type_))
    except BadBody:
        return None


def _given(body: T | None, *, ok: object) -> T:
    if body is None or not ok:
        raise ProviderRefuses("bad_body")
    return body


def _reference(request: Request) -> str:
    return str(request.path_params["reference"])

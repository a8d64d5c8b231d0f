"""The simulated provider as the server reaches it: a program of its own that speaks HTTP."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

import httpx

from ledger.codec import BadBody, canonical, checked, decode
from sync_server.payments.ports import (
    PATIENCE_S,
    UNKNOWN,
    Order,
    ProviderAway,
    ProviderRefuses,
    Told,
)
from sync_server.payments.signing import HEADER, is_signed

NAME: Final = "simulated"


@dataclass(frozen=True, slots=True)
class Hint:
    """All that a call of the provider's says: have a look at this one."""

    reference: str


@dataclass(frozen=True, slots=True)
class _Refused:
    code: str = "refused"


@dataclass(frozen=True, slots=True)
class RefundOrder:
    cents: int


class SimulatedProvider:
    """Implements `PaymentProvider`; `secret` is shared with the simulator."""

    name = NAME

    def __init__(self, url: str, secret: bytes, patience_s: float = PATIENCE_S) -> None:
        self._secret = secret
        self.page_origin = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        self._client = httpx.AsyncClient(
            base_url=url,
            headers={"authorization": f"Bearer {secret.hex()}"},
            timeout=patience_s,
            trust_env=False,
        )

    async def create(self, order: Order) -> Told:
        return await self._ask("POST", "/v1/payments", order, order.payment_id)

    async def look(self, reference: str) -> Told:
        return await self._ask("GET", f"/v1/payments/{_part(reference)}")

    async def cancel(self, reference: str) -> Told:
        return await self._ask("POST", f"/v1/payments/{_part(reference)}/cancel")

    async def refund(self, reference: str, cents: int, key: str) -> Told:
        path = f"/v1/payments/{_part(reference)}/refunds"
        return await self._ask("POST", path, RefundOrder(cents), key)

    def hint(self, body: bytes, headers: Mapping[str, str], now: datetime) -> str | None:
        if not is_signed(self._secret, body, headers.get(HEADER, ""), now):
            return None
        try:
            return checked(decode(body, Hint)).reference
        except BadBody:
            return None

    async def close(self) -> None:
        await self._client.aclose()

    async def _ask(self, method: str, path: str, body: Any = None, key: str = "") -> Told:
        headers = {"idempotency-key": key} if key else {}
        content = None if body is None else canonical(body)
        try:
            answer = await self._client.request(method, path, content=content, headers=headers)
        except httpx.HTTPError as error:
            raise ProviderAway(f"{type(error).__name__} at {path}") from error
        return _understood(answer)


def _understood(answer: httpx.Response) -> Told:
    """Refusals by name; whatever else is no payment says nothing about whether it worked."""
    try:
        if answer.status_code in (200, 201):
            return checked(decode(answer.content, Told))
        if answer.status_code in (404, 409, 422):
            raise ProviderRefuses(decode(answer.content, _Refused).code)
    except BadBody as error:
        raise ProviderAway("the answer was not understood") from error
    raise ProviderAway(f"status {answer.status_code}")


def _part(reference: str) -> str:
    """A reference as one part of a path; what cannot be one is no reference of theirs."""
    if not reference.replace("-", "").replace("_", "").isalnum() or not reference.isascii():
        raise ProviderRefuses(UNKNOWN)
    return reference

"""What every request handler needs: the house, the watch over its streams, what is known."""

from dataclasses import dataclass, field

from fastapi import FastAPI
from starlette.requests import Request

from sync_server.api.heads import HeadWatch
from sync_server.house import House
from sync_server.kiosk_contacts import KioskContacts
from sync_server.known import Known
from sync_server.payments.hints import HintGate
from sync_server.payments.reconciling import Reconciler


@dataclass(frozen=True, slots=True)
class Desk:
    """One per process, made when the application starts."""

    house: House
    heads: HeadWatch
    known: Known
    payments: Reconciler
    hints: HintGate = field(default_factory=HintGate)
    contacts: KioskContacts = field(default_factory=KioskContacts)


def set_up(app: FastAPI, desk: Desk) -> None:
    app.state.desk = desk


def desk_of(request: Request) -> Desk:
    """The desk of the application this request came to."""
    desk: Desk = request.app.state.desk
    return desk


def bearer(request: Request) -> str | None:
    """The bearer token of a request, if it brought one (RFC 6750)."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None

"""Payments for programs: how one stands, giving money back, and the calls of their providers."""

from typing import Annotated, Final

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from domain.payment import Payment
from sync_server.api.answers import PaymentAnswer
from sync_server.api.asking import who_asks
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured
from sync_server.api.desk import Desk, desk_of
from sync_server.api.problems import CanonicalResponse
from sync_server.api.told import told
from sync_server.links import Links, payment_token
from sync_server.payments.reconciling import Standing
from sync_server.use_cases.asker import Asker, Member, sees_all_of

router: Final = APIRouter(prefix="/api/v1", tags=["payments"])
PaymentId = Annotated[str, Path(max_length=200, description="As a booking or a sale names it.")]


@router.get(
    "/payments/{payment_id}",
    summary="How a payment stands",
    responses=answered(200, "As the house knows it", PaymentAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            404: (ApiCode.NOT_FOUND,),
            422: (ApiCode.BAD_REQUEST,),
        }
    ),
    openapi_extra=secured(),
)
async def payment(request: Request, payment_id: PaymentId) -> Response:
    desk = desk_of(request)
    asker = await who_asks(desk, request)
    if isinstance(asker, Response):
        return asker
    standing = await desk.payments.standing(payment_id)
    if standing is None or not _may_see(asker, standing):
        return told(request, 404, ApiCode.NOT_FOUND)
    return CanonicalResponse(payment_answer(desk, standing.payment_id, standing.payment))


def payment_answer(desk: Desk, payment_id: str, payment: Payment) -> PaymentAnswer:
    """A payment as programs get it."""
    links = Links(desk.house.settings.base_url)
    return PaymentAnswer(
        id=payment_id,
        status=payment.status,
        amount_cents=payment.amount_cents,
        currency=payment.currency,
        for_kind=payment.for_kind,
        for_id=payment.for_id,
        paid_cents=payment.paid_cents,
        refunded_cents=payment.refunded_cents,
        method=payment.method,
        created_at=payment.created_at,
        expires_at=payment.expires_at,
        page=links.payment(payment_token(desk.house.keys, payment_id)),
    )


def _may_see(asker: Asker, standing: Standing) -> bool:
    own = isinstance(asker, Member) and asker.person_id == standing.payment.person_id
    return own or sees_all_of(asker, standing.site_id)

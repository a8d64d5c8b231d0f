"""Payments for programs: how one stands, and giving money back."""

import hashlib
from typing import Annotated, Final

from fastapi import APIRouter, Path
from starlette.requests import Request
from starlette.responses import Response

from domain.payment import NotRefundable
from domain.subjects import site_stream
from sync_server.api.answers import PaymentAnswer, RefundAnswer
from sync_server.api.asking import who_changes, who_reads
from sync_server.api.body import exact_body_as
from sync_server.api.bookings import Key
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured, takes
from sync_server.api.desk import Desk, desk_of
from sync_server.api.problems import CanonicalResponse
from sync_server.api.quotes import NOWHERE
from sync_server.api.refusals import Where
from sync_server.api.told import told
from sync_server.api.wishes import RefundBody
from sync_server.links import Links, payment_token
from sync_server.payments.ports import ProviderAway
from sync_server.payments.reconciling import Standing
from sync_server.use_cases.asker import Asker, Member, runs, sees_all_of
from sync_server.use_cases.booking.acts import actor_of
from sync_server.use_cases.payments import ask_refund

router: Final = APIRouter(prefix="/api/v1", tags=["payments"])
PaymentId = Annotated[str, Path(max_length=200, description="As an order or a sale names it.")]
_NOT_REFUNDABLE: Final = {
    NotRefundable.NO_AMOUNT: (422, ApiCode.NO_AMOUNT),
    NotRefundable.NOTHING_PAID: (409, ApiCode.NOTHING_PAID),
    NotRefundable.MORE_THAN_PAID: (409, ApiCode.MORE_THAN_PAID),
    NotRefundable.ID_REUSED: (409, ApiCode.ID_REUSED),
}


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
    asker = await who_reads(desk, request)
    if isinstance(asker, Response):
        return asker
    standing = await desk.payments.standing(payment_id)
    if standing is None or not _may_see(asker, standing):
        return told(request, 404, ApiCode.NOT_FOUND)
    return await _answer(desk, request, standing, 200)


@router.post(
    "/payments/{payment_id}/refunds",
    summary="Give money back",
    description="A person's decision: operators only. It goes back through the provider it came "
    "by, and is asked for until the provider has answered. The same request with the same key "
    "gives nothing more.",
    status_code=202,
    responses=answered(202, "It is on its way", PaymentAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            403: (ApiCode.FORBIDDEN,),
            404: (ApiCode.NOT_FOUND,),
            409: (ApiCode.NOTHING_PAID, ApiCode.MORE_THAN_PAID, ApiCode.ID_REUSED),
            413: (ApiCode.TOO_LARGE,),
            422: (ApiCode.BAD_BODY, ApiCode.BAD_KEY, ApiCode.BAD_REQUEST, ApiCode.NO_AMOUNT),
        }
    ),
    openapi_extra=secured() | takes(RefundBody),
)
async def refunds(request: Request, payment_id: PaymentId, key: Key) -> Response:
    desk = desk_of(request)
    asker = await who_changes(desk, request)
    if isinstance(asker, Response):
        return asker
    standing = await desk.payments.standing(payment_id)
    if standing is None or not _may_see(asker, standing):
        return told(request, 404, ApiCode.NOT_FOUND)
    if not runs(asker, standing.site_id):
        return told(request, 403, ApiCode.FORBIDDEN)
    body = await exact_body_as(request, RefundBody)
    if isinstance(body, Response):
        return body
    no = await _asked(desk, standing, (_refund_id(key), body.cents), actor_of(asker))
    if no is not None:
        status, code = _NOT_REFUNDABLE[no]
        return told(request, status, code)
    return await _answer(desk, request, await _stepped(desk, standing), 202)


async def _asked(
    desk: Desk, standing: Standing, refund: tuple[str, int], actor: str
) -> NotRefundable | None:
    site_id, payment_id = standing.site_id, standing.payment_id
    found = await desk.house.ledger.work(
        [site_stream(site_id)], lambda unit: ask_refund(unit, site_id, payment_id, refund, actor)
    )
    return found if isinstance(found, NotRefundable) else None


async def _stepped(desk: Desk, standing: Standing) -> Standing:
    """Asked for at once; where the provider is away, the job goes on asking."""
    try:
        after = await desk.payments.step(standing.payment_id)
    except ProviderAway:
        after = await desk.payments.standing(standing.payment_id)
    return after or standing


async def _answer(desk: Desk, request: Request, standing: Standing, status: int) -> Response:
    sites = (await desk.known.places(standing.site_id)).sites
    where = Where(request, sites.get(standing.site_id, NOWHERE), desk.house.clock())
    links = Links(desk.house.settings.base_url)
    payment = standing.payment
    answer = PaymentAnswer(
        id=standing.payment_id,
        status=payment.status,
        amount_cents=payment.amount_cents,
        currency=payment.currency,
        for_kind=payment.for_kind,
        for_id=payment.for_id,
        paid_cents=payment.paid_cents,
        refunded_cents=payment.refunded_cents,
        method=payment.method,
        created_at=where.local(payment.created_at),
        expires_at=where.local(payment.expires_at),
        refunds=[
            RefundAnswer(each.cents, where.local(each.asked_at), each.status)
            for each in payment.refunds
        ],
        page=links.payment(payment_token(desk.house.keys, standing.payment_id)),
    )
    return CanonicalResponse(answer, status_code=status)


def _may_see(asker: Asker, standing: Standing) -> bool:
    own = isinstance(asker, Member) and asker.person_id == standing.payment.person_id
    return own or sees_all_of(asker, standing.site_id)


def _refund_id(key: str) -> str:
    """The key as the provider gets it: of one length, and nothing of the caller's in it."""
    return hashlib.sha256(key.encode()).hexdigest()[:32]

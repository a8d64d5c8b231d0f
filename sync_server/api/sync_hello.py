"""Sync, first part: a kiosk enrols once and says hello each quarter of an hour."""

from typing import Final

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from domain.kiosk import Kiosk
from domain.subjects import HOUSE
from domain.sync import PROTOCOLS, EnrolReply, EnrolRequest, HelloAnswer, SignedHello
from ledger.unit import Unit
from sync_server.api.body import message_as
from sync_server.api.desk import desk_of
from sync_server.api.kiosk_auth import signed_reply
from sync_server.api.problems import CanonicalResponse, problem
from sync_server.keys import HOUSE_KEY_NUMBER
from sync_server.use_cases.found_house import EPOCH
from sync_server.use_cases.hello import greet_kiosk
from sync_server.use_cases.kiosk_tokens import new_challenge
from sync_server.use_cases.kiosks import enrol_kiosk
from sync_server.use_cases.refusal import Refusal

router: Final = APIRouter(prefix="/sync/v1", tags=["sync"])
_KEY_HEX_LENGTH: Final = 64


@router.get("/challenge", summary="Something fresh to sign, once, within 60 s")
async def challenge(request: Request) -> Response:
    house = desk_of(request).house
    return CanonicalResponse({"challenge": new_challenge(house.keys, house.clock())})


@router.post("/hello", summary="A signed challenge for a token")
async def hello(request: Request) -> Response:
    house = desk_of(request).house
    signed = await message_as(request, SignedHello)
    if isinstance(signed, Response):
        return signed
    low, high = signed.hello.protocols
    if high < PROTOCOLS[0] or low > PROTOCOLS[1]:
        return problem(426, "other_protocol")
    reply = await house.ledger.work([HOUSE], lambda unit: greet_kiosk(unit, house.keys, signed))
    if reply is None:
        return problem(401, "bad_hello")
    status = 403 if reply.answer is HelloAnswer.REVOKED else 200
    return CanonicalResponse(signed_reply(house, reply), status_code=status)


@router.post("/enrol", summary="A one-time code and a public key for a place in the house")
async def enrol(request: Request) -> Response:
    house = desk_of(request).house
    asked = await message_as(request, EnrolRequest)
    if isinstance(asked, Response):
        return asked
    if not _is_key(asked.public_key):
        return problem(422, "bad_key")

    def work(unit: Unit) -> tuple[tuple[str, Kiosk] | Refusal, str]:
        return enrol_kiosk(unit, asked.code, asked.public_key), unit.meta(EPOCH) or ""

    result, epoch = await house.ledger.work([HOUSE], work)
    if isinstance(result, Refusal):
        return problem(404, result.code)
    kiosk_id, kiosk = result
    key = house.keys.signing.public_hex
    return CanonicalResponse(
        EnrolReply(kiosk_id, kiosk.site, kiosk.number, key, HOUSE_KEY_NUMBER, epoch)
    )


def _is_key(text: str) -> bool:
    try:
        return len(bytes.fromhex(text)) * 2 == len(text) == _KEY_HEX_LENGTH
    except ValueError:
        return False

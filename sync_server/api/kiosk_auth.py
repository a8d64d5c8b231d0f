"""Which kiosk is asking, and the answers for those that may not."""

from starlette.requests import Request
from starlette.responses import Response

from domain.kiosk import Kiosk
from domain.subjects import HOUSE, site_stream
from domain.sync import PROTOCOL, HelloAnswer, HelloReply, SignedReply
from ledger.codec import encode_text
from ledger.reader import Reader
from sync_server.api.desk import Desk, bearer
from sync_server.api.problems import CanonicalResponse, problem
from sync_server.house import House
from sync_server.keys import HOUSE_KEY_NUMBER
from sync_server.use_cases.found_house import EPOCH
from sync_server.use_cases.kiosk_tokens import KioskToken, read_token


async def asking_kiosk(desk: Desk, request: Request) -> tuple[KioskToken, Kiosk, str] | Response:
    """The token, the kiosk and the server's epoch, or the answer to give instead."""
    text = bearer(request)
    token = read_token(desk.house.keys, text, desk.house.clock()) if text else None
    if token is None:
        return problem(401, "hello_first", {"WWW-Authenticate": "Bearer"})

    def look(reader: Reader) -> tuple[Kiosk | None, str]:
        return reader.full("kiosk", token.kiosk_id, Kiosk), reader.meta(EPOCH) or ""

    kiosk, epoch = await desk.house.ledger.read(look)
    if kiosk is None:
        return problem(401, "hello_first", {"WWW-Authenticate": "Bearer"})
    if kiosk.revoked_at is not None:
        return revoked(desk.house, epoch)
    return token, kiosk, epoch


def streams_of(kiosk: Kiosk) -> tuple[str, str]:
    """All a kiosk may follow: the house and its own site."""
    return HOUSE, site_stream(kiosk.site)


def signed_reply(house: House, reply: HelloReply) -> SignedReply:
    """The reply as text with the house key's signature over exactly that text."""
    body = encode_text(reply)
    signature = house.keys.signing.sign(body.encode()).hex()
    return SignedReply(body, HOUSE_KEY_NUMBER, signature)


def revoked(house: House, epoch: str) -> Response:
    """403 with the house's signed word, so that nobody else can make a kiosk forget."""
    reply = HelloReply(
        answer=HelloAnswer.REVOKED,
        challenge="",
        protocol=PROTOCOL,
        server_epoch=epoch,
        server_time=house.clock(),
        token="",
        last_n_seen=0,
        incarnation=0,
        receipt_letter="",
        directory_key="",
        door_certificate=None,
    )
    return CanonicalResponse(signed_reply(house, reply), status_code=403)

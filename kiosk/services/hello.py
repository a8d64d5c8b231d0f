"""Saying hello: prove who we are, check who answers, learn token, time and certificate."""

from dataclasses import dataclass
from datetime import datetime

from domain.subjects import HOUSE, site_stream
from domain.sync import (
    PROTOCOLS,
    SCHEMA,
    ClockReading,
    Hello,
    HelloAnswer,
    HelloReply,
    SignedHello,
    SignedReply,
)
from kiosk.services import certificate
from kiosk.services.clock import HonestClock
from kiosk.services.identity import Identity
from kiosk.services.link import NotUnderstood, Revoked, ServerLink
from ledger.codec import canonical, decode
from ledger.kiosk import KioskLedger, KioskUnit, outbox, pages
from ledger.seal import SigningKey, verify

APP_VERSION = "0.1.0"


class Impostor(NotUnderstood):
    """The answer is not signed by the house this kiosk belongs to."""


@dataclass(frozen=True, slots=True)
class Session:
    """What a good hello gives; the door certificate is in the ledger then."""

    token: str
    server_epoch: str
    incarnation: int
    server_time: datetime
    directory_key: str


class Greeter:
    """Says hello for one kiosk and takes what the answer asks for into the ledger."""

    def __init__(
        self,
        ledger: KioskLedger,
        link: ServerLink,
        clock: HonestClock,
        identity: Identity,
        key: SigningKey,
    ) -> None:
        self._ledger = ledger
        self._link = link
        self._clock = clock
        self._identity = identity
        self._key = key

    async def greet(self) -> Session:
        """A session. Raises LinkTrouble; Revoked only if the house itself has said so."""
        challenge = await self._link.challenge()
        hello = await self._ledger.work(lambda unit: self._hello(unit, challenge))
        signature = self._key.sign(canonical(hello)).hex()
        try:
            signed = await self._link.hello(SignedHello(hello, signature))
        except Revoked as refused:
            raise self._really_revoked(refused, challenge) from refused
        reply = self.read_reply(signed, challenge)
        return await self._take(reply)

    def read_reply(self, signed: SignedReply, challenge: str) -> HelloReply:
        """The reply, if the house signed it for this challenge. Raises Impostor."""
        house = bytes.fromhex(self._identity.house_key)
        if not verify(house, signed.body.encode(), bytes.fromhex(signed.signature)):
            raise Impostor("the answer is not signed by our house")
        reply = decode(signed.body, HelloReply)
        if reply.challenge != challenge:
            raise Impostor("the answer belongs to another hello")
        return reply

    async def _take(self, reply: HelloReply) -> Session:
        if reply.answer is HelloAnswer.REVOKED:
            raise Revoked(None)
        if reply.answer in (HelloAnswer.ENROL_AGAIN, HelloAnswer.UNKNOWN_KIOSK):
            raise NotUnderstood(reply.answer.value)
        await self._ledger.work(lambda unit: self._note(unit, reply))
        self._clock.heard_server(reply.server_time)
        return Session(
            token=reply.token,
            server_epoch=reply.server_epoch,
            incarnation=reply.incarnation,
            server_time=reply.server_time,
            directory_key=reply.directory_key,
        )

    def _hello(self, unit: KioskUnit, challenge: str) -> Hello:
        reading = self._clock.persistable()
        streams = (HOUSE, site_stream(self._identity.site_id))
        return Hello(
            challenge=challenge,
            protocols=PROTOCOLS,
            schema=SCHEMA,
            app_version=APP_VERSION,
            kiosk_id=self._identity.kiosk_id,
            incarnation=int(unit.meta("incarnation") or 0),
            last_n=int(unit.meta("last_n") or 0),
            last_receipt=0,
            cursors=tuple(pages.cursor(unit, stream) for stream in streams),
            clock=ClockReading(reading.time, reading.monotonic_us, reading.boot_id),
        )

    def _note(self, unit: KioskUnit, reply: HelloReply) -> None:
        if reply.incarnation != int(unit.meta("incarnation") or 0):
            outbox.renumber(unit, reply.incarnation)
        elif reply.answer is HelloAnswer.WELCOME:
            outbox.send_again_after(unit, reply.last_n_seen)
        unit.set_meta("server_epoch", reply.server_epoch)
        certificate.keep(unit, reply.door_certificate)

    def _really_revoked(self, refused: Revoked, challenge: str) -> Exception:
        if refused.reply is None:
            return NotUnderstood("forbidden, without the house's word for it")
        try:
            reply = self.read_reply(refused.reply, challenge)
        except Impostor as impostor:
            return impostor
        return refused if reply.answer is HelloAnswer.REVOKED else NotUnderstood(reply.answer)

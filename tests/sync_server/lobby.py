"""A kiosk as the server sees it: its key, its numbers, and plain HTTP."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import httpx

from domain.calendar import local_date
from domain.subjects import Body
from domain.sync import (
    PROTOCOLS,
    ClockReading,
    EnrolReply,
    EnrolRequest,
    EventUp,
    Hello,
    HelloReply,
    Page,
    Push,
    PushReply,
    SignedHello,
    SignedReply,
)
from ledger.codec import canonical, decode, encode_text, kind_text
from ledger.ids import uuid7
from ledger.seal import SigningKey, verify
from sync_server.demo.cast import ZONE

START_HASH = "0" * 64


@dataclass(slots=True)
class Lobby:
    """Enrols, says hello, pushes and pulls like a kiosk, without its ledger."""

    http: httpx.Client
    key: SigningKey = field(default_factory=SigningKey.fresh)
    enrolled: EnrolReply | None = None
    incarnation: int = 0
    n: int = 0
    token: str = ""
    epoch: str = ""

    @property
    def me(self) -> EnrolReply:
        assert self.enrolled
        return self.enrolled

    @property
    def stream(self) -> str:
        return f"site:{self.me.site_id}"

    def enrol(self, code: str) -> httpx.Response:
        request = EnrolRequest(code, self.key.public_hex)
        response = self.http.post("/sync/v1/enrol", content=canonical(request))
        if response.is_success:
            self.enrolled = decode(response.content, EnrolReply)
        return response

    def hello(self, **changed: Any) -> HelloReply:
        response = self.say_hello(**changed)
        assert response.status_code in (200, 403), response.text
        reply = self.read(response)
        self.token, self.epoch = reply.token, reply.server_epoch
        self.incarnation = reply.incarnation
        return reply

    def say_hello(self, **changed: Any) -> httpx.Response:
        signed = self.signed_hello(**changed)
        return self.http.post("/sync/v1/hello", content=canonical(signed))

    def signed_hello(self, **changed: Any) -> SignedHello:
        challenge = self.http.get("/sync/v1/challenge").json()["challenge"]
        clock = ClockReading(datetime.now(UTC), 1, "boot")
        hello = Hello(
            challenge,
            PROTOCOLS,
            1,
            "test",
            self.me.kiosk_id,
            self.incarnation,
            self.n,
            0,
            (),
            clock,
        )
        hello = replace(hello, **changed)
        return SignedHello(hello, self.key.sign(canonical(hello)).hex())

    def read(self, response: httpx.Response) -> HelloReply:
        """The reply, its signature checked with the pinned house key."""
        signed = decode(response.content, SignedReply)
        house = bytes.fromhex(self.me.house_key)
        assert verify(house, signed.body.encode(), bytes.fromhex(signed.signature))
        return decode(signed.body, HelloReply)

    def event(self, kind: str, subject: str, body: Body, **changed: Any) -> EventUp:
        self.n += 1
        now = datetime.now(UTC)
        event = EventUp(
            n=self.n,
            id=uuid7(now),
            act=uuid7(now),
            kind=kind_text(kind, body),
            subject=subject,
            at=now,
            actor="kiosk",
            body=encode_text(body),
            offline=False,
        )
        return replace(event, **changed)

    def send(self, *events: EventUp, **headers: str) -> httpx.Response:
        push = Push(self.incarnation, self.epoch, events)
        bearer = {"Authorization": f"Bearer {self.token}"} | headers
        return self.http.post("/sync/v1/push", content=canonical(push), headers=bearer)

    def push(self, *events: EventUp) -> PushReply:
        response = self.send(*events)
        assert response.status_code == 200, response.text
        return decode(response.content, PushReply)

    def get_page(
        self, stream: str, after: int = 0, hash_: str = "", **query: Any
    ) -> httpx.Response:
        params = {"stream": stream, "epoch": self.epoch, "after": after, "hash": hash_} | query
        bearer = {"Authorization": f"Bearer {self.token}"}
        return self.http.get("/sync/v1/pull", params=params, headers=bearer, timeout=30)

    def pull(self, stream: str, after: int = 0, hash_: str = "", **query: Any) -> Page:
        response = self.get_page(stream, after, hash_, **query)
        assert response.status_code == 200, response.text
        return decode(response.content, Page)

    def everything(self, stream: str) -> Page:
        """All pages of a stream as one."""
        page = self.pull(stream, limit=1000)
        states = page.states
        while page.more:
            page = self.pull(stream, page.to, page.hash, limit=1000)
            states += page.states
        return replace(page, states=states)


def fresh_id() -> str:
    return uuid7(datetime.now(UTC))


def day_of(at: datetime) -> date:
    """The day it was at the demo's sites, which is not UTC's around midnight."""
    return local_date(at, ZONE)


def no_pass() -> str:
    """An id that no pass has."""
    return secrets.token_hex(8)


def enrolled_lobby(http: httpx.Client, code: str) -> Lobby:
    """A kiosk that has enrolled and said hello."""
    lobby = Lobby(http)
    assert lobby.enrol(code).status_code == 200
    lobby.hello()
    return lobby

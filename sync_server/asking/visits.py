"""A visit: the browser behind a request, its secret, its session if it has one."""

import hmac
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from domain.web_sessions import is_worth_noting
from ledger.web_sessions import WebSession
from sync_server.api.desk import desk_of
from sync_server.asking.cookies import secret_in, set_cookie
from sync_server.house import House
from sync_server.use_cases import web_sessions
from sync_server.use_cases.asker import Anyone, Member
from sync_server.use_cases.secret_text import fresh_secret

_CSRF: Final = "csrf"


@dataclass(slots=True)
class Visit:
    """One per request. What changes of it goes to the browser with the answer."""

    house: House
    brought: str | None
    secret: str | None
    _session: WebSession | None = None
    _looked: bool = False
    kept_longer: bool = False
    """The cookie is to be set anew although its secret stayed."""

    def cookie(self) -> str | None:
        """The header that brings the browser up to date, if it is not."""
        if self.secret == self.brought and not self.kept_longer:
            return None
        return set_cookie(self.house.settings, self.secret)

    def csrf(self) -> str:
        """What a form has to bring to show that this browser got it from us.

        Bound to the cookie's secret: whoever can make one can read the cookie or our keys. A
        browser without a cookie gets one; nothing is written down for it.
        """
        self.secret = self.secret or fresh_secret()
        return self.house.keys.mac(_CSRF, self.secret)

    def is_csrf(self, text: str) -> bool:
        """Whether a form brought what this browser was given."""
        if not self.brought or not text.isascii():
            return False
        return hmac.compare_digest(self.house.keys.mac(_CSRF, self.brought), text)

    async def session(self) -> WebSession | None:
        """The living session of this browser, if there is one; looked up once."""
        if not self._looked:
            self._looked = True
            if self.brought:
                self._session = await self._look_up(self.brought)
        return self._session

    async def begun(self) -> WebSession:
        """The session of this browser, which begins now if there is none."""
        if session := await self.session():
            return session
        secret = self.secret
        return self._take(
            await self.house.ledger.work([], lambda unit: web_sessions.begin(unit, secret))
        )

    async def sign_in(self, person_id: str) -> WebSession:
        """This browser is that person's from now on; its secret before is good for nothing."""
        current = await self.session()
        return self._take(
            await self.house.ledger.work(
                [], lambda unit: web_sessions.sign_in(unit, current, person_id)
            )
        )

    async def sign_out(self) -> None:
        """Nobody is signed in here any more."""
        if session := await self.session():
            await self.house.ledger.work([], lambda unit: unit.end_web_session(session.id))
        self.secret = self._session = None

    async def _look_up(self, secret: str) -> WebSession | None:
        now = self.house.clock()
        found = await self.house.ledger.read(lambda r: web_sessions.living(r, secret, now))
        if found and is_worth_noting(found.seen_at, now):
            await self.house.ledger.work([], lambda unit: web_sessions.seen(unit, found.id))
            self.kept_longer = True
        return found

    def _take(self, begun: tuple[str, WebSession]) -> WebSession:
        self.secret, self._session = begun
        return begun[1]


def visit_of(request: Request) -> Visit:
    """The visit a request belongs to."""
    visit: Visit | None = getattr(request.state, "visit", None)
    if visit is None:
        house = desk_of(request).house
        secret = secret_in(house.settings, request.cookies)
        visit = request.state.visit = Visit(house, secret, secret)
    return visit


def csrf_of(request: Request) -> str:
    """What every form of ours carries in its field `csrf`."""
    return visit_of(request).csrf()


async def asker_of_browser(request: Request) -> Anyone | Member:
    """The member who is signed in where this request comes from, if somebody is."""
    session = await visit_of(request).session()
    return Member(session.person_id) if session and session.person_id else Anyone()

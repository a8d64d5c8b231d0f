"""The house that is asked: somebody's things in it, and everybody else who asks for them."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import httpx

from domain.booking.wish import SlotWish
from domain.passes import GrantKind
from domain.subjects import site_stream
from ledger.passkeys import Passkey
from ledger.unit import Unit
from sync_server.admin.asking import Asked, ask
from sync_server.admin.orders import NewKiosk, NewToken
from sync_server.house import House, open_house
from sync_server.links import pass_token, payment_token
from sync_server.settings import Settings
from sync_server.use_cases.asker import Member
from sync_server.use_cases.booking.holds import Hold, Holder, place_hold
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.member_page import living_passes
from sync_server.use_cases.payments import PayWish, start_payment
from sync_server.use_cases.series.acts import book_series
from sync_server.use_cases.series.make import SeriesBooked
from sync_server.use_cases.series.wish import NewSeries
from tests.sync_server.conftest import Demo
from tests.sync_server.lobby import enrolled_lobby
from tests.sync_server.running import running
from tests.sync_server.web.let_in import new_secret

_NOT_COMPARED: Final = {"rate", "web_session", "kiosk_contact", "mail_outbox", "alembic_version"}
"""Notes of who asked how often, and what the house sends by itself meanwhile."""


@dataclass(slots=True)
class Asker:
    """One role: what it brings with each request."""

    name: str
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    client: httpx.Client | None = None

    def ask(self, method: str, path: str, **of: Any) -> httpx.Response:
        assert self.client
        headers = self.headers | of.pop("headers", {})
        return self.client.request(method, path, headers=headers, **of)


@dataclass(frozen=True, slots=True)
class Asking:
    """The served house, whose things are Jana's, and the roles."""

    url: str
    settings: Settings
    demo: Demo
    things: dict[str, str]
    askers: dict[str, Asker]

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All that the house has recorded."""
        with closing(sqlite3.connect(self.settings.data / "foyer.sqlite")) as db:
            tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master"
                                                   " WHERE type = 'table'")]  # fmt: skip
            return {
                table: sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr)
                for table in tables
                if table not in _NOT_COMPARED
            }


@contextmanager
def asked_house(founded: Demo, folder: Path) -> Iterator[Asking]:
    """A copy of the demo, served, with something of each kind that is Jana's."""
    data = folder / "asked"
    shutil.copytree(founded.folder, data)
    demo = replace(founded, folder=data)
    with running(Settings(data)) as served:
        things = asyncio.run(_janas_things(served.settings, demo))
        askers = _askers(served.url, served.settings, demo)
        for each in askers.values():
            each.client = httpx.Client(
                base_url=served.url, cookies=each.cookies, trust_env=False, timeout=10
            )
        try:
            yield Asking(served.url, served.settings, demo, things, askers)
        finally:
            for each in askers.values():
                assert each.client
                each.client.close()


async def _janas_things(settings: Settings, demo: Demo) -> dict[str, str]:
    house = await open_house(settings)
    jana, stream = demo.ids["member"], site_stream(demo.ids["site"])

    def work(unit: Unit) -> dict[str, str]:
        wish = PayWish("booking", demo.ids["booking"], 1200, "EUR", jana, "simulated",
                       unit.now + timedelta(days=1))  # fmt: skip
        payment = start_payment(unit, demo.ids["site"], wish)
        assert isinstance(payment, str)
        unit.add_passkey(Passkey("jana-key", jana, b"\xa5", 0, "Jana's phone", unit.now))
        (pass_id,) = living_passes(unit, GrantKind.BOOKING, demo.ids["booking"])
        return {
            "booking": demo.ids["booking"],
            "payment": payment,
            "person": jana,
            "passkey": "jana-key",
            "pass": pass_id,
            "hold link": _hold_of(unit, house, demo),
            "pass link": pass_token(house.keys, pass_id),
            "payment link": payment_token(house.keys, payment),
        }

    try:
        things = await house.ledger.work([stream], work)
        return things | {"series": await _series_of(house, demo)}
    finally:
        await house.close()


async def _series_of(house: House, demo: Demo) -> str:
    """Some days of next month that are Jana's."""
    noon = house.clock().replace(hour=11, minute=0, second=0, microsecond=0)
    starts, jana = noon + timedelta(days=20), demo.ids["member"]
    first = SlotWish(starts, starts + timedelta(hours=1))
    new = NewSeries(demo.ids["resource"], first, "FREQ=DAILY;COUNT=5", mail=False)
    made = await book_series(house, Member(jana), jana, new)
    assert isinstance(made, SeriesBooked), made
    return made.series_id


def _hold_of(unit: Unit, house: House, demo: Demo) -> str:
    """The address of a slot that Jana holds, on the first day that has one free."""
    noon = unit.now.replace(hour=11, minute=0, second=0, microsecond=0)
    holder = Holder(session="jana's", person_id=demo.ids["member"])
    making = Making(unit, house.keys, Ids(), "test")
    for days in range(1, 8):
        starts = noon + timedelta(days=days)
        wish = SlotWish(starts, starts + timedelta(hours=1))
        held = place_hold(making, holder, demo.ids["resource"], wish)
        if isinstance(held, Hold):
            return held.token
    raise AssertionError("nothing is free for a week")


def _askers(url: str, settings: Settings, demo: Demo) -> dict[str, Asker]:
    other, own = demo.ids["host"], demo.ids["member"]
    site, site2 = demo.ids["site"], demo.ids["site2"]
    return {
        each.name: each
        for each in (
            Asker("nobody"),
            _by_token("other member", settings, ("book",), person=other),
            _by_session("other member's browser", url, settings, demo, other),
            _by_token("own", settings, ("book",), person=own),
            _by_session("own browser", url, settings, demo, own),
            _by_token("operator", settings, ("operate",)),
            _by_token("operator here", settings, ("operate",), site=site),
            _by_token("operator elsewhere", settings, ("operate",), site=site2),
            _by_token("auditor elsewhere", settings, ("read",), site=site2),
            _by_token("token for other things", settings, ("check-in",)),
            Asker("made-up token", _bearer(f"foyer_{'0' * 16}_{'x' * 43}")),
            _by_kiosk("kiosk", url, settings, site),
        )
    }


STRANGERS: Final = (
    "nobody",
    "other member",
    "other member's browser",
    "operator elsewhere",
    "auditor elsewhere",
    "token for other things",
    "made-up token",
    "kiosk",
)
"""Who may neither see nor change what is Jana's."""


def _bearer(token: str) -> dict[str, str]:
    return {"authorization": f"Bearer {token}"}


def _by_token(
    name: str,
    settings: Settings,
    scopes: tuple[str, ...],
    site: str | None = None,
    person: str | None = None,
) -> Asker:
    made = ask(settings, Asked("token create", NewToken(scopes, site, person)))
    assert isinstance(made, dict), made
    return Asker(name, _bearer(made["token"]))


def _by_session(name: str, url: str, settings: Settings, demo: Demo, person: str) -> Asker:
    """A browser with the page open: it sends the token that its forms hold."""
    secret = new_secret(settings, person)
    proof = {"origin": url, "x-csrf-token": demo.keys.mac("csrf", secret)}
    return Asker(name, proof, {"foyer": secret})


def _by_kiosk(name: str, url: str, settings: Settings, site: str) -> Asker:
    code = ask(settings, Asked("add-kiosk", NewKiosk(site)))
    assert isinstance(code, dict)
    with httpx.Client(base_url=url, trust_env=False) as client:
        return Asker(name, _bearer(enrolled_lobby(client, code["code"]).token))


def told(answer: httpx.Response, *ids: str) -> tuple[int, str]:
    """Status and body, without the ids that were asked for themselves."""
    text = answer.text
    for id_ in ids:
        text = text.replace(id_, "ID")
    return answer.status_code, text


def as_json(value: object) -> str:
    return json.dumps(value, sort_keys=True)

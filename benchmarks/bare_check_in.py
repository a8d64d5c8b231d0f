"""The limit of a check-in over HTTP: the same reads and writes, and nothing that thinks.

Starlette, msgspec and bare asyncpg on the ledger's own tables and statements: BEGIN, the lock
of the stream, one statement that reads states and stored answer, one that writes, COMMIT. No
signature is checked, no rule asked, nothing hashed. The database's URL is in LIMIT_URL.
"""

import argparse
import asyncio
import base64
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

import asyncpg
import msgspec
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from domain.passes import GrantKind
from ledger.ids import uuid7
from ledger.inserts import flush_few
from ledger.links import ref_kind
from ledger.session import Statement
from ledger.statements import ABOUT_PASS, LOCK

URL: Final = "LIMIT_URL"
_CONNECTIONS: Final = 10
_KINDS: Final = tuple(ref_kind(kind) for kind in GrantKind)
_SITES: Final = (
    "SELECT door->>'id', subject FROM state, jsonb_array_elements(body::jsonb->'doors') door"
    " WHERE kind = 'site'"
)
_SCOPE: Final = "check-in:limit"
_HASH: Final = "00" * 32
_BODY: Final = (
    '{"at":"2026-11-22T16:33:00.000000Z","because":"membership","day":"2026-11-22","grant_id":'
    '"%s","party":1,"pass_id":"%s","pass_only":false,"people":1,"person_id":"%s","place":"%s"}'
)
_VISIT: Final = '{"day":"2026-11-22","entries":1,"inside":1}'
_CLAIMED: Final = '"claimed_at":"2026-11-22T16:33:00.000000Z"'
_DECISION: Final = '{"rule":1,"saw":"%s"}'


class Asked(msgspec.Struct):
    """The body of a request."""

    id: str
    code: str
    place: str
    people: int = 1


class Answer(msgspec.Struct):
    """The body of an answer, which is stored too."""

    outcome: str
    reason: str | None
    sentence: str
    until: datetime
    remedies: tuple[str, ...]
    event_id: str


class Owner(msgspec.Struct):
    """The one thing of a pass that is needed: whose visit it is."""

    person_id: str


@dataclass(frozen=True, slots=True)
class Shop:
    """What a worker has: its connections, and the site of each door."""

    free: "asyncio.Queue[Any]"
    site_of: dict[str, str]


_ASKED: Final = msgspec.json.Decoder(Asked)
_OWNER: Final = msgspec.json.Decoder(Owner)
_JSON: Final = msgspec.json.Encoder()


async def check_in(request: Request) -> Response:
    shop: Shop = request.app.state.shop
    if not request.headers["authorization"].startswith("Bearer "):
        return Response(status_code=401)
    asked = _ASKED.decode(await request.body())
    connection = await shop.free.get()
    try:
        answer = await _in_transaction(connection, asked, shop.site_of[asked.place])
    finally:
        shop.free.put_nowait(connection)
    return Response(answer, status_code=201, media_type="application/json")


async def _in_transaction(connection: Any, asked: Asked, site: str) -> bytes:
    stream = f"site:{site}"
    await connection.execute("BEGIN")
    ((_, head, _),) = await _fetch(connection, LOCK, {"streams": [stream]})
    packed = base64.b32hexdecode(asked.code[2:] + "=" * (-len(asked.code[2:]) % 8))
    about = {
        "site": site,
        "stream": stream,
        "pass": packed[9:17].hex(),
        "ref_kind": _KINDS[packed[17] & 0x7F],
        "ref": packed[18:26].hex(),
        "scope": _SCOPE,
        "id": asked.id,
    }
    states = await _fetch(connection, ABOUT_PASS, about)
    answer, tables = _written(asked, stream, head, states)
    values = (value for rows in tables.values() for row in rows for value in row)
    flush = flush_few(tuple(len(rows) for rows in tables.values()))
    await connection.fetch(flush.postgresql, *values)
    await connection.execute("COMMIT")
    return answer


def _written(
    asked: Asked, stream: str, head: int, states: list[Any]
) -> tuple[bytes, dict[str, list[Any]]]:
    """The answer, and the rows of a check-in of the ledger's own shape."""
    now = datetime.now(UTC)
    text, act = now.strftime("%Y-%m-%dT%H:%M:%S.%fZ"), uuid7(now)
    body_of = {(row[0], row[1]): row[7] for row in states}
    issued = next((key[1], body) for key, body in body_of.items() if key[0] == "pass" and body)
    person = _OWNER.decode(issued[1]).person_id
    changed = [("visit", person, "Arrived", _VISIT)]
    for (kind, subject), body in body_of.items():
        if kind == "booking" and body and '"claimed_at":null' in body:
            claimed = body.replace('"claimed_at":null', _CLAIMED)
            changed.append(("booking", subject, "BookingClaimed", claimed))
    decision = _DECISION % ",".join(f"{kind} {subject}" for kind, subject in body_of)
    body = _BODY % (issued[0], issued[0], person, asked.place)
    ids = [uuid7(now) for _ in changed]
    answer = _JSON.encode(Answer("admitted", None, "Willkommen!", now, (), ids[0]))
    tables = {
        "event": [
            (stream, head + n, id_, f"{kind}.{name}/1", subject, text, text, "api:limit",
             "api:limit", act, None, body, decision, _HASH)
            for n, (id_, (kind, subject, name, _)) in enumerate(zip(ids, changed, strict=True), 1)
        ],
        "state": [
            (kind, subject, stream, head + n, "put", state)
            for n, (kind, subject, _, state) in enumerate(changed, 1)
        ],
        "inside": [(stream, person, "2026-11-22", 1)],
        "answer": [(_SCOPE, asked.id, _HASH, answer.decode())],
        "stream": [(stream, head + len(changed), _HASH)],
    }  # fmt: skip
    return answer, tables


async def _fetch(connection: Any, what: Statement, params: dict[str, Any]) -> list[Any]:
    rows: list[Any] = await connection.fetch(
        what.postgresql, *(params[name] for name in what.names)
    )
    return rows


@asynccontextmanager
async def _open(app: Starlette) -> AsyncIterator[None]:
    url = os.environ[URL]
    connections = [await asyncpg.connect(url) for _ in range(_CONNECTIONS)]
    free: asyncio.Queue[Any] = asyncio.Queue()
    for each in connections:
        free.put_nowait(each)
    app.state.shop = Shop(free, dict(await connections[0].fetch(_SITES)))
    yield
    for each in connections:
        await each.close()


def app() -> Starlette:
    """For uvicorn's workers."""
    return Starlette(routes=[Route("/check-ins", check_in, methods=["POST"])], lifespan=_open)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--workers", type=int, default=2)
    flags = parser.parse_args()
    uvicorn.run(
        "benchmarks.bare_check_in:app",
        factory=True,
        port=flags.port,
        workers=flags.workers,
        loop="uvloop",
        http="httptools",
        log_level="warning",
        access_log=False,
        server_header=False,
    )

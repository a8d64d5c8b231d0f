"""The four steps of passkeys, asked for by static/passkey.js."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from domain.rates import TooOften
from sync_server.api.body import body_as
from sync_server.api.desk import desk_of
from sync_server.api.problems import CanonicalResponse, problem
from sync_server.asking.ceremonies import Credential, RelyingParty
from sync_server.asking.clients import client_of
from sync_server.asking.devices import device_of
from sync_server.asking.next_page import HOME, next_page
from sync_server.asking.origins import our_origin
from sync_server.asking.visits import visit_of
from sync_server.use_cases import passkeys
from sync_server.web.home import home_of

router: Final = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the device answered, and the page to go on to."""

    credential: Credential
    next: str = ""


@router.post("/sign-in/passkey/options")
async def options_to_sign_in(request: Request) -> Response:
    house, party = desk_of(request).house, await _party(request)
    session, client = await visit_of(request).begun(), client_of(request)
    options = await house.ledger.work(
        [], lambda unit: passkeys.begin_signing_in(unit, house.keys, session, party, client)
    )
    if isinstance(options, TooOften):
        return problem(429, "too_many_tries")
    return Response(options, media_type="application/json")


@router.post("/sign-in/passkey")
async def sign_in(request: Request) -> Response:
    visit, party = visit_of(request), await _party(request)
    session = await visit.session()
    answer = await body_as(request, Answer)
    if isinstance(answer, Response) or session is None:
        return _not_proven()
    person_id = await visit.house.ledger.work(
        [], lambda unit: passkeys.person_of_passkey(unit, session, party, answer.credential)
    )
    if person_id is None:
        return _not_proven()
    await visit.sign_in(person_id)
    return CanonicalResponse({"next": next_page(answer.next)})


@router.post("/me/passkeys/options")
async def options_to_add(request: Request) -> Response:
    visit, party = visit_of(request), await _party(request)
    session = await visit.session()
    if session is None or session.person_id is None:
        return _not_proven()
    person_id = session.person_id
    options = await visit.house.ledger.work(
        [], lambda unit: passkeys.begin_adding(unit, session, person_id, party)
    )
    return Response(options, media_type="application/json") if options else _not_proven()


@router.post("/me/passkeys")
async def add(request: Request) -> Response:
    visit, party = visit_of(request), await _party(request)
    session = await visit.session()
    answer = await body_as(request, Answer)
    if isinstance(answer, Response) or session is None:
        return _not_proven()
    name = device_of(request.headers.get("user-agent", ""))
    added = await visit.house.ledger.work(
        [], lambda unit: passkeys.add_passkey(unit, session, party, answer.credential, name)
    )
    return CanonicalResponse({"next": HOME}) if added else _not_proven()


@router.post("/me/passkeys/drop")
async def drop(request: Request) -> Response:
    visit = visit_of(request)
    session = await visit.session()
    async with request.form() as form:
        key_id = str(form.get("passkey", ""))
    if session and (person_id := session.person_id):
        await visit.house.ledger.work([], lambda unit: unit.drop_passkey(person_id, key_id))
    return RedirectResponse(HOME, 303)


async def _party(request: Request) -> RelyingParty:
    origin = our_origin(desk_of(request).house.settings, request)
    place = await home_of(request)
    return RelyingParty(
        urlsplit(origin).hostname or "", place.site.name if place else "Foyer", origin
    )


def _not_proven() -> Response:
    """The same for whatever it was: a key nobody has, of somebody else, or not signed."""
    return problem(403, "not_proven")

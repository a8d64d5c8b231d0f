"""Commands about kiosks, tokens and people."""

from domain.subjects import HOUSE
from ledger.unit import Unit
from sync_server.admin.answers import Answer, Json
from sync_server.admin.orders import NewKiosk, NewToken, Subject
from sync_server.house import House
from sync_server.use_cases.kiosks import AddedKiosk, add_kiosk, revoke_kiosk
from sync_server.use_cases.people import erase_person, offboard
from sync_server.use_cases.tokens import create_token, revoke_token, unfit_person, unknown_site


async def make_token(house: House, new: NewToken) -> Answer:
    def work(unit: Unit) -> Answer:
        no = unknown_site(unit, new.site) or unfit_person(unit, new.scopes, new.person)
        return no or {"token": create_token(unit, new.scopes, new.site, new.person)}

    return await house.ledger.work([HOUSE], work)


async def end_token(house: House, token: Subject) -> Answer:
    no = await house.ledger.work([HOUSE], lambda unit: revoke_token(unit, token.id))
    return no or _done(token)


async def make_kiosk(house: House, new: NewKiosk) -> Answer:
    added = await house.ledger.work(
        [HOUSE], lambda unit: add_kiosk(unit, new.site, new.name, new.door)
    )
    return _kiosk_json(added) if isinstance(added, AddedKiosk) else added


async def end_kiosk(house: House, kiosk: Subject) -> Answer:
    no = await house.ledger.work([HOUSE], lambda unit: revoke_kiosk(unit, kiosk.id))
    return no or _done(kiosk)


async def end_person(house: House, person: Subject) -> Answer:
    no = await house.ledger.work([HOUSE], lambda unit: offboard(unit, person.id))
    return no or _done(person)


async def forget_person(house: House, person: Subject) -> Answer:
    no = await house.ledger.work([HOUSE], lambda unit: erase_person(unit, person.id))
    return no or _done(person)


def _done(subject: Subject) -> Json:
    return {"id": subject.id}


def _kiosk_json(added: AddedKiosk) -> Json:
    return {
        "kiosk": added.kiosk_id,
        "number": added.number,
        "code": added.code,
        "until": added.until.isoformat(),
    }

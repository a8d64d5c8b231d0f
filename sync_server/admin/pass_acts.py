"""Commands about passes and bookings."""

import asyncio
from pathlib import Path

from domain.subjects import HOUSE, site_stream
from ledger.reader import Reader
from ledger.unit import Unit
from paper.qr import qr_png
from sync_server.admin.answers import Answer, Json
from sync_server.admin.orders import MemberPass, NewBooking, NewTimes, Subject
from sync_server.house import House
from sync_server.use_cases.book import Booked, Wish, book, move_booking, pass_of_booking
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.issue_pass import IssuedPass, issue_member_pass, revoke_pass, shown
from sync_server.use_cases.mails import queue_member_mail
from sync_server.use_cases.print_pass import site_of
from sync_server.use_cases.refusal import Refusal
from sync_server.use_cases.streams import stream_of


async def make_member_pass(house: House, wanted: MemberPass) -> Answer:
    def work(unit: Unit) -> IssuedPass | Refusal:
        pass_id = issue_member_pass(unit, house.keys, wanted.person)
        if isinstance(pass_id, Refusal):
            return pass_id
        if wanted.mail:
            queue_member_mail(unit, wanted.person, pass_id, Ids())
        return shown(unit, house.keys, pass_id)

    issued = await house.ledger.work([HOUSE], work)
    return issued if isinstance(issued, Refusal) else await _pass_json(house, issued)


async def make_booking(house: House, new: NewBooking) -> Answer:
    found = await house.ledger.read(lambda reader: site_of(reader, new.resource))
    if found is None:
        return Refusal("unknown_resource", f"There is no resource {new.resource}.")
    wish = Wish(new.resource, new.person, new.starts, new.ends, new.party)
    booked = await house.ledger.work(
        [site_stream(found[0])], lambda unit: book(unit, house.keys, found[0], wish)
    )
    if not isinstance(booked, Booked):
        return booked
    issued = await house.ledger.read(lambda reader: shown(reader, house.keys, booked.pass_id))
    whole = await _pass_json(house, issued)
    return {"booking": booked.booking_id, "mail": booked.mail_id, "pass": whole}


async def change_booking(house: House, new: NewTimes) -> Answer:
    def look(reader: Reader) -> tuple[str | None, str | None]:
        stream = stream_of(reader, "booking", new.booking)
        return stream, pass_of_booking(reader, new.booking)

    stream, pass_id = await house.ledger.read(look)
    if stream is None:
        return Refusal("unknown_booking", f"There is no booking {new.booking}.")
    site_id, to = stream.partition(":")[2], (new.starts, new.ends)
    moved = await house.ledger.work(
        [stream], lambda unit: move_booking(unit, site_id, new.booking, to, pass_id)
    )
    return moved if isinstance(moved, Refusal) else {"booking": new.booking, "mail": moved}


async def end_pass(house: House, ended: Subject) -> Answer:
    stream = await house.ledger.read(lambda reader: stream_of(reader, "pass", ended.id))
    no = await house.ledger.work([stream or HOUSE], lambda unit: revoke_pass(unit, ended.id))
    return no or {"id": ended.id}


async def _pass_json(house: House, issued: IssuedPass) -> Json:
    path = house.passes / f"{issued.id}.png"
    await asyncio.to_thread(_write_png, path, issued.code)
    return {
        "id": issued.id,
        "code": issued.code,
        "short_code": issued.short_code,
        "path": str(path.absolute()),
    }


def _write_png(path: Path, code: str) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(qr_png(code))

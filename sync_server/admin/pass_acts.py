"""Commands about passes."""

import asyncio
from pathlib import Path

from domain.subjects import HOUSE
from ledger.unit import Unit
from paper.qr import qr_png
from sync_server.admin.answers import Answer, Json
from sync_server.admin.orders import MemberPass, Subject
from sync_server.house import House
from sync_server.use_cases.chance import Ids
from sync_server.use_cases.issue_pass import IssuedPass, issue_member_pass, revoke_pass, shown
from sync_server.use_cases.mails import queue_member_mail
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
    return issued if isinstance(issued, Refusal) else await pass_json(house, issued)


async def end_pass(house: House, ended: Subject) -> Answer:
    stream = await house.ledger.read(lambda reader: stream_of(reader, "pass", ended.id))
    no = await house.ledger.work([stream or HOUSE], lambda unit: revoke_pass(unit, ended.id))
    return no or {"id": ended.id}


async def pass_json(house: House, issued: IssuedPass) -> Json:
    """A pass to be handed out, with the picture of its code."""
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

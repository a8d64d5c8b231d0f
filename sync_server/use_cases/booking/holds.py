"""Holds: a slot kept for ten minutes for whoever is about to book it."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from domain.booking import Booking
from domain.booking.decide import decide_booking
from domain.booking.outcomes import NotBookable
from domain.booking.wish import SlotWish
from domain.mail_address import mail_key
from domain.pricing import Quote
from domain.subjects import site_stream
from ledger.codec import decode, encode_text
from ledger.holdings import HoldingKind, NotFree
from ledger.holds import HoldRow
from ledger.reader import Reader
from ledger.timers import Timer
from ledger.unit import Unit
from sync_server.keys import HouseKeys
from sync_server.use_cases.booking.case import open_case, own_bookings
from sync_server.use_cases.booking.claims import wanted
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import No, SlotTaken

HELD_FOR: Final = timedelta(minutes=10)
MOST_OF_AN_IP: Final = 5
KIND: Final = "hold"
OVER: Final = "hold_over"
_PROOF_LETTERS: Final = 32


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds, as far as it is known: a browser's session, an address, a member.

    Only hashes of session, mail and IP address are kept.
    """

    session: str = ""
    mail: str = ""
    ip: str = ""
    person_id: str | None = None


@dataclass(frozen=True, slots=True)
class HeldSlot:
    """What is kept of a hold. `booking`: the order whose money is awaited."""

    resource_id: str
    wish: SlotWish
    held_at: datetime
    person_id: str | None = None
    extended: bool = False
    booking: Booking | None = None
    paid_in_vain: bool = False


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold as its holder sees it; its id becomes that of the booking."""

    id: str
    site_id: str
    token: str
    expires_at: datetime
    held: HeldSlot
    quote: Quote | None = None

    def lasts(self, now: datetime) -> bool:
        return now < self.expires_at


def place_hold(
    making: Making, holder: Holder, resource_id: str, wish: SlotWish
) -> Hold | NotBookable | SlotTaken | No:
    """Keep a slot for HELD_FOR; whoever held something else before gives that up.

    Locks the site's stream. One hold for each session and mail address, MOST_OF_AN_IP for each
    IP address. Where nothing is kept, an earlier hold stays.
    """
    unit, keys = making.unit, making.keys
    case = open_case(unit, resource_id, holder.person_id)
    if isinstance(case, No):
        return case
    people = (holder.person_id,) if holder.person_id else ()
    own = own_bookings(unit, case, wish, people)
    allowed = decide_booking(case.facts(wish, own), wish, unit.now)
    if isinstance(allowed, NotBookable):
        return allowed
    row = _fresh(
        making, holder, case.place.site_id, HeldSlot(resource_id, wish, unit.now, holder.person_id)
    )
    before = _own_holds(unit, row)
    if _too_many(unit, row, before):
        return No.TOO_MANY_HOLDS
    mine = next((each for each in before if _is_for_the_same(each, row)), None)
    row = replace(row, id=mine.id) if mine else row
    things = wanted(unit, case.place, wish, allowed.claim)
    got = unit.reclaim_all(things.wants, HoldingKind.HOLD, row.id, row.expires_at)
    if isinstance(got, NotFree):
        return things.taken(got)
    _keep(unit, row, before)
    return replace(_hold(keys, row), quote=case.quote(wish))


def hold_of_token(reader: Reader, keys: HouseKeys, token: str) -> Hold | None:
    """The hold that this text was handed out for, while it or its order is kept."""
    hold_id = hold_id_of_token(keys, token)
    row = reader.hold(hold_id) if hold_id else None
    return _hold(keys, row) if row else None


def hold_id_of_token(keys: HouseKeys, token: str) -> str | None:
    """The id in a text that was handed out for a hold, also when the hold is over."""
    hold_id, _, proof = token.partition(".")
    good = proof.isascii() and hmac.compare_digest(proof, _proof(keys, hold_id))
    return hold_id if good else None


def hold_of_session(reader: Reader, keys: HouseKeys, session: str) -> Hold | None:
    """What this browser holds, if its time is not over at the reader's discretion."""
    rows = reader.holds_of_session(_key(keys, "session", session)) if session else []
    newest = max(rows, key=lambda row: row.expires_at, default=None)
    return _hold(keys, newest) if newest else None


def extend_hold(unit: Unit, keys: HouseKeys, hold_id: str) -> Hold | No:
    """Once, by as long again, for whoever has begun to pay; a second time nothing changes."""
    row = unit.hold(hold_id)
    if row is None or row.expires_at <= unit.now:
        return No.HOLD_GONE
    held = read_held(row)
    if held.extended:
        return _hold(keys, row)
    until = row.expires_at + HELD_FOR
    if not unit.extend_claim(hold_id, until):
        return No.HOLD_GONE
    longer = replace(row, expires_at=until, body=encode_text(replace(held, extended=True)))
    unit.change_hold(longer)
    _set_timer(unit, longer)
    return _hold(keys, longer)


def drop_hold(unit: Unit, hold_id: str) -> None:
    """Give it up; the slot is free at once. What was ordered waits for its money all the same."""
    row = unit.hold(hold_id)
    if row is None or read_held(row).booking is not None:
        return
    if unit.take_hold(hold_id) is not None:
        unit.release_claim(hold_id)
        unit.drop_timers(KIND, hold_id)


def read_held(row: HoldRow) -> HeldSlot:
    return decode(row.body, HeldSlot)


def change_held(unit: Unit, row: HoldRow, held: HeldSlot) -> None:
    """Keep something else of a hold; its end stays."""
    unit.change_hold(replace(row, body=encode_text(held)))


def hash_of_mail(keys: HouseKeys, mail: str) -> str:
    """What is kept of an address: enough to know it again."""
    return _key(keys, "mail", mail_key(mail))


def site_of_hold(reader: Reader, hold_id: str) -> str | None:
    row = reader.hold(hold_id)
    return row.site_id if row else None


def _fresh(making: Making, holder: Holder, site_id: str, held: HeldSlot) -> HoldRow:
    now, keys = making.unit.now, making.keys
    return HoldRow(
        id=making.ids.subject(now),
        session_key=_key(keys, "session", holder.session),
        mail_key=hash_of_mail(keys, holder.mail),
        ip_key=_key(keys, "ip", holder.ip),
        site_id=site_id,
        expires_at=now + HELD_FOR,
        body=encode_text(held),
    )


def _own_holds(unit: Unit, row: HoldRow) -> list[HoldRow]:
    """What the same session or address holds; what was ordered waits for its money."""
    found = (*unit.holds_of_session(row.session_key), *unit.holds_of_mail(row.mail_key))
    unique = {each.id: each for each in found}
    return [each for each in unique.values() if read_held(each).booking is None]


def _too_many(unit: Unit, row: HoldRow, replaced: Iterable[HoldRow]) -> bool:
    if not row.ip_key:
        return False
    live = unit.count_holds_of_ip(row.ip_key, unit.now)
    given_up = sum(e.ip_key == row.ip_key and e.expires_at > unit.now for e in replaced)
    return live - given_up >= MOST_OF_AN_IP


def _is_for_the_same(before: HoldRow, row: HoldRow) -> bool:
    """Whether a hold can simply be changed: the same browser, in the same house, from there."""
    names = ("session_key", "site_id", "ip_key")
    return all(getattr(before, name) == getattr(row, name) for name in names)


def _keep(unit: Unit, row: HoldRow, before: list[HoldRow]) -> None:
    for each in before:
        if each.id != row.id:
            drop_hold(unit, each.id)
    if not unit.change_hold(row):
        unit.put_hold(row)
    _set_timer(unit, row)


def _set_timer(unit: Unit, row: HoldRow) -> None:
    stream = site_stream(row.site_id)
    unit.set_timer(Timer(OVER, row.id, KIND, stream, row.expires_at))


def _hold(keys: HouseKeys, row: HoldRow) -> Hold:
    token = f"{row.id}.{_proof(keys, row.id)}"
    return Hold(row.id, row.site_id, token, row.expires_at, read_held(row))


def _proof(keys: HouseKeys, hold_id: str) -> str:
    return keys.mac("hold", hold_id)[:_PROOF_LETTERS]


def _key(keys: HouseKeys, what: str, text: str) -> str:
    return keys.mac(f"hold-{what}", text) if text else ""

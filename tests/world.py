"""A small house for tests: one site, two doors, a member, a booking, a party, all as states."""

import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.booking import Booking
from domain.calendar import DAY_MIN, WeeklyHours
from domain.codes import PassCode, grant_ref, print_code
from domain.door import Door
from domain.invitation import Invitation
from domain.membership import Membership
from domain.passes import Entry, GrantKind, Pass
from domain.person import Person
from domain.plan import Plan
from domain.resource import Resource, ResourceKind
from domain.site import Site, Wifi, Zone
from domain.subjects import HOUSE, HOUSE_KINDS, site_stream
from domain.sync import Op, Page, StateDown
from domain.trust import TrustedKey
from ledger.codec import encode_text
from ledger.ids import uuid7
from ledger.seal import SigningKey, short_code_hash

NOON = datetime(2026, 5, 14, 10, 0, tzinfo=UTC)
"""A Thursday, 12:00 in Berlin."""
ALWAYS = tuple(WeeklyHours(day, 0, DAY_MIN) for day in range(7))
OFFICE = tuple(WeeklyHours(day, 8 * 60, 18 * 60) for day in range(5))
SALT = "00" * 16


@dataclass(slots=True)
class World:
    """States by (kind, subject), with the keys they were signed with."""

    now: datetime = NOON
    house: SigningKey = field(default_factory=lambda: SigningKey(bytes(range(32))))
    states: dict[tuple[str, str], Any] = field(default_factory=dict)
    site_id: str = ""
    person_id: str = ""
    booking_id: str = ""
    resource_id: str = ""
    front: str = "front"
    courtyard: str = "courtyard"

    def id(self) -> str:
        return uuid7(self.now)

    def put(self, kind: str, subject: str, state: Any) -> str:
        self.states[kind, subject] = state
        return subject

    def issue(
        self,
        kind: GrantKind,
        grant_id: str,
        person_id: str | None,
        *,
        known: bool = True,
        **of_code: Any,
    ) -> tuple[str, str]:
        """A pass with its printed text; `known` False: printed, but no state of it."""
        pass_id = secrets.token_hex(8)
        party = of_code.pop("party", 1)
        entry = of_code.pop("entry", Entry.UNLIMITED)
        short = of_code.pop("short", None)
        issued_at = of_code.pop("issued_at", self.now - timedelta(hours=1))
        values: dict[str, Any] = {
            "key_number": 0,
            "site_number": 1,
            "issued_at": issued_at,
            "pass_id": pass_id,
            "grant_kind": kind,
            "grant_ref": grant_ref(grant_id),
            "valid_from": self.now - timedelta(hours=1),
            "valid_until": self.now + timedelta(hours=2),
            "zones": 0b11,
            "entry": entry,
            "party": party,
        }
        code = PassCode(**{**values, **of_code})
        if known:
            codes = (short_code_hash(short, SALT),) if short else ()
            issued = Pass(kind, grant_id, person_id, issued_at, party, entry, codes)
            self.put("pass", pass_id, issued)
        return pass_id, print_code(code, self.house.sign)

    def page(self, stream: str, to: int = 1000) -> Page:
        """All states of a stream as one page."""
        of_house = stream == HOUSE
        downs = tuple(
            StateDown(number, kind, subject, Op.PUT, encode_text(state))
            for number, ((kind, subject), state) in enumerate(self.states.items(), start=1)
            if (kind in HOUSE_KINDS) is of_house
        )
        return Page(stream, 0, to, "11" * 32, more=False, states=downs, server_time=self.now)

    def pages(self) -> tuple[Page, Page]:
        return self.page(HOUSE), self.page(site_stream(self.site_id))


def ziegelhof(*, doors: bool = True) -> World:
    """The house most tests stand in."""
    world = World()
    world.site_id = world.id()
    world.put("trust", "0", TrustedKey(0, world.house.public_hex))
    both = (
        Door(world.front, "Front door", 0, "lock-front", "aa" * 32, other_way=world.courtyard),
        Door(world.courtyard, "Courtyard door", 0, "lock-courtyard", "bb" * 32),
    )
    site = Site(
        name="Ziegelhof",
        number=1,
        zone="Europe/Berlin",
        zones=(Zone(0, "House"), Zone(1, "First floor")),
        doors=both if doors else (),
        opening=OFFICE,
        wifi=Wifi("Ziegelhof Guest", "warm-brick-42"),
        phone="030 1234",
        short_code_salt=SALT,
    )
    world.put("site", world.site_id, site)
    plan = world.put("plan", world.id(), Plan("Resident", (), 0b11, ALWAYS))
    world.person_id = world.put("person", world.id(), Person())
    world.put("membership", world.id(), Membership(world.person_id, plan, date(2026, 1, 1)))
    booth = Resource(2, "Booth 2", ResourceKind.BOOTH, 1, 0b11, {"en": "first floor left"})
    world.resource_id = world.put("resource", world.id(), booth)
    slot = (world.now - timedelta(minutes=10), world.now + timedelta(minutes=50))
    booking = Booking(world.resource_id, world.person_id, *slot)
    world.booking_id = world.put("booking", world.id(), booking)
    return world


def party_of(world: World, people: int) -> tuple[str, str]:
    """An invitation of so many guests to the world's booking, with its one pass."""
    invitation = Invitation(world.booking_id, world.person_id, people)
    invitation_id = world.put("invitation", world.id(), invitation)
    return world.issue(GrantKind.INVITATION, invitation_id, None, party=people)

"""The people of the demo who show what a code can become, each with a part of their own."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.booking import PayBy
from domain.booking.wish import SlotWish
from domain.calendar import local_date
from domain.day_pass import DayPass, DayPassSold
from domain.invitation import GuestsInvited, Invitation
from domain.membership import Membership, MembershipStarted
from domain.passes import PassRevoked
from domain.person import PersonAdded, StaffRoleGiven
from domain.subjects import HOUSE, site_stream
from ledger.cards import Card
from ledger.unit import Unit
from sync_server.demo.founding import ACTOR
from sync_server.demo.plan import DemoPlan
from sync_server.demo.sites import HOUSE_ZONE
from sync_server.demo.words import MAIL_DOMAIN
from sync_server.keys import HouseKeys
from sync_server.use_cases.booking.make import make_booking
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import Booked, NotMade
from sync_server.use_cases.booking.requests import NewBooking
from sync_server.use_cases.issue_pass import (
    IssuedPass,
    issue_day_pass,
    issue_guest_pass,
    issue_member_pass,
    shown,
)
from sync_server.use_cases.mails import queue_day_mail, queue_guest_mail, queue_member_mail
from sync_server.use_cases.refusal import Refusal

ZONE = "Europe/Berlin"


@dataclass(slots=True)
class Stage:
    """What every part needs, and the passes handed out so far, by the part's name."""

    unit: Unit
    keys: HouseKeys
    plan: DemoPlan
    passes: dict[str, IssuedPass]

    @property
    def today(self) -> date:
        return local_date(self.unit.now, ZONE)

    @property
    def quarter(self) -> datetime:
        """The last full quarter of an hour."""
        now = self.unit.now
        return now.replace(minute=now.minute // 15 * 15, second=0, microsecond=0)

    def show(self, part: str, pass_id: str | Refusal) -> str:
        """Hand out what was just issued for this part; returns its id."""
        assert isinstance(pass_id, str), pass_id
        self.passes[part] = shown(self.unit, self.keys, pass_id)
        return pass_id


def play(stage: Stage) -> None:
    """All parts. Locks `house` and both sites."""
    _member_with_booking(stage)
    _members(stage)
    _staff(stage)
    _early(stage)
    _unpaid(stage)
    _group(stage)
    _day_guests(stage)
    _elsewhere(stage)


def add_person(stage: Stage, part: str, name: str, language: str = "de") -> str:
    """Somebody with a card; returns the person's id."""
    person = stage.plan.id_of(part)
    mail = f"{name.partition(' ')[0].lower()}@{MAIL_DOMAIN}"
    stage.unit.append(HOUSE, "person", person, PersonAdded(), actor=ACTOR)
    stage.unit.put_card(person, Card(name, mail, language=language))
    return person


def add_member(stage: Stage, part: str, plan: str, last_day: date | None = None) -> None:
    """A membership for the person of this part, begun a month ago."""
    person = stage.plan.id_of(part)
    first = stage.today - timedelta(days=31)
    joined = Membership(person, stage.plan.id_of(f"plan {plan}"), first, last_day)
    id_ = stage.plan.id_of(f"{part} membership")
    stage.unit.append(HOUSE, "membership", id_, MembershipStarted(joined), actor=ACTOR)


def _member_pass(stage: Stage, part: str) -> str:
    person = stage.plan.id_of(part)
    issued = issue_member_pass(stage.unit, stage.keys, person, stage.plan.ids)
    pass_id = stage.show(part, issued)
    queue_member_mail(stage.unit, person, pass_id, stage.plan.ids)
    return pass_id


def _member_with_booking(stage: Stage) -> None:
    """The member of the demo: admitted at any hour, and a booth is theirs right now."""
    add_person(stage, "member", "Jana Kessler", "en")
    add_member(stage, "member", "always")
    _member_pass(stage, "member")
    starts = stage.quarter - timedelta(minutes=15)
    booked = _book(stage, "booking", ("Booth 2", "member"), starts, 105)
    stage.plan.named["booking"] = booked.booking_id


def _members(stage: Stage) -> None:
    """Somebody whose membership ended yesterday, and somebody whose pass was replaced."""
    add_member(stage, "overdue", "office", stage.today - timedelta(days=1))
    add_person(stage, "overdue", "Petra Vogt")
    _member_pass(stage, "overdue")
    add_member(stage, "revoked", "always")
    add_person(stage, "revoked", "Deniz Arslan")
    revoked = _member_pass(stage, "revoked")
    stage.unit.append(HOUSE, "pass", revoked, PassRevoked(stage.unit.now), actor=ACTOR)


def _staff(stage: Stage) -> None:
    add_person(stage, "staff", "Lena Hartmann")
    _member_pass(stage, "staff")
    event = StaffRoleGiven(stage.plan.id_of("site"))
    stage.unit.append(HOUSE, "person", stage.plan.id_of("staff"), event, actor=ACTOR)


def _early(stage: Stage) -> None:
    add_person(stage, "early", "Jonas Weber")
    _book(stage, "early", ("Clay", "early"), stage.quarter + timedelta(minutes=60), 120)


def _unpaid(stage: Stage) -> None:
    add_person(stage, "unpaid", "Tom Berger", "en")
    _book(stage, "unpaid", ("Arch", "unpaid"), stage.quarter, 120, pay_by=PayBy.DESK)


def _group(stage: Stage) -> None:
    """A host in the largest room, and one pass for eight guests."""
    host = add_person(stage, "host", "Anna Lindqvist", "en")
    booked = _book(stage, "host", ("Kiln", "host"), stage.quarter - timedelta(minutes=30), 180)
    site = stage.plan.id_of("site")
    invited = GuestsInvited(Invitation(booked.booking_id, host, party=8))
    id_ = stage.plan.id_of("invitation")
    stage.unit.append(site_stream(site), "invitation", id_, invited, actor=ACTOR)
    issued = issue_guest_pass(stage.unit, stage.keys, site, id_, stage.plan.ids)
    queue_guest_mail(stage.unit, host, stage.show("group", issued), stage.plan.ids)


def _day_guests(stage: Stage) -> None:
    """A day pass for today, and one of yesterday."""
    site = stage.plan.id_of("site")
    _day_guest(stage, "day_pass", "Mina Sato", site, stage.today)
    _day_guest(stage, "expired", "Ole Jensen", site, stage.today - timedelta(days=1))


def _elsewhere(stage: Stage) -> None:
    """A booking and a day pass in the other house."""
    add_person(stage, "other_site", "Ruth Haller")
    site2 = stage.plan.id_of("site2")
    _book(stage, "other_site", ("Room 2", "other_site"), stage.quarter, 180)
    _day_guest(stage, "other_site_day", "Noor Haddad", site2, stage.today)


def _day_guest(stage: Stage, part: str, name: str, site: str, day: date) -> None:
    person = add_person(stage, part, name, "en")
    sold = DayPassSold(DayPass(person, day, HOUSE_ZONE.bit, amount_cents=2500))
    id_ = stage.plan.id_of(f"{part} sold")
    stage.unit.append(site_stream(site), "day_pass", id_, sold, actor=ACTOR)
    issued = issue_day_pass(stage.unit, stage.keys, site, id_, stage.plan.ids)
    queue_day_mail(stage.unit, person, stage.show(part, issued), stage.plan.ids)


def _book(
    stage: Stage,
    part: str,
    what_and_who: tuple[str, str],
    starts: datetime,
    minutes: int,
    *,
    pay_by: PayBy | None = None,
) -> Booked:
    what, who = (stage.plan.id_of(name) for name in what_and_who)
    wish = SlotWish(starts, starts + timedelta(minutes=minutes))
    booked = book_slot(stage, who, NewBooking(what, wish, pay_by))
    assert isinstance(booked, Booked), booked
    stage.show(part, booked.pass_id)
    return booked


def book_slot(stage: Stage, person_id: str, request: NewBooking) -> Booked | NotMade:
    """As staff would book it. Locks the site."""
    making = Making(stage.unit, stage.keys, stage.plan.ids)
    return make_booking(making, person_id, request, staff=True)

"""All that a member finds on their own page, read in one snapshot."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from domain.account import left
from domain.booking import BookingStatus
from domain.calendar import local_date
from domain.day_pass import DayPass
from domain.passes import GrantKind, Pass
from domain.plan import Plan
from domain.resource import Resource
from domain.site import Site
from domain.standing import Standing, covers, month_of
from domain.subjects import site_of_stream
from ledger.cards import Card
from ledger.passkeys import Passkey
from ledger.reader import Reader
from ledger.slots import Slot
from ledger.web_sessions import WebSession
from sync_server.use_cases.booking.case import standing_of
from sync_server.use_cases.streams import stream_of

AHEAD: Final = timedelta(days=732)
BACK: Final = timedelta(days=92)
MOST_PAST: Final = 10
MOST_COMING: Final = 100
_OPEN: Final = (BookingStatus.WISHED, BookingStatus.CONFIRMED)


@dataclass(frozen=True, slots=True)
class OwnBooking:
    """`pass_id` is empty where nothing was issued for it, or nothing of that stands."""

    pass_id: str
    resource: Resource
    site: Site
    starts: datetime
    ends: datetime
    status: BookingStatus


@dataclass(frozen=True, slots=True)
class OwnDay:
    pass_id: str
    site: Site
    day: date


@dataclass(frozen=True, slots=True)
class OwnPlan:
    """The plans in force with what is left of this month; `all_` are what they give a month."""

    names: tuple[str, ...]
    last_day: date | None
    passes_left: int = 0
    passes_all: int = 0
    minutes_left: int = 0
    minutes_all: int = 0
    bought_left: int = 0


@dataclass(frozen=True, slots=True)
class MemberPage:
    """What is there; what is not has no place on the page."""

    card: Card
    plan: OwnPlan | None
    pass_id: str
    coming: list[OwnBooking]
    past: list[OwnBooking]
    days: list[OwnDay]
    passkeys: list[Passkey]
    sessions: list[WebSession]

    @property
    def first_name(self) -> str:
        return self.card.name.strip().partition(" ")[0]


def read_member(reader: Reader, person_id: str, now: datetime) -> MemberPage:
    """Everything of this person: their bookings of three months and all that are to come."""
    sites = dict(reader.all("site", Site))
    coming = reader.slots_of_person(person_id, now, now + AHEAD, MOST_COMING)
    before = reader.slots_of_person(person_id, now - BACK, now)
    over = [each for each in before if each.ends <= now or each.status not in _OPEN]
    return MemberPage(
        card=reader.card(person_id) or Card(""),
        plan=_plan(reader, person_id, sites, now),
        pass_id=_newest(reader, GrantKind.MEMBERSHIP, person_id),
        coming=_bookings(reader, sites, (each for each in coming if each.status in _OPEN)),
        past=_bookings(reader, sites, over[::-1][:MOST_PAST]),
        days=_days(reader, sites, person_id, now),
        passkeys=reader.passkeys_of(person_id),
        sessions=reader.web_sessions_of(person_id, now),
    )


def _plan(reader: Reader, person_id: str, sites: dict[str, Site], now: datetime) -> OwnPlan | None:
    standing = standing_of(reader, person_id)
    if not isinstance(standing, Standing) or not sites:
        return None
    zone = _home(standing, sites).zone
    today = local_date(now, zone)
    held = [each for each in standing.memberships if covers(each[0], today)]
    if not held:
        return None
    plans: list[Plan] = [plan for _, plan in held]
    there = left(standing.account, plans, month_of(now, zone))
    ends = [membership.last_day for membership, _ in held]
    return OwnPlan(
        names=tuple(plan.name for plan in plans),
        last_day=max(each for each in ends if each) if all(ends) else None,
        passes_left=there.plan_passes,
        passes_all=sum(plan.day_passes for plan in plans),
        minutes_left=there.minutes,
        minutes_all=sum(plan.included_min for plan in plans),
        bought_left=there.bought_passes,
    )


def _home(standing: Standing, sites: dict[str, Site]) -> Site:
    """Whose calendar says which month it is: the plan's site, else the first of the house."""
    named = (site_id for _, plan in standing.memberships for site_id in plan.sites)
    known = (sites[each] for each in named if each in sites)
    return next(known, min(sites.values(), key=lambda site: site.number))


def _bookings(reader: Reader, sites: dict[str, Site], slots: Iterable[Slot]) -> list[OwnBooking]:
    wanted = list(slots)
    resources = dict(reader.many("resource", (each.resource_id for each in wanted), Resource))
    return [
        OwnBooking(
            _newest(reader, GrantKind.BOOKING, each.booking_id),
            resources[each.resource_id],
            sites[site_of_stream(each.stream)],
            each.starts,
            each.ends,
            each.status,
        )
        for each in wanted
        if each.resource_id in resources and site_of_stream(each.stream) in sites
    ]


def _days(reader: Reader, sites: dict[str, Site], person_id: str, now: datetime) -> list[OwnDay]:
    """Day passes for today and later, the next one first."""
    found = []
    for id_, each in reader.many("day_pass", reader.of_person("day_pass", person_id), DayPass):
        site = sites.get(site_of_stream(stream_of(reader, "day_pass", id_) or ""))
        if site and each.paid and not each.cancelled and each.day >= local_date(now, site.zone):
            found.append(OwnDay(_newest(reader, GrantKind.DAY_PASS, id_), site, each.day))
    return sorted(found, key=lambda each: each.day)


def living_passes(reader: Reader, kind: GrantKind, grant_id: str) -> list[str]:
    """The passes for one grant that stand, the oldest first."""
    issued = reader.many("pass", reader.passes_of(kind, grant_id), Pass)
    standing = [(each.issued_at, id_) for id_, each in issued if each.revoked_at is None]
    return [id_ for _, id_ in sorted(standing)]


def _newest(reader: Reader, kind: GrantKind, grant_id: str) -> str:
    return next(reversed(living_passes(reader, kind, grant_id)), "")

"""What hangs on things that a file would take away: bookings to come, people, kiosks."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from domain.kiosk import Kiosk
from domain.membership import Membership
from domain.site import Site
from ledger.holdings import OPEN_END, Held
from ledger.reader import Reader
from sync_server.use_cases.apply.named import Named
from sync_server.use_cases.apply.standing import HouseParts
from sync_server.use_cases.apply.trouble import Problem

_MOST_NAMED: Final = 5


def what_hangs_on(
    reader: Reader, before: HouseParts, after: HouseParts, now: datetime, named: Named
) -> tuple[Problem, ...]:
    """Why things cannot go; bookings are named."""
    return (
        *_claims(reader, before, after, now, named),
        *_members(reader, before, after, now),
        *_kiosks(reader, before, after),
    )


def _claims(
    reader: Reader, before: HouseParts, after: HouseParts, now: datetime, named: Named
) -> Iterator[Problem]:
    for id_, resource in before.resources.items():
        lost = _lost_units(id_, before, after)
        if lost and (held := reader.held(lost, now, OPEN_END, now)):
            site = before.sites.get(before.site_of[id_])
            what = "It stays" if id_ not in after.resources else "Its units stay"
            yield Problem(
                named.path("resource", id_), f"{what}: {resource.name} {_told(held, site)}."
            )


def _lost_units(id_: str, before: HouseParts, after: HouseParts) -> tuple[str, ...]:
    """Units that bookings may hold and that would not be there any more."""
    kept = after.resources.get(id_)
    left = kept.unit_ids(id_) if kept else ()
    return tuple(each for each in before.resources[id_].unit_ids(id_) if each not in left)


def _told(held: list[Held], site: Site | None) -> str:
    """The claims to come by the clock of the site, bookings with their ids."""
    zone = ZoneInfo(site.zone if site else "UTC")
    ordered = sorted(held, key=lambda each: each.from_)
    shown = [
        f"{each.from_.astimezone(zone):%Y-%m-%d %H:%M} ({each.kind} {each.ref})" for each in ordered
    ]
    more = len(shown) - _MOST_NAMED
    return f"is taken {', '.join(shown[:_MOST_NAMED])}" + (f" and {more} more" if more > 0 else "")


def _members(
    reader: Reader, before: HouseParts, after: HouseParts, now: datetime
) -> Iterator[Problem]:
    gone = before.plans.keys() - after.plans.keys()
    if not gone:
        return
    holding: dict[str, int] = {}
    for _, each in reader.all("membership", Membership):
        if each.plan_id in gone and (each.last_day is None or each.last_day >= now.date()):
            holding[each.plan_id] = holding.get(each.plan_id, 0) + 1
    for id_, count in holding.items():
        people = "a person holds" if count == 1 else f"{count} people hold"
        yield Problem(f"plan.{id_}", f"It stays: {people} {before.plans[id_].name}.")


def _kiosks(reader: Reader, before: HouseParts, after: HouseParts) -> Iterator[Problem]:
    doors = {door.id for site in after.sites.values() for door in site.doors}
    for _, kiosk in reader.all("kiosk", Kiosk):
        if kiosk.revoked_at is not None or kiosk.site not in before.sites:
            continue
        if kiosk.site not in after.sites:
            yield Problem(f"site.{kiosk.site}", f"It stays: {kiosk.name} stands there.")
        elif kiosk.door is not None and kiosk.door not in doors:
            path = f"site.{kiosk.site}.door.{kiosk.door}"
            yield Problem(path, f"It stays: {kiosk.name} stands at it.")

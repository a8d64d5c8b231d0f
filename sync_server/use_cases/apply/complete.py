"""What a file leaves to the house: numbers, salts, keys of locks, and what is not named in it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from domain.day_pass import DayProduct
from domain.resource import Resource
from domain.site import DayPassOffer, Site
from sync_server.use_cases.apply.standing import HouseParts

DEFAULT_LAST_ENTRY_MIN: Final = 60
Salt = Callable[[], str]


@dataclass(frozen=True, slots=True)
class Filling:
    """`remove`: what the file does not name goes; otherwise it stays as it is."""

    today: date
    salt: Salt
    remove: bool = False


def complete(wanted: HouseParts, standing: HouseParts, filling: Filling) -> HouseParts:
    """The whole house as it will be: sites, resources and plans, numbered and salted."""
    sites = {
        id_: _site(site, standing.sites.get(id_), filling) for id_, site in wanted.sites.items()
    }
    kept = HouseParts() if filling.remove else standing
    site_of = kept.site_of | wanted.site_of
    resources = kept.resources | _like_before(wanted.resources, standing.resources)
    return HouseParts(
        _numbered(kept.sites | sites, standing.sites),
        _numbered_by_site(resources, standing.resources, site_of),
        kept.plans | wanted.plans,
        site_of,
    )


def _site(wanted: Site, before: Site | None, filling: Filling) -> Site:
    if before is None:
        filled = replace(wanted, short_code_salt=filling.salt())
        return replace(filled, day_pass=_offer(filled.day_products))
    old = {door.id: door for door in before.doors}
    doors = tuple(
        replace(door, lock_key=door.lock_key or (old[door.id].lock_key if door.id in old else ""))
        for door in wanted.doors
    )
    past = tuple(day for day in before.holidays if day.year < filling.today.year)
    merged = replace(
        wanted,
        doors=doors,
        number=before.number,
        short_code_salt=before.short_code_salt,
        holidays=tuple(sorted({*past, *wanted.holidays})),
    )
    if not filling.remove:
        merged = replace(
            merged,
            doors=_with_others(merged.doors, before.doors),
            day_products=_with_others(merged.day_products, before.day_products),
            add_ons=_with_others(merged.add_ons, before.add_ons),
        )
    unsaid = None if before.day_products else before.day_pass
    return replace(merged, day_pass=_offer(merged.day_products) or unsaid)


def _offer(products: Iterable[DayProduct]) -> DayPassOffer | None:
    """What the kiosk offers: the first pass for a whole day."""
    for each in products:
        if each.passes == 1 and each.from_min is None and each.to_min is None:
            return DayPassOffer(each.price_cents, each.zones, DEFAULT_LAST_ENTRY_MIN)
    return None


def _with_others(wanted: tuple[Any, ...], before: tuple[Any, ...]) -> tuple[Any, ...]:
    named = {each.id for each in wanted}
    return (*wanted, *(each for each in before if each.id not in named))


def _like_before(
    wanted: Mapping[str, Resource], before: Mapping[str, Resource]
) -> dict[str, Resource]:
    """Who has a number already keeps it where the file gives none."""
    return {
        id_: replace(each, number=before[id_].number) if not each.number and id_ in before else each
        for id_, each in wanted.items()
    }


def _numbered_by_site(
    resources: dict[str, Resource], standing: Mapping[str, Resource], site_of: Mapping[str, str]
) -> dict[str, Resource]:
    found: dict[str, Resource] = {}
    for site in dict.fromkeys(site_of.values()):
        here = {id_: each for id_, each in resources.items() if site_of[id_] == site}
        found |= _numbered(here, {id_: standing[id_] for id_ in here if id_ in standing})
    return found


def _numbered(things: dict[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """Who has no number gets the next one that nobody has or had."""
    highest = max([0, *(each.number for each in (*things.values(), *before.values()))])
    found = {}
    for id_, each in things.items():
        if each.number:
            found[id_] = each
        else:
            highest += 1
            found[id_] = replace(each, number=highest)
    return found

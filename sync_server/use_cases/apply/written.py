"""The house as a file would have it: tables that are read back as the same house."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from domain.plan import Plan
from domain.resource import Resource
from domain.site import Site
from sync_server.use_cases.apply.keyed import write_keys
from sync_server.use_cases.apply.place import Place
from sync_server.use_cases.apply.resource_keys import PLAN_KEYS, RESOURCE_KEYS
from sync_server.use_cases.apply.site_keys import SITE_KEYS
from sync_server.use_cases.apply.standing import HouseParts

Table = dict[str, Any]
INSIDE: Final = ("door", "day_pass", "add_on")
"""Tables in a site's that are things of their own."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of the house: `kind` as in the file, its table, and the name people know."""

    kind: str
    id: str
    name: str
    table: Table


def things_of(parts: HouseParts) -> dict[tuple[str, str], Thing]:
    """Everything with a name of its own, by kind and id; doors and offers with their site's id."""
    found: list[Thing] = []
    for id_, site in parts.sites.items():
        found += _of_site(id_, site)
    for id_, resource in parts.resources.items():
        found.append(Thing("resource", id_, resource.name, resource_table(parts, id_)))
    for id_, plan in parts.plans.items():
        found.append(Thing("plan", id_, plan.name, plan_table(parts, plan)))
    return {(each.kind, each.id): each for each in found}


def house_document(parts: HouseParts) -> dict[str, dict[str, Table]]:
    """The whole house by kind and id; ids stand inside too, so that keys can be shortened."""
    return {
        "site": {id_: site_table(site) for id_, site in parts.sites.items()},
        "resource": {
            id_: {"site": parts.site_of[id_]} | resource_table(parts, id_)
            for id_ in parts.resources
        },
        "plan": {id_: plan_table(parts, plan) for id_, plan in parts.plans.items()},
    }


def site_table(site: Site) -> Table:
    return write_keys(site, SITE_KEYS, place_of(site)) | {"zones": _zones(site)}


def resource_table(parts: HouseParts, resource_id: str) -> Table:
    site = parts.sites.get(parts.site_of[resource_id])
    resource: Resource = parts.resources[resource_id]
    return write_keys(resource, RESOURCE_KEYS, place_of(site) if site else Place(date.min))


def plan_table(parts: HouseParts, plan: Plan) -> Table:
    sites = [parts.sites[id_] for id_ in plan.sites if id_ in parts.sites]
    zones = tuple(dict.fromkeys(zone for site in sites for zone in site.zones))
    place = place_of(sites[0]) if sites else Place(date.min)
    return write_keys(plan, PLAN_KEYS, replace(place, zones=zones))


def place_of(site: Site) -> Place:
    """What the words inside a site's tables refer to, when they are written."""
    return Place(date.min, site.zone, site.currency, site.zones)


def _of_site(site_id: str, site: Site) -> list[Thing]:
    whole = site_table(site)
    own = {name: value for name, value in whole.items() if name not in INSIDE}
    found = [Thing("site", site_id, site.name, own)]
    for kind in INSIDE:
        for id_, table in whole.get(kind, {}).items():
            name = f"{_name(table['name'])} ({site.name})"
            found.append(Thing(kind, f"{site_id}/{id_}", name, table))
    return found


def _name(words: Any) -> str:
    """A name, in English if there is one."""
    if isinstance(words, dict):
        return str(words.get("en") or next(iter(words.values()), ""))
    return str(words)


def _zones(site: Site) -> dict[str, int]:
    return {zone.name: zone.number for zone in site.zones}

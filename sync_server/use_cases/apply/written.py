"""The house as a file would have it: tables that are read back as the same house."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from domain.plan import Plan
from domain.site import Site
from sync_server.use_cases.apply.calling import Calling
from sync_server.use_cases.apply.keyed import write_keys
from sync_server.use_cases.apply.place import Names, Place
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


@dataclass(frozen=True, slots=True)
class Written:
    """A house with the keys its things go by."""

    parts: HouseParts
    calling: Calling

    def things(self) -> dict[tuple[str, str], Thing]:
        """Everything with a name of its own, by kind and id; doors and offers by their site's."""
        found: list[Thing] = []
        for id_, site in self.parts.sites.items():
            found += self._of_site(id_, site)
        for id_, resource in self.parts.resources.items():
            found.append(Thing("resource", id_, resource.name, self.resource(id_)))
        for id_, plan in self.parts.plans.items():
            found.append(Thing("plan", id_, plan.name, self.plan(plan)))
        return {(each.kind, each.id): each for each in found}

    def document(self) -> dict[str, dict[str, Table]]:
        """The whole file; an id that is not the key stands in the table."""
        parts, calling = self.parts, self.calling
        sites = {id_: self.site(site) for id_, site in _by_number(parts.sites)}
        resources = {
            id_: {"site": calling.sites.key_of(parts.site_of[id_])} | self.resource(id_)
            for id_, _ in _by_number(parts.resources)
        }
        plans = {id_: self.plan(plan) for id_, plan in parts.plans.items()}
        return {
            "site": _by_key(sites, calling.sites),
            "plan": _by_key(plans, calling.plans),
            "resource": _by_key(resources, calling.resources),
        }

    def site(self, site: Site) -> Table:
        zones = {zone.name: zone.number for zone in site.zones}
        return write_keys(site, SITE_KEYS, self._place(site)) | {"zones": zones}

    def resource(self, resource_id: str) -> Table:
        site = self.parts.sites.get(self.parts.site_of[resource_id])
        return write_keys(self.parts.resources[resource_id], RESOURCE_KEYS, self._place(site))

    def plan(self, plan: Plan) -> Table:
        sites = [self.parts.sites[id_] for id_ in plan.sites if id_ in self.parts.sites]
        zones = tuple(dict.fromkeys(zone for site in sites for zone in site.zones))
        place = self._place(sites[0] if sites else None)
        return write_keys(plan, PLAN_KEYS, replace(place, zones=zones))

    def _place(self, site: Site | None) -> Place:
        """What the words inside a site's tables refer to."""
        names = self.calling
        place = Place(date.min, sites=names.sites, plans=names.plans, resources=names.resources)
        if site is None:
            return place
        return replace(place, zone=site.zone, currency=site.currency, zones=site.zones)

    def _of_site(self, site_id: str, site: Site) -> list[Thing]:
        whole = self.site(site)
        own = {name: value for name, value in whole.items() if name not in INSIDE}
        found = [Thing("site", site_id, site.name, own)]
        for kind in INSIDE:
            for id_, table in whole.get(kind, {}).items():
                name = f"{_name(table['name'])} ({site.name})"
                found.append(Thing(kind, f"{site_id}/{id_}", name, table))
        return found


def _by_number(things: Mapping[str, Any]) -> list[tuple[str, Any]]:
    return sorted(things.items(), key=lambda each: each[1].number)


def _by_key(tables: dict[str, Table], names: Names) -> dict[str, Table]:
    keys = {id_: names.key_of(id_) for id_ in tables}
    return {key: ({} if key == id_ else {"id": id_}) | tables[id_] for id_, key in keys.items()}


def _name(words: Any) -> str:
    """A name, in English if there is one."""
    if isinstance(words, dict):
        return str(words.get("en") or next(iter(words.values()), ""))
    return str(words)

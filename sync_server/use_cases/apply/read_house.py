"""A whole house file as sites, resources and plans, or everything that is wrong with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, Final

from domain.names import is_name
from domain.plan import Plan
from domain.resource import Resource
from domain.site import Site, Zone
from sync_server.use_cases.apply.keyed import is_key, read_keys
from sync_server.use_cases.apply.likeness import likeness
from sync_server.use_cases.apply.place import At, Names, Place, all_read, table
from sync_server.use_cases.apply.resource_keys import PLAN_KEYS, RESOURCE_KEYS
from sync_server.use_cases.apply.site_keys import SITE_KEYS
from sync_server.use_cases.apply.standing import HouseParts
from sync_server.use_cases.apply.trouble import AlreadyTold, BadValue, Problem, nearest

KINDS: Final = ("site", "resource", "plan")
_ONE_ZONE: Final = (Zone(0, "House"),)
_LONGEST_ID: Final = 60
_NO_SITE: Final[dict[str, Any]] = {"number": 0, "zones": _ONE_ZONE}
_NO_NUMBER: Final[dict[str, Any]] = {"number": 0, "place": {}}
Tables = dict[str, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Given:
    """What stands beside the file: the day, the house so far, the pictures by name."""

    today: date
    standing: HouseParts
    pictures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ReadHouse:
    """What could be read of the file (numbers that it does not give are 0), and every problem."""

    parts: HouseParts
    problems: tuple[Problem, ...]


def read_house(document: Mapping[str, Any], given: Given) -> ReadHouse:
    """What the file wants."""
    at = At("", Place(given.today, pictures=given.pictures), [])
    try:
        parts = _read(document, given, at)
    except AlreadyTold:
        parts = HouseParts()
    return ReadHouse(parts, tuple(at.problems))


def _read(document: Mapping[str, Any], given: Given, at: At) -> HouseParts:
    for name in sorted(document.keys() - set(KINDS)):
        at.into(name).tell(f"There is no such table.{nearest(name, KINDS)}")
    tables = dict(zip(KINDS, all_read(_tables(document, at)), strict=True))
    at = at.among(_with_names(at.place, tables, given.standing))
    places = {
        at.place.sites.ids[key]: _place_of(each, at.place) for key, each in tables["site"].items()
    }
    places |= _standing_places(given.standing, at.place, places)
    found = HouseParts(
        _each("site", tables, at, partial(_site, places=places)),
        _each("resource", tables, at, partial(_resource, places=places, tables=tables)),
        _each("plan", tables, at, partial(_plan, places=places)),
        {},
    )
    return replace(found, site_of=_site_of(found.resources, tables, at.place))


def _tables(document: Mapping[str, Any], at: At) -> list[Any]:
    def one(kind: str) -> dict[str, Any]:
        found = table(document.get(kind, {}))
        inner = {key: at.into(kind).into(key) for key in found}
        read = partial(_keyed, found)
        return dict(all_read((inner[key], partial(read, key, inner[key])) for key in found))

    return [(at.into(kind), partial(one, kind)) for kind in KINDS]


def _keyed(tables: Mapping[str, Any], key: str, at: At) -> tuple[str, dict[str, Any]]:
    given = table(likeness(tables, key, at) if at.path.startswith("resource.") else tables[key])
    is_key(key)
    id_ = given.get("id", key)
    if not is_name(id_ if isinstance(id_, str) else "") or len(id_) > _LONGEST_ID or "#" in id_:
        raise BadValue("An id is a text of 1 to 60 letters, without #.")
    return key, given


def _with_names(place: Place, tables: Tables, standing: HouseParts) -> Place:
    known: tuple[Iterable[str], ...] = (standing.sites, standing.resources, standing.plans)
    names: list[Names] = []
    for kind, before in zip(KINDS, known, strict=True):
        ids = {key: str(each.get("id", key)) for key, each in tables[kind].items()}
        names.append(Names(ids | {id_: id_ for id_ in before if id_ not in ids.values()}))
    return replace(place, sites=names[0], resources=names[1], plans=names[2])


def _place_of(given: Mapping[str, Any], place: Place) -> Place:
    """The place inside a site, as far as what it says of itself can be read."""
    found: dict[str, Any] = {}
    for key in SITE_KEYS:
        if key.name in ("timezone", "currency", "zones") and key.name in given:
            try:
                found[key.field] = key.form.read(given[key.name], At("", place, []))
            except (BadValue, AlreadyTold):
                continue
    return replace(place, **{"zones": _ONE_ZONE} | found)


def _standing_places(
    standing: HouseParts, place: Place, places: Mapping[str, Place]
) -> dict[str, Place]:
    return {
        id_: replace(place, zone=site.zone, currency=site.currency, zones=site.zones)
        for id_, site in standing.sites.items()
        if id_ not in places
    }


def _each(kind: str, tables: Tables, at: At, read: Any) -> dict[str, Any]:
    """Every table of a kind by id; problems are told, and then what could be read is returned."""
    found: dict[str, Any] = {}
    for key, given in tables[kind].items():
        inside = at.into(kind).into(key)
        id_ = str(given.get("id", key))
        try:
            value = read(given, inside)
        except BadValue as problem:
            inside.tell(str(problem))
        except AlreadyTold:
            continue
        else:
            if id_ in found:
                inside.tell(f"Another {kind} has the id {id_} too.")
            found[id_] = value
    return found


def _site(given: dict[str, Any], at: At, places: Mapping[str, Place]) -> Site:
    at = at.among(places[at.place.sites.id_of(at.key)])
    fields = read_keys(given, SITE_KEYS, at, ("id",))
    return Site(**_NO_SITE | fields)


def _resource(
    given: dict[str, Any], at: At, places: Mapping[str, Place], tables: Tables
) -> Resource:
    site = _its_site(given, at, tables)
    fields = read_keys(given, RESOURCE_KEYS, at.among(places[site]), ("id", "site", "like"))
    return Resource(**_NO_NUMBER | fields)


def _plan(given: dict[str, Any], at: At, places: Mapping[str, Place]) -> Plan:
    sites = _named_sites(given, at)
    zones = dict.fromkeys(zone for site in sites for zone in places[site].zones)
    if len({zone.name for zone in zones}) < len(zones):
        at.into("zones").tell("Its sites number zones of the same name differently.")
    money = places[sites[0]].currency if sites else at.place.currency
    inside = at.among(replace(at.place, zones=tuple(zones), currency=money))
    return Plan(**read_keys(given, PLAN_KEYS, inside, ("id",)))


def _named_sites(given: Mapping[str, Any], at: At) -> list[str]:
    key = next(key for key in PLAN_KEYS if key.field == "sites")
    try:
        return list(key.form.read(given["sites"], At("", at.place, [])))
    except (KeyError, BadValue, AlreadyTold):
        return []


def _its_site(given: Mapping[str, Any], at: At, tables: Tables) -> str:
    """The site of a resource; it need not be named where there is one only. Raises BadValue."""
    if "site" not in given:
        if len(tables["site"]) == 1:
            return at.place.sites.id_of(next(iter(tables["site"])))
        raise BadValue('The site is missing, as in site = "…".')
    try:
        return at.place.sites.id_of(given["site"])
    except BadValue as problem:
        at.into("site").tell(str(problem))
        raise AlreadyTold from problem


def _site_of(read: Iterable[str], tables: Tables, place: Place) -> dict[str, str]:
    at, wanted = At("", place, []), frozenset(read)
    named = {str(given.get("id", key)): given for key, given in tables["resource"].items()}
    return {id_: _its_site(given, at, tables) for id_, given in named.items() if id_ in wanted}

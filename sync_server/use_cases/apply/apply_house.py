"""Applying a house file: everything is checked first, then all of it is recorded, or nothing."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from domain.plan import PlanRetired, PlanSet
from domain.resource import ResourceRetired, ResourceSet
from domain.site import SiteClosedForGood, SiteSet
from domain.subjects import HOUSE, Body, site_stream
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.use_cases.apply.changes import Change, changes_between
from sync_server.use_cases.apply.checks import house_problems
from sync_server.use_cases.apply.complete import Filling, complete
from sync_server.use_cases.apply.hanging import what_hangs_on
from sync_server.use_cases.apply.likeness import as_written
from sync_server.use_cases.apply.named import Named, named_ids
from sync_server.use_cases.apply.read_house import Given, read_house
from sync_server.use_cases.apply.standing import HouseParts, read_standing
from sync_server.use_cases.apply.trouble import Problem


@dataclass(frozen=True, slots=True)
class WantedHouse:
    """A file as tables, the stored names of its pictures, and whether what it lacks is to go."""

    document: Mapping[str, Any]
    pictures: Mapping[str, str] = field(default_factory=dict)
    remove_missing: bool = False


@dataclass(frozen=True, slots=True)
class NotApplied:
    """Nothing was changed; every problem."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Planned:
    """What the file changes, and the house before and after."""

    changes: tuple[Change, ...]
    before: HouseParts
    after: HouseParts


def plan_house(reader: Reader, wanted: WantedHouse, now: datetime) -> Planned | NotApplied:
    """What applying would do. Writes nothing."""
    before = read_standing(reader)
    today = now.date()
    pictures = {name: name for name in _stored(before)} | dict(wanted.pictures)
    found = read_house(wanted.document, Given(today, before, pictures))
    filling = Filling(today, lambda: secrets.token_hex(16), wanted.remove_missing)
    after = complete(found.parts, before, filling)
    named = Named(wanted.document)
    problems = (*found.problems, *house_problems(after, before, named))
    if not found.problems:  # what could not be read is not missing
        problems += what_hangs_on(reader, before, after, now, named)
    if problems:
        return NotApplied(as_written(wanted.document, problems))
    return Planned(changes_between(before, after), before, after)


def streams_of(document: Mapping[str, Any], standing: HouseParts) -> list[str]:
    """What a unit of work that applies this file locks."""
    sites = named_ids(document, "site") | standing.sites.keys()
    return [HOUSE, *sorted(site_stream(id_) for id_ in sites)]


def apply_house(unit: Unit, wanted: WantedHouse, actor: str) -> Planned | NotApplied:
    """Record what the file changes. Locks `streams_of` it."""
    planned = plan_house(unit, wanted, unit.now)
    if isinstance(planned, Planned):
        for stream, kind, subject, event in _events(planned.before, planned.after):
            unit.append(stream, kind, subject, event, actor=actor)
    return planned


def _events(before: HouseParts, after: HouseParts) -> Iterator[tuple[str, str, str, Body]]:
    for id_, site in after.sites.items():
        if before.sites.get(id_) != site:
            yield site_stream(id_), "site", id_, SiteSet(site)
    for id_, plan in after.plans.items():
        if before.plans.get(id_) != plan:
            yield HOUSE, "plan", id_, PlanSet(plan)
    for id_, resource in after.resources.items():
        if before.resources.get(id_) != resource:
            yield site_stream(after.site_of[id_]), "resource", id_, ResourceSet(resource)
    for id_ in before.resources.keys() - after.resources.keys():
        yield site_stream(before.site_of[id_]), "resource", id_, ResourceRetired()
    for id_ in before.plans.keys() - after.plans.keys():
        yield HOUSE, "plan", id_, PlanRetired()
    for id_ in before.sites.keys() - after.sites.keys():
        yield site_stream(id_), "site", id_, SiteClosedForGood()


def _stored(parts: HouseParts) -> set[str]:
    """Names of pictures that are stored already."""
    sites = [name for site in parts.sites.values() for name in (*site.photos, site.floor_plan)]
    rooms = [name for each in parts.resources.values() for name in each.photos]
    return {name for name in (*sites, *rooms) if name}

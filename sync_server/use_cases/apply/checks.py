"""What must hold of the whole house, however right each single value is."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from domain.resource import Resource
from domain.site import Site
from domain.terms import Audience, BookingTerms
from domain.workable import tariff_problem, terms_problem
from sync_server.use_cases.apply.named import Named
from sync_server.use_cases.apply.standing import HouseParts
from sync_server.use_cases.apply.trouble import Problem, nearest
from wording import sentence


def house_problems(after: HouseParts, before: HouseParts, named: Named) -> tuple[Problem, ...]:
    """Everything that does not fit together."""
    changed = [id_ for id_, each in after.resources.items() if before.resources.get(id_) != each]
    return (
        *_addresses(after, named),
        *_doors(after, named),
        *_numbers(after, named),
        *_zones(after, before, named),
        *(each for id_, site in after.sites.items() for each in _site(id_, site, after, named)),
        *(each for id_ in changed for each in _resource(id_, after, before, named)),
    )


def _addresses(after: HouseParts, named: Named) -> Iterator[Problem]:
    called = {id_: {id_, site.slug or id_} for id_, site in after.sites.items()}
    count = Counter(name for names in called.values() for name in names)
    for id_, site in after.sites.items():
        if count[site.slug or id_] > 1:
            sentence = f"Two sites are called {site.slug or id_}."
            yield Problem(f"{named.path('site', id_)}.slug", sentence)


def _doors(after: HouseParts, named: Named) -> Iterator[Problem]:
    every = [(id_, door) for id_, site in after.sites.items() for door in site.doors]
    count = Counter([door.id for _, door in every] + list(after.sites))
    for site_id, door in every:
        path = f"{named.path('site', site_id)}.door.{door.id}"
        if count[door.id] > 1:
            yield Problem(path, f"{door.id} is the name of something else too.")
        if not door.lock_key:
            yield Problem(f"{path}.lock_key", "A new door needs the public key of its lock.")
        here = [each.id for each in after.sites[site_id].doors if each.id != door.id]
        if door.other_way is not None and door.other_way not in here:
            close = nearest(door.other_way, here)
            yield Problem(f"{path}.other_way", f"There is no other door {door.other_way}.{close}")


def _numbers(after: HouseParts, named: Named) -> Iterator[Problem]:
    for site_id in after.sites:
        here = {id_: each for id_, each in after.resources.items() if after.site_of[id_] == site_id}
        numbers = {id_: str(each.number) for id_, each in here.items()}
        for id_ in _twice(numbers):
            sentence = f"Two things of this site have the number {numbers[id_]}."
            yield Problem(f"{named.path('resource', id_)}.number", sentence)


def _zones(after: HouseParts, before: HouseParts, named: Named) -> Iterator[Problem]:
    """Numbers of zones are printed in passes: a name keeps its number."""
    for id_, site in after.sites.items():
        path = f"{named.path('site', id_)}.zones"
        old = (
            {zone.name: zone.number for zone in before.sites[id_].zones}
            if id_ in before.sites
            else {}
        )
        for zone in site.zones:
            if old.get(zone.name, zone.number) != zone.number:
                yield Problem(
                    path, f"{zone.name} keeps its number {old[zone.name]}: passes carry it."
                )
        known = {zone.number for zone in site.zones}
        for door in site.doors:
            if door.zone not in known:
                yield Problem(path, f"{door.name} leads to a zone that would be gone.")


def _site(site_id: str, site: Site, after: HouseParts, named: Named) -> Iterator[Problem]:
    path = named.path("site", site_id)
    for each in site.add_ons:
        if each.resource_id and after.site_of.get(each.resource_id, site_id) != site_id:
            sentence = f"{each.resource_id} is not at this site."
            yield Problem(f"{path}.add_on.{each.id}.resource", sentence)
    for product in site.day_products:
        start, end = product.from_min or 0, product.to_min
        if end is not None and start >= end:
            yield Problem(f"{path}.day_pass.{product.id}", "It ends before it begins.")


def _resource(id_: str, after: HouseParts, before: HouseParts, named: Named) -> Iterator[Problem]:
    resource, path = after.resources[id_], named.path("resource", id_)
    site = after.site_of[id_]
    if site not in after.sites and not named.names("site", site):
        yield Problem(f"{path}.site", f"The site {site} would be removed.")
    if before.site_of.get(id_, site) != site:
        yield Problem(f"{path}.site", "A thing stays at its site. Give it a new key there.")
    currency = after.sites[site].currency if site in after.sites else "EUR"
    if found := tariff_problem(resource, currency):
        yield Problem(f"{path}.tariff", sentence(found.code, found.params, "en"))
    yield from _groups(resource, after, named, path)
    yield from _terms(resource.terms, f"{path}.booking")


def _groups(resource: Resource, after: HouseParts, named: Named, path: str) -> Iterator[Problem]:
    known = {plan.group for plan in after.plans.values() if plan.group} | named.groups()
    for n, rate in enumerate(resource.tariff.rates, 1):
        for group in set(rate.groups) - known:
            sentence = f"No plan has the group {group}.{nearest(group, known)}"
            yield Problem(f"{path}.tariff.rates.{n}.groups", sentence)


def _terms(terms: BookingTerms, path: str) -> Iterator[Problem]:
    if found := terms_problem(terms):
        yield Problem(path, sentence(found.code, found.params, "en"))
    if terms.audience is Audience.PLANS and not terms.plans:
        yield Problem(f"{path}.plans", 'audience = "plans" needs the plans that are meant.')
    if terms.audience is not Audience.PLANS and terms.plans:
        yield Problem(f"{path}.plans", 'Plans count only with audience = "plans".')
    for n, quota in enumerate(terms.quotas, 1):
        if quota.most_min is None and quota.most_bookings is None:
            yield Problem(f"{path}.quotas.{n}", "How much: at_most, bookings, or both.")


def _twice(names: Mapping[str, str]) -> Iterable[str]:
    count = Counter(names.values())
    return [id_ for id_, name in names.items() if count[name] > 1]

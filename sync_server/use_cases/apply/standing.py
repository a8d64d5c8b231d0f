"""The house as it stands, and as it is wanted: sites, resources and plans by id."""

from dataclasses import dataclass, field

from domain.plan import Plan
from domain.resource import Resource
from domain.site import Site
from ledger.reader import Reader
from sync_server.use_cases.streams import stream_of


@dataclass(frozen=True, slots=True)
class HouseParts:
    """`site_of` is the site of each resource."""

    sites: dict[str, Site] = field(default_factory=dict)
    resources: dict[str, Resource] = field(default_factory=dict)
    plans: dict[str, Plan] = field(default_factory=dict)
    site_of: dict[str, str] = field(default_factory=dict)


def read_standing(reader: Reader) -> HouseParts:
    """All that a house file can describe."""
    resources = dict(reader.all("resource", Resource))
    return HouseParts(
        dict(reader.all("site", Site)),
        resources,
        dict(reader.all("plan", Plan)),
        {id_: (stream_of(reader, "resource", id_) or "").partition(":")[2] for id_ in resources},
    )

"""First unit of the demo: sites, plans and rooms."""

from datetime import date

from domain.plan import PlanSet
from domain.resource import Resource, ResourceSet
from domain.site import Site, SiteSet
from domain.subjects import HOUSE, site_stream
from ledger.unit import Unit
from sync_server.demo import offers, sites
from sync_server.demo.plan import DemoPlan, plans

ACTOR = "demo"
FIRST_SCARCE = 9000
"""Numbers far from those of rooms and desks."""


def found_sites(unit: Unit, plan: DemoPlan, today: date) -> None:
    """Two sites with their rooms, and four plans. Locks `house` and both sites."""
    one, two = plan.id_of("site"), plan.id_of("site2")
    door_ids = plan.id_of("door"), plan.id_of("door2")
    doors = sites.doors(door_ids, plan.lock_keys)
    _set_site(unit, one, sites.ziegelhof(doors, plan.salt(), today))
    _set_site(unit, two, sites.werkhaus(plan.salt()))
    for name, each in plans((one, two)).items():
        unit.append(HOUSE, "plan", plan.id_of(f"plan {name}"), PlanSet(each), actor=ACTOR)
    for resource in sites.rooms():
        _set_resource(unit, plan, one, resource)
    for id_, resource in offers.scarce(sites.HOUSE_ZONE.bit, FIRST_SCARCE).items():
        event = ResourceSet(resource)
        unit.append(site_stream(one), "resource", id_, event, actor=ACTOR)
    for number in range(13, 13 + desks_needed(plan.bookings)):
        _set_resource(unit, plan, one, sites.desk(number))
    _set_resource(unit, plan, two, sites.room_2())


def desks_needed(bookings: int) -> int:
    """Booths take 24 bookings of an hour, rooms with their buffers 12; all others need desks."""
    return max(0, -(-bookings // 24) - 8)


def _set_site(unit: Unit, site_id: str, site: Site) -> None:
    unit.append(site_stream(site_id), "site", site_id, SiteSet(site), actor=ACTOR)


def _set_resource(unit: Unit, plan: DemoPlan, site_id: str, resource: Resource) -> None:
    resource_id = plan.id_of(resource.name)
    stream = site_stream(site_id)
    unit.append(stream, "resource", resource_id, ResourceSet(resource), actor=ACTOR)

"""The sites as the pages name them."""

from dataclasses import dataclass

from starlette.requests import Request

from domain.site import Site
from sync_server.api.desk import desk_of


@dataclass(frozen=True, slots=True)
class Place:
    """A site with its address among the pages."""

    id: str
    site: Site

    @property
    def slug(self) -> str:
        return self.site.slug or self.id

    @property
    def url(self) -> str:
        return f"/s/{self.slug}"


async def places_of(request: Request) -> list[Place]:
    """Every site that is open to the public, by its number."""
    sites = await desk_of(request).known.sites()
    places = [Place(id_, site) for id_, site in sites.items()]
    return sorted(places, key=lambda place: place.site.number)


async def place_at(request: Request, slug: str) -> Place | None:
    """The site with this address; its id is one too."""
    places = await places_of(request)
    return next((place for place in places if slug in (place.slug, place.id)), None)

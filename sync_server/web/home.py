"""The place that speaks on pages which belong to no site: the only one, if there is just one."""

from starlette.requests import Request

from sync_server.web.places import Place, places_of


async def home_of(request: Request) -> Place | None:
    """The house's only site; None where there are several."""
    places = await places_of(request)
    return places[0] if len(places) == 1 else None

"""The house as a whole, for pages that belong to no site."""

from starlette.requests import Request

from sync_server.web.page import speak_formally
from sync_server.web.places import Place, places_of


async def home_of(request: Request) -> Place | None:
    """The house's only site; None where there are several.

    A house whose sites all say "Sie" says it on its own pages too.
    """
    places = await places_of(request)
    if places and all(place.site.formal for place in places):
        speak_formally(request)
    return places[0] if len(places) == 1 else None

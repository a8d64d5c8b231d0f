"""Who asks, by bearer token or by the session of a browser, and which site they mean."""

from starlette.requests import Request
from starlette.responses import Response

from domain.site import Site
from sync_server.api.codes import ApiCode
from sync_server.api.desk import Desk, bearer
from sync_server.api.told import no_token, told
from sync_server.asking.guard import SAFE, is_proven_by_header
from sync_server.asking.visits import asker_of_browser
from sync_server.use_cases.asker import Anyone, Asker, Auditor, Member, Operator, asker_of_token


async def who_asks(desk: Desk, request: Request) -> Asker | Response:
    """Anyone without token and session; 401 for a token that is not ours.

    A session changes things only where a script of ours says so: cookies come along with
    whatever page sent the request.
    """
    if "authorization" not in request.headers:
        proven = request.method in SAFE or is_proven_by_header(request)
        return await asker_of_browser(request) if proven else Anyone()
    text = bearer(request)
    token = await desk.known.token(text) if text else None
    return no_token(request) if token is None else asker_of_token(token)


async def who_reads(desk: Desk, request: Request) -> Member | Auditor | Operator | Response:
    """Whoever may read some bookings; 401 for anyone else."""
    asker = await who_asks(desk, request)
    return no_token(request) if isinstance(asker, Anyone) else asker


async def who_changes(desk: Desk, request: Request) -> Member | Operator | Response:
    """Whoever may change some bookings; 403 for those who only read."""
    asker = await who_reads(desk, request)
    return told(request, 403, ApiCode.FORBIDDEN) if isinstance(asker, Auditor) else asker


async def site_meant(desk: Desk, request: Request, site: str | None) -> tuple[str, Site] | Response:
    """The site with this id or slug; the only one there is, where none is named."""
    sites = (await desk.known.places(site or "")).sites
    if site is None:
        if len(sites) == 1:
            return next(iter(sites.items()))
        return told(request, 422, ApiCode.WHICH_SITE)
    for site_id, each in sites.items():
        if site in (site_id, each.slug or None):
            return site_id, each
    return told(request, 404, ApiCode.UNKNOWN_SITE)

"""Sync, third part: states and names go down."""

from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.sync import LONG_POLL_S, MAX_NUMBER, Page
from ledger.ledger import Ledger
from sync_server.api.desk import Desk, desk_of
from sync_server.api.kiosk_auth import asking_kiosk, streams_of
from sync_server.api.problems import CanonicalResponse, problem
from sync_server.use_cases.names import directory

router: Final = APIRouter(prefix="/sync/v1", tags=["sync"])
MAX_LIMIT: Final = 1000

After = Annotated[int, Query(ge=0, le=MAX_NUMBER)]
Limit = Annotated[int, Query(ge=1, le=MAX_LIMIT)]
Wait = Annotated[int, Query(ge=0, le=LONG_POLL_S)]


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a stream a kiosk is, and how much it wants."""

    stream: str
    after: int
    limit: int
    digest: bool
    snapshot: bool = False


@router.get("/pull", summary="States that changed since, waiting up to 25 s for one")
async def pull(  # noqa: PLR0913 - the query of the protocol
    request: Request,
    *,
    stream: str,
    epoch: str,
    after: After = 0,
    hash: str = "",  # noqa: A002 - named by the protocol
    limit: Limit = 500,
    wait: Wait = 0,
    digest: bool = False,
) -> Response:
    desk = desk_of(request)
    asking = await asking_kiosk(desk, request)
    if isinstance(asking, Response):
        return asking
    if stream not in streams_of(asking[1]):
        return problem(404, "no_such_stream")
    if epoch != asking[2] or not await _is_ours(desk.house.ledger, stream, after, hash):
        return problem(410, "resync_required")
    await desk.contacts.heard(desk.house, asking[0].kiosk_id)
    place = _Place(stream, after, limit, digest)
    page = await _feed(desk, place)
    if wait and page is not None and page.to == after:
        await desk.heads.wait_past(stream, after, wait)
        asking = await asking_kiosk(desk, request)
        if isinstance(asking, Response):
            return asking
        page = await _feed(desk, place)
    return _answer(page)


@router.get("/snapshot", summary="The same pages from the beginning")
async def snapshot(request: Request, stream: str, after: After = 0, limit: Limit = 500) -> Response:
    desk = desk_of(request)
    asking = await asking_kiosk(desk, request)
    if isinstance(asking, Response):
        return asking
    if stream not in streams_of(asking[1]):
        return problem(404, "no_such_stream")
    return _answer(await _feed(desk, _Place(stream, after, limit, digest=True, snapshot=True)))


@router.get("/names", summary="The directory: display names by person")
async def names(request: Request) -> Response:
    desk = desk_of(request)
    asking = await asking_kiosk(desk, request)
    if isinstance(asking, Response):
        return asking
    return CanonicalResponse(await desk.house.ledger.read(directory))


async def _is_ours(ledger: Ledger, stream: str, after: int, hash_: str) -> bool:
    """Whether a cursor is of this very log; the beginning is everybody's."""
    return after == 0 or await ledger.hash_at(stream, after) == hash_


async def _feed(desk: Desk, place: _Place) -> Page | None:
    """The page, with the time before it was read: what is younger may be missing in it."""
    asked_at = desk.house.clock()
    page = await desk.house.ledger.feed(
        place.stream, place.after, place.limit, digest=place.digest, snapshot=place.snapshot
    )
    if page is None:
        return None
    return Page(
        stream=place.stream,
        after=page.after,
        to=page.to,
        hash=page.hash,
        more=page.more,
        states=page.states,
        server_time=asked_at,
        digest=page.digest,
    )


def _answer(page: Page | None) -> Response:
    return problem(410, "resync_required") if page is None else CanonicalResponse(page)

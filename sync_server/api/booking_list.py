"""GET /api/v1/bookings: one's own, or all of a site for those who run it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Final

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from domain.booking import EARLIEST, LATEST
from ledger.instants import from_us, to_us
from ledger.reader import Reader
from ledger.slots import Slot
from sync_server.api.answers import BookingAnswer, BookingsAnswer
from sync_server.api.asking import site_meant, who_reads
from sync_server.api.booked import Found, booking_answer, find_booking
from sync_server.api.codes import ApiCode
from sync_server.api.described import answered, refused, secured
from sync_server.api.desk import Desk, desk_of
from sync_server.api.problems import CanonicalResponse
from sync_server.api.refusals import Where
from sync_server.api.resources import SiteQuery
from sync_server.api.told import told
from sync_server.use_cases.asker import Auditor, Member, Operator, sees_all_of

router: Final = APIRouter(prefix="/api/v1", tags=["booking"])
BookingId = Annotated[str, Path(max_length=200)]
From = Annotated[
    str | None,
    Query(
        alias="from",
        max_length=200,
        json_schema_extra={"format": "date-time"},
        description="Those that begin then or later; absent: from now on.",
    ),
]
To = Annotated[
    str | None,
    Query(
        alias="to",
        max_length=200,
        json_schema_extra={"format": "date-time"},
        description="... and before this.",
    ),
]
After = Annotated[str | None, Query(max_length=250, description="`next` of the page before.")]
Limit = Annotated[int, Query(ge=1, le=200)]
_Page = tuple[tuple[datetime, str], datetime, int]


@router.get(
    "/bookings",
    summary="Bookings by beginning",
    description="Members get their own; `read` and `operate` all of a site. Cancelled and "
    "released ones stay in the list.",
    responses=answered(200, "A page of them", BookingsAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            403: (ApiCode.FORBIDDEN,),
            404: (ApiCode.UNKNOWN_SITE,),
            422: (ApiCode.WHICH_SITE, ApiCode.BAD_DATE, ApiCode.BAD_REQUEST),
        }
    ),
    openapi_extra=secured(),
)
async def bookings(
    request: Request,
    site: SiteQuery = None,
    from_: From = None,
    to: To = None,
    after: After = None,
    limit: Limit = 50,
) -> Response:
    desk = desk_of(request)
    asker = await who_reads(desk, request)
    if isinstance(asker, Response):
        return asker
    site_id = await _site_id(desk, request, asker, site)
    if isinstance(site_id, Response):
        return site_id
    first = _instant(from_) if from_ is not None else desk.house.clock()
    until = _instant(to) if to is not None else LATEST
    if first is None or until is None:
        return told(request, 422, ApiCode.BAD_DATE)
    behind = _behind(after) if after is not None else (first, "")
    if behind is None:
        return told(request, 422, ApiCode.BAD_REQUEST, more={"detail": "after"})
    page = (behind, until, limit)
    return await _page(desk, request, asker, site_id, page)


@router.get(
    "/bookings/{booking_id}",
    summary="A booking as it stands",
    responses=answered(200, "As it stands", BookingAnswer)
    | refused(
        {
            401: (ApiCode.NO_TOKEN,),
            404: (ApiCode.UNKNOWN_BOOKING,),
            422: (ApiCode.BAD_REQUEST,),
        }
    ),
    openapi_extra=secured(),
)
async def booking(request: Request, booking_id: BookingId) -> Response:
    desk = desk_of(request)
    asker = await who_reads(desk, request)
    if isinstance(asker, Response):
        return asker
    found = await desk.house.ledger.read(lambda reader: find_booking(reader, booking_id))
    if found is None or not _may_see(asker, found):
        return told(request, 404, ApiCode.UNKNOWN_BOOKING)
    house = None if isinstance(asker, Auditor) else desk.house
    return CanonicalResponse(booking_answer(_where(desk, request, found), found, house))


async def _site_id(
    desk: Desk, request: Request, asker: Member | Auditor | Operator, site: str | None
) -> str | Response | None:
    """The site meant; None for a member who named none."""
    if isinstance(asker, Member) and site is None:
        return None
    meant = await site_meant(desk, request, site)
    if isinstance(meant, Response):
        return meant
    allowed = isinstance(asker, Member) or sees_all_of(asker, meant[0])
    return meant[0] if allowed else told(request, 403, ApiCode.FORBIDDEN)


async def _page(
    desk: Desk,
    request: Request,
    asker: Member | Auditor | Operator,
    site_id: str | None,
    page: _Page,
) -> Response:
    """A page is full before it is looked at where: it may tell fewer, and still not be the last."""

    def read(reader: Reader) -> tuple[list[Slot], list[Found]]:
        if isinstance(asker, Member):
            slots = reader.page_of_person(asker.person_id, *page)
        else:
            slots = reader.page_of_site(site_id or "", *page)
        ids = (slot.booking_id for slot in slots)
        return slots, [each for each in _found(reader, ids) if site_id in (None, each.site_id)]

    slots, found = await desk.house.ledger.read(read)
    more = slots[-1] if len(slots) == page[2] else None
    answers = [booking_answer(_where(desk, request, each), each) for each in found]
    return CanonicalResponse(BookingsAnswer(answers, _cursor(more) if more else None))


def _found(reader: Reader, ids: Iterable[str]) -> Iterable[Found]:
    for booking_id in ids:
        if found := find_booking(reader, booking_id, listed=True):
            yield found


def _may_see(asker: Member | Auditor | Operator, found: Found) -> bool:
    if isinstance(asker, Member):
        return found.booking.person_id == asker.person_id
    return sees_all_of(asker, found.site_id)


def _where(desk: Desk, request: Request, found: Found) -> Where:
    return Where(request, found.site, desk.house.clock())


def _instant(text: str) -> datetime | None:
    """RFC 3339 with an offset; a plus that became a blank on the way is one again."""
    try:
        at = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError:
        return None
    if at.tzinfo is None:
        return None
    try:
        return min(max(at.astimezone(UTC), EARLIEST), LATEST)
    except OverflowError:
        return None


def _cursor(slot: Slot) -> str:
    return f"{to_us(slot.starts)}.{slot.booking_id}"


def _behind(cursor: str) -> tuple[datetime, str] | None:
    at, _, booking_id = cursor.partition(".")
    known = to_us(EARLIEST) <= int(at) < to_us(LATEST) if _is_number(at) else False
    return (from_us(int(at)), booking_id) if known and "\0" not in booking_id else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 20

"""The booking behind a secret link: as strong as its pass, and gone with it."""

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request

from domain.passes import GrantKind, Pass
from ledger.reader import Reader
from sync_server.api.desk import desk_of
from sync_server.links import pass_of_token
from sync_server.use_cases.booking.outcomes import No
from sync_server.use_cases.booking.standing_booking import Found, LinkHolder, find_booking
from sync_server.web.places import Place


@dataclass(frozen=True, slots=True)
class Own:
    """A booking, and whoever holds the link of its own pass; guests' passes change nothing."""

    token: str
    booking_id: str
    found: Found
    place: Place

    @property
    def by(self) -> LinkHolder:
        return LinkHolder(self.booking_id)

    @property
    def url(self) -> str:
        """The page of the pass."""
        return f"/b/{self.token}"


async def own_booking(request: Request, token: str) -> Own:
    """Raises 404 for what is no booking's own pass, or none that stands."""
    house = desk_of(request).house
    pass_id = pass_of_token(house.keys, token)

    def look(reader: Reader) -> tuple[str, Found] | None:
        issued = reader.full("pass", pass_id, Pass) if pass_id else None
        if issued is None or issued.revoked_at or issued.grant_kind is not GrantKind.BOOKING:
            return None
        found = find_booking(reader, issued.grant_id)
        return None if isinstance(found, No) else (issued.grant_id, found)

    seen = await house.ledger.read(look)
    if seen is None:
        raise HTTPException(404)
    where = seen[1].case.place
    return Own(token, seen[0], seen[1], Place(where.site_id, where.site))

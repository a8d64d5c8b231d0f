"""What use cases of booking would not do, as answers: status, code, sentence."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import Response

from domain.booking.alternatives import Alternative
from domain.booking.outcomes import BookingRule, NotBookable
from domain.site import Site
from sync_server.api.answers import AlternativeAnswer
from sync_server.api.codes import ApiCode
from sync_server.api.problems import CanonicalResponse
from sync_server.api.told import locale_of, told
from sync_server.use_cases.booking.outcomes import No, NotMade, PriceChanged, SlotTaken
from wording.bookings import not_bookable_sentence

RULES: Final = tuple(rule.value for rule in BookingRule)
NOT_MADE: Final = (NotBookable, SlotTaken, PriceChanged, No)
"""The types of `NotMade`."""
_RETRY_S: Final = "600"
_TOLD: Final = {
    No.UNKNOWN_SITE: (404, ApiCode.UNKNOWN_SITE),
    No.UNKNOWN_RESOURCE: (422, ApiCode.UNKNOWN_RESOURCE),
    No.UNKNOWN_PERSON: (422, ApiCode.UNKNOWN_PERSON),
    No.UNKNOWN_BOOKING: (404, ApiCode.UNKNOWN_BOOKING),
    No.UNKNOWN_SERIES: (404, ApiCode.UNKNOWN_SERIES),
    No.NOT_STANDING: (409, ApiCode.NOT_STANDING),
    No.ASK_ANEW: (409, ApiCode.ASK_ANEW),
    No.WAY_TO_PAY: (422, ApiCode.WAY_TO_PAY),
    No.HOLD_GONE: (409, ApiCode.HOLD_GONE),
    No.TOO_MANY_HOLDS: (429, ApiCode.TOO_MANY_HOLDS),
    No.TOO_MANY_GUESTS: (422, ApiCode.TOO_MANY_GUESTS),
    No.BAD_GUEST: (422, ApiCode.BAD_GUEST),
    No.BAD_VAT_ID: (422, ApiCode.BAD_VAT_ID),
    No.UNKNOWN_PRODUCT: (422, ApiCode.UNKNOWN_PRODUCT),
    No.NO_PLACE_LEFT: (409, ApiCode.NO_PLACE_LEFT),
    No.KEY_REUSED: (409, ApiCode.ID_REUSED),
}


@dataclass(frozen=True, slots=True)
class Where:
    """What an answer is about: it gives sentences their form of address, times their zone."""

    request: Request
    site: Site
    now: datetime

    @property
    def locale(self) -> str:
        return locale_of(self.request, self.site)

    def local(self, instant: datetime) -> datetime:
        """With the offset that the clocks of the site have then."""
        return instant.astimezone(ZoneInfo(self.site.zone))


def not_made(where: Where, no: NotMade) -> Response:
    """The answer to whatever a use case refused."""
    match no:
        case NotBookable():
            words = not_bookable_sentence(no, where.now, where.locale)
            content = {"code": no.rule.value, "sentence": words}
            return CanonicalResponse(content, status_code=422)
        case SlotTaken():
            more: dict[str, Any] = {"alternatives": told_alternatives(where, no.alternatives)}
            if no.add_on_id is not None:
                more["add_on"] = no.add_on_id
            return _told(where, 409, ApiCode.SLOT_TAKEN, more)
        case PriceChanged(quote):
            return _told(where, 409, ApiCode.PRICE_CHANGED, {"total_cents": quote.total_cents})
        case No():
            status, code = _TOLD[no]
            retry = {"Retry-After": _RETRY_S} if status == 429 else None
            return told(where.request, status, code, headers=retry, site=where.site)


def told_alternatives(where: Where, found: Sequence[Alternative]) -> list[AlternativeAnswer]:
    return [
        AlternativeAnswer(
            each.kind, each.resource_id, where.local(each.starts), where.local(each.ends)
        )
        for each in found
    ]


def _told(
    where: Where, status: int, code: ApiCode, more: dict[str, Any] | None = None
) -> CanonicalResponse:
    return told(where.request, status, code, more=more, site=where.site)

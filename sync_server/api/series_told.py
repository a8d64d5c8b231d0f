"""Series as the API tells them: each date with its booking, or why it has none."""

from starlette.requests import Request
from starlette.responses import Response

from domain.booking.series import MOST_DATES, SeriesProblem
from sync_server.api.codes import ApiCode
from sync_server.api.desk import Desk
from sync_server.api.problems import CanonicalResponse
from sync_server.api.quotes import NOWHERE
from sync_server.api.refusals import Where, not_made, told_alternatives
from sync_server.api.series_forms import (
    NotThatDate,
    ProspectAnswer,
    SeriesAnswer,
    SeriesDateAnswer,
    SeriesPreviewAnswer,
)
from sync_server.api.told import told
from sync_server.use_cases.asker import Asker
from sync_server.use_cases.booking.drafting import Draft
from sync_server.use_cases.booking.outcomes import Booked, No, NotMade, SlotTaken
from sync_server.use_cases.series.make import DearerNow, NoDayLeft
from sync_server.use_cases.series.preview import Preview, Prospect
from sync_server.use_cases.series.standing import DayView, SeriesView, read_series
from sync_server.use_cases.series.told import told_why
from sync_server.use_cases.series.wish import NotThatDay, Omitted
from wording import sentence

PROBLEMS = tuple(f"series_{each.value}" for each in (*SeriesProblem, *Omitted))


def preview_answer(where: Where, found: Preview) -> SeriesPreviewAnswer:
    return SeriesPreviewAnswer(
        resource=found.place.resource_id,
        currency=found.place.site.currency,
        total_cents=found.total_cents,
        dates=[_prospect(where, each) for each in found.days],
    )


def series_answer(where: Where, view: SeriesView) -> SeriesAnswer:
    series = view.found.series
    return SeriesAnswer(
        id=view.found.series_id,
        site=view.place.site_id,
        resource=series.resource_id,
        person=series.person_id,
        currency=view.place.site.currency,
        rrule=series.rule.rrule,
        party=series.party,
        ended_from=series.ended_from,
        dates=[_date(where, each) for each in view.days],
    )


async def as_it_stands(
    desk: Desk, request: Request, asker: Asker, series_id: str, status: int = 200
) -> Response:
    """The whole series, if it is theirs to see."""
    now = desk.house.clock()
    view = await desk.house.ledger.read(lambda r: read_series(r, asker, series_id, now))
    if isinstance(view, No):
        return not_made(Where(request, NOWHERE, now), view)
    where = Where(request, view.place.site, now)
    return CanonicalResponse(series_answer(where, view), status_code=status)


def series_refused(
    where: Where, no: NoDayLeft | DearerNow | SeriesProblem | Omitted | NotMade
) -> Response:
    """The answer to whatever was not done."""
    match no:
        case SeriesProblem() | Omitted():
            words = sentence(f"series.{no.value}", _params(no), where.locale)
            content = {"code": f"series_{no.value}", "sentence": words}
            return CanonicalResponse(content, status_code=422)
        case DearerNow(total_cents):
            return _conflict(where, ApiCode.PRICE_CHANGED, total_cents=total_cents)
        case NoDayLeft(days):
            dates = [
                NotThatDate(date=each.day, code=code, sentence=words)
                for each in days
                if not isinstance(each.outcome, Booked)
                for code, words in [told_why(each.outcome, each.day, where.now, where.locale)]
            ]
            return _conflict(where, ApiCode.NO_DATE_LEFT, dates=dates)
        case _:
            return not_made(where, no)


def _params(no: SeriesProblem | Omitted) -> dict[str, object]:
    return {"count": MOST_DATES} if no is SeriesProblem.TOO_MANY else {}


def _conflict(where: Where, code: ApiCode, **more: object) -> Response:
    return told(where.request, 409, code, more=more, site=where.site)


def _prospect(where: Where, each: Prospect) -> ProspectAnswer:
    code, words = _why(where, each)
    taken = each.outcome if isinstance(each.outcome, SlotTaken) else SlotTaken()
    return ProspectAnswer(
        date=each.day,
        start=where.local(each.slot.start) if each.slot else None,
        end=where.local(each.slot.end) if each.slot else None,
        bookable=isinstance(each.outcome, Draft),
        cents=each.cents,
        needs_approval=isinstance(each.outcome, Draft) and each.outcome.needs_approval,
        code=code,
        sentence=words,
        alternatives=told_alternatives(where, taken.alternatives),
    )


def _date(where: Where, each: DayView) -> SeriesDateAnswer:
    code, words = _why(where, each.ahead) if each.ahead else (None, None)
    booking = each.booking if each.stands else None
    ahead_cents = each.ahead.cents if each.ahead else 0
    return SeriesDateAnswer(
        date=each.day,
        state="booked" if booking else "skipped" if each.ahead else "over",
        start=where.local(each.slot.start) if each.slot else None,
        end=where.local(each.slot.end) if each.slot else None,
        booking=each.booking_id or None,
        cents=booking.amount_cents if booking else ahead_cents,
        fee_cents=each.terms.fee_cents if each.terms else None,
        code=code,
        sentence=words,
    )


def _why(where: Where, each: Prospect) -> tuple[str | None, str | None]:
    outcome: Draft | NotThatDay = each.outcome
    if isinstance(outcome, Draft):
        return None, None
    return told_why(outcome, each.day, where.now, where.locale)

"""Making a series: all days that can be had in one unit of work, the others told."""

from dataclasses import dataclass, replace
from datetime import date

from domain.booking import Booking
from domain.booking.series import Occurrence, SeriesProblem
from domain.series import Series, SeriesDay, SeriesMade
from sync_server.use_cases.booking.attempts import noted
from sync_server.use_cases.booking.case import Place, open_case
from sync_server.use_cases.booking.drafting import Draft
from sync_server.use_cases.booking.make import conclude
from sync_server.use_cases.booking.making import Making
from sync_server.use_cases.booking.outcomes import Booked, No
from sync_server.use_cases.mails import SERIES, queue_series_mail
from sync_server.use_cases.series.preview import draft_day, left_out, open_series, request_on
from sync_server.use_cases.series.wish import NewSeries, NotThatDay, Planned


@dataclass(frozen=True, slots=True)
class DayMade:
    """What came of one day."""

    day: date
    outcome: Booked | NotThatDay


@dataclass(frozen=True, slots=True)
class SeriesBooked:
    """It stands. `days` is empty where the same request was carried out `again`."""

    series_id: str
    days: tuple[DayMade, ...] = ()
    again: bool = False


@dataclass(frozen=True, slots=True)
class NoDayLeft:
    """None of its days can be had; nothing was made."""

    days: tuple[DayMade, ...]


@dataclass(frozen=True, slots=True)
class DearerNow:
    """It would cost more than what was expected; nothing was made."""

    total_cents: int


class TooDear(Exception):  # noqa: N818 - takes back what the unit of work has done so far
    """What was made would cost more than was expected."""

    def __init__(self, total_cents: int) -> None:
        self.outcome = DearerNow(total_cents)


SeriesOutcome = SeriesBooked | NoDayLeft | DearerNow | SeriesProblem | No


def make_series(
    making: Making, person_id: str, new: NewSeries, *, staff: bool = False
) -> SeriesBooked | NoDayLeft | SeriesProblem | No:
    """Book for a person whom the house knows. Locks the site's stream.

    Raises NeedsHouse where included minutes are spent and `house` is not locked too, and
    TooDear.
    """
    unit = making.unit
    if new.key and (known := _made_before(making, new)):
        return known
    opened = open_series(unit, person_id, new, staff=staff)
    if not isinstance(opened, tuple):
        return opened
    case, plan = opened
    series_id = making.ids.subject(unit.now)
    made = _make_days(making, (person_id, staff), new, plan, series_id)
    total = sum(each.amount_cents for each in _booked(made))
    if new.expected_cents is not None and total > new.expected_cents:
        raise TooDear(total)
    if not _booked(made):
        return NoDayLeft(made)
    _record(making, case.place, series_id, _series(new, person_id, plan, made), mail=new.mail)
    if new.key:
        unit.store(new.key.scope, new.key.key, new.key.content, series_id)
    return SeriesBooked(series_id, made)


def make_day(
    making: Making,
    whom: tuple[str, bool],
    new: NewSeries,
    occurrence: Occurrence,
    so_far: tuple[str, tuple[Booking, ...]],
) -> Booked | NotThatDay:
    """One day's booking; `whom`: the person, and whether staff act; `so_far`: the id of the
    series and what was made of it in this unit of work. Raises NeedsHouse.
    """
    unit, (person_id, staff), (series_id, before) = making.unit, whom, so_far
    if omitted := left_out(new, occurrence):
        return omitted
    assert occurrence.slot is not None, "a day without a slot is left out"
    case = open_case(unit, new.resource_id, person_id, staff=staff)
    if isinstance(case, No):
        return case
    request = request_on(case, new, occurrence.slot, series_id)
    draft = draft_day(unit, case, request, before, unit.now)
    made: Booked | NotThatDay
    if isinstance(draft, Draft):
        made = conclude(making, draft, making.ids.subject(unit.now), mail=False)
    else:
        made = draft
    return noted(unit, case.place, request.wish, made, making.actor)


def _make_days(
    making: Making, whom: tuple[str, bool], new: NewSeries, plan: Planned, series_id: str
) -> tuple[DayMade, ...]:
    made: list[DayMade] = []
    for occurrence in plan.found:
        so_far = series_id, _booked(made)
        outcome = make_day(making, whom, new, occurrence, so_far)
        made.append(DayMade(occurrence.day, outcome))
    return tuple(made)


def _booked(made: list[DayMade] | tuple[DayMade, ...]) -> tuple[Booking, ...]:
    return tuple(each.outcome.booking for each in made if isinstance(each.outcome, Booked))


def _series(new: NewSeries, person_id: str, plan: Planned, made: tuple[DayMade, ...]) -> SeriesMade:
    ids = [each.outcome.booking_id if isinstance(each.outcome, Booked) else "" for each in made]
    days = tuple(SeriesDay(each.day, id_) for each, id_ in zip(made, ids, strict=True))
    skipped = frozenset(each.day for each in days if not each.booking_id)
    return SeriesMade(
        Series(
            replace(plan.rule, skipped=skipped),
            new.resource_id,
            person_id,
            days,
            new.first.party,
            new.first.add_ons,
            new.pay_by,
        )
    )


def _record(making: Making, place: Place, series_id: str, event: SeriesMade, *, mail: bool) -> None:
    unit, person_id = making.unit, event.series.person_id
    whole = SeriesMade(replace(event.series, made_at=unit.now))
    unit.append(place.stream, "series", series_id, whole, actor=making.actor)
    if mail and person_id:
        queue_series_mail(unit, SERIES, person_id, series_id, making.ids)


def _made_before(making: Making, new: NewSeries) -> SeriesBooked | No | None:
    """What came of the request that first used this key; None: nobody has used it."""
    assert new.key is not None
    stored = making.unit.stored(new.key.scope, new.key.key)
    if stored is None:
        return None
    content, series_id = stored
    return SeriesBooked(series_id, again=True) if content == new.key.content else No.KEY_REUSED

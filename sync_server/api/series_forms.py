"""What the API takes and answers about series."""

from datetime import date, datetime
from typing import Annotated

import msgspec

from domain.booking import PayBy
from domain.booking.series import MOST_DATES
from sync_server.api.answers import AlternativeAnswer
from sync_server.api.wishes import MOST_CENTS, QuoteBody
from sync_server.use_cases.booking.requests import RequestKey
from sync_server.use_cases.series.wish import NewSeries

Fee = Annotated[int, msgspec.Meta(ge=0, le=MOST_CENTS)]


class SeriesBody(QuoteBody, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The slot as on the first day, on all days of `rrule` (RFC 5545, of days) but `without`.

    `expected_cents`: the total that was shown; at more nothing is booked.
    """

    rrule: Annotated[str, msgspec.Meta(max_length=300, examples=["FREQ=WEEKLY;COUNT=10"])]
    without: Annotated[tuple[date, ...], msgspec.Meta(max_length=MOST_DATES)] = ()
    pay_by: PayBy | None = None
    expected_cents: Annotated[int, msgspec.Meta(ge=0, le=MOST_CENTS)] | None = None
    mail: bool = True

    def asked(self, key: RequestKey | None = None) -> NewSeries:
        return NewSeries(
            self.resource,
            self.wish,
            self.rrule,
            frozenset(self.without),
            self.pay_by,
            self.expected_cents,
            key,
            self.mail,
        )


class SeriesDayBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One date of a series. At another fee than expected nothing happens."""

    date: date
    expected_fee_cents: Fee | None = None


class SeriesAddBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One date of a series that is to be booked again."""

    date: date


class ProspectAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One date as it could be booked now; `code` says why not. `start` null: see `code`."""

    date: date
    start: datetime | None
    end: datetime | None
    bookable: bool
    cents: int
    needs_approval: bool
    code: str | None
    sentence: str | None
    alternatives: list[AlternativeAnswer]


class SeriesPreviewAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Every date of a series, and the price of all that can be had."""

    resource: str
    currency: str
    total_cents: int
    dates: list[ProspectAnswer]


class SeriesDateAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """One date: `booked`, `skipped` (it can be asked for again) or `over`.

    `fee_cents`: what skipping it costs now, null: it cannot be skipped. Of a skipped one
    `cents` is what booking it costs now, `code` why that is not to be had.
    """

    date: date
    state: str
    start: datetime | None
    end: datetime | None
    booking: str | None
    cents: int
    fee_cents: int | None
    code: str | None
    sentence: str | None


class SeriesAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A series as it stands. `ended_from`: no date from this one on is booked any more."""

    id: str
    site: str
    resource: str
    person: str | None
    currency: str
    rrule: str
    party: int
    ended_from: date | None
    dates: list[SeriesDateAnswer]


class NotThatDate(msgspec.Struct, frozen=True, kw_only=True):
    """Why a date of a series was not to be had."""

    date: date
    code: str
    sentence: str

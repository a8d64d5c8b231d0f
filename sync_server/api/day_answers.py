"""What the API tells of day passes."""

from datetime import date, datetime

import msgspec

from domain.booking import PayBy
from sync_server.api.answers import PriceAnswer

Day = date
"""Under another name, as fields are called `date`."""


class DayProductAnswer(msgspec.Struct, frozen=True):
    """A day pass, or a bundle of `passes`, which has no times. `from_credit`: costs a pass.

    `better`: the id of a cheaper one that lasts as long from now on; `other_date`: when there is
    a whole one again.
    """

    id: str
    name: str
    about: str
    passes: int
    start: datetime | None
    end: datetime | None
    from_credit: bool
    price: PriceAnswer
    better: str | None
    other_date: Day | None


class DayPassesAnswer(msgspec.Struct, frozen=True):
    """What is on offer on a day. `left`: places, null without a limit; `credits`: of whoever asks.

    `other_date`: the next day with a place, where this one has none.
    """

    site: str
    date: Day
    left: int | None
    credits: int
    pay_by: list[PayBy]
    products: list[DayProductAnswer]
    other_date: Day | None


class DaySoldAnswer(msgspec.Struct, frozen=True):
    """Sold. `page`: of its pass, null until it is paid and for bundles; `pay`: where it is paid."""

    id: str
    passes: int
    page: str | None
    pay: str | None

"""How often something was tried, counted once for any number of server processes."""

from datetime import datetime
from typing import Final

from sqlalchemy import delete

from domain.rates import Rate, Tries
from ledger import schema
from ledger.instants import from_us, to_us
from ledger.session import Session, statement

_RATE = schema.rate

_COUNT: Final = statement(
    "INSERT INTO rate (key, since_us, until_us, count) VALUES (:key, :now, :until, 1)"
    " ON CONFLICT (key) DO UPDATE SET"
    " count = CASE WHEN rate.until_us <= :now THEN 1 ELSE rate.count + 1 END,"
    " since_us = CASE WHEN rate.until_us <= :now THEN :now ELSE rate.since_us END,"
    " until_us = CASE WHEN rate.until_us <= :now THEN :until ELSE rate.until_us END"
    " RETURNING count, until_us"
)


class Rates:
    """Counters by key. A key is a hash: whoever reads the table learns no address of it."""

    session: Session
    now: datetime

    def count_try(self, rate: Rate, key: str) -> Tries:
        """One more try of this key; its period begins anew where the last one is over.

        One statement under the row's lock: two at once are counted as two. Keys of different
        rates are counted in the same order everywhere, or two units of work wait for each other.
        """
        params = {
            "key": f"{rate.what}:{key}",
            "now": to_us(self.now),
            "until": to_us(self.now + rate.period),
        }
        (count, until_us), *_ = self.session.rows(_COUNT, params)
        return Tries(count, from_us(until_us))

    def forget_rates(self) -> None:
        """Drop counters whose period is over."""
        self.session.connection.execute(delete(_RATE).where(_RATE.c.until_us <= to_us(self.now)))

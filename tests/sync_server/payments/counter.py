"""A house with somebody who owes for a day pass, and a look at what was recorded of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import text

from domain.booking import Booking, BookingMade, PayBy
from domain.contradiction import Contradiction
from domain.day_pass import DayPass, DayPassSold
from domain.payment import Payment
from domain.site import Site, SiteSet
from ledger.ids import uuid7
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.house import House
from sync_server.payments.reconciling import Reconciler
from sync_server.use_cases.payments import PayWish, ask_refund, start_payment

T = TypeVar("T")
TEN_MIN = timedelta(minutes=10)
EUR_25 = 2500


@dataclass
class Counter:
    """Everything happens at one site of the house."""

    house: House
    site_id: str
    reconciler: Reconciler

    @property
    def stream(self) -> str:
        return f"site:{self.site_id}"

    async def work(self, fn: Callable[[Unit], T]) -> T:
        return await self.house.ledger.work([self.stream], fn)

    async def is_there(self) -> None:
        """A site to sell at, where the house has none."""
        made = SiteSet(Site("Site", 1, "Europe/Berlin"))
        await self.work(
            lambda unit: unit.append(self.stream, "site", self.site_id, made, actor="test")
        )

    async def sold(self) -> str:
        """A day pass that waits for its money."""
        day_pass_id = uuid7(datetime.now(UTC))
        # Not all on one day: the site has only so many places.
        days = 30 + int(day_pass_id[-2:], 16) % 40
        day = self.house.clock().date() + timedelta(days=days)
        sale = DayPassSold(DayPass(None, day, 1, paid=False, amount_cents=EUR_25))
        await self.work(
            lambda unit: unit.append(self.stream, "day_pass", day_pass_id, sale, actor="test")
        )
        return day_pass_id

    async def booked(self, resource_id: str, starts: datetime) -> str:
        """Two hours of a room that wait for their money."""
        booking_id = uuid7(datetime.now(UTC))
        booking = Booking(
            resource_id,
            None,
            starts,
            starts + timedelta(hours=2),
            paid=False,
            amount_cents=EUR_25,
            pay_by=PayBy.LINK,
        )
        await self.work(
            lambda unit: unit.append(
                self.stream, "booking", booking_id, BookingMade(booking), actor="test"
            )
        )
        return booking_id

    async def started(self, for_id: str | None = None, **changes: Any) -> str:
        """A payment for a day pass, of which no provider has heard."""
        until = self.house.clock() + TEN_MIN
        wish = PayWish(
            "day_pass", for_id or await self.sold(), EUR_25, "EUR", None, "simulated", until
        )
        wish = replace(wish, **changes)
        payment_id = await self.work(lambda unit: start_payment(unit, self.site_id, wish))
        assert isinstance(payment_id, str), payment_id
        return payment_id

    async def refund(self, payment_id: str, refund_id: str, cents: int) -> object:
        return await self.work(
            lambda unit: ask_refund(unit, self.site_id, payment_id, (refund_id, cents), "jana")
        )

    async def payment(self, payment_id: str) -> Payment:
        standing = await self.reconciler.standing(payment_id)
        assert standing is not None
        return standing.payment

    async def is_paid(self, day_pass_id: str) -> bool:
        found = await self.house.ledger.read(
            lambda reader: reader.full("day_pass", day_pass_id, DayPass)
        )
        assert found is not None
        return found.paid

    async def events(self, subject: str) -> list[str]:
        """What was recorded of a subject, in order, by name."""

        def read(reader: Reader) -> list[str]:
            query = text("SELECT kind FROM event WHERE subject = :subject ORDER BY stream, seq")
            rows = reader.session.connection.execute(query, {"subject": subject})
            return [kind.partition(".")[2].partition("/")[0] for (kind,) in rows]

        return await self.house.ledger.read(read)

    async def told_staff(self) -> list[tuple[str, str]]:
        """(code, payment) of all that staff are told and have not settled."""
        found = await self.house.ledger.read(
            lambda reader: reader.all("contradiction", Contradiction)
        )
        standing = [each for _, each in found if each.settled_at is None]
        return [(each.code, each.about_id) for each in standing if each.about_kind == "payment"]

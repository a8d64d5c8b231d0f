"""Claims on scarce units: the database itself refuses that two of them overlap.

Claims of one unit never overlap, so what meets [from, until) are the rows that begin in it and
at most the one row with the greatest beginning before it: every statement here looks at these
alone and takes no longer because of what was or will be.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final

from asyncpg import ExclusionViolationError

from ledger import claim_statements as sql
from ledger.instants import from_us, to_us
from ledger.session import Session, Statement, many_texts

OPEN_END: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""A claim without an end."""


class HoldingKind(StrEnum):
    HOLD = "hold"
    BOOKING = "booking"
    LEASE = "lease"
    LOAN = "loan"
    BLACKOUT = "blackout"


@dataclass(frozen=True, slots=True)
class Want:
    """One of these units, the first that is free, for [from_, until)."""

    units: tuple[str, ...]
    from_: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class NotFree:
    """Nothing was claimed: all units of the want with this number are taken."""

    number: int


@dataclass(frozen=True, slots=True)
class Held:
    """A claim as it stands."""

    unit: str
    from_: datetime
    until: datetime
    kind: HoldingKind
    ref: str
    expires_at: datetime | None = None


class HoldingReader:
    """Claims as they are now."""

    session: Session

    def held(
        self, units: Sequence[str], from_: datetime, until: datetime, now: datetime
    ) -> list[Held]:
        """All claims on `units` that meet [from_, until), but for holds that ended by `now`."""
        params = _range(from_, until) | {
            "units": many_texts(self.session, units),
            "now": to_us(now),
        }
        return [_held(row) for row in self.session.rows(sql.HELD, params)]

    def claims_of(self, ref: str) -> list[Held]:
        """All that `ref` holds, by unit."""
        return [_held(row) for row in self.session.rows(sql.CLAIMS_OF, {"ref": ref})]


class Holdings(HoldingReader):
    """Each claim belongs to a `ref` (a booking, a kiosk's lease, a loan)."""

    now: datetime

    def claim(
        self,
        unit: str,
        from_: datetime,
        until: datetime,
        kind: HoldingKind | str,
        ref: str,
        expires_at: datetime | None = None,
    ) -> bool:
        """Take `unit` for [from_, until); False if somebody else has a part of it.

        What has expired by `now` stands in nobody's way. Raises ValueError unless
        `from_` < `until`.
        """
        want = Want((unit,), from_, until)
        return self.claim_one_of(want, kind, ref, expires_at) is not None

    def claim_one_of(
        self, want: Want, kind: HoldingKind | str, ref: str, expires_at: datetime | None = None
    ) -> str | None:
        """The unit taken: the first of the wanted ones that is free; None if none is."""
        params = _range(want.from_, want.until) | {
            "ref": ref,
            "units": many_texts(self.session, want.units),
            "kind": HoldingKind(kind).value,
            "expires": to_us(expires_at) if expires_at else None,
        }
        # Expired holds are cleared by a statement of their own, and only where they may matter.
        return self._claimed(params) or (
            self._claimed(params) if self._clear_expired(want.units) else None
        )

    def claim_all(
        self,
        wants: Sequence[Want],
        kind: HoldingKind | str,
        ref: str,
        expires_at: datetime | None = None,
    ) -> tuple[str, ...] | NotFree:
        """A unit for each want, in their order, or nothing at all. `ref` holds nothing yet."""
        units: list[str] = []
        for number, want in enumerate(wants):
            unit = self.claim_one_of(want, kind, ref, expires_at)
            if unit is None:
                if units:
                    self.release_claim(ref)
                return NotFree(number)
            units.append(unit)
        return tuple(units)

    def reclaim_all(
        self,
        wants: Sequence[Want],
        kind: HoldingKind | str,
        ref: str,
        expires_at: datetime | None = None,
    ) -> tuple[str, ...] | NotFree:
        """`ref` gives back what it holds and takes these instead, or keeps all as it was.

        So a hold becomes a booking, also one whose time is over if nobody else has come.
        """
        before = self.claims_of(ref)
        self.release_claim(ref)
        got = self.claim_all(wants, kind, ref, expires_at)
        if isinstance(got, NotFree):
            for each in before:  # nobody else can have come between: we gave it back uncommitted
                old = Want((each.unit,), each.from_, each.until)
                kept = self.claim_one_of(old, each.kind, ref, each.expires_at)
                assert kept, "it was ours a moment ago"
        return got

    def extend_claim(self, ref: str, expires_at: datetime) -> bool:
        """A hold that has not ended lasts until `expires_at`; False if it is over."""
        params = {"ref": ref, "expires": to_us(expires_at), "now": to_us(self.now)}
        return bool(self.session.rows(sql.EXTEND, params))

    def release_claim(self, ref: str) -> None:
        """Give back all that `ref` holds."""
        self.session.rows(sql.RELEASE, {"ref": ref})

    def move_claim(self, ref: str, from_: datetime, until: datetime) -> bool:
        """Move or extend what `ref` holds; False, and nothing moved, if that is not free."""
        params = _range(from_, until) | {"ref": ref}
        self._clear_expired(tuple(each.unit for each in self.claims_of(ref)), but=ref)
        try:
            with self.session.connection.begin_nested():
                return bool(self._run(sql.MOVE, params))
        except _Overlap:
            return False

    def _claimed(self, params: dict[str, Any]) -> str | None:
        try:
            rows = self._run(sql.CLAIM, params)
        except _Overlap:
            return None
        return str(rows[0][0]) if rows else None

    def _run(self, what: Statement, params: dict[str, Any]) -> Sequence[Any]:
        try:
            return self.session.rows(what, params)
        except ExclusionViolationError as error:
            raise _Overlap from error
        except sqlite3.IntegrityError as error:
            if "holding_apart" not in str(error):
                raise
            raise _Overlap from error

    def _clear_expired(self, units: Sequence[str], but: str = "") -> bool:
        params = {
            "units": many_texts(self.session, units),
            "but": but,
            "now": to_us(self.now),
        }
        return bool(self.session.rows(sql.CLEAR_EXPIRED, params))


class _Overlap(Exception):  # noqa: N818 - the answer no, told by the database
    """The constraint of the table itself refused."""


def _held(row: Sequence[Any]) -> Held:
    unit, from_, until, kind, ref, expires = row
    expires_at = None if expires is None else from_us(expires)
    return Held(unit, from_us(from_), from_us(until), HoldingKind(kind), ref, expires_at)


def _range(from_: datetime, until: datetime) -> dict[str, Any]:
    if not from_ < until:
        raise ValueError(f"a claim from {from_} to {until} holds nothing")
    return {"from": to_us(from_), "until": to_us(until)}

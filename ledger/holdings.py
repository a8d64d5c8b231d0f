"""Claims on scarce units: the database itself refuses that two of them overlap."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import TextClause, text
from sqlalchemy.exc import IntegrityError

from ledger.instants import to_us
from ledger.session import Session

OPEN_END: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""A claim without an end."""


class HoldingKind(StrEnum):
    HOLD = "hold"
    BOOKING = "booking"
    LEASE = "lease"
    LOAN = "loan"
    BLACKOUT = "blackout"


_EXPIRE: Final = text("DELETE FROM holding WHERE unit = :unit AND expires_us <= :now")
_EXPIRE_BESIDE: Final = text(
    "DELETE FROM holding WHERE ref <> :ref AND expires_us <= :now"
    " AND unit IN (SELECT unit FROM holding WHERE ref = :ref)"
)
_CLAIM: Final = text(
    "INSERT INTO holding (ref, unit, from_us, until_us, kind, expires_us)"
    " VALUES (:ref, :unit, :from, :until, :kind, :expires) ON CONFLICT DO NOTHING"
)
_RELEASE: Final = text("DELETE FROM holding WHERE ref = :ref")
_MOVE: Final = text("UPDATE holding SET from_us = :from, until_us = :until WHERE ref = :ref")


class Holdings:
    """Each claim belongs to a `ref` (a booking, a kiosk's lease, a loan)."""

    session: Session
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
        params = _range(from_, until) | {
            "ref": ref,
            "unit": unit,
            "kind": HoldingKind(kind).value,
            "expires": to_us(expires_at) if expires_at else None,
        }
        self._run(_EXPIRE, {"unit": unit, "now": to_us(self.now)})
        try:
            return self._run(_CLAIM, params) == 1
        except IntegrityError:
            if self.session.postgresql:  # there only a broken row raises, never an overlap
                raise
            return False

    def release_claim(self, ref: str) -> None:
        """Give back all that `ref` holds."""
        self._run(_RELEASE, {"ref": ref})

    def move_claim(self, ref: str, from_: datetime, until: datetime) -> bool:
        """Move or extend what `ref` holds; False, and nothing moved, if that is not free."""
        params = _range(from_, until) | {"ref": ref}
        self._run(_EXPIRE_BESIDE, {"ref": ref, "now": to_us(self.now)})
        try:
            with self.session.connection.begin_nested():
                return self._run(_MOVE, params) > 0
        except IntegrityError:
            return False

    def _run(self, what: TextClause, params: dict[str, int | str | None]) -> int:
        return self.session.connection.execute(what, params).rowcount


def _range(from_: datetime, until: datetime) -> dict[str, int | str | None]:
    if not from_ < until:
        raise ValueError(f"a claim from {from_} to {until} holds nothing")
    return {"from": to_us(from_), "until": to_us(until)}

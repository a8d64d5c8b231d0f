"""Holds: slots kept for somebody who is about to book, and orders that wait for their money."""

# ruff: noqa: S608 - every part is written here

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ledger.instants import from_us, to_us
from ledger.session import Session, statement

_COLUMNS: Final = (
    "id",
    "session_key",
    "mail_key",
    "ip_key",
    "site_id",
    "expires_us",
    "body",
)
_ROW: Final = ", ".join(_COLUMNS)
_PUT: Final = statement(
    f"INSERT INTO hold ({_ROW}) VALUES ({', '.join(f':{name}' for name in _COLUMNS)})"
)
_CHANGE: Final = statement(
    "UPDATE hold SET expires_us = :expires_us, body = :body, mail_key = :mail_key"
    " WHERE id = :id RETURNING id"
)
_TAKE: Final = statement(f"DELETE FROM hold WHERE id = :id RETURNING {_ROW}")
_OF: Final = statement(f"SELECT {_ROW} FROM hold WHERE id = :id")
_OF_SESSION: Final = statement(
    f"SELECT {_ROW} FROM hold WHERE session_key = :key AND session_key <> '' ORDER BY id"
)
_OF_MAIL: Final = statement(
    f"SELECT {_ROW} FROM hold WHERE mail_key = :key AND mail_key <> '' ORDER BY id"
)
_OF_IP: Final = statement(
    "SELECT count(*) FROM hold WHERE ip_key = :key AND ip_key <> '' AND expires_us > :now"
)


@dataclass(frozen=True, slots=True)
class HoldRow:
    """One hold. Keys are hashes of who asked; `body` is the use case's own, as text."""

    id: str
    session_key: str
    mail_key: str
    ip_key: str
    site_id: str
    expires_at: datetime
    body: str


class HoldReader:
    session: Session

    def hold(self, id_: str) -> HoldRow | None:
        return self._first(self.session.rows(_OF, {"id": id_}))

    def holds_of_session(self, session_key: str) -> list[HoldRow]:
        """All holds of a browser's session, those whose time is over too."""
        return [_hold(row) for row in self.session.rows(_OF_SESSION, {"key": session_key})]

    def holds_of_mail(self, mail_key: str) -> list[HoldRow]:
        return [_hold(row) for row in self.session.rows(_OF_MAIL, {"key": mail_key})]

    def count_holds_of_ip(self, ip_key: str, now: datetime) -> int:
        """How many holds of this address have not ended by `now`."""
        return int(self.session.rows(_OF_IP, {"key": ip_key, "now": to_us(now)})[0][0])

    def _first(self, rows: Sequence[Any]) -> HoldRow | None:
        return _hold(rows[0]) if rows else None


class Holds(HoldReader):
    """Rows only: what a hold claims stands in `holding` under its id."""

    def put_hold(self, hold: HoldRow) -> None:
        self.session.rows(_PUT, _params(hold))

    def change_hold(self, hold: HoldRow) -> bool:
        """Its end, its mail and its body are from now on as given; False if it is gone."""
        wanted = ("id", "expires_us", "body", "mail_key")
        params = _params(hold)
        return bool(self.session.rows(_CHANGE, {name: params[name] for name in wanted}))

    def take_hold(self, id_: str) -> HoldRow | None:
        """The hold, whose row is gone with this unit of work; only one taker gets it."""
        return self._first(self.session.rows(_TAKE, {"id": id_}))


def _params(hold: HoldRow) -> dict[str, Any]:
    values = {name: getattr(hold, name) for name in _COLUMNS if name != "expires_us"}
    return values | {"expires_us": to_us(hold.expires_at)}


def _hold(row: Sequence[Any]) -> HoldRow:
    values = dict(zip(_COLUMNS, row, strict=True))
    return HoldRow(expires_at=from_us(values.pop("expires_us")), **values)

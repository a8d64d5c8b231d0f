"""Sessions of browsers: known by the hash of a secret that only the browser's cookie holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import RowMapping, Select, delete, or_, select

from ledger import schema
from ledger.instants import from_us, to_us
from ledger.session import Session, statement

_SESSION = schema.web_session

_BEGIN: Final = statement(
    "INSERT INTO web_session"
    " (id, secret_hash, person_id, challenge, made_us, seen_us, ends_us)"
    " VALUES (:id, :secret_hash, :person_id, '', :now, :now, :ends) ON CONFLICT DO NOTHING"
)


@dataclass(frozen=True, slots=True)
class WebSession:
    """`person_id` None: somebody passing by. Its id stays when its secret changes."""

    id: str
    person_id: str | None
    challenge: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime


class WebSessionReader:
    """Sessions that have neither ended nor been ended."""

    session: Session

    def web_session(self, secret_hash: str, now: datetime) -> WebSession | None:
        query = _living(now).where(_SESSION.c.secret_hash == secret_hash)
        row = self.session.connection.execute(query).mappings().first()
        return _web_session(row) if row else None

    def web_sessions_of(self, person_id: str, now: datetime) -> list[WebSession]:
        """All in which this person is signed in, the last seen first."""
        query = _living(now).where(_SESSION.c.person_id == person_id)
        rows = self.session.connection.execute(query.order_by(_SESSION.c.seen_us.desc()))
        return [_web_session(row) for row in rows.mappings()]


class WebSessionWriter(WebSessionReader):
    now: datetime

    def begin_web_session(
        self, id_: str, secret_hash: str, person_id: str | None, ends_at: datetime
    ) -> None:
        """Nothing is written where there is or was a session of this secret."""
        now_us = to_us(self.now)
        times = {"now": now_us, "ends": to_us(ends_at)}
        params = {"id": id_, "secret_hash": secret_hash, "person_id": person_id, **times}
        self.session.rows(_BEGIN, params)

    def change_web_session(self, id_: str, secret_hash: str, person_id: str) -> None:
        """Whoever was passing by has signed in: the old secret is good for nothing any more."""
        self._set_session(id_, secret_hash=secret_hash, person_id=person_id, challenge="")

    def touch_web_session(self, id_: str, ends_at: datetime) -> None:
        self._set_session(id_, seen_us=to_us(self.now), ends_us=to_us(ends_at))

    def set_challenge(self, id_: str, challenge: str) -> None:
        self._set_session(id_, challenge=challenge)

    def take_challenge(self, id_: str) -> str:
        """What was to be signed, for this once; empty where there is nothing (any more)."""
        query = select(_SESSION.c.challenge).where(_SESSION.c.id == id_).with_for_update()
        found = self.session.connection.execute(query).first()
        self._set_session(id_, challenge="")
        return found[0] if found else ""

    def end_web_session(self, id_: str) -> None:
        self._set_session(id_, revoked_us=to_us(self.now))

    def end_web_sessions_of(self, person_id: str, *, but: str = "") -> int:
        """End all in which this person is signed in, `but` the one with this id; how many."""
        ended = self.session.connection.execute(
            _SESSION.update()
            .where(_SESSION.c.person_id == person_id, _SESSION.c.id != but)
            .where(_SESSION.c.revoked_us.is_(None), _SESSION.c.ends_us > to_us(self.now))
            .values(revoked_us=to_us(self.now))
        )
        return ended.rowcount

    def forget_web_sessions(self) -> None:
        """Drop what has ended."""
        over = or_(_SESSION.c.ends_us <= to_us(self.now), _SESSION.c.revoked_us.is_not(None))
        self.session.connection.execute(delete(_SESSION).where(over))

    def _set_session(self, id_: str, **values: object) -> None:
        self.session.connection.execute(
            _SESSION.update().where(_SESSION.c.id == id_).values(**values)
        )


def _living(now: datetime) -> "Select[tuple[object, ...]]":
    return select(_SESSION).where(_SESSION.c.revoked_us.is_(None), _SESSION.c.ends_us > to_us(now))


def _web_session(row: RowMapping) -> WebSession:
    return WebSession(
        id=row["id"],
        person_id=row["person_id"],
        challenge=row["challenge"],
        made_at=from_us(row["made_us"]),
        seen_at=from_us(row["seen_us"]),
        ends_at=from_us(row["ends_us"]),
    )

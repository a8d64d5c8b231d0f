"""Passkeys: public keys that a person's own devices hold the other half of (WebAuthn)."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import RowMapping, delete, select

from ledger import schema
from ledger.instants import from_us, to_us
from ledger.session import Session

_PASSKEY = schema.passkey


@dataclass(frozen=True, slots=True)
class Passkey:
    """`id` is the credential's, base64url without padding; `used_at` None: not yet used."""

    id: str
    person_id: str
    public_key: bytes
    sign_count: int
    name: str
    made_at: datetime
    used_at: datetime | None = None


class PasskeyReader:
    session: Session

    def passkey(self, id_: str) -> Passkey | None:
        query = select(_PASSKEY).where(_PASSKEY.c.id == id_)
        row = self.session.connection.execute(query).mappings().first()
        return _passkey(row) if row else None

    def passkeys_of(self, person_id: str) -> list[Passkey]:
        """All of a person, the oldest first."""
        query = select(_PASSKEY).where(_PASSKEY.c.person_id == person_id)
        rows = self.session.connection.execute(query.order_by(_PASSKEY.c.made_us, _PASSKEY.c.id))
        return [_passkey(row) for row in rows.mappings()]


class PasskeyWriter(PasskeyReader):
    now: datetime

    def add_passkey(self, new: Passkey) -> None:
        row = {
            "id": new.id,
            "person_id": new.person_id,
            "public_key": new.public_key,
            "sign_count": new.sign_count,
            "name": new.name,
            "made_us": to_us(new.made_at),
            "used_us": None,
        }
        self.session.connection.execute(_PASSKEY.insert(), row)

    def passkey_used(self, id_: str, sign_count: int) -> None:
        self.session.connection.execute(
            _PASSKEY.update()
            .where(_PASSKEY.c.id == id_)
            .values(sign_count=sign_count, used_us=to_us(self.now))
        )

    def drop_passkey(self, person_id: str, id_: str) -> bool:
        """Whether this person had such a passkey; it is gone now."""
        gone = self.session.connection.execute(
            delete(_PASSKEY).where(_PASSKEY.c.id == id_, _PASSKEY.c.person_id == person_id)
        )
        return gone.rowcount > 0

    def drop_passkeys_of(self, person_id: str) -> None:
        self.session.connection.execute(delete(_PASSKEY).where(_PASSKEY.c.person_id == person_id))


def _passkey(row: RowMapping) -> Passkey:
    used_us = row["used_us"]
    return Passkey(
        id=row["id"],
        person_id=row["person_id"],
        public_key=bytes(row["public_key"]),
        sign_count=row["sign_count"],
        name=row["name"],
        made_at=from_us(row["made_us"]),
        used_at=None if used_us is None else from_us(used_us),
    )

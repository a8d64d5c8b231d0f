"""Short texts that are no event: the epoch, codes kiosks may enrol with, wrong short codes."""

from sqlalchemy import select

from ledger import schema
from ledger.session import Session


class MetaReader:
    """Short texts by key."""

    session: Session

    def meta(self, key: str) -> str | None:
        row = self.session.connection.execute(
            select(schema.meta.c.value).where(schema.meta.c.key == key)
        ).first()
        return row[0] if row else None


class MetaWriter(MetaReader):
    def set_meta(self, key: str, value: str) -> None:
        table = schema.meta
        changed = self.session.connection.execute(
            table.update().where(table.c.key == key).values(value=value)
        )
        if changed.rowcount == 0:
            self.session.connection.execute(table.insert(), {"key": key, "value": value})

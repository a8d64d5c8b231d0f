"""Sign-in links: rows by the hash of a token that is in a mail and nowhere else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, select, update

from ledger import schema
from ledger.instants import from_us, to_us
from ledger.session import Row, Session

_LINK = schema.sign_in_link


@dataclass(frozen=True, slots=True)
class SignInLink:
    """`goes_to` is the page to be shown after signing in."""

    id: str
    person_id: str
    language: str
    goes_to: str
    ends_at: datetime


class SignInLinkReader:
    session: Session

    def sign_in_link(self, token_hash: str, now: datetime) -> SignInLink | None:
        """The link that this token opens; None if it was used, is over, or never was."""
        query = select(*_FIELDS).where(_LINK.c.token_hash == token_hash, _good(now))
        return _link(self.session.connection.execute(query).first())

    def sign_in_link_by_id(self, id_: str, now: datetime) -> SignInLink | None:
        """The link with this id, as long as it is good."""
        query = select(*_FIELDS).where(_LINK.c.id == id_, _good(now))
        return _link(self.session.connection.execute(query).first())


class SignInLinkWriter(SignInLinkReader):
    now: datetime

    def make_sign_in_link(self, link: SignInLink, token_hash: str) -> None:
        row = {
            "id": link.id,
            "token_hash": token_hash,
            "person_id": link.person_id,
            "language": link.language,
            "goes_to": link.goes_to,
            "ends_us": to_us(link.ends_at),
            "used_us": None,
        }
        self.session.connection.execute(_LINK.insert(), row)

    def use_sign_in_link(self, token_hash: str) -> SignInLink | None:
        """The link, for this once: whoever comes second, however soon, gets None."""
        used = (
            update(_LINK)
            .where(_LINK.c.token_hash == token_hash, _good(self.now))
            .values(used_us=to_us(self.now))
            .returning(*_FIELDS)
        )
        return _link(self.session.connection.execute(used).first())

    def end_sign_in_links_of(self, person_id: str) -> None:
        self.session.connection.execute(delete(_LINK).where(_LINK.c.person_id == person_id))

    def forget_sign_in_links(self) -> None:
        """Drop what is over, used or not."""
        self.session.connection.execute(delete(_LINK).where(_LINK.c.ends_us <= to_us(self.now)))


def _good(now: datetime) -> "ColumnElement[bool]":
    return and_(_LINK.c.used_us.is_(None), _LINK.c.ends_us > to_us(now))


def _link(row: Row | None) -> SignInLink | None:
    if row is None:
        return None
    id_, person_id, language, goes_to, ends_us = row
    return SignInLink(id_, person_id, language, goes_to, from_us(ends_us))


_FIELDS: Final = (_LINK.c.id, _LINK.c.person_id, _LINK.c.language, _LINK.c.goes_to, _LINK.c.ends_us)

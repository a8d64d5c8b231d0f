"""API tokens: shown once, kept as a hash, compared in constant time."""

import hmac
import secrets
from dataclasses import dataclass
from typing import Final

from domain.site import Site
from ledger.codec import decode, encode_text
from ledger.reader import Reader
from ledger.unit import Unit
from sync_server.use_cases.refusal import Refusal
from sync_server.use_cases.scopes import BOOK
from sync_server.use_cases.secret_text import hashed
from sync_server.use_cases.web_sessions import is_welcome

_PREFIX: Final = "foyer"


@dataclass(frozen=True, slots=True)
class ApiToken:
    """What a token may do. `site` None: at all sites of the house; `person`: for whom it books."""

    id: str
    hash: str
    scopes: tuple[str, ...]
    site: str | None = None
    person: str | None = None

    def may(self, scope: str, site: str | None = None) -> bool:
        """Whether it holds `scope`, and at `site` if one is named."""
        return scope in self.scopes and (site is None or self.site in (None, site))


def create_token(
    unit: Unit, scopes: tuple[str, ...], site: str | None, person: str | None = None
) -> str:
    """Keep a new token's hash and return its text, which nobody can see again."""
    id_, secret = secrets.token_hex(8), secrets.token_urlsafe(32)
    token = ApiToken(id_, hashed(secret), scopes, site, person)
    unit.set_meta(_key(id_), encode_text(token))
    return f"{_PREFIX}_{id_}_{secret}"


def revoke_token(unit: Unit, id_: str) -> Refusal | None:
    """The token with this id (the middle part of its text) is good for nothing any more."""
    if not unit.meta(_key(id_)):
        return Refusal("unknown_token", f"There is no token {id_}.")
    unit.set_meta(_key(id_), "")
    return None


def unknown_site(reader: Reader, site: str | None) -> Refusal | None:
    """The refusal to make a token for a site that is not there."""
    if site is None or reader.full("site", site, Site) is not None:
        return None
    return Refusal("unknown_site", f"There is no site {site}.")


def unfit_person(reader: Reader, scopes: tuple[str, ...], person: str | None) -> Refusal | None:
    """The refusal to make a token for somebody who is not here, or for nobody in particular.

    What books for one person does nothing else: with more it would see and change more than
    its person may.
    """
    if person is None:
        no = f"Say for whom it books: {BOOK} needs --person ID."
        return Refusal("person_needed", no) if BOOK in scopes else None
    if set(scopes) != {BOOK}:
        return Refusal("person_unfit", f"A token of one person is for {BOOK} and nothing else.")
    if not is_welcome(reader, person):
        return Refusal("unknown_person", f"There is nobody with the id {person} here.")
    return None


def find_token(reader: Reader, text: str) -> ApiToken | None:
    """The token whose text this is, or None; it ends with its person."""
    prefix, _, rest = text.partition("_")
    id_, _, secret = rest.partition("_")
    if prefix != _PREFIX or not secret or not id_.isalnum():
        return None
    stored = reader.meta(_key(id_))
    token = decode(stored, ApiToken) if stored else _NOBODY
    good = hmac.compare_digest(token.hash, hashed(secret)) and bool(stored)
    if good and token.person and not is_welcome(reader, token.person):
        return None
    return token if good else None


def _key(id_: str) -> str:
    return f"token:{id_}"


_NOBODY: Final = ApiToken("", hashed(""), ())

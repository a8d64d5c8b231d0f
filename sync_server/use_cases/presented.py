"""A request to check somebody in, and what was presented, read before any lock is taken."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from domain.access import Reason
from domain.codes import CodeProblem, PassCode, VerifyWith, normal_short_code, read_code
from domain.site import Site
from ledger.codec import canonical
from ledger.seal import short_code_hash


@dataclass(frozen=True, slots=True)
class Presented:
    """What a text turned out to be: a signed pass, the hash of a short code, or neither.

    `pass_id` alone: the pass was not shown, its own page asks.
    """

    code: PassCode | None = None
    short_hash: str | None = None
    problem: Reason | None = None
    pass_id: str | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """One request: who asks (`asker` is the token's id), what was presented, where and when."""

    asker: str
    id: str
    place: str
    site_id: str
    presented: Presented
    people: int
    at: datetime | None
    may_be_offline: bool
    language: str
    content: str
    """The hash of the request as it was written, to tell a repetition from another one."""
    by: str = "api"
    """What `asker` is the id in: the token of an `api`, the pass of a `page`."""

    @property
    def actor(self) -> str:
        """Who is named in the log."""
        return f"{self.by}:{self.asker}"


def read_presented(text: str, verify: VerifyWith, site: Site) -> Presented:
    """What `text` is; costs a signature or an argon2id, so not under a lock."""
    typed = normal_short_code(text)
    if typed is not None and site.short_code_salt:
        return Presented(short_hash=short_code_hash(typed, site.short_code_salt))
    code = read_code(text, verify)
    if isinstance(code, CodeProblem):
        return Presented(problem=Reason(code.value))
    return Presented(code=code)


def content_hash(code: str, place: str, at: datetime | None, people: int) -> str:
    return hashlib.sha256(canonical([code, place, at, people])).hexdigest()

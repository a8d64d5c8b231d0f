"""Who asks, whatever they prove it with: a use case decides by this alone what they may."""

from dataclasses import dataclass

from sync_server.use_cases.scopes import BOOK, OPERATE, READ
from sync_server.use_cases.tokens import ApiToken


@dataclass(frozen=True, slots=True)
class Anyone:
    """Somebody passing by: sees what is free and what it costs."""


@dataclass(frozen=True, slots=True)
class Member:
    """A person known to the house, with a membership or not: sees and changes what is theirs."""

    person_id: str


@dataclass(frozen=True, slots=True)
class Auditor:
    """Reads what an operator reads, and changes nothing. `site_id` None: at all sites."""

    site_id: str | None = None


@dataclass(frozen=True, slots=True)
class Operator:
    """Reads and changes everything at a site. `site_id` None: at all sites."""

    site_id: str | None = None


Asker = Anyone | Member | Auditor | Operator


def asker_of_token(token: ApiToken) -> Asker:
    """The strongest that a token stands for; Anyone where it is for other things."""
    if OPERATE in token.scopes:
        return Operator(token.site)
    if READ in token.scopes:
        return Auditor(token.site)
    if BOOK in token.scopes and token.person is not None:
        return Member(token.person)
    return Anyone()


def sees_all_of(asker: Asker, site_id: str) -> bool:
    """Whether everybody's bookings at this site may be read."""
    return isinstance(asker, Auditor | Operator) and asker.site_id in (None, site_id)


def runs(asker: Asker, site_id: str) -> bool:
    """Whether everything at this site may be changed."""
    return isinstance(asker, Operator) and asker.site_id in (None, site_id)

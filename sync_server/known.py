"""What requests need of the house all the time, read at most every two seconds."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from domain.codes import VerifyWith
from domain.site import Site
from domain.trust import TrustedKey
from ledger.ledger import Ledger
from ledger.reader import Reader
from ledger.seal import verifier
from sync_server.use_cases.tokens import ApiToken, find_token

FRESH_S: Final = 2.0


@dataclass(frozen=True, slots=True)
class Places:
    """Which site a door or site id belongs to, and how codes are verified there."""

    sites: dict[str, Site]
    site_of: dict[str, str]
    verify: VerifyWith


@dataclass(slots=True)
class Known:
    """A small memory over the ledger; what it does not know is looked up at once."""

    ledger: Ledger
    monotonic_s: Callable[[], float] = time.monotonic
    _places: tuple[float, Places] | None = None
    _sites: tuple[float, dict[str, Site]] | None = None
    _tokens: dict[str, tuple[float, ApiToken]] = field(default_factory=dict)

    async def token(self, text: str) -> ApiToken | None:
        """The API token whose text this is; a wrong one is never remembered."""
        found = self._tokens.get(text)
        if found and self._is_fresh(found[0]):
            return found[1]
        self._tokens.pop(text, None)
        token = await self.ledger.read(lambda reader: find_token(reader, text))
        if token:
            self._tokens[text] = (self.monotonic_s(), token)
        return token

    async def places(self, place: str) -> Places:
        """All places, read anew where `place` is not among those remembered."""
        remembered = self._places
        if remembered and self._is_fresh(remembered[0]) and place in remembered[1].site_of:
            return remembered[1]
        places = await self.ledger.read(_read_places)
        self._places = (self.monotonic_s(), places)
        return places

    async def sites(self) -> dict[str, Site]:
        """Every site, by id."""
        if self._sites is None or not self._is_fresh(self._sites[0]):
            read = await self.ledger.read(lambda reader: dict(reader.all("site", Site)))
            self._sites = (self.monotonic_s(), read)
        return self._sites[1]

    def _is_fresh(self, since: float) -> bool:
        return self.monotonic_s() - since < FRESH_S


def _read_places(reader: Reader) -> Places:
    sites = dict(reader.all("site", Site))
    site_of = {site_id: site_id for site_id in sites}
    site_of |= {door.id: site_id for site_id, site in sites.items() for door in site.doors}
    keys = [key for _, key in reader.all("trust", TrustedKey) if key.retired_at is None]
    return Places(sites, site_of, verifier({key.number: key.public_key for key in keys}))

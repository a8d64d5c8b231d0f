"""What can be booked at a site."""

from typing import Final

from domain.resource import Resource
from domain.subjects import site_stream
from ledger.fold import whole
from ledger.reader import Reader
from ledger.session import statement

_AT_SITE: Final = statement(
    "SELECT subject, body FROM state"
    " WHERE kind = 'resource' AND stream = :stream AND op = 'put' ORDER BY subject"
)


def resources_at(reader: Reader, site_id: str) -> list[tuple[str, Resource]]:
    """Every resource of the site with its id, in the order of their numbers."""
    rows = reader.session.rows(_AT_SITE, {"stream": site_stream(site_id)})
    found = [(subject, whole("resource", body)) for subject, body in rows]
    return sorted(found, key=lambda each: (each[1].number, each[0]))

"""Whose visit an event is: the kiosk that tells it may not have known whose pass it was."""

from domain.passes import Pass
from domain.visit import holder_of
from ledger.unit import Unit


def at_its_holder(unit: Unit, site_id: str, kind: str, subject: str) -> str:
    """What an event of a kiosk of this site is recorded under; it came under `subject`."""
    if kind != "visit":
        return subject
    found = unit.at_site(site_id).get("pass", subject, Pass)
    return holder_of(subject, found[1] if found else None)

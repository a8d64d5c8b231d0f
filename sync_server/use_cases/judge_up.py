"""Judging what already happened: where the rule would have decided otherwise, staff are told."""

from typing import Final

from domain.access import AccessFacts
from domain.access.build import build_facts
from domain.access.outcomes import Reason
from domain.contradiction import Contradiction, ContradictionRaised
from domain.site import Site
from domain.subjects import site_stream
from domain.testimony import Doubt, Impossible, Known, Named, Told, Where, named, weigh
from domain.visit import Arrived, EntryRefused
from ledger.unit import Unit

_ONE_MATTER: Final = frozenset({Reason.PARTY_FULL, Reason.CLOCK_IN_DOUBT, *Doubt})


def judge(unit: Unit, teller: tuple[str, str], told: Told) -> Impossible | Doubt | Reason | None:
    """What is wrong with what a kiosk tells; `teller` is its id and its site's.

    Call before it is recorded.
    """
    kiosk_id, site_id = teller
    facts = _facts(unit, site_id, told)
    found = unit.at_site(site_id).get("site", site_id, Site)
    site = found[1] if found else None
    where = {what: _where(unit, (site_id, site), what) for what in named(told)}
    return weigh(told, Known(kiosk_id, site, where, facts), unit.now)


def raise_contradiction(unit: Unit, stream: str, about: tuple[str, str, str], code: str) -> None:
    """Tell staff; `about` is kind, subject and event. One event raises at most one.

    A party that is too many is one matter, in however many bunches it came, and so is a door
    that is gone: it is raised again only when it had been settled.
    """
    kind, subject, event_id = about
    matter = f"{stream}:{subject}:{code}" if code in _ONE_MATTER else event_id
    standing = unit.full("contradiction", matter, Contradiction)
    if standing is None or standing.settled_at is not None:
        raised = Contradiction(code, kind, subject, event_id, unit.now)
        unit.append(stream, "contradiction", matter, ContradictionRaised(raised), actor="server")


def _facts(unit: Unit, site_id: str, told: Told) -> AccessFacts | None:
    """About the pass, where the event names one; all of it is read in one statement."""
    match told.body:
        case Arrived(pass_id) | EntryRefused(str(pass_id)):
            seen = build_facts(unit.about_pass(site_id, pass_id), site_id, pass_id)
            return seen.facts if seen else None
        case _:
            return None


def _where(unit: Unit, here: tuple[str, Site | None], what: Named) -> Where:
    """Where that is known; a place or door is one of a site as it is now."""
    (site_id, site), (kind, id_) = here, what
    if kind not in ("place", "door"):
        streams = unit.rows_of(kind, id_)
        if site_stream(site_id) in streams:
            return Where.HERE
        return Where.ELSEWHERE if streams else Where.NOWHERE
    if (kind == "place" and id_ == site_id) or (site and site.door(id_)):
        return Where.HERE
    others = unit.all("site", Site)
    elsewhere = any(id_ == other_id or other.door(id_) for other_id, other in others)
    return Where.ELSEWHERE if elsewhere else Where.NOWHERE

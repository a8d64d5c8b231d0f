"""Which states belong to the decision about another: what the table `link` holds.

A pass leads to its grant, a booking to its room and host. Six starting points are no
subjects: `grants` (all that hangs on a person), `ref:<kind>` (the end of a grant's id, as
printed in a code), `short` (the hash of a short code), `pays:<kind>` (what is paid for),
`passes:<kind>` (what passes stand for) and `guests` (the booking they are invited to).
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final

from domain.booking import Booking
from domain.codes import grant_ref
from domain.day_pass import DayPass
from domain.invitation import Invitation
from domain.membership import Membership
from domain.passes import GrantKind, Pass
from domain.payment import Payment

GRANTS: Final = "grants"
SHORT: Final = "short"
GUESTS: Final = "guests"

_REF_OF: Final = {
    "person": GrantKind.MEMBERSHIP,
    "booking": GrantKind.BOOKING,
    "day_pass": GrantKind.DAY_PASS,
    "invitation": GrantKind.INVITATION,
}

Node = tuple[str, str]
"""(kind, subject)."""
Link = tuple[str, str, str, str]
"""(kind, subject) leads to (kind, subject)."""
_End = tuple[Node, str]
"""Where a link leads to, and the stream it stands in."""
Scope = tuple[str, ...] | None
"""The streams looked at; None: all."""


def ref_kind(kind: GrantKind) -> str:
    """The starting point for the end of a grant's id."""
    return f"ref:{kind.value}"


def pays_kind(for_kind: str) -> str:
    """The starting point for the payments of one thing."""
    return f"pays:{for_kind}"


def passes_kind(kind: GrantKind) -> str:
    """The starting point for the passes of one grant."""
    return f"passes:{kind.value}"


def links_of(kind: str, subject: str, state: Any) -> frozenset[Link]:
    """All links a state makes; none for a tombstone."""
    if state is None:
        return frozenset()
    me = (kind, subject)
    found: set[Link] = set()
    if kind in _REF_OF:
        found.add((ref_kind(_REF_OF[kind]), grant_ref(subject), *_target(kind, subject)))
    match state:
        case Membership():
            found |= {(GRANTS, state.person_id, *me), (*me, "plan", state.plan_id)}
        case Booking():
            found |= {(*me, "resource", state.resource_id), *_owned(me, state.person_id)}
        case DayPass():
            found |= _owned(me, state.person_id)
        case Invitation():
            found.add((*me, "booking", state.booking_id))
            found.add((GUESTS, state.booking_id, *me))
            found |= {(*me, "person", state.host_id)} if state.host_id else set()
        case Pass():
            found |= _of_pass(me, state)
        case Payment():
            found.add((pays_kind(state.for_kind), state.for_id, *me))
        case _ if kind == "person":
            found.add((GRANTS, subject, *me))
    return frozenset(found)


def _target(kind: str, subject: str) -> tuple[str, str]:
    return (GRANTS, subject) if kind == "person" else (kind, subject)


def _owned(me: tuple[str, str], person_id: str | None) -> set[Link]:
    if person_id is None:
        return set()
    return {(GRANTS, person_id, *me), (*me, "person", person_id)}


def _of_pass(me: tuple[str, str], issued: Pass) -> set[Link]:
    grant = GRANTS if issued.grant_kind is GrantKind.MEMBERSHIP else issued.grant_kind.value
    found: set[Link] = {(*me, grant, issued.grant_id)}
    found.add((passes_kind(issued.grant_kind), issued.grant_id, *me))
    if grant == GRANTS:
        found.add((*me, "person", issued.grant_id))
    found |= {(SHORT, code, *me) for code in issued.short_codes}
    if issued.person_id:
        found |= {(*me, "person", issued.person_id), (*me, "visit", issued.person_id)}
    return found


class LinkChanges:
    """Links made and cut by one unit of work, before the database has them."""

    def __init__(self) -> None:
        self._made: defaultdict[Node, set[_End]] = defaultdict(set)
        self._cut: defaultdict[Node, set[_End]] = defaultdict(set)

    def change(self, stream: str, before: frozenset[Link], after: frozenset[Link]) -> None:
        """The links a state makes in `stream` are from now on `after`."""
        for link in after - before:
            _move(stream, link, self._cut, self._made)
        for link in before - after:
            _move(stream, link, self._made, self._cut)

    def applied(self, scope: Scope, start: Node, nodes: frozenset[Node]) -> frozenset[Node]:
        """The `nodes` that `start` led to in the database, with these changes."""
        cut = _within(scope, self._cut.get(start, ()))
        return (nodes - cut) | _within(scope, self._made.get(start, ()))

    def made(self) -> list[tuple[str, ...]]:
        """Rows of `link` to write, in order."""
        return _rows(self._made)

    def cut(self) -> list[tuple[str, ...]]:
        """Rows of `link` to delete, in order."""
        return _rows(self._cut)


def _move(
    stream: str, link: Link, from_: dict[Node, set[_End]], to: defaultdict[Node, set[_End]]
) -> None:
    start, end = link[:2], (link[2:], stream)
    from_.get(start, set()).discard(end)
    to[start].add(end)


def _within(scope: Scope, ends: Iterable[_End]) -> frozenset[Node]:
    return frozenset(node for node, stream in ends if scope is None or stream in scope)


def _rows(links: dict[Node, set[_End]]) -> list[tuple[str, ...]]:
    return sorted((*start, *node, stream) for start, ends in links.items() for node, stream in ends)


def starts_only(kind: str) -> bool:
    """Whether this is a starting point and no kind of subject."""
    return kind in {GRANTS, SHORT, GUESTS, ""} or kind.startswith(("ref:", "pays:", "passes:"))

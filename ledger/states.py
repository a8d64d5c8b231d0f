"""Reads states as a kiosk may know them, so that facts on both halves are equal."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import select

from domain.access.build import States
from domain.codes import PassCode
from domain.passes import GrantKind
from domain.resource import Resource
from domain.subjects import HOUSE, SUBJECTS, site_stream
from domain.sync import Op
from ledger import schema
from ledger.fold import StateRow, reduced
from ledger.links import (
    GRANTS,
    GUESTS,
    SHORT,
    LinkChanges,
    Node,
    Scope,
    passes_kind,
    pays_kind,
    ref_kind,
    starts_only,
)
from ledger.session import Session, many_texts
from ledger.statements import (
    ABOUT_BOOKING,
    ABOUT_PASS,
    LINKED,
    LINKED_TO,
    RESOURCES_OF,
    STATE_OF,
    STATES_OF,
)

T = TypeVar("T")

Asked = tuple[str, str]
"""Who asked (the scope of their ids) and the id of the request."""

ANSWER: Final = "answer"
NOBODY: Final[Asked] = ("", "")
_EVERYWHERE: Final = None


class StateReader:
    """The states of one transaction, each read from the database once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._rows: dict[Node, dict[str, StateRow]] = {}
        self._linked: dict[tuple[Scope, Node, str | None], frozenset[Node]] = {}
        self._answers: dict[Asked, tuple[str, str] | None] = {}
        self._about: set[tuple[str, ...]] = set()
        self.links = LinkChanges()

    def get(self, kind: str, subject: str, type_: type[T]) -> tuple[int, T] | None:
        """The reduced state with its seq, from whichever stream has one (first by name)."""
        return self.found(_EVERYWHERE, kind, subject, type_)

    def of_person(self, kind: str, person_id: str) -> Iterable[str]:
        """Subjects of `kind` (membership, booking, day_pass) that name this person, sorted."""
        return self.linked(_EVERYWHERE, (GRANTS, person_id), kind)

    def by_ref(self, kind: GrantKind, grant_ref: str) -> str | None:
        """The grant of `kind` whose id ends in these 16 hex digits."""
        return next(self.linked(_EVERYWHERE, (ref_kind(kind), grant_ref)), None)

    def pass_by_short_code(self, hash_hex: str) -> str | None:
        """The pass whose short code has this hash."""
        return next(self.linked(_EVERYWHERE, (SHORT, hash_hex)), None)

    def payments_of(self, for_kind: str, for_id: str) -> Iterable[str]:
        """The payments that were asked for one thing, oldest first."""
        return self.linked(_EVERYWHERE, (pays_kind(for_kind), for_id), "payment")

    def passes_of(self, kind: GrantKind, grant_id: str) -> Iterable[str]:
        """All passes that ever stood for this grant, the revoked ones too."""
        return self.linked(_EVERYWHERE, (passes_kind(kind), grant_id), "pass")

    def guests_of(self, booking_id: str) -> Iterable[str]:
        """The invitations to this booking that stand."""
        return self.linked(_EVERYWHERE, (GUESTS, booking_id), "invitation")

    def full(self, kind: str, subject: str, type_: type[T]) -> T | None:
        """The whole state, also of kinds that no kiosk ever sees."""
        assert SUBJECTS[kind].state is type_
        rows = self.rows_of(kind, subject)
        values = (rows[stream].value for stream in sorted(rows))
        return next((value for value in values if value is not None), None)

    def many(self, kind: str, subjects: Iterable[str], type_: type[T]) -> list[tuple[str, T]]:
        """These subjects with their whole states, in this order, read by one statement.

        One that has no state is left out.
        """
        assert SUBJECTS[kind].state is type_
        wanted = list(dict.fromkeys(subjects))
        if unread := [each for each in wanted if (kind, each) not in self._rows]:
            params = {"kind": kind, "subjects": many_texts(self.session, unread)}
            self._keep(kind, unread, self.session.rows(STATES_OF, params))
        found = ((each, self.full(kind, each, type_)) for each in wanted)
        return [(each, state) for each, state in found if state is not None]

    def resources(self, site_id: str) -> list[tuple[str, Resource]]:
        """Everything that can be booked at a site, by id."""
        rows = self.session.rows(RESOURCES_OF, {"stream": site_stream(site_id)})
        ids = [row[0] for row in rows]
        self._keep("resource", [id_ for id_ in ids if ("resource", id_) not in self._rows], rows)
        found = ((id_, self.full("resource", id_, Resource)) for id_ in ids)
        return [(id_, resource) for id_, resource in found if resource is not None]

    def all(self, kind: str, type_: type[T]) -> list[tuple[str, T]]:
        """Every subject of a kind with its whole state, by subject and stream."""
        assert SUBJECTS[kind].state is type_
        self._read_all(kind)
        rows = [row for each in self._rows.values() for row in each.values() if row.kind == kind]
        rows.sort(key=lambda row: (row.subject, row.stream))
        return [(row.subject, row.value) for row in rows if row.body is not None]

    def at_site(self, site_id: str) -> "SiteReader":
        """The same states as a kiosk of this site has them: of `house` and of its own stream."""
        return SiteReader(self, site_id)

    def about_pass(
        self, site_id: str, pass_id: str, code: PassCode | None = None, asked: Asked = NOBODY
    ) -> States:
        """`at_site`, with all that a decision about this pass needs read in one statement.

        With it comes whether the request `asked` (scope and id) was answered before. What was
        read once is not read again.
        """
        reader = self.at_site(site_id)
        params = {
            "site": site_id,
            "pass": pass_id,
            "ref_kind": ref_kind(code.grant_kind) if code else "",
            "ref": code.grant_ref if code else "",
            "stream": site_stream(site_id),
        }
        if (key := tuple(params.values())) not in self._about:
            self._about.add(key)
            answer = {"scope": asked[0], "id": asked[1]}
            rows = self.session.rows(ABOUT_PASS, params | answer)
            self._answers[asked] = next(((r[4], r[7]) for r in rows if r[0] == ANSWER), None)
            self._remember(reader.scope, [row for row in rows if row[0] != ANSWER])
        return reader

    def about_booking(self, resource_id: str, person_id: str, asked: Asked = NOBODY) -> None:
        """Read by one statement what a decision about a person's booking needs.

        With it comes whether the request `asked` was answered before. What was read once is not
        read again.
        """
        if (key := ("booking", resource_id, person_id)) in self._about:
            return
        self._about.add(key)
        params = {"resource": resource_id, "person": person_id, "scope": asked[0], "id": asked[1]}
        rows = self.session.rows(ABOUT_BOOKING, params)
        self._answers[asked] = next(((r[2], r[5]) for r in rows if r[0] == ANSWER), None)
        fresh: dict[Node, dict[str, StateRow]] = {}
        for kind, subject, *state in rows:
            if kind != ANSWER:
                known = fresh.setdefault((kind, subject), {})
                if state[0] is not None:
                    known[state[0]] = _state_row(kind, subject, state)
        memberships = frozenset(node for node in fresh if node[0] == "membership")
        self._linked.setdefault((_EVERYWHERE, (GRANTS, person_id), "membership"), memberships)
        self._rows = fresh | self._rows

    def found(self, scope: Scope, kind: str, subject: str, type_: type[T]) -> tuple[int, T] | None:
        """`get`, from the streams in scope only."""
        assert SUBJECTS[kind].state is type_
        for stream, row in sorted(self.rows_of(kind, subject).items()):
            if row.body is not None and (scope is None or stream in scope):
                return row.seq, reduced(kind, row.body)
        return None

    def linked(self, scope: Scope, start: Node, kind: str | None = None) -> Iterator[str]:
        """Subjects (of `kind`) that `start` leads to, in order."""
        nodes = self.links.applied(scope, start, self._linked_from(scope, start, kind))
        return iter(sorted({subject for k, subject in nodes if kind is None or k == kind}))

    def _linked_from(self, scope: Scope, start: Node, kind: str | None) -> frozenset[Node]:
        """As the database has it; of one kind alone where only that is asked for."""
        if (known := self._linked.get((scope, start, None))) is not None:
            return known
        if (scope, start, kind) not in self._linked:
            params = {"kind": start[0], "subject": start[1], "to_kind": kind}
            rows = self.session.rows(LINKED_TO if kind else LINKED, params)
            self._linked[scope, start, kind] = frozenset(
                (to_kind, to_subject)
                for to_kind, to_subject, stream in rows
                if scope is None or stream in scope
            )
        return self._linked[scope, start, kind]

    def rows_of(self, kind: str, subject: str) -> dict[str, StateRow]:
        """The rows of a subject by stream, tombstones included."""
        rows = self._rows.get((kind, subject))
        if rows is None:
            found = self.session.rows(STATE_OF, {"kind": kind, "subject": subject})
            rows = {row[0]: _state_row(kind, subject, row) for row in found}
            self._rows[kind, subject] = rows
        return rows

    def _keep(self, kind: str, unread: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        fresh: dict[str, dict[str, StateRow]] = {subject: {} for subject in unread}
        for subject, *row in rows:
            if subject in fresh:
                fresh[subject][row[0]] = _state_row(kind, subject, row)
        self._rows |= {(kind, subject): by_stream for subject, by_stream in fresh.items()}

    def _read_all(self, kind: str) -> None:
        table = schema.state
        columns = (table.c.subject, table.c.stream, table.c.seq, table.c.op, table.c.body)
        known = {subject for its_kind, subject in self._rows if its_kind == kind}
        query = select(*columns).where(table.c.kind == kind)
        for subject, *row in self.session.connection.execute(query):
            if subject not in known:
                rows = self._rows.setdefault((kind, subject), {})
                rows[row[0]] = _state_row(kind, subject, row)

    def _remember(self, scope: Scope, rows: Sequence[Sequence[Any]]) -> None:
        fresh: dict[Node, dict[str, StateRow]] = {}
        linked: dict[Node, set[Node]] = {}
        for kind, subject, from_kind, from_subject, *state in rows:
            if starts_only(from_kind):
                linked.setdefault((from_kind, from_subject), set()).add((kind, subject))
            if starts_only(kind):
                linked.setdefault((kind, subject), set())
                continue
            known = fresh.setdefault((kind, subject), {})
            if state[0] is not None:
                known[state[0]] = _state_row(kind, subject, state)
        self._rows = fresh | self._rows
        for start, nodes in linked.items():
            self._linked.setdefault((scope, start, None), frozenset(nodes))


class SiteReader:
    """Implements `domain.access.build.States` for one site."""

    def __init__(self, states: StateReader, site_id: str) -> None:
        self._states = states
        self.scope: Scope = (HOUSE, site_stream(site_id))

    def get(self, kind: str, subject: str, type_: type[T]) -> tuple[int, T] | None:
        return self._states.found(self.scope, kind, subject, type_)

    def of_person(self, kind: str, person_id: str) -> Iterable[str]:
        return self._states.linked(self.scope, (GRANTS, person_id), kind)

    def by_ref(self, kind: GrantKind, grant_ref: str) -> str | None:
        return next(self._states.linked(self.scope, (ref_kind(kind), grant_ref)), None)

    def pass_by_short_code(self, hash_hex: str) -> str | None:
        return next(self._states.linked(self.scope, (SHORT, hash_hex)), None)


def _state_row(kind: str, subject: str, row: Sequence[Any]) -> StateRow:
    stream, seq, op, body = row
    return StateRow(kind, subject, stream, seq, Op(op), body)

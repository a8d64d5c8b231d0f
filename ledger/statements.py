"""The hot reads, as written SQL for both databases."""

# ruff: noqa: S608 - every part is written here

from typing import Final

from domain.subjects import SUBJECTS
from ledger.session import statement

LOCK: Final = statement(
    "SELECT s.stream, s.head, s.hash FROM json_each(:streams) j"
    " JOIN stream s ON s.stream = j.value",
    "SELECT stream, head, hash FROM stream WHERE stream = ANY(:streams)"
    " ORDER BY stream <> 'house', stream FOR NO KEY UPDATE",
)
"""`house` first, then by name: every unit of work locks in the same order."""

NEW_STREAM: Final = statement(
    "INSERT INTO stream (stream, head, hash, floor) VALUES (:stream, 0, :hash, 0)"
    " ON CONFLICT DO NOTHING"
)
STATE_OF: Final = statement(
    "SELECT stream, seq, op, body FROM state WHERE kind = :kind AND subject = :subject"
)
STATES_OF: Final = statement(
    "SELECT s.subject, s.stream, s.seq, s.op, s.body FROM json_each(:subjects) j"
    " JOIN state s ON s.kind = :kind AND s.subject = j.value",
    "SELECT subject, stream, seq, op, body FROM state"
    " WHERE kind = :kind AND subject = ANY(:subjects)",
)
RESOURCES_OF: Final = statement(
    "SELECT subject, stream, seq, op, body FROM state"
    " WHERE kind = 'resource' AND stream = :stream ORDER BY subject"
)
LINKED: Final = statement(
    "SELECT to_kind, to_subject, stream FROM link WHERE kind = :kind AND subject = :subject"
)
LINKED_TO: Final = statement(
    "SELECT to_kind, to_subject, stream FROM link"
    " WHERE kind = :kind AND subject = :subject AND to_kind = :to_kind"
)
ANSWER_OF: Final = statement(
    "SELECT request_hash, answer FROM answer WHERE scope = :scope AND id = :id"
)
EVENT_BY_ID: Final = statement("SELECT stream, seq, kind, subject, body FROM event WHERE id = :id")

_START: Final = (
    "WITH RECURSIVE wanted(kind, subject, from_kind, from_subject) AS ("
    " VALUES ('site', :site, '', ''), ('pass', :pass, '', ''), ('visit', :pass, '', ''),"
    " (:ref_kind, :ref, '', '') UNION"
    " SELECT l.to_kind, l.to_subject, l.kind, l.subject FROM wanted w"
)
_LINK: Final = "l.kind = w.kind AND l.subject = w.subject AND l.stream IN ('house', :stream)"
_END: Final = (
    " SELECT w.kind, w.subject, w.from_kind, w.from_subject, s.stream, s.seq, s.op, s.body"
    " FROM wanted w LEFT JOIN "
)
_STATE: Final = "s.kind = w.kind AND s.subject = w.subject"
_ANSWER: Final = (
    " UNION ALL SELECT 'answer', '', '', '', request_hash, 0, '', answer"
    " FROM answer WHERE scope = :scope AND id = :id"
)

ABOUT_PASS: Final = statement(
    f"{_START} JOIN link l ON {_LINK}) {_END} state s ON {_STATE} {_ANSWER}",
    f"{_START}, LATERAL (SELECT * FROM link l WHERE {_LINK} OFFSET 0) l)"
    f"{_END} LATERAL (SELECT * FROM state s WHERE {_STATE} OFFSET 0) s ON true {_ANSWER}",
)
"""All that a decision about one pass at one site reads, in one statement: states, and the
answer stored under the id of the request (`request_hash` and `answer` as `stream` and `body`).

OFFSET 0 keeps PostgreSQL to looking up row by row, however little it knows of the tables.
"""

_NAMED: Final = (
    "WITH joined(kind, subject) AS (SELECT to_kind, to_subject FROM link"
    "  WHERE kind = 'grants' AND subject = :person AND to_kind = 'membership'),"
    " wanted(kind, subject) AS ("
    " VALUES ('resource', :resource), ('person', :person), ('account', :person)"
    " UNION SELECT 'site', substr(stream, 6) FROM state"
    "  WHERE kind = 'resource' AND subject = :resource"
    " UNION SELECT kind, subject FROM joined UNION SELECT l.to_kind, l.to_subject FROM joined j"
    " JOIN link l ON l.kind = 'membership' AND l.subject = j.subject AND l.to_kind = 'plan')"
    " SELECT w.kind, w.subject, s.stream, s.seq, s.op, s.body FROM wanted w LEFT JOIN "
)
_STORED: Final = (
    " UNION ALL SELECT 'answer', '', request_hash, 0, '', answer"
    " FROM answer WHERE scope = :scope AND id = :id"
)
ABOUT_BOOKING: Final = statement(
    f"{_NAMED} state s ON {_STATE} {_STORED}",
    f"{_NAMED} LATERAL (SELECT * FROM state s WHERE {_STATE} OFFSET 0) s ON true {_STORED}",
)
"""All that a decision about one person's booking reads, in one statement: the resource and its
site, the person with account, memberships and plans, and the answer stored under an id."""

_NEVER_DOWN: Final = ", ".join(f"'{kind}'" for kind, each in SUBJECTS.items() if not each.reduce)

PAGE: Final = statement(
    "SELECT t.head, t.hash, t.floor, s.seq, s.kind, s.subject, s.op, s.body, e.hash"
    " FROM stream t LEFT JOIN (SELECT seq, kind, subject, op, body FROM state"
    f"  WHERE stream = :stream AND seq > :after AND kind NOT IN ({_NEVER_DOWN})"
    "  ORDER BY seq LIMIT :rows) s ON 1 = 1"
    " LEFT JOIN event e ON e.stream = :stream AND e.seq = s.seq"
    " WHERE t.stream = :stream ORDER BY s.seq"
)
"""A page and the head of its stream in one statement, so that they are of one moment."""

CURRENT: Final = statement(
    "SELECT kind, subject, body FROM state WHERE stream = :stream AND op = 'put'"
    f" AND kind NOT IN ({_NEVER_DOWN})"
)
"""All that kiosks have of a stream, to be counted and summed."""

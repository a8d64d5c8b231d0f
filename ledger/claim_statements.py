"""The statements on claims, as written SQL for both databases."""

# ruff: noqa: S608 - every part is written here

from typing import Final

from ledger.session import statement

_ROW: Final = "unit, from_us, until_us, kind, ref, expires_us"

CLAIM: Final = statement(
    "INSERT INTO holding (ref, unit, from_us, until_us, kind, expires_us)"
    " SELECT :ref, j.value, :from, :until, :kind, :expires FROM json_each(:units) j"
    " WHERE NOT EXISTS (SELECT 1 FROM holding h WHERE h.unit = j.value"
    "  AND h.from_us >= :from AND h.from_us < :until)"
    " AND coalesce((SELECT h.until_us FROM holding h WHERE h.unit = j.value"
    "  AND h.from_us < :from ORDER BY h.from_us DESC LIMIT 1), :from) <= :from"
    " ORDER BY j.key LIMIT 1 RETURNING unit",
    "INSERT INTO holding (ref, unit, from_us, until_us, kind, expires_us)"
    " SELECT CAST(:ref AS text), u.unit, CAST(:from AS bigint), CAST(:until AS bigint),"
    "  CAST(:kind AS text), CAST(:expires AS bigint)"
    " FROM unnest(CAST(:units AS text[])) WITH ORDINALITY u(unit, n)"
    " WHERE NOT EXISTS (SELECT 1 FROM holding h WHERE h.unit = u.unit"
    "  AND h.from_us >= :from AND h.from_us < :until)"
    " AND coalesce((SELECT h.until_us FROM holding h WHERE h.unit = u.unit"
    "  AND h.from_us < :from ORDER BY h.from_us DESC LIMIT 1), :from) <= :from"
    " ORDER BY u.n LIMIT 1 ON CONFLICT DO NOTHING RETURNING unit",
)
"""The first of the units that is free; whoever came between is met by the constraint."""

CLEAR_EXPIRED: Final = statement(
    "DELETE FROM holding WHERE rowid IN (SELECT h.rowid FROM json_each(:units) j JOIN holding h"
    " ON h.unit = j.value AND h.expires_us <= :now WHERE h.ref <> :but) RETURNING unit",
    "DELETE FROM holding WHERE unit = ANY(CAST(:units AS text[])) AND expires_us <= :now"
    " AND ref <> CAST(:but AS text) RETURNING unit",
)

RELEASE: Final = statement("DELETE FROM holding WHERE ref = :ref")
MOVE: Final = statement(
    "UPDATE holding SET from_us = :from, until_us = :until WHERE ref = :ref RETURNING unit"
)
EXTEND: Final = statement(
    "UPDATE holding SET expires_us = :expires"
    " WHERE ref = :ref AND kind = 'hold' AND expires_us > :now RETURNING unit"
)
CLAIMS_OF: Final = statement(f"SELECT {_ROW} FROM holding WHERE ref = :ref ORDER BY unit")

_LIVE: Final = "(h.expires_us IS NULL OR h.expires_us > :now)"
_H: Final = ", ".join(f"h.{name}" for name in _ROW.split(", "))

HELD: Final = statement(
    f"SELECT {_H} FROM json_each(:units) j JOIN holding h"
    " ON h.unit = j.value AND h.from_us >= :from AND h.from_us < :until"
    f" WHERE {_LIVE} UNION ALL SELECT {_H} FROM json_each(:units) j JOIN holding h"
    " ON h.rowid = (SELECT b.rowid FROM holding b WHERE b.unit = j.value"
    "  AND b.from_us < :from ORDER BY b.from_us DESC LIMIT 1)"
    f" WHERE h.until_us > :from AND {_LIVE}",
    f"SELECT {_H} FROM unnest(CAST(:units AS text[])) u(unit), LATERAL"
    " (SELECT * FROM holding WHERE unit = u.unit AND from_us >= :from AND from_us < :until"
    "  OFFSET 0) h"
    f" WHERE {_LIVE} UNION ALL SELECT {_H} FROM unnest(CAST(:units AS text[])) u(unit), LATERAL"
    " (SELECT * FROM holding WHERE unit = u.unit AND from_us < :from"
    "  ORDER BY from_us DESC LIMIT 1) h"
    f" WHERE h.until_us > :from AND {_LIVE}",
)
"""What begins in the range, and of each unit the last that begins before it if it reaches in."""

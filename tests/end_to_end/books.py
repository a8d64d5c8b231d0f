"""The server's books and one kiosk's, read side by side behind their backs."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from domain.subjects import SUBJECTS
from ledger.fold import reduced_text


class Books:
    """Two SQLite files, opened for reading only."""

    def __init__(self, server_data: Path, kiosk_data: Path) -> None:
        identity = json.loads((kiosk_data / "identity.json").read_text())
        self._origin = f"kiosk:{identity['kiosk_id']}"
        self._streams = ("house", f"site:{identity['site_id']}")
        self._server = _read_only(server_data / "foyer.sqlite")
        self._kiosk = _read_only(kiosk_data / "kiosk.sqlite")

    def close(self) -> None:
        self._server.close()
        self._kiosk.close()

    def even(self) -> bool:
        """Whether all is sent and all is pulled."""
        ((left,),) = self.kiosk(
            "SELECT (SELECT count(*) FROM event WHERE status = 'pending')"
            " + (SELECT count(*) FROM overlay)"
        )
        cursors = dict(self.kiosk("SELECT stream, seq FROM cursor"))
        heads = dict(self.server("SELECT stream, head FROM stream"))
        return left == 0 and all(cursors.get(name) == heads[name] for name in self._streams)

    def lost_or_doubled(self, acknowledged: Iterable[str]) -> list[str]:
        """Events of the kiosk that are not on the server once, in order, without holes."""
        here = self.kiosk("SELECT id FROM event ORDER BY position")
        rows = self.server("SELECT id, n FROM event WHERE origin = ? ORDER BY seq", self._origin)
        there = Counter(id_ for (id_,) in self.server("SELECT id FROM event"))
        wrong = [
            f"acknowledged, {there[id_]} times on the server: {id_}"
            for id_ in acknowledged
            if there[id_] != 1
        ]
        if [id_ for (id_,) in here] != [id_ for id_, _ in rows]:
            wrong.append(f"{len(here)} events at the kiosk, {len(rows)} of it on the server")
        if [n for _, n in rows] != list(range(1, len(rows) + 1)):
            wrong.append("the kiosk's numbers have holes, or began anew")
        return wrong

    def unlike(self) -> list[str]:
        """States the kiosk shows otherwise than the server reduces them."""
        rows = self.kiosk("SELECT kind, subject, body FROM shown")
        shown = {(kind, subject): body for kind, subject, body in rows}
        states = self.server(
            "SELECT kind, subject, body FROM state WHERE stream IN (?, ?) AND body IS NOT NULL",
            *self._streams,
        )
        reduced = {
            (kind, subject): reduced_text(kind, body)
            for kind, subject, body in states
            if SUBJECTS[kind].reduce is not None
        }
        return [
            f"shown {shown.get(key)}, reduced {reduced.get(key)}: {key}"
            for key in sorted(shown.keys() | reduced.keys())
            if shown.get(key) != reduced.get(key)
        ]

    def contradictions(self) -> list[dict[str, Any]]:
        rows = self.server("SELECT body FROM state WHERE kind = 'contradiction'")
        return [json.loads(body) for (body,) in rows]

    def inside(self, holder: str) -> int:
        """How many the server counts in the house by this holder."""
        rows = self.server("SELECT people FROM inside WHERE holder = ?", holder)
        return int(rows[0][0]) if rows else 0

    def kiosk(self, query: str, *given: str) -> list[Any]:
        return self._kiosk.execute(query, given).fetchall()

    def server(self, query: str, *given: str) -> list[Any]:
        return self._server.execute(query, given).fetchall()


def _read_only(path: Path) -> sqlite3.Connection:
    where = f"file:{path}?mode=ro"
    return sqlite3.connect(where, uri=True, timeout=5, check_same_thread=False)

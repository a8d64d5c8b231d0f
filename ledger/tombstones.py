"""Tombstones tell kiosks what is gone; after a while nobody needs to be told any more."""

from datetime import datetime
from typing import Final

from ledger.instants import to_text
from ledger.session import statement
from ledger.unit import Unit

_OLDEST_KEPT: Final = statement(
    "SELECT coalesce(max(s.seq), 0) FROM state s"
    " JOIN event e ON e.stream = s.stream AND e.seq = s.seq"
    " WHERE s.stream = :stream AND s.op = 'gone' AND e.recorded_at < :before"
)
_DROP: Final = statement(
    "DELETE FROM state WHERE stream = :stream AND op = 'gone' AND seq <= :floor"
)
_RAISE_FLOOR: Final = statement(
    "UPDATE stream SET floor = :floor WHERE stream = :stream AND floor < :floor"
)


def drop_tombstones(unit: Unit, stream: str, before: datetime) -> int:
    """Forget what went before an instant; the new floor of the stream, 0 for none.

    A cursor below the floor is answered with None by the feed: that kiosk starts over. The
    tombstones of erased persons stay, so that nothing that comes in late revives them.
    """
    session = unit.session
    floor = int(session.rows(_OLDEST_KEPT, {"stream": stream, "before": to_text(before)})[0][0])
    if floor:
        session.rows(_DROP, {"stream": stream, "floor": floor})
        session.rows(_RAISE_FLOOR, {"stream": stream, "floor": floor})
    return floor

"""What the kiosk did, as one JSON line each, for scripts and staff; never a name in it."""

import contextlib
import json
from collections.abc import Callable
from datetime import datetime
from typing import IO, Any

Report = Callable[..., None]
"""report(what, **facts): see the names below.

started, first_frame, code_read (reader, ms, frame_age_ms), answer (serial, outcome, reason,
because, pass_id, event_ids, ms), door (door_id, command_id, outcome, ms), departed (people),
status (online, unsent, broker, camera, door_unknown), sent (events), pulled (stream, to), revoked.
"""


def silent(what: str, **facts: Any) -> None:
    """A report nobody reads."""


def to_stream(stream: IO[str], now: Callable[[], datetime]) -> Report:
    """A report that writes each line at once, with the time as `at`; what cannot be, is not."""

    def report(what: str, **facts: Any) -> None:
        line = {"what": what, "at": now().isoformat(), **facts}
        with contextlib.suppress(OSError):  # a full disk: nobody in the lobby waits for a report
            stream.write(json.dumps(line, default=str) + "\n")
            stream.flush()

    return report

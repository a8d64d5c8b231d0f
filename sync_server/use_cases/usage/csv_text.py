"""Usage as a table for spreadsheets: one line for each day and resource."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final

from sync_server.use_cases.apply.amounts import price
from sync_server.use_cases.usage.read_usage import UsageRow

COLUMNS: Final = (
    *("date", "resource", "name", "bookable_min", "booked_min", "used_min", "no_shows"),
    *("refused", "taken", "revenue_gross", "revenue_net", "currency"),
)
_FORMULA: Final = ("=", "+", "-", "@", "\t")
"""What spreadsheets take for a formula when a cell begins with it."""


def usage_csv(rows: Iterable[UsageRow], currency: str) -> str:
    """RFC 4180, with a line of names."""
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    for row in rows:
        usage = row.usage
        lines.writerow(
            (
                row.day.isoformat(),
                _harmless(row.resource_id),
                _harmless(row.name),
                usage.bookable_min,
                usage.booked_min,
                usage.used_min,
                usage.no_shows,
                usage.refused,
                usage.taken,
                price(usage.gross_cents, currency),
                price(usage.net_cents, currency),
                currency,
            )
        )
    return text.getvalue()


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell

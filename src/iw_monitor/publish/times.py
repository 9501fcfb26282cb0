"""Instants as programs and people read them."""

from __future__ import annotations

from datetime import datetime

from iw_monitor.model.instants import as_utc


def iso(instant: datetime) -> str:
    """Return ISO 8601 in UTC, to the second unless there is more to say.

    Example:
        >>> from datetime import UTC
        >>> iso(datetime(2024, 3, 31, 23, 59, tzinfo=UTC))
        '2024-03-31T23:59:00Z'
    """
    return as_utc(instant).isoformat().replace("+00:00", "Z")

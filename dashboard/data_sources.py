"""The part of the door that leads to the sources that machines ask, and how each was last seen."""

from __future__ import annotations

from typing import TypeAlias

from dashboard import data
from iw_monitor.service import sources

SourceHealth: TypeAlias = sources.SourceHealth


def health() -> tuple[SourceHealth, ...]:
    """Return the pack's sources as they are now; a run may write to no journal, so it is read each time."""
    return sources.health(data.site(), now=data.now())

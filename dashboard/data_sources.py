"""The part of the door that leads to the sources that machines ask, and how each was last seen."""

from __future__ import annotations

from typing import TypeAlias

from dashboard import data
from dashboard.data import Look
from iw_monitor.model import collecting
from iw_monitor.service import sources
from iw_monitor.service.memo import Memo
from iw_monitor.telling import silence

DeadSource: TypeAlias = collecting.DeadSource
SourceHealth: TypeAlias = sources.SourceHealth

_DEAD: Memo[tuple[DeadSource, ...]] = Memo(most=8)


def dead_behind(look: Look, indicator: str) -> tuple[DeadSource, ...]:
    """Return the dead sources behind an indicator that is not current at the look; none where it is."""
    return silence.dead_behind(dead(look), look.at.indicator(indicator))


def dead(look: Look) -> tuple[DeadSource, ...]:
    """Return every source that is dead at the look; asked anew each second, since runs may write to no journal."""
    key = (look.revision, look.at.as_of, data.second())
    return _DEAD.get(key, lambda: sources.dead_sources(data.site(), at=look.at.as_of))


def health() -> tuple[SourceHealth, ...]:
    """Return the pack's sources as they are now; a run may write to no journal, so it is read each time."""
    return sources.health(data.site(), now=data.now())

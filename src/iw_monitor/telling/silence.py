"""The sentences on dead sources that pages, reports and the command line share: what went silent, how, since when."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from iw_monitor.model.assessment import Freshness, IndicatorAssessment
from iw_monitor.model.collecting import DeadSource, FetchOutcome
from iw_monitor.model.instants import day_time_group

_AGED: Final = (Freshness.STALE, Freshness.UNKNOWN)
_HOW: Final = {
    FetchOutcome.FAILED: "failed{times} at {run}",
    FetchOutcome.EMPTY: "answered with nothing at {run}",
    FetchOutcome.UNCONFIGURED: "could not be asked at {run}: it is not configured",
}
_SILENT: Final = "has been silent for too long"
_TIMES: Final = " {count} times in a row, the last time"
_GOOD: Final = "last good {at}"
_NEVER_GOOD: Final = "never good yet"


def dead_behind(dead: Iterable[DeadSource], state: IndicatorAssessment) -> tuple[DeadSource, ...]:
    """Return the dead sources that ought to speak for an indicator which is not current any more."""
    return tuple(one for one in dead if state.status in _AGED and state.id in one.indicators)


def went_silent(one: DeadSource) -> str:
    """Return how a source is dead, without its name: ``failed 3 times in a row, …; last good 031200Z MAR 24``."""
    times = _TIMES.format(count=one.failures) if one.failures > 1 else ""
    how = _HOW.get(one.outcome, _SILENT).format(times=times, run=day_time_group(one.run_at))
    good = _NEVER_GOOD if one.answered_at is None else _GOOD.format(at=day_time_group(one.answered_at))
    return f"{how}; {good}"

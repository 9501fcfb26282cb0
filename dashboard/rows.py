"""Small tables that the pages show: plain values, each taken from an Assessment or from the reports behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from iw_monitor.model.assessment import Freshness, IndicatorAssessment
from iw_monitor.model.observation import Observation, Retraction
from iw_monitor.model.pack import Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """One report as the indicator's page lists it."""

    observation: Observation
    known_at: datetime
    retraction: Retraction | None  # only if it was known at the look
    scored: bool  # False: waits in the unconfirmed tray


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRow:
    """An indicator as the pages list it: what the pack says, what is assessed, and the grade behind it."""

    indicator: Indicator
    state: IndicatorAssessment
    grade: str  # of the newest report of the current level
    week_ago: int | None  # its level seven days before; None where nothing had been reported

    @property
    def is_known(self) -> bool:
        return self.state.level is not None and self.state.status is not Freshness.UNKNOWN

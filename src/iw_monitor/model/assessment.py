"""What is concluded at an instant: one Assessment, shown alike by page, CLI, API and report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from iw_monitor.model.observation import Known


class Freshness(StrEnum):
    """How current an indicator is (METHOD 4.3)."""

    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"
    UNKNOWN = "unknown"


class Confidence(StrEnum):
    """How far the evidence carries the estimate; never joined to the likelihood (METHOD 4.13)."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one indicator does to one problem, in points (decibans), at three stages of METHOD 4."""

    indicator: str
    family: str
    raw: float  # W * (g(x) - z); for what is unknown, 0 (driver) or -W * z (restraint)
    softened: float  # after quality and age (step 4)
    counted: float  # after the weights within and between families and the cap (steps 5, 6)


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionEffect:
    """What one interaction does to one problem, in points."""

    id: str
    family: str
    raw: float
    counted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Floor:
    """A floor under a problem's level. ``now``: its condition holds at this instant; else it is latched from before."""

    id: str  # of the tripwire or interaction that set it
    level: int
    now: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """What the closed windows of a problem do to it, where its pack applies a track record (METHOD 4.7)."""

    windows: int  # that a named person closed
    events: int  # that came in them
    expected: float  # that the evidence expected in them
    factor: float  # of the hazard
    points: float  # what that adds to the points, after clipping


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemAssessment:
    """One warning problem at one instant. Both levels are None while too little is covered to assess it."""

    id: str
    title: str
    prior: float
    points: float  # prior + everything counted, clipped; after the track record, where one is applied
    points_unclipped: float
    points_low: float
    points_high: float
    probability: float
    probability_low: float
    probability_high: float
    level: int | None  # of this instant: boundaries and floors
    sum_level: int  # what the sum of evidence alone would say
    recommended_level: int | None  # with hysteresis
    recommended_since: datetime | None
    declared_level: int | None
    stability: float  # share of draws that give the same level
    coverage: float
    confidence: Confidence
    confidence_reasons: tuple[str, ...]  # what keeps it from high
    floors: tuple[Floor, ...]
    screened: tuple[str, ...]  # interactions that make restraints count as unknown
    interactions: tuple[InteractionEffect, ...]
    contributions: tuple[Contribution, ...]
    track: Track | None = None  # None: the pack applies no track record, or no window was closed

    @property
    def assessed(self) -> bool:
        return self.level is not None

    @property
    def points_summed(self) -> float:
        """Prior, everything counted and the track record, before clipping."""
        return self.points_unclipped + (self.track.points if self.track else 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorAssessment:
    """One indicator at one instant. ``level`` is the last scored one, whatever its age; None if never reported."""

    id: str
    title: str
    level: int | None
    status: Freshness
    observed_at: datetime | None  # of the newest report of the current level
    age_days: float | None
    quality: float  # q, 0 when never reported
    age_factor: float  # a, 0 when unknown
    zero_point: float  # z
    normal: float  # n
    due_at: datetime | None
    stale_at: datetime | None
    unknown_at: datetime | None
    observations: tuple[str, ...]  # ids of the evidence of the current level, newest first


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The worst of the problems. ``level`` is None when there is no assessment; ``problem`` names which sets it."""

    level: int | None
    word: str
    problem: str | None
    since: datetime | None

    @property
    def assessed(self) -> bool:
        return self.level is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Everything concluded from what was known at one instant."""

    pack: str
    pack_hash: str
    as_of: datetime
    known: Known
    headline: Headline
    problems: tuple[ProblemAssessment, ...]
    indicators: tuple[IndicatorAssessment, ...]
    coverage: float
    unconfirmed: tuple[str, ...]  # ids of reports not scored for want of worth: the tray

    def problem(self, problem_id: str) -> ProblemAssessment:
        """Return the problem of this id.

        Raises:
            KeyError: there is none.
        """
        for one in self.problems:
            if one.id == problem_id:
                return one
        raise KeyError(problem_id)

    def indicator(self, indicator_id: str) -> IndicatorAssessment:
        """Return the indicator of this id.

        Raises:
            KeyError: there is none.
        """
        for one in self.indicators:
            if one.id == indicator_id:
                return one
        raise KeyError(indicator_id)

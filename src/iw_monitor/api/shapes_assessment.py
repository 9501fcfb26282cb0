"""What ``assess --json`` and ``replay --format json`` say, written down for the OpenAPI document; a test compares."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from iw_monitor.api.shapes import Id, Instant, Told
from iw_monitor.model.assessment import Confidence, Freshness
from iw_monitor.model.observation import Known

Share = Annotated[float, Field(ge=0, le=1)]
Level = Annotated[int, Field(ge=1, le=5)]
Points = Annotated[float, Field(description="Decibans: +10 is ten times the odds.")]


class HeadlineShape(Told):
    """The worst recommended level, and which problem sets it."""

    model_config = ConfigDict(title="Headline")

    status: Literal["assessed", "no_assessment"]
    level: Level | None = Field(description="Null where there is no assessment: never a low level.")
    word: str
    problem: str | None


class InteractionShape(Told):
    """What indicators do together to a problem."""

    model_config = ConfigDict(title="Interaction")

    id: str
    family: str
    raw: Points
    counted: Points


class ContributionShape(Told):
    """What one indicator does to a problem."""

    model_config = ConfigDict(title="Contribution")

    indicator: str
    family: str
    raw: Points
    softened: Points
    counted: Points


class TrackShape(Told):
    """What the closed windows of a problem do to it, where its pack applies a track record."""

    model_config = ConfigDict(title="TrackRecord")

    windows: int = Field(ge=0)
    events: int = Field(ge=0)
    expected: float = Field(ge=0)
    factor: float = Field(gt=0, description="Of the hazard -ln(1 - p).")
    points: Points = Field(description="What that adds to the points, after clipping.")


class AssessedProblem(Told):
    """One warning problem at the instant. The prior and everything counted make the points, before clipping."""

    id: str
    title: str
    prior: Points
    points: Points
    points_low: Points
    points_high: Points
    probability: Share
    probability_low: Share
    probability_high: Share
    level: Level | None
    recommended_level: Level | None = Field(description="After hysteresis. The machine recommends, a person declares.")
    declared_level: Level | None
    stability: Share
    coverage: Share
    confidence: Confidence
    tripwires: list[str]
    interactions: list[InteractionShape]
    contributions: list[ContributionShape]
    track_record: TrackShape | None = Field(
        None, description="Only where the pack applies a track record and a window was closed."
    )


class AssessedIndicator(Told):
    """One indicator at the instant."""

    id: str
    title: str
    level: int | None = Field(ge=0, le=4)
    status: Freshness
    observed_at: Instant | None
    age_days: float | None
    quality: float
    age_factor: float
    zero_point: float
    observations: list[Id] = Field(description="The evidence of the current level, newest first.")


class AssessmentShape(Told):
    """Everything concluded from what was known at one instant: the same as ``iw-monitor assess --json``."""

    model_config = ConfigDict(title="Assessment")

    schema_version: Literal["1"]
    pack: str
    pack_hash: str
    as_of: Instant
    known: Known
    headline: HeadlineShape
    problems: list[AssessedProblem]
    indicators: list[AssessedIndicator]
    coverage: Share
    unconfirmed: list[Id] = Field(description="Reports worth too little to be scored: the tray.")


class ReplayRow(Told):
    """One problem at one instant."""

    at: Instant
    problem: str
    points: Points
    points_low: Points
    points_high: Points
    probability: Share
    level: Level | None
    recommended_level: Level | None
    coverage: Share
    confidence: Confidence


class ReplayShape(Told):
    """A series of assessments, each from what was known by its instant: ``iw-monitor replay --format json``."""

    model_config = ConfigDict(title="Replay")

    schema_version: Literal["1"]
    pack: str
    pack_hash: str
    known: Known
    rows: list[ReplayRow]

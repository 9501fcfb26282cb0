"""Every number of the method that is a judgement."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from iw_monitor.model.pack.indicator import Kind
from iw_monitor.model.pack.plain import Duration, Finite, Plain, Points, RatingWords, Share, Text


class KindDefaults(Plain):
    """Half-life and cadence of a kind of indicator."""

    half_life: Duration
    cadence: Duration


class Normal(Plain):
    """How an indicator's normal follows what it has long been (METHOD 4.1)."""

    share: Share
    half_life: Duration


class Grades(Plain):
    """What a graded report is worth (METHOD 4.2); none means it is never scored."""

    reliability: dict[Literal["A", "B", "C", "D", "E", "F"], Share]
    credibility: Annotated[dict[Annotated[int, Field(ge=1, le=6)], Share | None], Field(strict=False)]
    scored_from: Share
    quality_cap: Annotated[float, Field(gt=0, lt=1)]
    condition_quality: Share


class Ageing(Plain):
    """How evidence ages (METHOD 4.3), in half-lives."""

    fresh_for: Annotated[float, Field(gt=0, le=20)]
    unknown_after: Annotated[float, Field(gt=0, le=20)]


class Discount(Plain):
    """Weight of each further piece against the one before, within a family and between families (METHOD 4.5)."""

    within_family: Share
    between_families: Share


class Hysteresis(Plain):
    """Up fast, down slow (METHOD 4.10)."""

    up_after: Duration
    down_after: Duration
    down_margin: Annotated[Points, Field(ge=0)]


class Interval(Plain):
    """How the interval and the stability are drawn (METHOD 4.11)."""

    draws: Annotated[int, Field(ge=100, le=100_000)]
    seed: Annotated[int, Field(ge=0)]
    weight_factor: tuple[Finite, Finite]
    prior_shift: Annotated[Points, Field(ge=0)]
    percentiles: tuple[Finite, Finite]


class CoverageRule(Plain):
    """Below which coverage the gauge is hatched, and below which it reads NO ASSESSMENT (METHOD 4.12)."""

    hatched_below: Share
    no_assessment_below: Share


class ConfidenceRule(Plain):
    """What makes confidence high or low (METHOD 4.13)."""

    high_coverage: Share
    high_quality: Share
    high_stability: Share
    high_unchanged_for: Duration
    low_quality: Share
    low_stability: Share


class TrendRule(Plain):
    """When a change of points counts as a trend."""

    window: Duration
    dead_band: Annotated[Points, Field(ge=0)]


class TrackRecordRule(Plain):
    """An experiment: each problem's hazard is multiplied by how the model did in its closed windows (METHOD 4.7)."""

    applied: bool
    caution: Annotated[float, Field(gt=0, le=100)] = 1.0
    least: Annotated[float, Field(gt=0, le=1)] = 0.25


def _unsaid(value: object) -> bool:
    return value is None


class Words(Plain):
    """An estimative word and the probabilities (percent) it stands for."""

    word: Text
    from_percent: Annotated[float, Field(ge=0, le=100)]
    to_percent: Annotated[float, Field(ge=0, le=100)]


class MethodNumbers(Plain):
    """Every number of the method that is a judgement."""

    strength: Annotated[tuple[Share, ...], Field(min_length=5, max_length=5)]
    ratings: RatingWords
    kinds: dict[Kind, KindDefaults] = Field(strict=False)
    normal: Normal
    grades: Grades
    ageing: Ageing
    discount: Discount
    clip: Annotated[Points, Field(gt=0)]
    hysteresis: Hysteresis
    interval: Interval
    coverage: CoverageRule
    confidence: ConfidenceRule
    trend: TrendRule
    track_record: Annotated[TrackRecordRule | None, Field(exclude_if=_unsaid)] = None  # unsaid, no part of the hash
    words: tuple[Words, ...]

    @property
    def tracked(self) -> TrackRecordRule | None:
        """The rule of the track record where it is applied, else None."""
        return self.track_record if self.track_record is not None and self.track_record.applied else None

"""METHOD §4, steps 1 to 3, read slowly: from reports to what stands about each indicator. No numpy, no cleverness.

This is a second, independent reading of the method, to be read beside its text; the engine is tested against it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.model.observation import Known, Observation, Retraction, originator_of, published_known_at
from iw_monitor.model.pack import Indicator, Pack

NEAR = 1e-9  # what comparisons with thresholds allow
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A scored report and the span of time in which it was known."""

    id: str
    indicator: str
    level: int
    worth: float
    originator: str
    observed_at: datetime
    known_at: datetime
    retracted_at: datetime | None  # None: never, or (as published) nobody looks

    def is_known(self, at: datetime) -> bool:
        return self.known_at <= at and (self.retracted_at is None or at < self.retracted_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What an indicator's reports say together, whatever the time. ``level`` is None when there are none."""

    level: int | None
    quality: float
    observed_at: datetime | None  # of the newest report of that level
    normal: float
    zero_point: float
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A standing at an instant: all that steps 4 to 13 look at."""

    level: int | None  # the last scored one, also when it is unknown by now
    quality: float
    age_factor: float  # 0 when unknown
    zero_point: float

    @property
    def is_known(self) -> bool:
        return self.level is not None and self.age_factor > 0


# --- Step 2: which reports count, and for how much ---


def worth(pack: Pack, observation: Observation) -> float | None:
    """Return min(cap of the reliability, value of the credibility), or None for what has no value."""
    grades = pack.method.grades
    value = grades.credibility[observation.grade.credibility]
    if value is None:
        return None
    caps = {str(letter): cap for letter, cap in grades.reliability.items()}
    return min(caps[observation.grade.reliability], value)


def is_worth_scoring(pack: Pack, observation: Observation) -> bool:
    """Say whether a report is worth enough to be scored; the others wait in the tray."""
    value = worth(pack, observation)
    return value is not None and value >= pack.method.grades.scored_from - NEAR


def scored_reports(
    pack: Pack, observations: Iterable[Observation], retractions: Iterable[Retraction], *, known: Known
) -> tuple[Report, ...]:
    """Return the reports that are scored at some time in this reading, with the time in which each was known."""
    watched = {indicator.id for indicator in pack.scored}
    retracted: dict[str, datetime] = {}
    for one in retractions:
        retracted[one.observation] = min(one.recorded_at, retracted.get(one.observation, one.recorded_at))
    return tuple(
        _report(pack, report, retracted.get(report.id), known=known)
        for report in observations
        if report.indicator in watched
        and is_worth_scoring(pack, report)
        and not (known is Known.PUBLISHED and report.id in retracted)
    )


def _report(pack: Pack, observation: Observation, retracted_at: datetime | None, *, known: Known) -> Report:
    published = published_known_at(observation.observed_at, observation.published_at)
    return Report(
        id=observation.id,
        indicator=observation.indicator,
        level=observation.level,
        worth=worth(pack, observation) or 0.0,
        originator=originator_of(observation),
        observed_at=observation.observed_at,
        known_at=published if known is Known.PUBLISHED else observation.recorded_at,
        retracted_at=retracted_at,
    )


def in_order(reports: Iterable[Report]) -> list[Report]:
    """Order reports by what they are about: the last is the current one. Arrival plays no part."""
    return sorted(reports, key=lambda one: (one.observed_at, one.worth, one.level, one.originator))


def evidence(reports: list[Report], *, reach: timedelta) -> list[Report]:
    """Return the run of reports that carry the current level; ``reports`` are in order and not empty."""
    current = reports[-1]
    others = [one.observed_at for one in reports if one.level != current.level]
    return [
        one
        for one in reports
        if one.level == current.level
        and (not others or one.observed_at >= max(others))
        and current.observed_at - one.observed_at <= reach
    ]


def quality(pack: Pack, reports: Iterable[Report]) -> float:
    """Combine the originators, each by its best report."""
    best: dict[str, float] = {}
    for one in reports:
        best[one.originator] = max(one.worth, best.get(one.originator, 0.0))
    doubt = math.prod(1 - one for one in best.values())
    return min(pack.method.grades.quality_cap, 1 - doubt)


# --- Step 1: what has become normal, and the zero point ---


def normal(pack: Pack, indicator: Indicator, reports: list[Report]) -> float:
    """Return n: on T0 the strength of the T0 level; each later report lets it follow the level held until then."""
    strength = pack.method.strength
    held = indicator.t0 or 0
    n = strength[held]
    before = pack.t0
    for report in reports:  # in order
        if report.observed_at > pack.t0:
            days = min(report.observed_at - before, pack.half_life(indicator)) / DAY
            n += (strength[held] - n) * (1 - 2 ** (-days / (pack.method.normal.half_life / DAY)))
            before = report.observed_at
        held = report.level
    return n


def zero_point(pack: Pack, indicator: Indicator, n: float) -> float:
    """Return z: partly the state on T0, partly the normal."""
    share = pack.method.normal.share
    return (1 - share) * pack.method.strength[indicator.t0 or 0] + share * n


def standing(pack: Pack, indicator: Indicator, reports: Iterable[Report]) -> Standing:
    """Return what the reports on one indicator say together."""
    ordered = in_order(reports)
    n = normal(pack, indicator, ordered)
    z = zero_point(pack, indicator, n)
    if not ordered:
        return Standing(level=None, quality=0.0, observed_at=None, normal=n, zero_point=z, evidence=())
    run = evidence(ordered, reach=pack.half_life(indicator) * pack.method.ageing.unknown_after)
    return Standing(
        level=ordered[-1].level,
        quality=quality(pack, run),
        observed_at=ordered[-1].observed_at,
        normal=n,
        zero_point=z,
        evidence=tuple(one.id for one in run),
    )


# --- Step 3: age ---


def age_factor(pack: Pack, indicator: Indicator, age: timedelta) -> float:
    """Return a: 1 while fresh, then halved every half-life, 0 once unknown."""
    half_life = pack.half_life(indicator)
    fresh = half_life * pack.method.ageing.fresh_for
    if age <= fresh:
        return 1.0
    if age > half_life * pack.method.ageing.unknown_after:
        return 0.0
    return float(2 ** (-((age - fresh) / half_life)))


def status(pack: Pack, indicator: Indicator, age: timedelta | None) -> str:
    """Return fresh, due, stale or unknown."""
    if age is None or age_factor(pack, indicator, age) == 0:
        return "unknown"
    if age_factor(pack, indicator, age) < 1:
        return "stale"
    return "due" if age >= pack.cadence(indicator) else "fresh"


def state(pack: Pack, indicator: Indicator, stands: Standing, *, at: datetime) -> State:
    """Return the standing as it is at an instant."""
    a = 0.0 if stands.observed_at is None else age_factor(pack, indicator, at - stands.observed_at)
    return State(level=stands.level, quality=stands.quality, age_factor=a, zero_point=stands.zero_point)

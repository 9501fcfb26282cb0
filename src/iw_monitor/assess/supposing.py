"""What would be concluded if levels, ages and weights were others: the one engine, on what nobody reported.

A supposed level rests on one B2 report, made now or so many days ago; a supposed age alone makes the present report so
many days old; a supposed weight is the worth of level 4 in points. Levels are those of the instant, before and after:
the recommendation waits for hours and days, and a supposition has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

import numpy as np

from iw_monitor.assess.chain import Chain, Piece
from iw_monitor.assess.compiled import UNREPORTED, Compiled, compile_pack
from iw_monitor.assess.conclusion import Conclusion, Reading
from iw_monitor.assess.coverage import coverage
from iw_monitor.assess.floors import holding_now
from iw_monitor.assess.interval import draws_of
from iw_monitor.assess.sensitivity import ProblemSensitivity, sensitivity_of
from iw_monitor.assess.states import States, age_factor
from iw_monitor.assess.what_if import outcome_of, presumed_quality, with_report
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.instants import duration_microseconds
from iw_monitor.model.pack import Indicator, Pack

_DAY = duration_microseconds(timedelta(days=1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposition:
    """What is supposed instead of what is: by indicator, and for weights by indicator and problem."""

    levels: Mapping[str, int] = field(default_factory=dict)  # 0 to 4
    ages: Mapping[str, int] = field(default_factory=dict)  # days
    weights: Mapping[tuple[str, str], float] = field(default_factory=dict)  # points of level 4

    @property
    def is_empty(self) -> bool:
        return not (self.levels or self.ages or self.weights)


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """What is concluded at one instant, what would be, and what the supposed levels hang on."""

    before: Assessment
    after: Assessment
    hangs: tuple[ProblemSensitivity, ...]


def what_if(reading: Reading, states: States, instant: int, supposed: Supposition) -> WhatIf:
    """Return what would be concluded.

    Args:
        reading: the journal as read; its chain is left aside.
        states: of one instant (1 x I).
        instant: microseconds.
        supposed: indicators and problems of the pack.

    Raises:
        KeyError: the pack does not watch an indicator that is named.
    """
    pack = reading.compiled.pack
    compiled = compile_pack(with_weights(pack, supposed.weights)) if supposed.weights else reading.compiled
    changed = replace(reading, compiled=compiled, draws=draws_of(compiled)) if supposed.weights else reading
    then = _supposed_states(compiled, states, instant, supposed)
    return WhatIf(
        before=_of_the_instant(reading, states, instant),
        after=_of_the_instant(changed, then, instant),
        hangs=sensitivity_of(compiled, then, instant=instant),
    )


def with_weights(pack: Pack, weights: Mapping[tuple[str, str], float]) -> Pack:
    """Return the pack with other points on some links; a new pack, since a copy would keep what the old one knows."""

    def weighed(one: Indicator) -> Indicator:
        mine = {problem: points for (name, problem), points in weights.items() if name == one.id}
        return one.model_copy(update={"points": {**one.points, **mine}}) if mine else one

    indicators = tuple(weighed(one) for one in pack.indicators)
    return Pack(file=pack.file, method=pack.method, article=pack.article, indicators=indicators)


def _supposed_states(compiled: Compiled, states: States, instant: int, supposed: Supposition) -> States:
    places = {one.id: place for place, one in enumerate(compiled.indicators)}
    quality = presumed_quality(compiled.pack)
    for name, level in supposed.levels.items():
        reported_at = instant - supposed.ages.get(name, 0) * _DAY
        states = with_report(compiled, states, places[name], level=level, quality=quality, instant=reported_at)
    for name, days in supposed.ages.items():
        states = _aged(compiled, states, places[name], instant=instant, days=days)
    return states


def _aged(compiled: Compiled, states: States, index: int, *, instant: int, days: int) -> States:
    """Return the states with the report that stands on an indicator so many days old; none stands, none ages."""
    if states.level[0, index] == UNREPORTED:
        return states
    observed = states.observed.copy()
    observed[0, index] = instant - days * _DAY
    factors = age_factor(compiled, instant - observed, np.not_equal(states.level, UNREPORTED))
    weights_left = states.age_factor.copy()
    weights_left[0, index] = factors[0, index]
    return replace(states, observed=observed, age_factor=weights_left)


def _of_the_instant(reading: Reading, states: States, instant: int) -> Assessment:
    return Conclusion.of(
        replace(reading, chain=_moment(reading.compiled, states, instant)), states, instant
    ).assessment()


def _moment(compiled: Compiled, states: States, instant: int) -> Chain:
    """Return a chain of one instant that recommends at once what the instant says."""
    now = outcome_of(compiled, states)
    least = compiled.pack.method.coverage.no_assessment_below
    held = holding_now(compiled, states)
    moment = Piece(
        instants=np.array([instant], dtype=np.int64),
        points=now.points[None],
        hold=now.points[None],
        level=now.level[None],
        latched=held,
        assessed=coverage(compiled, states).problems >= least,
        recommended=now.level[None],
        since=np.zeros(now.level[None].shape, dtype=np.int64),
    )
    return Chain(moment.rows(slice(0)), moment)

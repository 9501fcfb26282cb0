"""One assessment in plain Python: the slow reading of METHOD that the tests hold the engine to, and its 1,000 draws."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from iw_monitor.model.observation import Known, Observation
from iw_monitor.model.pack import Pack, Problem
from tests.reference.evidence import State, scored_reports, standing, state
from tests.reference.method import (
    Conclusion,
    Piece,
    States,
    clip,
    conclude,
    count,
    driver,
    interactions,
    level_of,
    restraint,
    screened_families,
    visible,
)

Weights = Sequence[Mapping[str, float]]  # of one problem: draw -> indicator -> W times its factor
Draws = Mapping[str, tuple[Weights, Sequence[float]]]  # problem -> weights, priors
Interval = tuple[float, float, float]  # lowest, highest, stability


def states_of(pack: Pack, observations: Iterable[Observation], at: datetime) -> States:
    """Return what every indicator says at an instant, from all that was recorded by then (METHOD 4.1 to 4.3)."""
    reports = [one for one in scored_reports(pack, observations, (), known=Known.RECORDED) if one.is_known(at)]
    return {
        one.id: state(pack, one, standing(pack, one, (each for each in reports if each.indicator == one.id)), at=at)
        for one in pack.scored
    }


def assess(pack: Pack, states: States, draws: Draws) -> dict[str, tuple[Conclusion, Interval]]:
    """Return what is concluded of each problem, with its interval (METHOD 4.4 to 4.9, 4.11)."""
    return {
        name: (concluded, interval(pack, pack.problem(name), states, draws[name], concluded))
        for name, concluded in conclude(pack, states).items()
    }


def interval(
    pack: Pack, problem: Problem, states: States, draws: tuple[Weights, Sequence[float]], concluded: Conclusion
) -> Interval:
    """Return low, high and stability of one problem."""
    rule = pack.method.interval
    same = drawn_points(pack, problem, states, draws)
    low = drawn_points(pack, problem, at_extreme(pack, problem, states, raising=False), draws)
    high = drawn_points(pack, problem, at_extreme(pack, problem, states, raising=True), draws)
    floor = max((height for _, height in concluded.floors), default=0)
    alike = sum(max(level_of(pack, one), floor) == concluded.level for one in same)
    return percentile(low, rule.percentiles[0]), percentile(high, rule.percentiles[1]), alike / len(same)


def at_extreme(pack: Pack, problem: Problem, states: States, *, raising: bool) -> States:
    """Return the states with everything stale or unknown at the level that lowers or raises the problem."""

    def extreme(name: str, one: State) -> State:
        if one.age_factor == 1:
            return one
        restrains = pack.link_points(pack.indicator(name), problem.id) < 0
        return replace(one, level=4 if raising != restrains else 0, quality=1.0, age_factor=1.0)

    return {name: extreme(name, one) for name, one in states.items()}


def drawn_points(pack: Pack, problem: Problem, states: States, draws: tuple[Weights, Sequence[float]]) -> list[float]:
    """Return the points of every draw."""
    seen = visible(pack, states)
    screened = screened_families(pack, seen)
    added = interactions(pack, problem, seen=seen)
    points = []
    for weights, prior in zip(*draws, strict=True):
        pieces = [_piece(pack, name, weight, states[name], screened) for name, weight in weights.items() if weight]
        points.append(clip(pack, prior + sum(one.counted for one in count(pack, pieces, added))))
    return points


def _piece(pack: Pack, name: str, weight: float, state_: State, screened: set[str]) -> Piece:
    family = pack.indicator(name).family
    if weight > 0:
        raw, softened = driver(pack, weight, state_)
    else:
        raw, softened = restraint(pack, weight, state_, screened=family in screened)
    return Piece(name=name, family=family, raw=raw, softened=softened)


def percentile(values: Sequence[float], percent: float) -> float:
    """Return a percentile, linear between neighbours."""
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)

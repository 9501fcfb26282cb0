"""How uncertain weights, priors, stale and unknown indicators move a gauge (METHOD 4.11)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import Booleans, Compiled, Floats, Levels
from iw_monitor.assess.conditions import Sight, sight_now
from iw_monitor.assess.points import clip, interactions, on_record, screening, soften
from iw_monitor.assess.states import States
from iw_monitor.assess.sums import faded, summed
from iw_monitor.assess.track import Tracks


@dataclass(frozen=True, slots=True)
class Spread:
    """Of one instant, per problem: 5th and 95th percentile of the points, and the share of draws at the same level."""

    low: Floats
    high: Floats
    stability: Floats


@dataclass(frozen=True, slots=True)
class Draws:
    """The seeded draws: the same for every instant, so that an interval moves only when the evidence does."""

    weight: Floats  # P x I x D: W times a factor
    prior: Floats  # D x P


def draws_of(compiled: Compiled) -> Draws:
    """Return the pack's draws: every W times U(weight_factor), every prior plus U(-prior_shift, +prior_shift)."""
    rule = compiled.pack.method.interval
    chance = np.random.default_rng(rule.seed)
    factor = chance.uniform(*rule.weight_factor, size=(rule.draws, *compiled.weight.shape))
    shift = chance.uniform(-rule.prior_shift, rule.prior_shift, size=(rule.draws, len(compiled.prior)))
    weight = np.ascontiguousarray((compiled.weight * factor).transpose(2, 1, 0))
    return Draws(weight=weight, prior=compiled.prior + shift)


def spread_of(compiled: Compiled, states: States, draws: Draws, *, level: Levels, floor: Levels) -> Spread:
    """Return interval and stability of one instant.

    Args:
        compiled: the pack.
        states: of one instant (1 x I).
        draws: from ``draws_of``.
        level: P, the level of the instant as assessed.
        floor: P, the floors that hold at the instant, 0 where none.
    """
    low_rule, high_rule = compiled.pack.method.interval.percentiles
    as_assessed = _points(compiled, draws, _same_for_all(compiled, states))
    lowest = highest = as_assessed
    if bool(np.any(states.age_factor < 1)):
        lowest = _points(compiled, draws, _at_extreme(compiled, states, -1))
        highest = _points(compiled, draws, _at_extreme(compiled, states, +1))
    drawn = np.maximum(compiled.level_of(as_assessed), floor)
    return Spread(
        low=np.percentile(lowest, low_rule, axis=0),
        high=np.percentile(highest, high_rule, axis=0),
        stability=np.mean(drawn == level, axis=0),
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """States of one instant, which may differ from problem to problem: P x I each, and what conditions see."""

    departure: Floats  # g(x) - z
    driver_weight: Floats  # q * a, 0 when unknown
    quality: Floats
    age_factor: Floats
    resting: Floats  # z
    sight: Sight
    track: Tracks | None  # of the instant, which no draw touches


def _same_for_all(compiled: Compiled, states: States) -> _Case:
    strength = compiled.strength[np.maximum(states.level, 0)]
    problems = len(compiled.problems)
    now = sight_now(compiled, states)

    def spread(values: Floats) -> Floats:
        return np.repeat(values, problems, axis=0)

    return _Case(
        departure=spread(strength - states.zero_point),
        driver_weight=spread(states.quality * states.age_factor),
        quality=spread(states.quality),
        age_factor=spread(states.age_factor),
        resting=spread(states.zero_point),
        sight=Sight(np.repeat(now.level, problems, axis=0), np.repeat(now.seen, problems, axis=0)),
        track=states.track,
    )


def _at_extreme(compiled: Compiled, states: States, direction: int) -> _Case:
    """Return the states with everything stale or unknown at the level that lowers (-1) or raises (+1) each problem."""
    case = _same_for_all(compiled, states)
    open_ = np.repeat((states.age_factor < 1) & _matters(compiled), len(compiled.problems), axis=0)
    up = direction * np.where(compiled.weight.T < 0, -1, 1)  # what only an interaction looks at goes with the drivers
    extreme = np.where(up > 0, 4, 0)
    level = np.where(open_, extreme, case.sight.level).astype(np.int8)
    strength = compiled.strength[np.maximum(level, 0)]
    return _Case(
        departure=np.where(open_, strength - case.resting, case.departure),
        driver_weight=np.where(open_, 1.0, case.driver_weight),
        quality=np.where(open_, 1.0, case.quality),
        age_factor=np.where(open_, 1.0, case.age_factor),
        resting=case.resting,
        sight=Sight(level, case.sight.seen | open_),
        track=case.track,
    )


def _matters(compiled: Compiled) -> Booleans:
    """Return which indicators are scored at all: an unscored one cannot be set to an extreme."""
    return np.asarray((compiled.weight != 0).any(axis=1))


def _points(compiled: Compiled, draws: Draws, case: _Case) -> Floats:
    """Return the points of every draw, D x P."""
    screened = screening(compiled, case.sight)[1]
    added = interactions(compiled, case.sight)
    total = draws.prior.copy()
    for problem in range(len(compiled.problems)):
        pieces = {
            int(one): _piece(draws.weight[problem, one], case, problem, int(one), screened=bool(screened[problem, one]))
            for one in np.flatnonzero(compiled.weight[:, problem])
        }
        total[:, problem] += summed(compiled, pieces, added[problem, :, problem])
    return on_record(compiled, clip(compiled, total), case.track)


def _piece(weight: Floats, case: _Case, problem: int, indicator: int, *, screened: bool) -> Floats:
    """Return the softened points of one link in every draw, D (METHOD 4.4)."""
    shift = weight * case.departure[problem, indicator]
    if weight[0] > 0:
        return soften(shift, case.driver_weight[problem, indicator])
    age = 0.0 if screened else float(case.age_factor[problem, indicator])
    resting = -weight * case.resting[problem, indicator]
    return faded(soften(shift, case.quality[problem, indicator]), age, resting=resting)

"""How uncertain weights, priors, stale and unknown indicators move a gauge (METHOD 4.11)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import Booleans, Compiled, Floats, Levels
from iw_monitor.assess.conditions import Sight, sight_now
from iw_monitor.assess.points import clip, interactions, screening, soften
from iw_monitor.assess.states import States


@dataclass(frozen=True, slots=True)
class Spread:
    """Of one instant, per problem: 5th and 95th percentile of the points, and the share of draws at the same level."""

    low: Floats
    high: Floats
    stability: Floats


@dataclass(frozen=True, slots=True)
class Draws:
    """The seeded draws: the same for every instant, so that an interval moves only when the evidence does."""

    weight: Floats  # D x I x P: W times a factor
    prior: Floats  # D x P


def draws_of(compiled: Compiled) -> Draws:
    """Return the pack's draws: every W times U(weight_factor), every prior plus U(-prior_shift, +prior_shift)."""
    rule = compiled.pack.method.interval
    chance = np.random.default_rng(rule.seed)
    factor = chance.uniform(*rule.weight_factor, size=(rule.draws, *compiled.weight.shape))
    shift = chance.uniform(-rule.prior_shift, rule.prior_shift, size=(rule.draws, len(compiled.prior)))
    return Draws(weight=compiled.weight * factor, prior=compiled.prior + shift)


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
        softened = _softened(draws.weight[:, :, problem], case, problem, screened[problem])
        total[:, problem] += _sum(compiled, softened, added[problem, :, problem])
    return clip(compiled, total)


def _softened(weight: Floats, case: _Case, problem: int, screened: Booleans) -> Floats:
    """Return the softened points of one problem's links in every draw, D x I (METHOD 4.4)."""
    shift = weight * case.departure[problem]
    restraint = weight[0] < 0
    age = np.where(screened, 0.0, case.age_factor[problem])
    inner = np.where(restraint, case.quality[problem], case.driver_weight[problem])
    moved = soften(shift, inner)
    resting = -weight * case.resting[problem]
    return np.where(restraint, age * moved + (1 - age) * resting, moved)


def _sum(compiled: Compiled, softened: Floats, added: Floats) -> Floats:
    """Return what counts of one problem's pieces in every draw (METHOD 4.5, 4.6), by sorting instead of ranking."""
    rising = _half(compiled, np.maximum(softened, 0.0), np.maximum(added, 0.0), compiled.cap)
    falling = _half(compiled, np.maximum(-softened, 0.0), np.maximum(-added, 0.0), np.full(len(compiled.cap), np.inf))
    return rising - falling


def _half(compiled: Compiled, values: Floats, added: Floats, cap: Floats) -> Floats:
    discount = compiled.pack.method.discount
    present = np.asarray(values.any(axis=0))
    families = []
    for family, members in enumerate(compiled.members):
        joined = sum(added[index] for index, rule in enumerate(compiled.adding) if rule.family == family)
        own = members[present[members]]
        if len(own) or joined:
            families.append(np.minimum(_discounted(values[:, own], discount.within_family) + joined, cap[family]))
    if not families:
        return np.zeros(len(values))
    return _discounted(np.stack(families, axis=-1), discount.between_families)


def _discounted(values: Floats, discount: float) -> Floats:
    """Return the sum over the last axis of values (not negative), the largest in full, each further one discounted."""
    falling = np.sort(values, axis=-1)[:, ::-1] if values.shape[-1] > 1 else values
    return np.asarray(falling @ discount ** np.arange(values.shape[-1], dtype=np.float64))

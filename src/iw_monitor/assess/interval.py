"""How uncertain weights, priors, stale and unknown indicators move a gauge (METHOD 4.11)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import Booleans, Compiled, Floats, Levels
from iw_monitor.assess.conditions import Sight, sight_now
from iw_monitor.assess.points import clip, interactions, on_record, screening, soften
from iw_monitor.assess.softened import faded
from iw_monitor.assess.states import States
from iw_monitor.assess.sums import summed
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
    points = _points(compiled, draws, _cases(compiled, states))
    drawn = np.maximum(compiled.level_of(points[0]), floor)
    lowest, highest = points[-2:] if len(points) == len(_DIRECTIONS) else (points[0], points[0])
    return Spread(
        low=np.percentile(lowest, low_rule, axis=0),
        high=np.percentile(highest, high_rule, axis=0),
        stability=np.mean(drawn == level, axis=0),
    )


_DIRECTIONS = (0, -1, 1)  # of the cases: as assessed, what lowers a problem, what raises it


@dataclass(frozen=True, slots=True)
class _Cases:
    """One instant as assessed and, where anything is stale or unknown, at both extremes: C cases x P problems x I."""

    departure: Floats  # g(x) - z
    driver_weight: Floats  # q * a, 0 when unknown
    quality: Floats
    age_factor: Floats
    resting: Floats  # I: z
    sight: Sight
    track: Tracks | None  # of the instant, which no draw touches


def _cases(compiled: Compiled, states: States) -> _Cases:
    """Return the instant as assessed, and with all that is stale or unknown at what lowers, and raises, a problem."""
    now = sight_now(compiled, states)
    open_ = (states.age_factor < 1) & _matters(compiled)
    up = np.where(compiled.weight.T < 0, -1, 1)  # what only an interaction looks at goes with the drivers
    directions = np.array(_DIRECTIONS if np.any(states.age_factor < 1) else (0,))[:, None, None]
    set_ = open_ & (directions != 0) & np.ones(up.shape, dtype=bool)
    level = np.where(set_, np.where(directions * up > 0, 4, 0), now.level).astype(np.int8)

    def unless_set(values: Floats, value: Floats | float) -> Floats:
        return np.where(set_, value, values)

    departure = compiled.strength[np.maximum(level, 0)] - states.zero_point
    return _Cases(
        departure=departure,
        driver_weight=unless_set(states.quality * states.age_factor, 1.0),
        quality=unless_set(states.quality, 1.0),
        age_factor=unless_set(states.age_factor, 1.0),
        resting=states.zero_point[0],
        sight=Sight(level, now.seen | set_),
        track=states.track,
    )


def _matters(compiled: Compiled) -> Booleans:
    """Return which indicators are scored at all: an unscored one cannot be set to an extreme."""
    return np.asarray((compiled.weight != 0).any(axis=1))


def _points(compiled: Compiled, draws: Draws, cases: _Cases) -> Floats:
    """Return the points of every draw in every case, C x D x P."""
    age = np.where(screening(compiled, cases.sight)[1], 0.0, cases.age_factor)
    added = interactions(compiled, cases.sight)
    total = np.repeat(draws.prior[None], len(age), axis=0)
    for problem in range(len(compiled.problems)):
        links = np.flatnonzero(compiled.weight[:, problem]).tolist()
        pieces = {one: _piece(draws.weight[problem, one], cases, age, problem, one) for one in links}
        total[..., problem] += summed(compiled, pieces, added[:, problem, :, problem].T[..., None])
    return on_record(compiled, clip(compiled, total), cases.track)


def _piece(weight: Floats, cases: _Cases, age: Floats, problem: int, indicator: int) -> Floats:
    """Return the softened points of one link in every case and draw, C x D (METHOD 4.4).

    Args:
        weight: of the link in every draw.
        cases: to look at.
        age: C x P x I, what is left of a restraint.
        problem: place.
        indicator: place.
    """
    at = (slice(None), problem, indicator)
    driver = bool(weight[0] > 0)
    share = (cases.driver_weight if driver else cases.quality)[at].tolist()
    result = np.empty((len(share), len(weight)))
    seen: dict[tuple[float, ...], int] = {}
    for row, case in enumerate(zip(cases.departure[at].tolist(), share, age[at].tolist(), strict=True)):
        same = seen.setdefault(case, row)
        if same < row:
            result[row] = result[same]  # most of what is known is fresh, and the same in every case
            continue
        moved = weight * case[0] if case[1] == 1 else soften(weight * case[0], case[1])
        result[row] = moved if driver else faded(moved, case[2], resting=-weight * cases.resting[indicator])
    return result

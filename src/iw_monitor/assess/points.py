"""From states to points: contributions, families, interactions, caps (METHOD 4.4 to 4.7).

All functions work on arrays whose last axes are I indicators x P problems; instants or draws stand before them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import Booleans, Compiled, Floats
from iw_monitor.assess.conditions import Sight, sight_now
from iw_monitor.assess.states import States
from iw_monitor.assess.track import Tracks, multiplied

_BITS = np.log2(10.0) / 10.0  # a point, in bits


@dataclass(frozen=True, slots=True)
class Sums:
    """The account of a problem: ``prior + sum(counted) + sum(interactions_counted) = unclipped``, in points."""

    raw: Floats  # ... x I x P
    softened: Floats
    counted: Floats
    interactions_raw: Floats  # ... x X x P
    interactions_counted: Floats
    screened: Booleans  # ... x S: which screening interactions are in force
    unclipped: Floats  # ... x P
    evidence: Floats  # clipped: what the points are without a track record
    points: Floats


def soften(points: Floats, weight: Floats) -> Floats:
    """Return what is left of evidence that may be false: ``10*log10(1 + w*(10**(c/10) - 1))`` (METHOD 4.4).

    Full weight (1) leaves the points as they are, none (0) leaves nothing. Between them it is the log of the likelihood
    ratio of a report that is true with probability w and says nothing otherwise.
    """
    odds = np.asarray(weight * (np.exp2(_BITS * points) - 1))
    odds += 1
    return np.asarray(np.log2(odds) / _BITS)  # in bits: twice as fast as in e


def contributions(compiled: Compiled, states: States, weight: Floats, screened: Booleans) -> tuple[Floats, Floats]:
    """Return raw and softened points of every link (METHOD 4.4).

    Args:
        compiled: the pack.
        states: ... x I.
        weight: W, ... x I x P.
        screened: ... x I, restraints that count as unknown.
    """
    strength = compiled.strength[np.maximum(states.level, 0)]
    departure = (strength - states.zero_point)[..., None]
    resting = -weight * states.zero_point[..., None]
    age = states.age_factor[..., None]
    quality = states.quality[..., None]
    lost = (states.unknown | screened)[..., None]
    restraint = weight < 0
    shift = weight * departure
    driver_part = np.where(states.unknown[..., None], 0.0, soften(shift, quality * age))
    restraint_part = np.where(lost, resting, age * soften(shift, quality) + (1 - age) * resting)
    unknown = np.where(restraint, lost, states.unknown[..., None])
    raw = np.where(unknown, np.where(restraint, resting, 0.0), shift)
    return raw, np.where(restraint, restraint_part, driver_part)


def screening(compiled: Compiled, sight: Sight) -> tuple[Booleans, Booleans]:
    """Return which screening rules hold (... x S) and which indicators' restraints are screened (... x I)."""
    shape = sight.level.shape[:-1]
    rules = np.zeros((*shape, len(compiled.screening)), dtype=bool)
    screened = np.zeros_like(sight.level, dtype=bool)
    for index, rule in enumerate(compiled.screening):
        rules[..., index] = sight.holds(rule.rule)
        for one in compiled.members[rule.family]:
            screened[..., one] |= rules[..., index]
    return rules, screened


def interactions(compiled: Compiled, sight: Sight) -> Floats:
    """Return the raw points of the adding interactions, ... x X x P (METHOD 4.6)."""
    result = np.zeros((*sight.level.shape[:-1], len(compiled.adding), len(compiled.problems)))
    for index, rule in enumerate(compiled.adding):
        holds = sight.holds(rule.rule)
        level = np.zeros(holds.shape, dtype=np.int8)
        if rule.level_of >= 0:
            holds = holds & sight.seen[..., rule.level_of]
            level = np.maximum(sight.level[..., rule.level_of], 0)
        result[holds, index] = rule.points[level[holds]]
    return result


def shares(values: Floats, discount: float, axis: int) -> Floats:
    """Return the weight of each value: the largest 1, each further one ``discount`` of the one before (METHOD 4.5)."""
    order = np.argsort(-np.abs(values), axis=axis, kind="stable")
    rank = np.argsort(order, axis=axis, kind="stable")
    return np.asarray(discount ** rank.astype(np.float64))


@dataclass(frozen=True, slots=True)
class _Side:
    """The rising or the falling half of the account, before and after the weights between families."""

    pieces: Floats  # ... x I x P
    extra: Floats  # ... x X x P
    sums: Floats  # ... x F x P


def combine(compiled: Compiled, softened: Floats, added: Floats) -> tuple[Floats, Floats]:
    """Return what counts of contributions and interactions, after families, caps and the weight between families."""
    rising = _side(compiled, np.maximum(softened, 0.0), np.maximum(added, 0.0), compiled.cap)
    falling = _side(compiled, np.minimum(softened, 0.0), np.minimum(added, 0.0), np.full(len(compiled.cap), np.inf))
    pieces = np.zeros(softened.shape)
    extra = np.zeros(added.shape)
    for side in (rising, falling):
        between = shares(side.sums, compiled.pack.method.discount.between_families, axis=-2)
        pieces += side.pieces * between[..., compiled.family, :]
        for index, rule in enumerate(compiled.adding):
            extra[..., index, :] += side.extra[..., index, :] * between[..., rule.family, :]
    return pieces, extra


def _side(compiled: Compiled, values: Floats, added: Floats, cap: Floats) -> _Side:
    """Discount one half within each family, add its interactions, and scale all of a family alike to its cap."""
    discount = compiled.pack.method.discount.within_family
    pieces = np.zeros(values.shape)
    extra = added.copy()
    sums = np.zeros((*values.shape[:-2], len(compiled.families), values.shape[-1]))
    for family, members in enumerate(compiled.members):
        own = values[..., members, :]
        own = own * shares(own, discount, axis=-2)
        joined = [index for index, rule in enumerate(compiled.adding) if rule.family == family]
        total = own.sum(axis=-2) + extra[..., joined, :].sum(axis=-2)
        scale = np.where(total > cap[family], cap[family] / np.where(total > cap[family], total, 1.0), 1.0)
        pieces[..., members, :] = own * scale[..., None, :]
        extra[..., joined, :] *= scale[..., None, :]
        sums[..., family, :] = total * scale
    return _Side(pieces, extra, sums)


def conclude(compiled: Compiled, states: States) -> Sums:
    """Return the whole account of every problem at every instant of ``states``."""
    sight = sight_now(compiled, states)
    rules, screened = screening(compiled, sight)
    weight = np.broadcast_to(compiled.weight, (*states.level.shape, len(compiled.problems)))
    raw, softened = contributions(compiled, states, weight, screened)
    added = interactions(compiled, sight)
    counted, extra = combine(compiled, softened, added)
    unclipped = compiled.prior + counted.sum(axis=-2) + extra.sum(axis=-2)
    return Sums(
        raw=raw,
        softened=softened,
        counted=counted,
        interactions_raw=added,
        interactions_counted=extra,
        screened=rules,
        unclipped=unclipped,
        evidence=clip(compiled, unclipped),
        points=on_record(compiled, clip(compiled, unclipped), states.track),
    )


def clip(compiled: Compiled, points: Floats) -> Floats:
    """Return points clipped to what the method allows (METHOD 4.7)."""
    limit = compiled.pack.method.clip
    return np.clip(points, -limit, limit)


def on_record(compiled: Compiled, points: Floats, track: Tracks | None) -> Floats:
    """Return clipped points after the track record, clipped again; without one, as they are (METHOD 4.7)."""
    return points if track is None else clip(compiled, multiplied(points, track.factor))


def probability(points: Floats) -> Floats:
    """Return ``p = 1/(1 + 10**(-L/10))``, the probability of points in decibans of odds (METHOD 4.7)."""
    return np.asarray(1.0 / (1.0 + np.exp2(-points * (np.log2(10.0) / 10.0))))

"""The moving normal (METHOD 4.1): what an indicator has long been no longer warns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from iw_monitor.assess.compiled import Floats, Integers

_BLOCK = 4  # half-lives of what is scanned at once: keeps scaled sums well inside a float's range
_LONGEST_STEP = 60.0  # half-lives: beyond it nothing of the old normal is left in a float


@dataclass(frozen=True, slots=True)
class Held:
    """What was normal when a level was last reported, and how strong that level is; at T0 both are those of T0."""

    normal: float
    strength: float
    since: int  # microseconds


def moving_normal(
    begin: Held, *, observed: Integers, strength: Floats, t0: int, longest: int, half_life: int
) -> Floats:
    """Return the normal n after each of one indicator's scored reports, in the order they were observed.

    ``n <- n + (g(x') - n) * (1 - 2**(-d/half_life))``: x' is the level held until then, d the time since the previous
    report (or T0), at most ``longest``. Reports up to T0 do not move it, and neither does silence.

    Args:
        begin: what was held before the first of these reports.
        observed: microseconds, rising.
        strength: g of each report's level.
        t0: microseconds.
        longest: most that one step may count, microseconds.
        half_life: microseconds (the method's nu).
    """
    if not len(observed):
        return np.zeros(0)
    held = np.concatenate(([begin.strength], strength[:-1]))
    since = np.maximum(np.concatenate(([begin.since], observed[:-1])), t0)
    steps = np.minimum(np.maximum(observed - since, 0), longest) / half_life
    length = _BLOCK * half_life
    begins = length * np.arange(observed[0] // length + 1, observed[-1] // length + 1)
    edges = np.unique(np.concatenate(([0], np.searchsorted(observed, begins), [len(observed)])))
    return _follow(np.minimum(steps, _LONGEST_STEP), held, begin.normal, edges.tolist())


def block_of(instant: int, *, half_life: int) -> int:
    """Return where the block of an instant begins: following on from there gives the same to the last bit.

    Blocks go by the calendar, so that they do not hang on which reports there are.
    """
    return instant // (_BLOCK * half_life) * (_BLOCK * half_life)


def _follow(steps: Floats, held: Floats, start: float, edges: list[int]) -> Floats:
    """Solve ``n[i] = n[i-1] * 2**-steps[i] + held[i] * (1 - 2**-steps[i])`` as scaled running sums, block by block."""
    gain = -np.expm1(-steps * np.log(2.0)) * held
    result = np.empty(len(steps))
    for first, last in pairwise(edges):
        grown = np.exp2(np.cumsum(steps[first:last]))
        result[first:last] = (start + np.cumsum(gain[first:last] * grown)) / grown
        start = float(result[last - 1])
    return result

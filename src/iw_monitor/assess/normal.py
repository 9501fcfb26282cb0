"""The moving normal (METHOD 4.1): what an indicator has long been no longer warns."""

from __future__ import annotations

import numpy as np

from iw_monitor.assess.compiled import Floats, Integers

_BLOCK = 32.0  # half-lives per block: keeps the scaled sums of the scan well inside a float's range
_LONGEST_STEP = 60.0  # half-lives: beyond it nothing of the old normal is left in a float


def moving_normal(
    *, observed: Integers, strength: Floats, base: float, t0: int, longest: int, half_life: int
) -> Floats:
    """Return the normal n after each of one indicator's scored reports, in the order they were observed.

    ``n <- n + (g(x') - n) * (1 - 2**(-d/half_life))``: x' is the level held until then, d the time since the previous
    report (or T0), at most ``longest``. Reports up to T0 do not move it, and neither does silence.

    Args:
        observed: microseconds, rising.
        strength: g of each report's level.
        base: g of the level at T0.
        t0: microseconds.
        longest: most that one step may count, microseconds.
        half_life: microseconds (the method's nu).
    """
    if not len(observed):
        return np.zeros(0)
    held = np.concatenate(([base], strength[:-1]))
    since = np.maximum(np.concatenate(([t0], observed[:-1])), t0)
    steps = np.minimum(np.maximum(observed - since, 0), longest) / half_life
    return _follow(np.minimum(steps, _LONGEST_STEP), held, base)


def _follow(steps: Floats, held: Floats, start: float) -> Floats:
    """Solve ``n[i] = n[i-1] * 2**-steps[i] + held[i] * (1 - 2**-steps[i])`` as scaled running sums, block by block."""
    total = np.cumsum(steps)
    gain = -np.expm1(-steps * np.log(2.0)) * held
    result = np.empty(len(steps))
    first, value = 0, start
    while first < len(steps):
        offset = total[first - 1] if first else 0.0
        last = max(first + 1, int(np.searchsorted(total, offset + _BLOCK, side="right")))
        grown = np.exp2(total[first:last] - offset)
        result[first:last] = (value + np.cumsum(gain[first:last] * grown)) / grown
        first, value = last, float(result[last - 1])
    return result

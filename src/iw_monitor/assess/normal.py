"""The moving normal (METHOD 4.1): what an indicator has long been no longer warns.

While one level is held, the normal comes nearer to its strength by a known power: what it still lacks halves every
half-life. So it is followed from change of level to change of level, and every report between them is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from iw_monitor.assess.compiled import Floats, Integers, Levels

_BLOCK = 8  # half-lives of what is followed at once: keeps what is lacking well inside a float's range
_AT_ONCE = 1 << 15  # reports: what is said of them stays near the processor


@dataclass(frozen=True, slots=True)
class Held:
    """What was normal when a level was last reported, and how strong that level is; at T0 both are those of T0."""

    normal: float
    strength: float
    since: int  # microseconds


def moving_normal(
    begin: Held, *, observed: Integers, level: Levels, strength: Floats, t0: int, longest: int, half_life: int
) -> Floats:
    """Return the normal n after each of one indicator's scored reports, in the order they were observed.

    ``n <- n + (g(x') - n) * (1 - 2**(-d/half_life))``: x' is the level held until then, d the time since the previous
    report (or T0), at most ``longest``. Reports up to T0 do not move it, and neither does silence.

    Args:
        begin: what was held before the first of these reports.
        observed: microseconds, rising.
        level: of each report.
        strength: g of each level.
        t0: microseconds.
        longest: most that one step may count, microseconds.
        half_life: microseconds (the method's nu).
    """
    result = np.empty(len(observed))
    moving = int(np.searchsorted(observed, t0, side="right"))
    result[:moving] = begin.normal
    held = begin.strength if not moving else float(strength[level[moving - 1]])
    now = Held(begin.normal, held, max(begin.since, t0))
    for some in _at_once(observed, moving, half_life):
        time = _counted(observed[some], now.since, longest) / half_life
        _follow(now, time, level[some], strength, result[some])
        last = some.stop - 1
        now = Held(float(result[last]), float(strength[level[last]]), int(observed[last]))
    return result


def block_of(instant: int, *, half_life: int) -> int:
    """Return where the block of an instant begins: following on from there gives the same to the last bit.

    Blocks go by the calendar, so that they do not hang on which reports there are.
    """
    return instant // (_BLOCK * half_life) * (_BLOCK * half_life)


def _at_once(observed: Integers, first: int, half_life: int) -> Iterator[slice]:
    """Yield the reports from the first on: block by block, and so many of a block at once."""
    if first == len(observed):
        return
    length = _BLOCK * half_life
    begins = length * np.arange(observed[first] // length + 1, observed[-1] // length + 1)
    edges = np.unique([first, *np.searchsorted(observed, begins), len(observed)]).tolist()
    for begin, end in pairwise(edges):
        yield from (slice(one, min(one + _AT_ONCE, end)) for one in range(begin, end, _AT_ONCE))


def _counted(observed: Integers, since: int, longest: int) -> Integers:
    """Return the time that counts from an instant to each report: of no step more than the longest."""
    steps = observed[1:] - observed[:-1]
    first = min(int(observed[0]) - since, longest)
    if steps.max(initial=0) <= longest:
        return observed - (int(observed[0]) - first)
    return np.cumsum(np.concatenate(([first], np.minimum(steps, longest))))


def _follow(begin: Held, time: Floats, level: Levels, strength: Floats, result: Floats) -> None:
    """Write the normal after each of some reports.

    Args:
        begin: what was held before the first.
        time: that counts from then to each, half-lives.
        level: of each.
        strength: g of each level.
        result: where to write.
    """
    stepped = np.concatenate(([0], np.flatnonzero(level[1:] != level[:-1]) + 1, [len(level)]))
    begins, reports = stepped[:-1], stepped[1:] - stepped[:-1]  # of each level that is held from one of them on
    held = strength[level[begins]]
    first = begin.strength + (begin.normal - begin.strength) * 2.0 ** -float(time[0])
    left = time[0] - time
    np.exp2(left, out=left)  # of what was lacking at the first report
    lacking = np.concatenate(([first - held[0]], held[:-1] - held[1:])) / left[begins]
    np.multiply(left, lacking.cumsum().repeat(reports), out=result)
    result += held.repeat(reports)

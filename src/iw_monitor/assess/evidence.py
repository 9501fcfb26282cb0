"""How good the evidence of the current level is (METHOD 4.2): independent originators inside a moving window.

Rows are one indicator's scored reports in the order that decides the current level (``order_of``); row i speaks for the
moment at which rows 0..i are known, so the current level is that of row i.
"""

from __future__ import annotations

import numpy as np

from iw_monitor.assess.compiled import Booleans, Floats, Integers, Levels


def order_of(*, observed: Integers, worth: Floats, level: Levels, originator: Integers) -> Integers:
    """Return the order in which the last row is the current report: newest; ties by worth, level, originator's name."""
    return np.lexsort((originator, level, worth, observed))


def window_starts(*, observed: Integers, level: Levels, span: int) -> Integers:
    """Return for each row the first row that can still be evidence of its level.

    Evidence is observed at or after the last report of another level, and within ``span`` microseconds of row i.
    """
    rows = np.arange(len(level))
    changed = np.empty(len(level), dtype=bool)
    changed[:1] = True
    changed[1:] = level[1:] != level[:-1]
    run_start = np.maximum.accumulate(np.where(changed, rows, 0))
    after_other = np.where(run_start > 0, observed[np.maximum(run_start - 1, 0)], np.iinfo(np.int64).min)
    oldest = np.maximum(after_other, observed - span)
    return np.searchsorted(observed, oldest, side="left")


def quality(*, observed: Integers, level: Levels, worth: Floats, originator: Integers, span: int, cap: float) -> Floats:
    """Return ``q = 1 - prod(1 - worth_k)`` over originators, each by its best report, at most ``cap``; one value a row.

    Works by counting, for each distinct worth, the originators whose best report in the window is worth at least that
    much: an originator counts from its report until its next one, or until the window has left it behind.
    """
    if not len(level):
        return np.zeros(0)
    order = np.argsort(level, kind="stable")  # reports of one level side by side, still in time
    rank = order + level[order].astype(np.int64) * len(level)
    first = window_starts(observed=observed, level=level, span=span)[order]
    starts = np.searchsorted(rank, level[order].astype(np.int64) * len(level) + first)
    worths = worth[order]
    log_miss = np.zeros(len(level))
    better = np.zeros(len(level), dtype=np.int64)
    for value in np.unique(worth)[::-1]:  # whole numbers of originators: no sum hangs on worths that others have
        enough = _originators(starts, worths >= value, originator[order], level[order])
        log_miss += np.log1p(-min(value, 1 - 1e-12)) * (enough - better)
        better = enough
    result = np.empty(len(level))
    result[order] = np.minimum(cap, -np.expm1(log_miss))
    return result


def _originators(starts: Integers, enough: Booleans, originator: Integers, level: Levels) -> Integers:
    """Return how many originators with a report that is worth enough stand in each row's window."""
    rows = np.flatnonzero(enough)
    by_name = rows[np.lexsort((rows, originator[rows], level[rows]))]
    same = (originator[by_name[1:]] == originator[by_name[:-1]]) & (level[by_name[1:]] == level[by_name[:-1]])
    until = np.searchsorted(starts, by_name, side="right")
    until[:-1][same] = np.minimum(until[:-1][same], by_name[1:][same])
    size = len(starts) + 1
    change = np.bincount(by_name, minlength=size) - np.bincount(until, minlength=size)
    return np.cumsum(change)[:-1]

"""The track record (METHOD 4.7, an experiment): what a problem's model expected in vain lowers it, and is shown.

The hazard of each problem is multiplied by ``m = max(least, (k + n) / (k + E))``: n events came and E were expected in
the windows that a named person closed. m is the mean of the multiplier of a rate after n events where E were expected,
if it was Gamma(k, k) before. Nothing here knows of levels, so the floor of a tripwire is exempt by itself.

Reference: A. Gelman and others, Bayesian Data Analysis (CRC Press 2013), section 2.6, doi:10.1201/b16018
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import Booleans, Floats, Integers
from iw_monitor.model.pack.method import TrackRecordRule

_DECIBAN = np.log(10.0) / 10.0  # nats


@dataclass(frozen=True, slots=True)
class Tracks:
    """T instants x P problems: what the windows closed by then say."""

    windows: Integers  # closed
    events: Integers  # n
    expected: Floats  # E
    factor: Floats  # m

    def rows(self, keep: slice | Booleans | Integers) -> Tracks:
        """Return some of the instants."""
        return Tracks(self.windows[keep], self.events[keep], self.expected[keep], self.factor[keep])


@dataclass(frozen=True, slots=True)
class TrackHistory:
    """The same from each ``start`` (microseconds) until the next; the first row is of before anything was closed."""

    start: Integers
    tracks: Tracks

    def at(self, instants: Integers) -> Tracks:
        """Return what stood at each instant."""
        return self.tracks.rows(np.searchsorted(self.start, instants, side="right") - 1)


def multiplier(rule: TrackRecordRule, events: Integers | Floats, expected: Floats) -> Floats:
    """Return what a hazard is multiplied by: ``max(least, (k + n) / (k + E))``.

    Range: from ``least`` up; 1 where as many came as were expected, and where nothing was.
    """
    return np.maximum(rule.least, (rule.caution + events) / (rule.caution + expected))


def hazard(points: Floats) -> Floats:
    """Return ``-ln(1 - p)`` of points: the events expected within the horizon."""
    return np.asarray(np.logaddexp(0.0, points * _DECIBAN))


def multiplied(points: Floats, factor: Floats) -> Floats:
    """Return the points whose hazard is ``factor`` times that of ``points``: ``p' = 1 - (1 - p)**m``.

    A factor of 1 leaves them exactly as they are.
    """
    events = factor * hazard(points)
    odds = events + np.log(-np.expm1(-events))
    return np.where(factor == 1, points, odds / _DECIBAN)

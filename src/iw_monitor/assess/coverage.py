"""Coverage and confidence: how much of the evidence is current, and how far it carries (METHOD 4.12, 4.13)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import TOLERANCE, Compiled, Floats, Integers
from iw_monitor.assess.states import States
from iw_monitor.model.assessment import Confidence


@dataclass(frozen=True, slots=True)
class Coverage:
    """Share (0 to 1) of the weight that is current, of each problem (T x P) and of the pack (T)."""

    problems: Floats
    pack: Floats


def coverage(compiled: Compiled, states: States) -> Coverage:
    """Return ``sum |W| k / sum |W|`` with k = 1 fresh or due, a stale, 0 unknown; 0 where nothing has weight."""
    size = np.abs(compiled.weight)
    sizes = np.column_stack([size, size.max(axis=1)])  # in the pack an indicator weighs what it weighs anywhere
    # No matrix product: for one this small, the threads that would share it wait longer than they work.
    current = np.einsum("it,ip->pt", states.age_factor.T, sizes).T
    share = current / np.maximum(sizes.sum(axis=0), TOLERANCE)
    return Coverage(problems=share[:, :-1], pack=share[:, -1])


def median_quality(compiled: Compiled, states: States, problem: int) -> float:
    """Return the median q of a problem's linked indicators that are not unknown; 0 when there is none."""
    counted = (compiled.weight[:, problem] != 0) & ~states.unknown[0]
    return float(np.median(states.quality[0, counted])) if counted.any() else 0.0


def confidence(
    compiled: Compiled, *, share: float, quality: float, stability: float, unchanged: Integers | int
) -> tuple[Confidence, tuple[str, ...]]:
    """Return confidence in an estimate and, in words, what keeps it from being high.

    Args:
        compiled: whose rules apply.
        share: coverage of the problem.
        quality: median q.
        stability: share of draws that give the same level.
        unchanged: how long the recommended level has stood, microseconds.
    """
    rule, hatched = compiled.pack.method.confidence, compiled.pack.method.coverage.hatched_below
    days = unchanged / 86_400_000_000
    short = {
        f"only {share:.0%} of the evidence is current": share < rule.high_coverage - TOLERANCE,
        f"the median quality of its reports is {quality:.2f}": quality < rule.high_quality - TOLERANCE,
        f"only {stability:.0%} of draws give the same level": stability < rule.high_stability - TOLERANCE,
        f"the level has stood for only {days:.1f} days": days < rule.high_unchanged_for.total_seconds() / 86_400,
    }
    reasons = tuple(text for text, applies in short.items() if applies)
    low = (
        share < hatched - TOLERANCE
        or quality < rule.low_quality - TOLERANCE
        or stability < rule.low_stability - TOLERANCE
    )
    if low:
        return Confidence.LOW, reasons
    return (Confidence.MODERATE if reasons else Confidence.HIGH), reasons

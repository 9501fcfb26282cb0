"""The numbers of method.yml: judgements all, and some of them cannot be meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from iw_monitor.errors import Finding
from iw_monitor.pack import codes
from iw_monitor.pack.folder import METHOD_FILE, Written
from iw_monitor.pack.node import Node
from iw_monitor.pack.thresholds import TOLERANCE, numbers, rises

_TABLES: Mapping[tuple[str, ...], str] = {
    ("ratings",): "HL L C U HU",
    ("kinds",): "E P S",
    ("grades", "reliability"): "A B C D E F",
    ("grades", "credibility"): "1 2 3 4 5 6",
}


def check_method(written: Written) -> Iterator[Finding]:
    """Find what is impossible in the numbers of method.yml."""
    method = written.tree(METHOD_FILE)
    yield from _complete(method)
    yield from _strength(method / "strength")
    yield from _falling(method / "ratings", "HL L C U HU", codes.RATING_ORDER, equal_is_fine=False)
    # F is ignorance, not distrust: it need not be worth less than E. Credibility 6 is never scored.
    yield from _falling(method / "grades" / "reliability", "A B C D E", codes.GRADE_ORDER, equal_is_fine=True)
    yield from _falling(method / "grades" / "credibility", "1 2 3 4 5", codes.GRADE_ORDER, equal_is_fine=True)
    yield from _scoring(method / "grades")
    yield from _ranges(method / "interval")
    yield from _pairs(method)
    yield from _words(method / "words")


def incomplete(table: Node, wanted: str) -> Iterator[Finding]:
    """Find entries that a table needs and lacks."""
    if not table.there or not isinstance(table.value, dict):
        return
    missing = [one for one in wanted.split() if one not in table.entries]
    if missing:
        yield codes.INCOMPLETE.at(table, f"the table lacks {', '.join(missing)}", f"Give it all of {wanted}")


def _complete(method: Node) -> Iterator[Finding]:
    for path, wanted in _TABLES.items():
        for table in method.each(*path):
            yield from incomplete(table, wanted)


def _strength(node: Node) -> Iterator[Finding]:
    values = numbers(node.items)
    if values and len(values) == 5 and (values[0] != 0 or values[-1] != 1 or not rises(values)):
        yield codes.STRENGTH.at(node, f"the strengths are {', '.join(f'{one:g}' for one in values)}")


def _falling(table: Node, order: str, code: codes.Code, *, equal_is_fine: bool) -> Iterator[Finding]:
    nodes = [table / key for key in order.split() if (table / key).number is not None]
    for better, worse in pairwise(nodes):
        high, low = better.number or 0.0, worse.number or 0.0
        if low > high or (low == high and not equal_is_fine):
            yield code.at(worse, f"{worse.path[-1]} is {low:g} and {better.path[-1]} is {high:g}")


def _scoring(grades: Node) -> Iterator[Finding]:
    best = _best(grades)
    needed, condition = grades / "scored_from", grades / "condition_quality"
    cap = grades / "quality_cap"
    if best is None:
        return
    if needed.number is not None and needed.number > best + TOLERANCE:
        yield codes.NEVER_SCORED.at(
            needed, f"the best grade is worth {best:g}, less than the {needed.number:g} asked for"
        )
    if condition.number is not None and cap.number is not None and condition.number > cap.number + TOLERANCE:
        yield codes.NEVER_SCORED.at(
            condition, f"quality never exceeds {cap.number:g}, so no condition could see {condition.number:g}"
        )


def _best(grades: Node) -> float | None:
    """Return what the best grade is worth: the lesser of its two halves."""
    halves = [
        [one.number for one in (grades / half).entries.values() if one.number is not None]
        for half in ("reliability", "credibility")
    ]
    return min(max(half) for half in halves) if all(halves) else None


def _ranges(interval: Node) -> Iterator[Finding]:
    percentiles, factor = interval / "percentiles", interval / "weight_factor"
    match numbers(percentiles.items):
        case [low, high] if not 0 <= low < high <= 100:
            yield codes.PERCENTILES.at(percentiles, f"{low:g} and {high:g} are not rising percentiles")
    match numbers(factor.items):
        case [low, high] if not 0 <= low <= high <= 10:
            yield codes.WEIGHT_FACTOR.at(factor, f"{low:g} and {high:g} are not rising factors")


def _pairs(method: Node) -> Iterator[Finding]:
    """Find pairs of thresholds of which the lower stands above the higher."""
    coverage, ageing, confidence = method / "coverage", method / "ageing", method / "confidence"
    yield from _not_above(coverage, "no_assessment_below", "hatched_below", codes.COVERAGE)
    yield from _not_above(confidence, "low_quality", "high_quality", codes.CONFIDENCE)
    yield from _not_above(confidence, "low_stability", "high_stability", codes.CONFIDENCE)
    fresh, unknown = ageing / "fresh_for", ageing / "unknown_after"
    if fresh.number is not None and unknown.number is not None and unknown.number <= fresh.number:
        yield codes.AGEING.at(
            unknown, f"unknown_after {unknown.number:g} is not greater than fresh_for {fresh.number:g}"
        )


def _not_above(table: Node, low: str, high: str, code: codes.Code) -> Iterator[Finding]:
    lower, upper = (table / low).number, (table / high).number
    if lower is not None and upper is not None and lower > upper:
        yield code.at(table / low, f"{low} {lower:g} is greater than {high} {upper:g}")


def _words(node: Node) -> Iterator[Finding]:
    starts = numbers([one / "from_percent" for one in node.items])
    ends = numbers([one / "to_percent" for one in node.items])
    if starts is None or ends is None:
        return
    if not starts:
        if isinstance(node.value, list):
            yield codes.WORDS.at(node, "there are no words")
        return
    for begin, end, one in zip([*starts, 100.0], [0.0, *ends], [*node.items, node], strict=True):
        if abs(begin - end) > TOLERANCE:
            yield codes.WORDS.at(one, f"the words before reach {end:g} percent and {begin:g} comes next")
    for begin, end, one in zip(starts, ends, node.items, strict=True):
        if begin >= end:
            yield codes.WORDS.at(one, f"it begins at {begin:g} percent and ends at {end:g}")

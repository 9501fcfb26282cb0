"""Numbers that cannot be meant: thresholds out of order, conditions that never or always hold, tables with holes."""

from __future__ import annotations

import zoneinfo
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from iw_monitor.errors import Finding
from iw_monitor.pack import codes
from iw_monitor.pack.folder import METHOD_FILE, PACK_FILE, Written
from iw_monitor.pack.node import Node
from iw_monitor.pack.words import did_you_mean
from iw_monitor.pack.yaml_file import shorten

TOP_STATE = 4
LEVELS = [1, 2, 3, 4, 5]
FIRST_YEAR, LAST_YEAR = 1900, 2200  # of a T0
TOLERANCE = 1e-9


def check_thresholds(written: Written) -> Iterator[Finding]:
    """Find what is impossible in the numbers of pack.yml."""
    pack, clip = written.tree(PACK_FILE), (written.tree(METHOD_FILE) / "clip").number
    yield from _levels(pack)
    yield from _within_clip(pack, clip)
    yield from time_zone(pack / "time_zone")
    yield from _begins(pack / "t0")
    yield from _four_eyes(pack / "four_eyes")
    for kind in ("interactions", "tripwires"):
        for one in pack.each(kind, "*"):
            yield from _when(one)
            yield from _floors([one / "floor", *(one / "floors").entries.values()])
    for one in pack.each("interactions", "*"):
        yield from _counts(one)


def numbers(nodes: Sequence[Node]) -> list[float] | None:
    """Return the numbers of nodes, or None if one of them is none: that is a finding of its own."""
    found = [one.number for one in nodes]
    return [one for one in found if one is not None] if None not in found else None


def rises(values: Sequence[float]) -> bool:
    """Return whether each value is greater than the one before."""
    return all(low < high for low, high in pairwise(values))


def _levels(pack: Node) -> Iterator[Finding]:
    levels = (pack / "levels").items
    order = numbers([one / "level" for one in levels])
    if order is None or len(order) != len(LEVELS):
        return
    if order != LEVELS:
        yield codes.LEVEL_ORDER.at(pack / "levels", f"the levels stand as {', '.join(f'{one:g}' for one in order)}")
        return
    if (levels[0] / "from_points").value is not None:
        yield codes.LEVEL_BOUNDARY.at(
            levels[0] / "from_points", "level 1 has a lower boundary, and nothing is below it"
        )
    for one in levels[1:]:
        if (one / "from_points").value is None:
            yield codes.LEVEL_BOUNDARY.at(one / "from_points", f"level {(one / 'level').value} has no lower boundary")
    boundaries = [one / "from_points" for one in levels[1:] if (one / "from_points").number is not None]
    for low, high in pairwise(boundaries):
        if (low.number or 0) >= (high.number or 0):
            yield codes.BOUNDARIES.at(high, f"{high.value} does not lie above {low.value}")


def _within_clip(pack: Node, clip: float | None) -> Iterator[Finding]:
    if clip is None or clip <= 0:
        return
    for node in (*pack.each("problems", "*", "prior"), *pack.each("levels", "*", "from_points")):
        if node.number is not None and abs(node.number) > clip:
            yield codes.OUT_OF_REACH.at(node, f"{node.value} lies beyond {clip:g}, and points are clipped there")


@cache
def _zones() -> frozenset[str]:
    """Return every time zone; asking the system anew reads some hundred files."""
    return frozenset(zoneinfo.available_timezones())


def time_zone(node: Node) -> Iterator[Finding]:
    """Find a name that is no time zone."""
    if node.text is not None and node.text not in _zones():
        remedy = did_you_mean(node.text, _zones())
        near = remedy if remedy.startswith("Write") else ""
        yield codes.TIME_ZONE.at(node, f"{shorten(node.text)} is not a time zone", near)


def _begins(node: Node) -> Iterator[Finding]:
    year = (node.text or "")[:4]
    if year.isdecimal() and not FIRST_YEAR <= int(year) <= LAST_YEAR:
        yield codes.OUT_OF_RANGE.at(node, f"the year {year} is not between {FIRST_YEAR} and {LAST_YEAR}")


def _four_eyes(rule: Node) -> Iterator[Finding]:
    if isinstance(rule.value, dict) and not any(one.value is not None for one in rule.entries.values()):
        yield codes.NOBODY_WAITS.at(rule, "it names neither report_from nor declaration_from")


def _when(effect: Node) -> Iterator[Finding]:
    when = effect / "when"
    conditions = list(when.each("*", "*"))
    if when.there and isinstance(when.value, dict) and not conditions:
        yield codes.NO_CONDITION.at(when, "there is no condition")
    for one in conditions:
        yield from condition(one)
    yield from _contradictions(when / "all")


def condition(node: Node) -> Iterator[Finding]:
    """Find a comparison that says nothing, or both things at once."""
    if not node.entries:
        return
    low, high = (node / "at_least"), (node / "at_most")
    if (low.value is None) == (high.value is None):
        which = "neither" if low.value is None else "both"
        yield codes.CONDITION.at(node, f"the condition has {which} of at_least and at_most")
    elif low.value == 0 and low.number == 0:
        yield codes.FIXED_CONDITION.at(low, "at_least: 0 holds whatever is reported")
    elif high.number == TOP_STATE:
        yield codes.FIXED_CONDITION.at(high, f"at_most: {TOP_STATE} holds whatever is reported")


def _floors(nodes: Sequence[Node]) -> Iterator[Finding]:
    for node in nodes:
        if node.number == 1:
            yield codes.NO_FLOOR.at(node, "a floor of 1 raises nothing")


def _contradictions(together: Node) -> Iterator[Finding]:
    """Find conditions on one indicator that cannot hold together."""
    for one in together.items:
        for other in together.items:
            low, high = (one / "at_least").number, (other / "at_most").number
            same = (one / "indicator").text == (other / "indicator").text
            if one is not other and same and low is not None and high is not None and low > high:
                yield codes.FIXED_CONDITION.at(other, f"it cannot be at most {high:g} and at least {low:g} at once")


def _counts(effect: Node) -> Iterator[Finding]:
    if (effect / "kind").text != "count_floor":
        return
    listed, floors = len((effect / "indicators").items), effect / "floors"
    if (effect / "at_least").number == 0:
        yield codes.FIXED_CONDITION.at(effect / "at_least", "at_least: 0 holds whatever is reported")
    counts = {int(key): node for key, node in floors.entries.items() if key.lstrip("-").isdecimal()}
    if not floors.entries and isinstance(floors.value, dict):
        yield codes.COUNT.at(floors, "no count sets a floor")
    for count, node in counts.items():
        if not 1 <= count <= listed:
            yield codes.COUNT.at(node, f"{count} of {listed} indicators can never be counted")
    ordered = [counts[count] for count in sorted(counts)]
    for few, more in pairwise(ordered):
        if few.number is not None and more.number is not None and few.number > more.number:
            yield codes.COUNT.at(more, f"more indicators would set a lower floor ({more.value} after {few.value})")

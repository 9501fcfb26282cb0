"""Rules of alerts as written: what they watch must be there, and what they say must be able to happen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from iw_monitor.errors import Finding
from iw_monitor.pack import codes
from iw_monitor.pack.folder import ALERTS_FILE, Written
from iw_monitor.pack.node import Node
from iw_monitor.pack.references import floor_ids, indicator_ids, known, named, twice
from iw_monitor.pack.thresholds import condition, time_zone
from iw_monitor.pack.words import read_length
from iw_monitor.pack.yaml_file import shorten

EVALUATED_EVERY = timedelta(hours=1)  # and at every report


def check_alerts(written: Written) -> Iterator[Finding]:
    """Find rules that watch what is not there, that can never or always fire, and that nobody could be told of."""
    tree = written.tree(ALERTS_FILE)
    yield from twice(tree.each("rules", "*", "id"))
    problems, indicators = known(written, "problems", "*", "id"), indicator_ids(written)
    yield from named(tree.each("rules", "*", "problems", "*"), problems, codes.NO_PROBLEM, "a problem")
    yield from named(tree.each("rules", "*", "indicators", "*"), indicators, codes.NO_INDICATOR, "an indicator")
    yield from named(
        tree.each("rules", "*", "tripwires", "*"), floor_ids(written), codes.NO_RULE, "a tripwire or table"
    )
    yield from _unwatched(written, tree)
    for rule in tree.each("rules", "*"):
        yield from _rule(rule)
    yield from _quiet(tree / "quiet")


def rule_ids(written: Written) -> frozenset[str]:
    """Return the ids of all rules; none, if there is no file of them."""
    return frozenset(one.text for one in written.tree(ALERTS_FILE).each("rules", "*", "id") if one.text is not None)


def _rule(rule: Node) -> Iterator[Finding]:
    kind = (rule / "kind").text
    if kind == "indicator":
        yield from condition(rule)
    if kind == "level" and (rule / "at_least").number == 1:
        yield codes.FIXED_CONDITION.at(rule / "at_least", "at_least: 1 holds at every level")
    silent = read_length(rule / "silent_for")
    if silent is not None and silent <= EVALUATED_EVERY:
        yield codes.TOO_IMPATIENT.at(rule / "silent_for", "it holds before each full hour, when the worker evaluates")
    after, sunset = read_length(rule / "escalate" / "after"), read_length(rule / "sunset") or timedelta(days=30)
    if after is not None and after >= sunset:
        yield codes.LATE_ESCALATION.at(rule / "escalate" / "after", "by then its time has run out")


def _quiet(quiet: Node) -> Iterator[Finding]:
    yield from time_zone(quiet / "time_zone")
    begin, end = (quiet / "begin").text, (quiet / "end").text
    if begin is not None and begin == end:
        yield codes.QUIET_HOURS.at(quiet / "end", f"they begin and end at {shorten(begin)}")


def _unwatched(written: Written, tree: Node) -> Iterator[Finding]:
    """Find rules on indicators that are not watched now: nothing is ever seen of them."""
    for node in tree.each("rules", "*", "indicators", "*"):
        indicator = written.indicators.get(node.text or "")
        if indicator is not None and ((indicator / "status").text or "active") not in ("active", "muted"):
            yield codes.NOT_ACTIVE.at(node, f"{node.text} is not watched now, so the rule sees nothing of it")

"""Worked cases as written: what they name must be there, and what they withdraw must have been reported."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from iw_monitor.errors import Finding
from iw_monitor.model.case import SILENCE, Case, Expectation
from iw_monitor.model.closing import Window, past_window
from iw_monitor.model.pack import Pack
from iw_monitor.pack import codes
from iw_monitor.pack.alert_rules import rule_ids
from iw_monitor.pack.folder import Written
from iw_monitor.pack.node import Node
from iw_monitor.pack.references import floor_ids, indicator_ids, keyed, known, named
from iw_monitor.pack.words import read_length
from iw_monitor.pack.yaml_file import shorten

_OWN_KEYS = frozenset(Expectation.model_fields)


def check_cases(written: Written) -> Iterator[Finding]:
    """Find what cases name that the pack does not have, and retractions of nothing."""
    indicators, problems, rules = indicator_ids(written), known(written, "problems", "*", "id"), floor_ids(written)
    alerts = rule_ids(written)
    for tree in written.cases.values():
        if tree is None:
            continue
        yield from keyed([tree / "observations"], indicators, codes.NO_INDICATOR, "an indicator")
        yield from named(tree.each("retractions", "*", "indicator"), indicators, codes.NO_INDICATOR, "an indicator")
        yield from named(tree.each("closings", "*", "problem"), problems, codes.NO_PROBLEM, "a problem")
        for one in tree.each("expect", "*"):
            yield from _expectation(one, problems)
            yield from named((one / "floors").items, rules, codes.NO_RULE, "a tripwire or table")
            yield from named((one / "alerts").items, alerts, codes.NO_ALERT_RULE, "a rule of alerts")
        for one in tree.each("retractions", "*"):
            yield from _retraction(tree, one)


def check_closings(pack: Pack, cases: Mapping[str, Case], written: Written) -> Iterator[Finding]:
    """Find windows that a case closes before they are past, or twice, and days that cannot be of them."""
    for name, case in cases.items():
        closed: set[Window] = set()
        for place, one in enumerate(case.closings):
            node = (written.cases[name] or Node(file=name, line=0)) / "closings" / str(place)
            window = past_window(pack, one.problem, one.window, today=(case.start + one.after).date())
            if window is None:
                yield codes.NO_WINDOW.at(node / "window", f"{one.window} lies in no window that is past {one.after} on")
            elif window in closed:
                yield codes.NO_WINDOW.at(node / "window", f"{window.first} to {window.last} is closed twice")
            elif one.until is not None and one.onset is None:
                yield codes.NO_WINDOW.at(node / "until", "something ends that has no onset")
            elif one.onset is not None and not window.holds(one.onset):
                yield codes.NO_WINDOW.at(node / "onset", f"{one.onset} lies outside {window.first} to {window.last}")
            elif one.onset is not None and one.until is not None and one.until < one.onset:
                yield codes.NO_WINDOW.at(node / "until", f"{one.until} is before {one.onset}")
            if window is not None:
                closed.add(window)


def _expectation(one: Node, problems: frozenset[str] | None) -> Iterator[Finding]:
    levels = {key: node for key, node in one.entries.items() if key not in _OWN_KEYS}
    table = Node(file=one.file, line=one.line, path=one.path, value=levels)
    yield from keyed([table, one / "points"], problems, codes.NO_PROBLEM, "a problem")


def _retraction(case: Node, one: Node) -> Iterator[Finding]:
    reported, after, every = (read_length(node) for node in (one / "reported", one / "after", case / "every"))
    if reported is not None and after is not None and after < reported:
        yield codes.TOO_SOON.at(one / "after", f"{(one / 'after').text} is before {(one / 'reported').text}")
    name, steps = (one / "indicator").text, (case / "observations")
    if reported is None or not every or name is None or not steps.there:
        return
    number, rest = divmod(reported, every)
    made = not rest and any(node.value != SILENCE for node in (steps / name).items[number : number + 1])
    if not made and not ((case / "t0").value is True and not reported):
        said = f"nothing is reported on {shorten(name)} at {(one / 'reported').text} after the start"
        yield codes.NO_REPORT.at(one / "reported", said)

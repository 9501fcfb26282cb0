"""Worked cases as written: what they name must be there, and what they withdraw must have been reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from pydantic import TypeAdapter, ValidationError

from iw_monitor.errors import Finding
from iw_monitor.model.case import SILENCE, Expectation
from iw_monitor.pack import codes
from iw_monitor.pack.folder import PACK_FILE, Written
from iw_monitor.pack.node import Node
from iw_monitor.pack.references import indicator_ids, keyed, known, named
from iw_monitor.pack.yaml_file import shorten

_OWN_KEYS = frozenset(Expectation.model_fields)
_duration = TypeAdapter(timedelta)


def check_cases(written: Written) -> Iterator[Finding]:
    """Find what cases name that the pack does not have, and retractions of nothing."""
    indicators, problems, rules = indicator_ids(written), known(written, "problems", "*", "id"), _rules(written)
    for tree in written.cases.values():
        if tree is None:
            continue
        yield from keyed([tree / "observations"], indicators, codes.NO_INDICATOR, "an indicator")
        yield from named(tree.each("retractions", "*", "indicator"), indicators, codes.NO_INDICATOR, "an indicator")
        for one in tree.each("expect", "*"):
            yield from _expectation(one, problems)
            yield from named((one / "floors").items, rules, codes.NO_RULE, "a tripwire or table")
        for one in tree.each("retractions", "*"):
            yield from _retraction(tree, one)


def _rules(written: Written) -> frozenset[str] | None:
    """Return the ids of everything that can set a floor; None if pack.yml cannot be made out."""
    pack = written.tree(PACK_FILE)
    if not pack.there:
        return None
    tables = (one for one in pack.each("interactions", "*") if (one / "kind").text == "count_floor")
    ids = [*pack.each("tripwires", "*", "id"), *(one / "id" for one in tables)]
    return frozenset(one.text for one in ids if one.text is not None)


def _expectation(one: Node, problems: frozenset[str] | None) -> Iterator[Finding]:
    levels = {key: node for key, node in one.entries.items() if key not in _OWN_KEYS}
    table = Node(file=one.file, line=one.line, path=one.path, value=levels)
    yield from keyed([table, one / "points"], problems, codes.NO_PROBLEM, "a problem")


def _retraction(case: Node, one: Node) -> Iterator[Finding]:
    reported, after, every = (_length(node) for node in (one / "reported", one / "after", case / "every"))
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


def _length(node: Node) -> timedelta | None:
    """Return a duration that is one: what is none is a finding of its own."""
    if node.text is None or not node.text.startswith("P"):
        return None
    try:
        return _duration.validate_python(node.text)
    except ValidationError:
        return None

"""Sources as written: that what they name is there, and that their rules can say something."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from iw_monitor.errors import Finding
from iw_monitor.model.pack.sources import ALERT_MEASURES, Take
from iw_monitor.pack import codes
from iw_monitor.pack.crontab import is_crontab
from iw_monitor.pack.folder import SOURCES_FILE, Written, shown
from iw_monitor.pack.node import Node
from iw_monitor.pack.references import indicator_ids, named, twice
from iw_monitor.pack.thresholds import time_zone
from iw_monitor.pack.words import did_you_mean
from iw_monitor.pack.yaml_file import shorten

_FILES = ("file", "places", "regions")
_FROM_ONE_PLACE = frozenset({"json", "csv", "home_front_alerts"})


def check_sources(written: Written) -> Iterator[Finding]:
    """Find what sources name that is not there, and rules, schedules and places that say nothing or too much."""
    listed = written.tree(SOURCES_FILE) / "sources"
    ids = frozenset(one.text for one in listed.each("*", "id") if one.text is not None)
    indicators = indicator_ids(written)
    yield from twice(listed.each("*", "id"))
    yield from named(listed.each("*", "rules", "*", "indicator"), indicators, codes.NO_INDICATOR, "an indicator")
    yield from named(listed.each("*", "evidence_for"), indicators, codes.NO_INDICATOR, "an indicator")
    yield from named(listed.each("*", "compare_with"), ids, codes.NO_SOURCE, "a source")
    for source in listed.items:
        yield from time_zone(source / "zone")
        yield from time_zone(source / "schedule" / "zone")
        yield from _schedule(source / "schedule")
        yield from _places(written, source)
        yield from _rules(source)


def _schedule(node: Node) -> Iterator[Finding]:
    cron, every = node / "cron", node / "every"
    if node.there and cron.there is every.there:
        both = "both cron and every" if cron.there else "neither cron nor every"
        yield codes.SCHEDULE.at(node, f"the schedule has {both}")
    if cron.text is not None and not is_crontab(cron.text):
        yield codes.CRON.at(cron, f"{shorten(cron.text)} never comes")


def _places(written: Written, source: Node) -> Iterator[Finding]:
    url, file = source / "url", source / "file"
    if (source / "kind").text in _FROM_ONE_PLACE and url.there is file.there:
        both = "both url and file" if url.there else "neither url nor file"
        yield codes.ONE_PLACE.at(source, f"the source has {both}")
    for node in (source / name for name in _FILES):
        if node.text is not None and node.text not in written.data:
            yield codes.NO_DATA.at(node, f"{shown(written.folder / node.text)} is not there")


def _rules(source: Node) -> Iterator[Finding]:
    names = _readings(source)
    if names is not None:
        for node in (*source.each("rules", "*", "readings", "*"), *source.each("picks", "never_falls", "*")):
            if node.text is not None and node.text not in names:
                problem = f"{shorten(node.text)} is not a reading of this source"
                yield codes.NO_READING.at(node, problem, did_you_mean(node.text, names))
    for rule in (source / "rules").items:
        yield from _measures(source, rule)
        yield from _window(rule)
        yield from _levels(rule)


def _readings(source: Node) -> frozenset[str] | None:
    """Return the names of a source's readings; None where only collecting can tell."""
    if (source / "picks" / "readings").there:
        return frozenset((source / "picks" / "readings").entries)
    return None


def _measures(source: Node, rule: Node) -> Iterator[Finding]:
    if (source / "kind").text != "home_front_alerts":
        return
    for node in (rule / "readings").items:
        measure, _, region = (node.text or "").partition(".")
        if node.text is not None and (measure not in ALERT_MEASURES or not region):
            remedy = f"Write one of {', '.join(ALERT_MEASURES)}, a dot, and a region or nationwide"
            yield codes.NO_READING.at(node, f"{shorten(node.text)} is not a reading of this source", remedy)


def _window(rule: Node) -> Iterator[Finding]:
    take = (rule / "take").text
    over, least = rule / "over", rule / "at_least"
    if take in set(Take) and over.there is (take == Take.LAST):
        said = "takes the last value, and has a window" if over.there else f"takes a {take}, and has no window"
        yield codes.WINDOW.at(rule / "take", f"the rule {said}")
    if take in set(Take) and least.there is not (take == Take.COUNT):
        said = "does not count days, and has" if least.there else "counts days, and does not say from"
        yield codes.WINDOW.at(rule / "take", f"the rule {said} at_least")


def _levels(rule: Node) -> Iterator[Finding]:
    levels = rule / "levels"
    bounds = [(key, node) for key, node in sorted(levels.entries.items()) if node.number is not None]
    for (_, lower), (key, upper) in pairwise(bounds):
        if (upper.number or 0) <= (lower.number or 0):
            yield codes.LEVELS_RISE.at(upper, f"level {key} begins at {upper.number:g}, not above the level before")
    for key, node in (rule / "since").entries.items():
        if key not in levels.entries:
            yield codes.NO_LEVEL.at(node, f"level {shorten(key)} has a day and no threshold")

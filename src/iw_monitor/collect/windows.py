"""The values of a window as one: sum, mean, greatest, count, change, or simply the last. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import fsum
from statistics import fmean
from zoneinfo import ZoneInfo

from iw_monitor.collect.readings import Reading
from iw_monitor.model.pack.sources import ReadingRule, Take

A_DAY = timedelta(days=1)  # a whole window begins with its first day


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauged:
    """What a rule reads: the value, when it was true and said, and whether the readings reach over its whole window."""

    value: float
    at: datetime
    published_at: datetime
    whole: bool


@dataclass(frozen=True, slots=True)
class _Point:
    at: datetime
    value: float
    published_at: datetime


def gauge(rule: ReadingRule, readings: Iterable[Reading], zone: ZoneInfo) -> Gauged | None:
    """Return what a rule reads at the newest of its readings; None if there is none, or too little to tell.

    A sum or a greatest value of half a window is still a value that was reached at least; a mean or a change of half a
    window is nothing. The window's days are those of the source's zone, of which some have 23 hours and some 25.
    """
    points = _points(readings, frozenset(rule.readings))
    if not points:
        return None
    newest = points[-1]
    begin = newest.at.astimezone(zone) - (rule.over or timedelta(0))  # by the clock on the wall
    inside = [one for one in points if one.at > begin] or [newest]
    before = [one for one in points if one.at <= begin]
    whole = bool(before) or inside[0].at.astimezone(zone) - begin <= A_DAY
    if rule.take is Take.CHANGE:
        if not before:
            return None
        value = newest.value - before[-1].value
    elif rule.take is Take.MEAN and not whole:
        return None
    else:
        least = rule.at_least or 0.0
        value = _TAKES[rule.take]([one.value for one in inside], least)
    said = max(one.published_at for one in inside)
    return Gauged(value=value / rule.divided_by, at=newest.at, published_at=said, whole=whole)


def _points(readings: Iterable[Reading], names: frozenset[str]) -> list[_Point]:
    """Return one point for each instant at which all named readings are there, added up, in order of time."""
    by_instant: dict[datetime, dict[str, Reading]] = defaultdict(dict)
    for one in readings:
        if one.name in names:
            by_instant[one.at][one.name] = one  # of several the last, as in a list of corrections
    return [
        _Point(at, sum(one.value for one in here.values()), max(one.published_at for one in here.values()))
        for at, here in sorted(by_instant.items())
        if len(here) == len(names)
    ]


_TAKES: dict[Take, Callable[[Sequence[float], float], float]] = {
    Take.LAST: lambda values, _: values[-1],
    Take.SUM: lambda values, _: fsum(values),
    Take.MEAN: lambda values, _: fmean(values),
    Take.MAX: lambda values, _: max(values),
    Take.COUNT: lambda values, least: float(sum(one >= least for one in values)),
}

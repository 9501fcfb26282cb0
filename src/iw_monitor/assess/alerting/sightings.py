"""What each rule's condition says of each of its subjects at an instant: yes, no, or not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from iw_monitor.assess.alerting.pictures import Picture
from iw_monitor.model.alert import Alert, Facts, Holds, Sighting
from iw_monitor.model.assessment import Freshness
from iw_monitor.model.pack import CountFloor, Pack
from iw_monitor.model.pack.alerts import (
    MIB,
    AlertRule,
    AnyRule,
    ChangeRule,
    DeclaredGapRule,
    DiskLowRule,
    IndicatorRule,
    LevelRule,
    ReportFailedRule,
    SourceDownRule,
    StaleRule,
    TripwireRule,
    WorkerDeadRule,
)

OperationRule = SourceDownRule | ReportFailedRule | WorkerDeadRule | DiskLowRule
WORKER, DISK = "worker", "disk"  # the one subject of rules about the worker, and of those about the journal's disk
_OLDER = {  # what counts as at least so old
    "due": frozenset({Freshness.DUE, Freshness.STALE, Freshness.UNKNOWN}),
    "stale": frozenset({Freshness.STALE, Freshness.UNKNOWN}),
    "unknown": frozenset({Freshness.UNKNOWN}),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An instant with the earlier instants that rules about changes compare it with, by how long ago they are."""

    now: Picture
    before: Mapping[timedelta, Picture]


def windows(rules: Iterable[AlertRule]) -> tuple[timedelta, ...]:
    """Return how far back rules look."""
    return tuple(sorted({one.within for one in rules if isinstance(one, ChangeRule)}))


def sightings(
    pack: Pack, rules: Iterable[AnyRule], scene: Scene, facts: Facts, alerts: Iterable[Alert] = ()
) -> Iterator[Sighting]:
    """Yield what every rule sees of every subject.

    What operation does not tell is unknown: an alert there was of it is not resolved by that, so ``alerts`` are given.
    """
    held = tuple(alerts)
    for rule in rules:
        if isinstance(rule, OperationRule):
            yield from operation_sightings(rule, facts, held)
            continue
        for subject, holds, level, says in _LOOKS[type(rule)](rule, pack, scene, facts):
            yield Sighting(rule=rule.id, subject=subject, holds=holds, level=level, says=says)


def operation_sightings(rule: OperationRule, facts: Facts, alerts: Iterable[Alert]) -> Iterator[Sighting]:
    """Yield what a rule about operation sees: it looks at no assessment, so it may look at any time."""
    if isinstance(rule, WorkerDeadRule):
        yield _worker_dead(rule, facts)
        return
    if isinstance(rule, DiskLowRule):
        yield _disk_low(rule, facts)
        return
    if isinstance(rule, SourceDownRule):
        told, named = facts.sources, rule.sources
    else:
        told, named = facts.reports, rule.reports
    untold = {one.subject for one in alerts if one.rule == rule.id} - set(told)
    for name in sorted({*(named or told), *untold}):
        holds = told.get(name, Holds.UNKNOWN)
        yield Sighting(rule=rule.id, subject=name, holds=holds, says=_FAILS[holds])


def _worker_dead(rule: WorkerDeadRule, facts: Facts) -> Sighting:
    silent = facts.silent_for
    if silent is None:
        return Sighting(rule=rule.id, subject=WORKER, holds=Holds.UNKNOWN, says="not known")
    says = f"nothing was evaluated for {length(rule.silent_for)} or longer"  # the same at every look
    return Sighting(rule=rule.id, subject=WORKER, holds=_said(silent >= rule.silent_for), says=says)


def _disk_low(rule: DiskLowRule, facts: Facts) -> Sighting:
    free = facts.free_bytes
    if free is None:
        return Sighting(rule=rule.id, subject=DISK, holds=Holds.UNKNOWN, says="not known")
    says = f"less than {rule.free_mib:,} MiB are free"  # the same at every look
    return Sighting(rule=rule.id, subject=DISK, holds=_said(free < rule.free_mib * MIB), says=says)


_FAILS = {Holds.YES: "fails", Holds.NO: "works", Holds.UNKNOWN: "not known"}


_Look = tuple[str, Holds, int | None, str]


def _said(true: bool) -> Holds:
    return Holds.YES if true else Holds.NO


def _problems(rule: LevelRule | ChangeRule | DeclaredGapRule, pack: Pack) -> tuple[str, ...]:
    return rule.problems or tuple(one.id for one in pack.file.problems)


def _level(rule: LevelRule, pack: Pack, scene: Scene, _facts: Facts) -> Iterator[_Look]:
    for name in _problems(rule, pack):
        level = scene.now.problems[name].level
        if level is None:
            yield name, Holds.UNKNOWN, None, "NO ASSESSMENT"
        else:
            yield name, _said(level >= rule.at_least), level, f"{level} {pack.word(level)}"


def _change(rule: ChangeRule, pack: Pack, scene: Scene, _facts: Facts) -> Iterator[_Look]:
    for name in _problems(rule, pack):
        now, before = scene.now.problems[name], scene.before[rule.within].problems[name]
        if now.level is None or before.level is None:
            yield name, Holds.UNKNOWN, None, "nothing to compare with"
            continue
        moved = now.points - before.points
        far = {"up": moved, "down": -moved, "either": abs(moved)}[rule.direction]
        says = f"{moved:+.1f} points in {length(rule.within)}"
        yield name, _said(far >= rule.points), now.level, says


def _indicator(rule: IndicatorRule, _pack: Pack, scene: Scene, _facts: Facts) -> Iterator[_Look]:
    for name in rule.indicators:
        one = scene.now.indicators.get(name)
        if one is None:
            continue  # retired since
        if one.level is None or one.status is Freshness.UNKNOWN:
            yield name, Holds.UNKNOWN, None, "not known"
        else:
            high = rule.at_least is None or one.level >= rule.at_least
            low = rule.at_most is None or one.level <= rule.at_most
            yield name, _said(high and low), None, f"level {one.level}"


def _stale(rule: StaleRule, pack: Pack, scene: Scene, _facts: Facts) -> Iterator[_Look]:
    for name in rule.indicators or tuple(one.id for one in pack.scored):
        one = scene.now.indicators.get(name)
        if one is not None:
            never = "never reported" if one.level is None else one.status.value
            yield name, _said(one.status in _OLDER[rule.status]), None, never


def _tripwire(rule: TripwireRule, pack: Pack, scene: Scene, _facts: Facts) -> Iterator[_Look]:
    tables = (one.id for one in pack.file.interactions if isinstance(one, CountFloor))
    for name in rule.tripwires or (*(one.id for one in pack.file.tripwires), *tables):
        level = scene.now.floors.get(name)
        word = "" if level is None else f"at least {level} {pack.word(level)}"
        yield name, _said(level is not None), level, word or "not in force"


def _declared_gap(rule: DeclaredGapRule, pack: Pack, scene: Scene, _facts: Facts) -> Iterator[_Look]:
    for name in _problems(rule, pack):
        level, declared = scene.now.problems[name].level, scene.now.declared.get(name)
        if declared is None:
            yield name, Holds.NO, level, "not declared"
        elif level is None:
            yield name, Holds.UNKNOWN, None, f"declared {declared}, NO ASSESSMENT"
        else:
            says = f"declared {declared} {pack.word(declared)}, recommended {level} {pack.word(level)}"
            yield name, _said(abs(level - declared) >= rule.levels), level, says


_LOOKS: Mapping[type[AlertRule], Callable[[Any, Pack, Scene, Facts], Iterator[_Look]]] = {
    LevelRule: _level,
    ChangeRule: _change,
    IndicatorRule: _indicator,
    StaleRule: _stale,
    TripwireRule: _tripwire,
    DeclaredGapRule: _declared_gap,
}


def length(span: timedelta) -> str:
    """Return a length of time in the largest unit that fits: ``2 d``, ``6 h``, ``10 min``."""
    minutes = span // timedelta(minutes=1)
    for unit, size in (("d", 1440), ("h", 60)):
        if minutes >= size and not minutes % size:
            return f"{minutes // size} {unit}"
    return f"{minutes} min" if minutes < 120 else f"{minutes // 60} h {minutes % 60} min"

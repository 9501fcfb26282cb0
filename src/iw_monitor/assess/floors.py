"""Tripwires and convergence tables: floors under a problem's level, now and latched (METHOD 4.6 X5, 4.9, 4.10)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import Booleans, Compiled, CountRule, FloorRule, Integers, Levels, Rule
from iw_monitor.assess.conditions import sight_any, sight_last, sight_now
from iw_monitor.assess.epochs import History
from iw_monitor.assess.states import States


@dataclass(frozen=True, slots=True)
class FloorName:
    """Which rule a column of floors belongs to."""

    id: str
    problem: int
    level: int


@dataclass(frozen=True, slots=True)
class Signals:
    """Per instant and rule (tripwires first, then rows of convergence tables): does it hold now, is it released?"""

    names: tuple[FloorName, ...]
    on: Booleans  # T x R
    off: Booleans  # T x R


def floor_names(compiled: Compiled) -> tuple[FloorName, ...]:
    """Return which floor each column of ``on`` and ``latched`` stands for."""
    rules: tuple[FloorRule | CountRule, ...] = (*compiled.tripwires, *compiled.counting)
    return tuple(FloorName(rule.id, rule.problem, rule.level) for rule in rules)


def holding_now(compiled: Compiled, states: States) -> Booleans:
    """Return which floors hold at each instant by what is seen at that instant alone (T x R)."""
    sight = sight_now(compiled, states)
    columns = [sight.holds(rule.rule) for rule in compiled.tripwires]
    columns += [_count(states, rule, sight.seen) >= rule.count for rule in compiled.counting]
    return np.stack(columns, axis=-1) if columns else np.zeros((*states.level.shape[:-1], 0), dtype=bool)


def signals(compiled: Compiled, states: States, history: History, instants: Integers) -> Signals:
    """Return when each floor holds and when it is released, at the canonical instants.

    A tripwire is released when the last scored levels, good enough to be looked at, make it false; or when a report
    that had satisfied it is retracted and the last scored levels that remain, of any quality, make it false. A row of
    a convergence table is released when the last scored levels no longer reach its count.
    """
    last, anything = sight_last(compiled, states), sight_any(states)
    columns = [
        last.fails(rule.rule) | (_withdrawn(rule, history, instants) & anything.fails(rule.rule))
        for rule in compiled.tripwires
    ]
    columns += [_count(states, rule, states.reported) < rule.count for rule in compiled.counting]
    off = np.stack(columns, axis=-1) if columns else np.zeros((len(instants), 0), dtype=bool)
    return Signals(floor_names(compiled), holding_now(compiled, states), off)


def _count(states: States, rule: CountRule, seen: Booleans) -> Integers:
    reached = np.zeros(states.level.shape[:-1], dtype=np.int64)
    for one in rule.indicators:
        reached += (states.level[..., one] >= rule.at_least) & seen[..., one]
    return reached


def _withdrawn(rule: FloorRule, history: History, instants: Integers) -> Booleans:
    """Return at which instants a report was retracted whose level had satisfied the rule's comparison."""
    when = [instant for instant, indicator, level in history.retractions() if _satisfies(rule.rule, indicator, level)]
    return np.isin(instants, when) if when else np.zeros(len(instants), dtype=bool)


def _satisfies(rule: Rule, indicator: int, level: int) -> bool:
    return any(one.indicator == indicator and one.low <= level <= one.high for one in (*rule.all, *rule.any))


def latched(signal: Signals, before: Booleans) -> Booleans:
    """Return which floors are latched at each instant: set when they hold, kept until released (T x R).

    Args:
        signal: at consecutive canonical instants.
        before: R, what was latched just before the first of them.
    """
    rows = np.arange(1, len(signal.on) + 1)[:, None]
    last_on = np.maximum.accumulate(np.where(signal.on, rows, 0), axis=0)
    last_off = np.maximum.accumulate(np.where(signal.off & ~signal.on, rows, 0), axis=0)
    return np.asarray((last_on > last_off) | (before & (last_on == 0) & (last_off == 0)))


def floor_levels(names: tuple[FloorName, ...], holding: Booleans, problems: int) -> Levels:
    """Return the highest floor under each problem, 0 where there is none (T x P)."""
    result = np.zeros((*holding.shape[:-1], problems), dtype=np.int8)
    for column, name in enumerate(names):
        held = np.where(holding[..., column], name.level, 0).astype(np.int8)
        result[..., name.problem] = np.maximum(result[..., name.problem], held)
    return result

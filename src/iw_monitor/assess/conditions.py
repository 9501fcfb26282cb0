"""Conditions on levels, in three values: certainly true, certainly false, or not seen (METHOD 4.6)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import TOLERANCE, UNREPORTED, Booleans, Comparison, Compiled, Levels, Rule
from iw_monitor.assess.states import States


@dataclass(frozen=True, slots=True)
class Sight:
    """Levels of ... x I indicators as a condition sees them; ``seen`` where it may look at all."""

    level: Levels
    seen: Booleans

    def holds(self, rule: Rule) -> Booleans:
        """Return where the rule is certainly true."""
        true = np.ones(self.level.shape[:-1], dtype=bool)
        for one in rule.all:
            true = true & self._is(one)
        if rule.any:
            true = true & np.any([self._is(one) for one in rule.any], axis=0)
        return true

    def fails(self, rule: Rule) -> Booleans:
        """Return where the rule is certainly false."""
        false = np.zeros(self.level.shape[:-1], dtype=bool)
        for one in rule.all:
            false = false | self._is_not(one)
        if rule.any:
            false = false | np.all([self._is_not(one) for one in rule.any], axis=0)
        return false

    def _is(self, one: Comparison) -> Booleans:
        if one.indicator < 0:
            return np.zeros(self.level.shape[:-1], dtype=bool)
        return np.asarray(self.seen[..., one.indicator] & self._within(one))

    def _is_not(self, one: Comparison) -> Booleans:
        if one.indicator < 0:
            return np.ones(self.level.shape[:-1], dtype=bool)
        return np.asarray(self.seen[..., one.indicator] & ~self._within(one))

    def _within(self, one: Comparison) -> Booleans:
        level = self.level[..., one.indicator]
        return np.asarray((level >= one.low) & (level <= one.high) & (level != UNREPORTED))


def good_enough(compiled: Compiled, states: States) -> Booleans:
    """Return where the evidence is good enough for a condition to look at it."""
    return states.quality >= compiled.pack.method.grades.condition_quality - TOLERANCE


def sight_now(compiled: Compiled, states: States) -> Sight:
    """Return what conditions see at an instant: levels that are not unknown and good enough."""
    return Sight(states.level, good_enough(compiled, states) & (states.age_factor > 0))


def sight_last(compiled: Compiled, states: States) -> Sight:
    """Return the last scored levels whatever their age, where they are good enough: what silence cannot undo."""
    return Sight(states.level, good_enough(compiled, states) & states.reported)


def sight_any(states: States) -> Sight:
    """Return the last scored levels whatever their age and quality; what was never reported is certainly not there."""
    return Sight(states.level, np.ones(states.level.shape, dtype=bool))

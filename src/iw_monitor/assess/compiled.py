"""The pack's numbers as arrays, in the order of its watched indicators, problems and families."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from iw_monitor.model.instants import duration_microseconds, microseconds
from iw_monitor.model.pack import Adds, AddsByLevel, CountFloor, Indicator, Pack, Screens, Status, When

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Levels = NDArray[np.int8]
Booleans = NDArray[np.bool_]
Texts = NDArray[np.object_]

TOLERANCE = 1e-9  # comparisons with thresholds (METHOD §4)
UNREPORTED = -1  # stands for the level of an indicator that was never reported


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator compared with a bound: ``low <= level <= high``."""

    indicator: int
    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Rule:
    """Comparisons that must all hold, and of the others at least one (if there are any)."""

    all: tuple[Comparison, ...]
    any: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class AddingRule:
    """An interaction that adds points: ``points[level, problem]`` by the level of one indicator, or one row for all."""

    id: str
    family: int
    rule: Rule
    level_of: int  # -1: the same points at every level
    points: Floats  # 5 x problems


@dataclass(frozen=True, slots=True)
class ScreeningRule:
    """An interaction that makes the restraints of a family count as unknown."""

    id: str
    family: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class FloorRule:
    """A tripwire: a rule that sets a floor under a problem."""

    id: str
    rule: Rule
    problem: int
    level: int


@dataclass(frozen=True, slots=True)
class CountRule:
    """A row of a convergence table: so many indicators at or above a level set a floor under a problem."""

    id: str
    indicators: Integers
    at_least: int
    count: int
    problem: int
    level: int


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pack as arrays; I watched indicators, P problems, F families. Points in decibans, times in microseconds."""

    pack: Pack
    indicators: tuple[Indicator, ...]
    counted: Booleans  # I: active and scored; what is muted or context only is shown and changes nothing
    problems: tuple[str, ...]
    families: tuple[str, ...]
    strength: Floats  # 5: g
    base_level: Levels  # I: T0 level, 0 for context
    base: Floats  # I: g(b)
    weight: Floats  # I x P: W, 0 where there is no link
    family: Integers  # I
    members: tuple[Integers, ...]  # F: indices of each family's indicators
    cap: Floats  # F: inf where there is none
    half_life: Integers  # I
    cadence: Integers  # I
    prior: Floats  # P
    bounds: Floats  # 4: lower boundaries of levels 2 to 5
    t0: int
    adding: tuple[AddingRule, ...]
    screening: tuple[ScreeningRule, ...]
    tripwires: tuple[FloorRule, ...]
    counting: tuple[CountRule, ...]

    def evidence_span(self, place: int) -> int:
        """Return how long an indicator's report stays evidence beside its current one (METHOD 4.2), in microseconds."""
        return round(self.pack.method.ageing.unknown_after * int(self.half_life[place]))

    def level_of(self, points: Floats) -> Levels:
        """Return the warning level 1 to 5 of points; a value on a boundary belongs to the upper level (METHOD 4.8)."""
        reached = np.ones(np.shape(points), dtype=np.int8)
        for bound in self.bounds - TOLERANCE:
            reached += points >= bound
        return reached


def compile_pack(pack: Pack) -> Compiled:
    """Return the pack as arrays. Active and muted indicators are watched; only active, scored ones have weights."""
    watched = tuple(one for one in pack.indicators if one.status in (Status.ACTIVE, Status.MUTED))
    problems = tuple(one.id for one in pack.file.problems)
    families = tuple(one.id for one in pack.file.families)
    strength = np.array(pack.method.strength)
    base_level = np.array([one.t0 or 0 for one in watched], dtype=np.int8)
    family = np.array([families.index(one.family) for one in watched], dtype=np.int64)
    counted = np.array([one.scored and one.status is Status.ACTIVE for one in watched], dtype=bool)
    place = _Places({one.id: index for index, one in enumerate(watched) if counted[index]}, problems, families)
    return Compiled(
        pack=pack,
        indicators=watched,
        counted=counted,
        problems=problems,
        families=families,
        strength=strength,
        base_level=base_level,
        base=strength[base_level],
        weight=_weights(pack, watched, problems) * counted[:, None],
        family=family,
        members=tuple(np.flatnonzero(family == index) for index in range(len(families))),
        cap=np.array([np.inf if one.cap is None else one.cap for one in pack.file.families]),
        half_life=np.array([duration_microseconds(pack.half_life(one)) for one in watched], dtype=np.int64),
        cadence=np.array([duration_microseconds(pack.cadence(one)) for one in watched], dtype=np.int64),
        prior=np.array([one.prior for one in pack.file.problems], dtype=np.float64),
        bounds=np.array([one.from_points for one in pack.file.levels[1:]], dtype=np.float64),
        t0=microseconds(pack.t0),
        adding=place.adding(pack),
        screening=place.screening(pack),
        tripwires=place.tripwires(pack),
        counting=place.counting(pack),
    )


def _weights(pack: Pack, watched: tuple[Indicator, ...], problems: tuple[str, ...]) -> Floats:
    points = [[pack.link_points(one, problem) for problem in problems] for one in watched]
    return np.array(points, dtype=np.float64).reshape(len(watched), len(problems))


@dataclass(frozen=True, slots=True)
class _Places:
    """Where names stand in the arrays. A rule about an indicator that does not count can never hold (place -1)."""

    indicator: dict[str, int]
    problems: tuple[str, ...]
    families: tuple[str, ...]

    def rule(self, when: When) -> Rule:
        def comparisons(side: str) -> tuple[Comparison, ...]:
            return tuple(
                Comparison(
                    indicator=self.indicator.get(one.indicator, -1),
                    low=0 if one.at_least is None else one.at_least,
                    high=4 if one.at_most is None else one.at_most,
                )
                for one in getattr(when, side)
            )

        return Rule(all=comparisons("all"), any=comparisons("any"))

    def adding(self, pack: Pack) -> tuple[AddingRule, ...]:
        rules = [one for one in pack.file.interactions if isinstance(one, Adds | AddsByLevel)]
        return tuple(
            AddingRule(
                id=one.id,
                family=self.families.index(one.family),
                rule=self.rule(one.when),
                level_of=self.indicator.get(one.level_of, -1) if isinstance(one, AddsByLevel) else -1,
                points=self._points(one),
            )
            for one in rules
            if isinstance(one, Adds) or one.level_of in self.indicator
        )

    def _points(self, one: Adds | AddsByLevel) -> Floats:
        points = np.zeros((5, len(self.problems)))
        for problem, value in one.points.items():
            points[:, self.problems.index(problem)] = value
        return points

    def screening(self, pack: Pack) -> tuple[ScreeningRule, ...]:
        return tuple(
            ScreeningRule(id=one.id, family=self.families.index(one.family), rule=self.rule(one.when))
            for one in pack.file.interactions
            if isinstance(one, Screens)
        )

    def tripwires(self, pack: Pack) -> tuple[FloorRule, ...]:
        return tuple(
            FloorRule(id=one.id, rule=self.rule(one.when), problem=self.problems.index(one.problem), level=one.floor)
            for one in pack.file.tripwires
        )

    def counting(self, pack: Pack) -> tuple[CountRule, ...]:
        return tuple(
            CountRule(
                id=one.id,
                indicators=np.array([self.indicator[i] for i in one.indicators if i in self.indicator], dtype=np.int64),
                at_least=one.at_least,
                count=count,
                problem=self.problems.index(one.problem),
                level=level,
            )
            for one in pack.file.interactions
            if isinstance(one, CountFloor)
            for count, level in sorted(one.floors.items())
        )

"""METHOD §4, steps 4 to 9, 12 and 13, read slowly: from the states of the indicators to what is concluded of them.

This is a second, independent reading of the method, to be read beside its text; the engine is tested against it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from iw_monitor.model.pack import Adds, AddsByLevel, CountFloor, Family, Indicator, Pack, Problem, Screens, When
from tests.reference.evidence import NEAR, State

States = Mapping[str, State]
Seen = Mapping[str, int]  # levels that conditions may look at


class Piece(NamedTuple):
    """What an indicator or an interaction gives to a problem, in points."""

    name: str
    family: str
    raw: float
    softened: float
    counted: float = 0.0
    family_sum: float = 0.0  # of its family's points of the same sign, before the weight between families


@dataclass(frozen=True, slots=True, kw_only=True)
class Conclusion:
    """One problem at one instant, without memory: no latched floors, no hysteresis, no coverage rule."""

    problem: str
    pieces: tuple[Piece, ...]
    unclipped: float
    points: float
    sum_level: int
    floors: tuple[tuple[str, int], ...]  # of tripwires and counts whose conditions hold now
    level: int
    coverage: float


# --- Step 4: what one indicator contributes ---


def soften(points: float, share: float) -> float:
    """Return what is left of points when the report may be false."""
    return 10 * math.log10(1 + share * (10 ** (points / 10) - 1))


def raw(weight: float, state: State, strength: float) -> float:
    return weight * (strength - state.zero_point)


def driver(pack: Pack, weight: float, state: State) -> tuple[float, float]:
    """Return raw and softened points of a driver; unknown counts nothing: old evidence fades to the zero point."""
    if not state.is_known:
        return 0.0, 0.0
    points = raw(weight, state, pack.method.strength[state.level or 0])
    return points, soften(points, state.quality * state.age_factor)


def restraint(pack: Pack, weight: float, state: State, *, screened: bool) -> tuple[float, float]:
    """Return raw and softened points of a restraint; one that nobody re-confirmed stops restraining."""
    absent = -weight * state.zero_point
    if screened or not state.is_known:
        return absent, absent
    points = raw(weight, state, pack.method.strength[state.level or 0])
    a = state.age_factor
    return points, a * soften(points, state.quality) + (1 - a) * absent


def screened_families(pack: Pack, seen: Seen) -> set[str]:
    """Return the families whose restraints count as unknown because the decision is visible (X3)."""
    return {one.family for one in pack.file.interactions if isinstance(one, Screens) and holds(one.when, seen)}


def contributions(pack: Pack, problem: Problem, states: States, *, seen: Seen) -> list[Piece]:
    """Return what each linked indicator gives to a problem."""
    screened = screened_families(pack, seen)
    pieces = []
    for indicator in pack.scored:
        weight = pack.link_points(indicator, problem.id)
        if weight > 0:
            full, softened = driver(pack, weight, states[indicator.id])
        elif weight < 0:
            hidden = indicator.family in screened
            full, softened = restraint(pack, weight, states[indicator.id], screened=hidden)
        else:
            continue
        pieces.append(Piece(name=indicator.id, family=indicator.family, raw=full, softened=softened))
    return pieces


# --- Step 6: interactions, on levels ---


def visible(pack: Pack, states: States) -> dict[str, int]:
    """Return the levels that a condition sees: not unknown, and of sufficient quality."""
    return {name: state.level or 0 for name, state in states.items() if state.is_known and is_sound(pack, state)}


def last_reported(pack: Pack, states: States) -> dict[str, int]:
    """Return the last scored levels of sufficient quality, whatever their age."""
    return {name: one.level for name, one in states.items() if one.level is not None and is_sound(pack, one)}


def is_sound(pack: Pack, state: State) -> bool:
    return state.quality >= pack.method.grades.condition_quality - NEAR


def meets(condition_at_least: int | None, condition_at_most: int | None, level: int) -> bool:
    above = condition_at_least is None or level >= condition_at_least
    return above and (condition_at_most is None or level <= condition_at_most)


def holds(when: When, seen: Seen) -> bool:
    """Say whether a condition holds on the levels it can see; what it does not see does not meet it."""

    def met(indicator: str, at_least: int | None, at_most: int | None) -> bool:
        return indicator in seen and meets(at_least, at_most, seen[indicator])

    every = all(met(one.indicator, one.at_least, one.at_most) for one in when.all)
    return every and (not when.any or any(met(one.indicator, one.at_least, one.at_most) for one in when.any))


def interactions(pack: Pack, problem: Problem, *, seen: Seen) -> list[Piece]:
    """Return the points that interactions give to a problem."""
    pieces = []
    for one in pack.file.interactions:
        if not isinstance(one, Adds | AddsByLevel) or problem.id not in one.points or not holds(one.when, seen):
            continue
        if isinstance(one, Adds):
            points = one.points[problem.id]
        elif one.level_of in seen:
            points = one.points[problem.id][seen[one.level_of]]
        else:
            continue
        pieces.append(Piece(name=one.id, family=one.family, raw=points, softened=points))
    return pieces


# --- Steps 5 and 6: double counting, within and between families, and the cap ---


def count(pack: Pack, linked: Iterable[Piece], effects: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces with what is left of each: positive and negative points apart."""
    linked, effects = list(linked), list(effects)
    return (*_count_side(pack, linked, effects, sign=1), *_count_side(pack, linked, effects, sign=-1))


def _count_side(pack: Pack, linked: list[Piece], effects: list[Piece], *, sign: int) -> list[Piece]:
    members: dict[str, list[Piece]] = {one.id: [] for one in pack.file.families}
    adding: dict[str, list[Piece]] = {one.id: [] for one in pack.file.families}
    for pieces, families in ((linked, members), (effects, adding)):
        for one in pieces:
            if on_side(one, sign):
                families[one.family].append(one)
    kept = [_count_family(pack, one, members[one.id], adding[one.id], sign=sign) for one in pack.file.families]
    sizes = [abs(sum(points for _, points in one)) for one in kept]
    weights = [pack.method.discount.between_families**rank for rank in ranked(sizes)]
    return [
        piece._replace(counted=points * weight, family_sum=size)
        for family, size, weight in zip(kept, sizes, weights, strict=True)
        for piece, points in family
    ]


def _count_family(
    pack: Pack, family: Family, members: list[Piece], adding: list[Piece], *, sign: int
) -> list[tuple[Piece, float]]:
    """Return a family's pieces of one sign with their points: members discounted, interactions whole, all capped."""
    if not members and not adding:
        return []
    ranks = ranked([abs(one.softened) for one in members])
    step = pack.method.discount.within_family
    kept = [(one, one.softened * step**rank) for one, rank in zip(members, ranks, strict=True)]
    kept += [(one, one.softened) for one in adding]
    total = sum(points for _, points in kept)
    if sign > 0 and family.cap is not None and total > family.cap:
        kept = [(one, points * family.cap / total) for one, points in kept]
    return kept


def on_side(piece: Piece, sign: int) -> bool:
    """Say whether a piece belongs to the positive (zero included) or the negative side."""
    return piece.softened >= 0 if sign > 0 else piece.softened < 0


def ranked(sizes: list[float]) -> list[int]:
    """Return the place of each size in descending order, 0 for the largest."""
    order = sorted(range(len(sizes)), key=lambda at: -sizes[at])
    return [order.index(at) for at in range(len(sizes))]


# --- Steps 7 to 9: points, level, tripwires ---


def unclipped_points(problem: Problem, pieces: Iterable[Piece]) -> float:
    return problem.prior + sum(one.counted for one in pieces)


def clip(pack: Pack, points: float) -> float:
    return max(-pack.method.clip, min(pack.method.clip, points))


def probability(points: float) -> float:
    return float(1 / (1 + 10 ** (-points / 10)))


def boundary(pack: Pack, level: int) -> float:
    """Return the points from which a level begins."""
    begins = pack.file.levels[level - 1].from_points
    return -math.inf if begins is None else begins


def level_of(pack: Pack, points: float) -> int:
    """Return the level of points; a value on a boundary belongs to the upper one."""
    return max(one.level for one in pack.file.levels if points >= boundary(pack, one.level) - NEAR)


def fronts_reached(one: CountFloor, levels: Seen) -> int:
    return sum(1 for front in one.indicators if front in levels and levels[front] >= one.at_least)


def floors_now(pack: Pack, problem: Problem, seen: Seen) -> tuple[tuple[str, int], ...]:
    """Return the floors whose conditions hold at this instant; of a count only the highest row reached."""
    found = [(one.id, one.floor) for one in pack.file.tripwires if one.problem == problem.id and holds(one.when, seen)]
    for table in pack.file.interactions:
        if isinstance(table, CountFloor) and table.problem == problem.id:
            reached = [floor for number, floor in table.floors.items() if fronts_reached(table, seen) >= number]
            found += [(table.id, max(reached))] if reached else []
    return tuple(found)


def points_of(pack: Pack, problem: Problem, states: States, *, seen: Seen) -> tuple[tuple[Piece, ...], float]:
    """Return the pieces and the points before clipping."""
    linked = contributions(pack, problem, states, seen=seen)
    pieces = count(pack, linked, interactions(pack, problem, seen=seen))
    return pieces, unclipped_points(problem, pieces)


def conclude(pack: Pack, states: States) -> dict[str, Conclusion]:
    """Return what is concluded about each problem from the states alone."""
    seen = visible(pack, states)
    concluded = {}
    for problem in pack.file.problems:
        pieces, unclipped = points_of(pack, problem, states, seen=seen)
        sum_level = level_of(pack, clip(pack, unclipped))
        floors = floors_now(pack, problem, seen)
        concluded[problem.id] = Conclusion(
            problem=problem.id,
            pieces=pieces,
            unclipped=unclipped,
            points=clip(pack, unclipped),
            sum_level=sum_level,
            floors=floors,
            level=max([sum_level, *(floor for _, floor in floors)]),
            coverage=coverage(pack, problem, states),
        )
    return concluded


# --- Step 10's L_hold: what would be said if every driver were as fresh as when it was last reported ---


def hold_points(pack: Pack, problem: Problem, states: States) -> float:
    """Return L_hold, clipped like L."""
    seen = last_reported(pack, states)
    pieces = contributions(pack, problem, states, seen=seen)
    unaged = [one._replace(softened=max(one.softened, _as_fresh(pack, problem, states, one))) for one in pieces]
    return clip(pack, unclipped_points(problem, count(pack, unaged, interactions(pack, problem, seen=seen))))


def _as_fresh(pack: Pack, problem: Problem, states: States, piece: Piece) -> float:
    """Return what a driver would give at a = 1; of a restraint, and of what was never reported, what it gives now."""
    state, weight = states[piece.name], pack.link_points(pack.indicator(piece.name), problem.id)
    if weight < 0 or state.level is None:
        return piece.softened
    return soften(raw(weight, state, pack.method.strength[state.level]), state.quality)


# --- Steps 12 and 13: coverage and confidence ---


def _share_known(weights: Mapping[str, float], states: States) -> float:
    total = sum(weights.values())
    return sum(weight * states[name].age_factor for name, weight in weights.items()) / total if total else 0.0


def coverage(pack: Pack, problem: Problem, states: States) -> float:
    return _share_known({one.id: abs(pack.link_points(one, problem.id)) for one in pack.scored}, states)


def pack_coverage(pack: Pack, states: States) -> float:
    def largest(indicator: Indicator) -> float:
        return max(abs(pack.link_points(indicator, problem.id)) for problem in pack.file.problems)

    return _share_known({one.id: largest(one) for one in pack.scored}, states)


def median_quality(pack: Pack, problem: Problem, states: States) -> float:
    """Return the median q over the problem's linked indicators that are not unknown; 0 if there are none."""
    linked = [states[one.id] for one in pack.scored if pack.link_points(one, problem.id) != 0]
    known = [one.quality for one in linked if one.is_known]
    return float(median(known)) if known else 0.0


def confidence(pack: Pack, *, covered: float, quality: float, stability: float, unchanged: bool) -> str:
    """Return high, moderate or low; ``unchanged``: no change of level for a week."""
    rule = pack.method.confidence
    enough = covered >= rule.high_coverage - NEAR and quality >= rule.high_quality - NEAR
    if enough and stability >= rule.high_stability - NEAR and unchanged:
        return "high"
    hatched = covered < pack.method.coverage.hatched_below - NEAR
    if hatched or quality < rule.low_quality - NEAR or stability < rule.low_stability - NEAR:
        return "low"
    return "moderate"

"""METHOD §4, step 10, read slowly: the chain of recommendations, floors that are held, and the headline.

This is a second, independent reading of the method, to be read beside its text; the engine is tested against it.

Where the text leaves something open it is read thus: the history is as long as the time since the first canonical
instant; a problem's first level includes the floors latched by then; at an instant that is not canonical the
recommendation is that of the last one that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from iw_monitor.model.observation import Known, Observation, Retraction
from iw_monitor.model.pack import Condition, CountFloor, Pack, Problem, Tripwire
from tests.reference.evidence import NEAR, Report, Standing, State, scored_reports, standing, state
from tests.reference.method import (
    Conclusion,
    States,
    boundary,
    conclude,
    fronts_reached,
    hold_points,
    holds,
    last_reported,
    level_of,
    meets,
    pack_coverage,
    visible,
)

HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one canonical instant left behind for one problem."""

    at: datetime
    points: float
    hold: float
    floor: int  # the highest latched; 0 for none


@dataclass(slots=True)
class Chain:
    """One problem's recommendation and what it must remember."""

    first: datetime
    start: datetime | None = None
    recommended: int | None = None
    changes: list[datetime] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    latched: dict[tuple[str, int], int] = field(default_factory=dict)  # (id, row of a count or 0) -> floor

    def since(self) -> datetime | None:
        return self.changes[-1] if self.changes else self.start

    def window(self, at: datetime, length: timedelta) -> list[Step]:
        found = []
        for step in reversed(self.steps):
            if step.at < at - length:
                break
            found.append(step)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommended:
    """One problem's recommendation at an instant. ``level`` is kept also while it may not be shown."""

    level: int | None
    shown: int | None
    since: datetime | None
    changed: tuple[datetime, ...]
    latched: frozenset[tuple[str, int]]  # id and floor; of a count only the highest row


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything this reading of the method says about one instant."""

    at: datetime
    standings: dict[str, Standing]
    states: dict[str, State]
    problems: dict[str, Conclusion]
    levels: dict[str, int | None]  # None while coverage forbids
    recommended: dict[str, Recommended]
    coverage: float
    headline: int | None
    headline_problem: str | None


# --- Canonical instants ---


def changes_of(reports: Iterable[Report]) -> list[datetime]:
    """Return the instants at which the scored set changed."""
    instants = {one.known_at for one in reports}
    instants |= {one.retracted_at for one in reports if one.retracted_at is not None}
    return sorted(instants)


def canonical_instants(changes: Sequence[datetime], until: datetime) -> Iterator[datetime]:
    """Yield every change and every full hour after the first, up to and including ``until``."""
    if not changes:
        return
    instants = {one for one in changes if one <= until}
    hour = changes[0].replace(minute=0, second=0, microsecond=0) + HOUR
    while hour <= until:
        instants.add(hour)
        hour += HOUR
    yield from sorted(instants)


# --- Floors that are held ---


def is_disproved(tripwire: Tripwire, levels: dict[str, int]) -> bool:
    """Say whether the levels known for certain make the condition false, whatever the others are."""

    def fails(one: Condition) -> bool:
        return one.indicator in levels and not meets(one.at_least, one.at_most, levels[one.indicator])

    when = tripwire.when
    return any(fails(one) for one in when.all) or (bool(when.any) and all(fails(one) for one in when.any))


def has_lost_its_report(tripwire: Tripwire, states: States, retracted: Iterable[Report]) -> bool:
    """Say whether a report that satisfied the condition was retracted and what is left does not satisfy it."""
    conditions = [*tripwire.when.all, *tripwire.when.any]
    supported = any(
        one.indicator == report.indicator and meets(one.at_least, one.at_most, report.level)
        for one in conditions
        for report in retracted
    )
    left = {name: one.level for name, one in states.items() if one.level is not None}
    return supported and not holds(tripwire.when, left)


def latch(pack: Pack, problem: Problem, chain: Chain, states: States, retracted: list[Report]) -> None:
    """Set and clear one problem's floors at a canonical instant."""
    seen, last = visible(pack, states), last_reported(pack, states)
    for tripwire in pack.file.tripwires:
        if tripwire.problem != problem.id:
            continue
        if holds(tripwire.when, seen):
            chain.latched[tripwire.id, 0] = tripwire.floor
        elif is_disproved(tripwire, last) or has_lost_its_report(tripwire, states, retracted):
            chain.latched.pop((tripwire.id, 0), None)
    anyhow = {name: one.level for name, one in states.items() if one.level is not None}
    for table in pack.file.interactions:
        if not isinstance(table, CountFloor) or table.problem != problem.id:
            continue
        for number, floor in table.floors.items():
            if fronts_reached(table, seen) >= number:
                chain.latched[table.id, number] = floor
            elif fronts_reached(table, anyhow) < number:
                chain.latched.pop((table.id, number), None)


# --- One step of the chain ---


def advance(pack: Pack, problem: Problem, chain: Chain, concluded: Conclusion, *, at: datetime) -> None:
    """Move one problem's recommendation; its floors and the step of this instant are already there."""
    floor = chain.steps[-1].floor
    if chain.recommended is None:
        if concluded.coverage >= pack.method.coverage.no_assessment_below - NEAR:
            chain.start = at
            chain.recommended = max(concluded.sum_level, floor)
        return
    rules = pack.method.hysteresis
    target = floor
    if at - chain.first >= rules.up_after:
        lowest = min(step.points for step in chain.window(at, rules.up_after))
        target = max(target, level_of(pack, lowest))
    if target > chain.recommended:
        chain.recommended = target
        chain.changes.append(at)
    elif may_step_down(pack, chain, at=at):
        chain.recommended -= 1
        chain.changes.append(at)


def may_step_down(pack: Pack, chain: Chain, *, at: datetime) -> bool:
    """Say whether the present level has been left, by more than the margin, for long enough."""
    rules, present = pack.method.hysteresis, chain.recommended or 1
    if chain.start is None or at - chain.start < rules.down_after or present == 1:
        return False
    if chain.changes and at - chain.changes[-1] <= rules.down_after:
        return False
    window = chain.window(at, rules.down_after)
    calm = all(step.hold < boundary(pack, present) - rules.down_margin - NEAR for step in window)
    return calm and all(step.floor < present for step in window)


# --- The whole chain, and a reading of it ---


@dataclass(slots=True)
class Story:
    """A walk along the canonical instants; ``move_to`` goes forward only."""

    pack: Pack
    reports: tuple[Report, ...]
    chains: dict[str, Chain]
    standings: dict[str, Standing] = field(default_factory=dict)

    def learn(self, at: datetime) -> None:
        """Take in what is known at an instant; between two changes only age moves."""
        for indicator in self.pack.scored:
            mine = [one for one in self.reports if one.indicator == indicator.id and one.is_known(at)]
            self.standings[indicator.id] = standing(self.pack, indicator, mine)

    def states(self, at: datetime) -> dict[str, State]:
        return {one.id: state(self.pack, one, self.standings[one.id], at=at) for one in self.pack.scored}

    def step(self, at: datetime) -> None:
        """Take the chain over one canonical instant."""
        states = self.states(at)
        concluded = conclude(self.pack, states)
        retracted = [one for one in self.reports if one.retracted_at == at]
        for problem in self.pack.file.problems:
            chain = self.chains[problem.id]
            latch(self.pack, problem, chain, states, retracted)
            hold = hold_points(self.pack, problem, states)
            floor = max(chain.latched.values(), default=0)
            chain.steps.append(Step(at=at, points=concluded[problem.id].points, hold=hold, floor=floor))
            advance(self.pack, problem, chain, concluded[problem.id], at=at)

    def read(self, at: datetime) -> Reading:
        """Say what is concluded at an instant, canonical or not; the chain stands at the last canonical one."""
        states = self.states(at)
        concluded = conclude(self.pack, states)
        least = self.pack.method.coverage.no_assessment_below - NEAR
        assessed = {name: one.coverage >= least for name, one in concluded.items()}
        recommended = {name: _recommended(self.chains[name], shown=assessed[name]) for name in concluded}
        covered = pack_coverage(self.pack, states)
        headline = _headline(concluded, recommended) if covered >= least else None
        return Reading(
            at=at,
            standings=dict(self.standings),
            states=states,
            problems=concluded,
            levels={name: one.level if assessed[name] else None for name, one in concluded.items()},
            recommended=recommended,
            coverage=covered,
            headline=recommended[headline].shown if headline else None,
            headline_problem=headline,
        )


def _recommended(chain: Chain, *, shown: bool) -> Recommended:
    held: dict[str, int] = {}
    for (name, _), floor in chain.latched.items():
        held[name] = max(floor, held.get(name, 0))
    return Recommended(
        level=chain.recommended,
        shown=chain.recommended if shown else None,
        since=chain.since(),
        changed=tuple(chain.changes),
        latched=frozenset(held.items()),
    )


def _headline(concluded: dict[str, Conclusion], recommended: dict[str, Recommended]) -> str | None:
    """Return the problem that sets the headline, or None when the worst one, hidden or not, may not be shown."""
    ranked = [(one.level, concluded[name].points, name) for name, one in recommended.items() if one.level is not None]
    if not ranked:
        return None
    worst = max(ranked, key=lambda one: one[:2])[2]
    return worst if recommended[worst].shown is not None else None


def read(
    pack: Pack,
    observations: Iterable[Observation],
    retractions: Iterable[Retraction],
    instants: Sequence[datetime],
    *,
    known: Known,
) -> list[Reading]:
    """Return what this reading of the method says at each of the instants (in ascending order)."""
    found = scored_reports(pack, observations, retractions, known=known)
    reports = tuple(one for one in found if one.is_known(one.known_at))  # not withdrawn at the moment it came in
    changes = changes_of(reports)
    first = changes[0] if changes else max(instants)
    story = Story(pack, reports, {one.id: Chain(first) for one in pack.file.problems})
    canonical = set(canonical_instants(changes, max(instants)))
    readings = []
    story.learn(min([first, *instants]) - HOUR)
    for at in sorted({*canonical, *instants}):
        if at in changes:
            story.learn(at)
        if at in canonical:
            story.step(at)
        if at in instants:
            readings.append(story.read(at))
    return readings

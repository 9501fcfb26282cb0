"""One instant written down: from arrays to the Assessment that everybody is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from iw_monitor.assess.chain import Chain, Piece
from iw_monitor.assess.compiled import TOLERANCE, Booleans, Compiled, Integers, Levels
from iw_monitor.assess.coverage import Coverage, confidence, coverage, median_quality
from iw_monitor.assess.epochs import History
from iw_monitor.assess.floors import floor_levels, floor_names, holding_now
from iw_monitor.assess.following import Followed
from iw_monitor.assess.interval import Draws, Spread, spread_of
from iw_monitor.assess.points import Sums, conclude, probability
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.states import States
from iw_monitor.model.assessment import (
    Assessment,
    Contribution,
    Floor,
    Freshness,
    Headline,
    IndicatorAssessment,
    InteractionEffect,
    ProblemAssessment,
    Track,
)
from iw_monitor.model.instants import duration_microseconds, from_microseconds
from iw_monitor.model.observation import Known

NO_ASSESSMENT = "NO ASSESSMENT"
_DAY = 86_400_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """A journal read one way: its reports, the chain of recommendations over them, and the draws for intervals."""

    compiled: Compiled
    reports: Reports
    known: Known
    history: History
    chain: Chain
    draws: Draws


@dataclass(frozen=True, slots=True)
class Conclusion:
    """One instant, with everything that its assessment is written from."""

    reading: Reading
    instant: int
    in_force: Piece  # the row of the chain
    states: States
    sums: Sums
    coverage: Coverage
    now: Booleans  # R: floors that hold now
    level: Levels  # P
    spread: Spread

    @classmethod
    def of(cls, reading: Reading, states: States, instant: int) -> Conclusion:
        compiled = reading.compiled
        sums = conclude(compiled, states)
        now = holding_now(compiled, states)
        floor = floor_levels(floor_names(compiled), now, len(compiled.problems))[0]
        level = np.maximum(compiled.level_of(sums.points[0]), floor)
        return cls(
            reading=reading,
            instant=instant,
            in_force=reading.chain.at(np.array([instant])),
            states=states,
            sums=sums,
            coverage=coverage(compiled, states),
            now=now[0],
            level=level,
            spread=spread_of(compiled, states, reading.draws, level=level, floor=floor),
        )

    def assessment(self) -> Assessment:
        compiled = self.reading.compiled
        problems = tuple(self._problem(index) for index in range(len(compiled.problems)))
        return Assessment(
            pack=compiled.pack.id,
            pack_hash=compiled.pack.hash,
            as_of=from_microseconds(self.instant),
            known=self.reading.known,
            headline=self._headline(problems),
            problems=problems,
            indicators=tuple(self._indicator(index) for index in range(len(compiled.indicators))),
            coverage=float(self.coverage.pack[0]),
            unconfirmed=self._unconfirmed(),
        )

    def _headline(self, problems: tuple[ProblemAssessment, ...]) -> Headline:
        """Return the worst problem; no assessment while too little of the pack, or that problem itself, is covered.

        A problem too little covered still counts with its hidden recommendation: silence about the worst problem must
        not let a calmer one take the headline.
        """
        worst = max(range(len(problems)), key=lambda index: (self._hidden(index), problems[index].points))
        one = problems[worst]
        least = self.reading.compiled.pack.method.coverage.no_assessment_below - TOLERANCE
        if self.coverage.pack[0] < least or one.recommended_level is None:
            return Headline(level=None, word=NO_ASSESSMENT, problem=None, since=None)
        word = self.reading.compiled.pack.word(one.recommended_level)
        return Headline(level=one.recommended_level, word=word, problem=one.id, since=one.recommended_since)

    def _hidden(self, problem: int) -> int:
        return int(self.in_force.recommended[0, problem])

    def _problem(self, index: int) -> ProblemAssessment:
        compiled, sums = self.reading.compiled, self.sums
        definition = compiled.pack.file.problems[index]
        share, stability = float(self.coverage.problems[0, index]), float(self.spread.stability[index])
        hidden = self._hidden(index)
        assessed = share >= compiled.pack.method.coverage.no_assessment_below - TOLERANCE and hidden > 0
        since = int(self.in_force.since[0, index]) if hidden else self.instant
        sure, reasons = confidence(
            compiled,
            share=share,
            quality=median_quality(compiled, self.states, index),
            stability=stability,
            unchanged=self.instant - since,
        )
        points = np.array([sums.points[0, index], self.spread.low[index], self.spread.high[index]])
        chances = probability(points)
        return ProblemAssessment(
            id=definition.id,
            title=definition.title,
            prior=definition.prior,
            points=float(points[0]),
            points_unclipped=float(sums.unclipped[0, index]),
            points_low=float(points[1]),
            points_high=float(points[2]),
            probability=float(chances[0]),
            probability_low=float(chances[1]),
            probability_high=float(chances[2]),
            level=int(self.level[index]) if assessed else None,
            sum_level=int(compiled.level_of(sums.points[0, index])),
            recommended_level=hidden if assessed else None,
            recommended_since=from_microseconds(since) if assessed else None,
            declared_level=None,
            stability=stability,
            coverage=share,
            confidence=sure,
            confidence_reasons=reasons,
            floors=self._floors(index),
            screened=tuple(rule.id for rule, holds in zip(compiled.screening, sums.screened[0], strict=True) if holds),
            interactions=self._interactions(index),
            contributions=self._contributions(index),
            track=self._track(index),
        )

    def _track(self, problem: int) -> Track | None:
        tracks = self.states.track
        if tracks is None or not tracks.windows[0, problem]:
            return None
        return Track(
            windows=int(tracks.windows[0, problem]),
            events=int(tracks.events[0, problem]),
            expected=float(tracks.expected[0, problem]),
            factor=float(tracks.factor[0, problem]),
            points=float(self.sums.points[0, problem] - self.sums.evidence[0, problem]),
        )

    def _floors(self, problem: int) -> tuple[Floor, ...]:
        names = floor_names(self.reading.compiled)
        return tuple(
            Floor(id=name.id, level=name.level, now=bool(now))
            for name, now, held in zip(names, self.now, self.in_force.latched[0], strict=True)
            if name.problem == problem and (now or held)
        )

    def _interactions(self, problem: int) -> tuple[InteractionEffect, ...]:
        compiled, sums = self.reading.compiled, self.sums
        return tuple(
            InteractionEffect(
                id=rule.id,
                family=compiled.families[rule.family],
                raw=float(sums.interactions_raw[0, index, problem]),
                counted=float(sums.interactions_counted[0, index, problem]),
            )
            for index, rule in enumerate(compiled.adding)
            if sums.interactions_raw[0, index, problem] != 0
        )

    def _contributions(self, problem: int) -> tuple[Contribution, ...]:
        compiled, sums = self.reading.compiled, self.sums
        return tuple(
            Contribution(
                indicator=one.id,
                family=one.family,
                raw=float(sums.raw[0, index, problem]),
                softened=float(sums.softened[0, index, problem]),
                counted=float(sums.counted[0, index, problem]),
            )
            for index, one in enumerate(compiled.indicators)
            if compiled.weight[index, problem] != 0
        )

    def _indicator(self, index: int) -> IndicatorAssessment:
        compiled, states = self.reading.compiled, self.states
        one, method = compiled.indicators[index], compiled.pack.method.ageing
        level = int(states.level[0, index])
        observed = int(states.observed[0, index]) if level >= 0 else None
        life = duration_microseconds(compiled.pack.half_life(one))

        def after(span: float) -> datetime | None:
            return None if observed is None else from_microseconds(observed + round(span))

        return IndicatorAssessment(
            id=one.id,
            title=one.title,
            level=level if level >= 0 else None,
            status=self._freshness(index),
            observed_at=after(0),
            age_days=None if observed is None else (self.instant - observed) / _DAY,
            quality=float(states.quality[0, index]),
            age_factor=float(states.age_factor[0, index]),
            zero_point=float(states.zero_point[0, index]),
            normal=float(states.normal[0, index]),
            due_at=after(int(compiled.cadence[index])),
            stale_at=after(method.fresh_for * life),
            unknown_at=after(method.unknown_after * life),
            observations=self._evidence(index) if level >= 0 else (),
        )

    def _freshness(self, index: int) -> Freshness:
        factor = float(self.states.age_factor[0, index])
        if factor == 0:
            return Freshness.UNKNOWN
        if factor < 1:
            return Freshness.STALE
        age = self.instant - int(self.states.observed[0, index])
        return Freshness.DUE if age >= int(self.reading.compiled.cadence[index]) else Freshness.FRESH

    def _in_force(self, rows: Integers) -> Integers:
        reports, known = self.reading.reports, self.reading.known
        return rows[(reports.known(known)[rows] <= self.instant) & (reports.gone(known, rows) > self.instant)]

    def _evidence(self, index: int) -> tuple[str, ...]:
        """Return the ids of the reports that the current level rests on, newest first (METHOD 4.2)."""
        compiled, reports, one = self.reading.compiled, self.reading.reports, self.reading.history.followed[index]
        span = compiled.evidence_span(index)
        rows = self._newest(one, span)
        if not len(rows):
            return ()  # a level that is supposed rests on no report
        oldest = int(reports.observed[rows].max()) - span
        rows = reports.in_order(self._in_force(one.reports_of(oldest, self.instant)))
        same = reports.level[rows] == reports.level[rows[-1]]
        others = reports.observed[rows[~same]]
        oldest = max(int(others[-1]), oldest) if len(others) else oldest
        chosen = rows[same & (reports.observed[rows] >= oldest)]
        return tuple(reports.ids[row] for row in reversed(chosen.tolist()))

    def _newest(self, one: Followed, span: int) -> Integers:
        """Return some reports of an indicator that are in force, the newest among them; none where there are none."""
        while span < self.instant - one.begin:
            rows = self._in_force(one.reports_of(self.instant - span, self.instant))
            if len(rows):
                return rows
            span *= 4
        return self._in_force(one.reports_of(one.begin, self.instant))

    def _unconfirmed(self) -> tuple[str, ...]:
        reports = self.reading.reports
        return tuple(reports.ids[row] for row in self._in_force(reports.unscored).tolist())

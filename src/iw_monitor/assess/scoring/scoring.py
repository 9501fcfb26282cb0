"""From a pack, its reports and what happened to the scorecard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import numpy as np

from iw_monitor.assess.compiled import Integers, compile_pack
from iw_monitor.assess.engine import Engine
from iw_monitor.assess.epochs import history_of
from iw_monitor.assess.outline import Outline, outline_of
from iw_monitor.assess.points import probability
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.scoring.ablations import ablations
from iw_monitor.assess.scoring.bootstrap import RESAMPLES, resampled_weights
from iw_monitor.assess.scoring.days import Sample, Use, episodes, sample_of
from iw_monitor.assess.scoring.forecasters import (
    LEVEL,
    RECOMMENDED,
    Forecaster,
    Grid,
    baselines,
    from_model,
    models,
)
from iw_monitor.assess.scoring.people import people
from iw_monitor.assess.scoring.record import Record, events_of
from iw_monitor.assess.scoring.scorecard import Alarm, Behaviour, EventLine, Scorecard, Table, TrackBasis
from iw_monitor.assess.scoring.steps import (
    changes_per_month,
    stretches,
    time_shares,
)
from iw_monitor.assess.scoring.tables import Cut, Field
from iw_monitor.assess.scoring.track import the_other_way, track_basis, track_record, turned
from iw_monitor.assess.states import states_at
from iw_monitor.assess.tracking import with_track
from iw_monitor.model.instants import EPOCH, duration_microseconds
from iw_monitor.model.judgement import Judgement
from iw_monitor.model.observation import Known
from iw_monitor.model.outcome import Outcome
from iw_monitor.model.pack import Pack

HORIZONS = (7, 14, 30)  # days
_DAY = duration_microseconds(timedelta(days=1))
_FIRST_DAY = EPOCH.toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which days are forecast, and until when it is known what happened. Both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"{self.last} is before {self.first}")


def score(
    pack: Pack,
    reports_for: Callable[[Pack], Reports],
    outcomes: Sequence[Outcome],
    span: Span,
    *,
    horizons: Sequence[int] = HORIZONS,
    known: Known = Known.PUBLISHED,
    judgements: Sequence[Judgement] = (),
) -> Scorecard:
    """Return how the warnings of a pack did. Nothing is tuned on it.

    Args:
        pack: frozen; its hash is on the card.
        reports_for: the journal's reports as the columns of a pack (grades are worth what that pack says), with what
            people said of past windows.
        outcomes: complete within the span.
        span: a forecast for each day at 00:00Z from its first to its last.
        horizons: in days.
        known: how to read "known at".
        judgements: what people declared and estimated, in the journal's order.

    Raises:
        ValueError: there is no horizon, or one is not positive.
    """
    wanted = tuple(sorted(set(horizons)))
    if not wanted or wanted[0] < 1:
        raise ValueError(f"horizons must be whole days from 1 on, got {list(horizons)}")
    days = np.arange(span.first.toordinal(), span.last.toordinal() + 1, dtype=np.int64)
    grid = Grid(compiled=compile_pack(pack), days=days, horizons=wanted)
    instants = (days - _FIRST_DAY) * _DAY
    reports, until = reports_for(pack), int(instants[-1])
    outline = Engine.of(pack, reports, known, until=until).outline(instants)
    several = [*models(grid, outline), *baselines(grid, outline, outcomes)]
    for one in ablations(pack):
        changed = _unchained(one.pack, reports_for(one.pack), instants, known)
        several.append(from_model(grid, changed, name=one.id, title=one.title))
    past = [one for one in outcomes if one.day <= span.last]
    basis, without = track_basis(pack, reports.closings, known, at=until), outline
    if basis.windows:
        other = _unchained(turned(pack), reports, instants, known)
        without = replace(other, assessed=outline.assessed) if basis.applied else outline
        several.append(the_other_way(grid, other))
    several.append(track_record(grid, without, past))
    several += people(grid, judgements)
    return _Scoring(grid, outline, past, span, tuple(several), known, basis).card()


def _unchained(pack: Pack, reports: Reports, instants: Integers, known: Known) -> Outline:
    """Return what an ablation concludes; its recommendation is not asked for, and the chain is what takes time."""
    compiled = compile_pack(pack)
    history = with_track(compiled, history_of(compiled, reports, known), reports.closings, known)
    return outline_of(compiled, states_at(compiled, history, instants), instants)


@dataclass(frozen=True, slots=True)
class _Scoring:
    """Everything at hand while a card is written."""

    grid: Grid
    outline: Outline
    outcomes: Sequence[Outcome]
    span: Span
    forecasters: tuple[Forecaster, ...]
    known: Known
    basis: TrackBasis

    @property
    def problems(self) -> tuple[str, ...]:
        return self.grid.compiled.problems

    @property
    def field(self) -> Field:
        least = float(probability(np.array(-self.grid.compiled.pack.method.clip)))
        return Field(self.forecasters, self.outline.assessed, least)

    @property
    def own_horizon(self) -> int:
        return max(1, self.grid.compiled.pack.file.horizon.days)

    def sample(self, horizon: int) -> Sample:
        return sample_of(
            self.grid.days,
            self.outcomes,
            self.problems,
            horizon=horizon,
            end=self.span.last.toordinal(),
            assessed=self.outline.assessed,
        )

    def card(self) -> Scorecard:
        pack = self.grid.compiled.pack
        own = self.sample(self.own_horizon)
        return Scorecard(
            pack=pack.id,
            version=pack.file.version,
            pack_hash=pack.hash,
            known=self.known,
            first=self.span.first,
            last=self.span.last,
            problems=self.problems,
            horizons=self.grid.horizons,
            block_days=tuple((one, one) for one in self.grid.horizons),
            resamples=RESAMPLES,
            seed=pack.method.interval.seed,
            log_least=self.field.log_least,
            track=self.basis,
            forecasters=tuple((one.id, one.title) for one in self.forecasters),
            tables=tuple(self._tables()),
            behaviours=tuple(self._behaviours()),
            events=tuple(self._events(own)),
            alarms=tuple(self._alarms(own)),
            not_scored=self._not_scored(),
            record=self._record(),
        )

    def _record(self) -> Record:
        return Record(
            problems=self.problems,
            samples=tuple(self.sample(horizon) for horizon in self.grid.horizons),
            forecasters=self.forecasters,
            assessed=self.outline.assessed,
            events=events_of(self.grid.days.tolist(), self.outcomes, self.problems),
        )

    def _tables(self) -> Iterator[Table]:
        samples = {horizon: self.sample(horizon) for horizon in self.grid.horizons}
        for horizon, sample in samples.items():
            weights = resampled_weights(
                len(sample.days), block=horizon, seed=self.grid.compiled.pack.method.interval.seed
            )
            for name, places in self._columns():
                yield Cut(self.field, None, sample, samples, places, weights).table(name)
            for one in self.forecasters:
                if one.spoke is not None:
                    mine = {days: each.among(one.spoke) for days, each in samples.items()}
                    for name, places in self._columns():
                        yield Cut(self.field, one, mine[horizon], mine, places, weights).table(name)

    def _columns(self) -> Iterator[tuple[str | None, list[int]]]:
        """Yield each problem with its place, then all of them pooled."""
        yield from ((name, [at]) for at, name in enumerate(self.problems))
        yield None, list(range(len(self.problems)))

    def _behaviours(self) -> Iterator[Behaviour]:
        for one in self.forecasters:
            for column, problem in enumerate(self.problems):
                usable = self.outline.assessed[:, column]
                if one.spoke is not None:
                    usable = usable & one.spoke[:, column]
                level = one.level[:, column]
                yield Behaviour(
                    forecaster=one.id,
                    problem=problem,
                    days=int(usable.sum()),
                    shares=time_shares(level, usable),
                    changes_per_month=changes_per_month(level, usable),
                )

    def _events(self, own: Sample) -> Iterator[EventLine]:
        for column, problem in enumerate(self.problems):
            for event in self._onsets(problem):
                eve = event - 1 - int(own.days[0])
                for one in self.forecasters:
                    seen = eve >= 0 and bool(self.field.usable(own, one)[eve, column])
                    yield EventLine(
                        problem=problem,
                        day=date.fromordinal(event),
                        forecaster=one.id,
                        eve_level=int(one.level[eve, column]) if seen else None,
                        lead_days=self.field.lead(own, one, column, event),
                    )

    def _onsets(self, problem: str) -> Iterator[int]:
        first = self.span.first.toordinal()
        yield from (one.onset for one in episodes(self.outcomes, problem) if one.onset and one.onset >= first)

    def _alarms(self, own: Sample) -> Iterator[Alarm]:
        for one in (each for each in self.forecasters if each.spoke is not None or each.id in (LEVEL, RECOMMENDED)):
            usable = self.field.usable(own, one)
            for column, problem in enumerate(self.problems):
                for run in stretches(one.level[:, column], usable[:, column]):
                    rows = slice(run.first, run.last + 1)
                    use, came = own.use[rows, column], own.outcome[rows, column]
                    yield Alarm(
                        problem=problem,
                        forecaster=one.id,
                        first=date.fromordinal(int(own.days[run.first])),
                        last=date.fromordinal(int(own.days[run.last])),
                        highest=run.highest,
                        followed_by="event" if came.any() else "open" if use[-1] == Use.OPEN else "nothing",
                        false_days=int(((use == Use.SCORED) & ~came).sum()),
                    )

    def _not_scored(self) -> tuple[tuple[str, int], ...]:
        others = Counter(one.problem for one in self.outcomes if one.problem not in self.problems)
        return tuple(sorted(others.items()))

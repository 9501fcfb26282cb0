"""What is concluded from one journal, remembered by pack, place in the journal, instant and reading."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Lock

import numpy as np

from iw_monitor.assess.alerting.replaying import Noticed, history, scenes
from iw_monitor.assess.alerting.sightings import Scene
from iw_monitor.assess.coded import Coded
from iw_monitor.assess.declared import with_declared
from iw_monitor.assess.engine import Engine
from iw_monitor.assess.overridden import Effect, overridden
from iw_monitor.assess.priorities import Priority, priorities
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.states import States, states_at
from iw_monitor.assess.supposing import Supposition, WhatIf, what_if
from iw_monitor.assess.tracking import expected_in
from iw_monitor.assess.trails import Trail
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.closing import Closing, Window, closings_at
from iw_monitor.model.instants import EPOCH, NEVER, duration_microseconds, from_microseconds, microseconds
from iw_monitor.model.observation import Known, Observation, originator_of
from iw_monitor.model.pack import Pack
from iw_monitor.model.pack.alerts import AlertsFile
from iw_monitor.service.acted import Acted
from iw_monitor.service.memo import Memo
from iw_monitor.store.columns import Columns
from iw_monitor.store.journal import Journal

LIVE_STEP = timedelta(seconds=10)  # those who look within it share one assessment
_Place = tuple[int, int]  # in the journal: of the last report, and how many windows were closed and reopened
AHEAD = timedelta(days=1)  # an engine is made to last that long without a new report


class Conclusions:
    """Assessments of one journal. Safe to share between threads; each is computed once."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.acted = Acted(journal)
        self._columns: dict[str, Columns] = {}  # by pack id; only what is new is read again
        self._reading = Lock()
        self._reports: Memo[Reports] = Memo(most=2)
        self._engines: Memo[Engine] = Memo(most=4)
        self._newest_reports: dict[str, Reports] = {}  # by pack hash
        self._newest_engines: dict[tuple[str, Known], Engine] = {}  # by pack hash and reading
        self._assessments: Memo[Assessment] = Memo(most=64)
        self._replays: Memo[tuple[Assessment, ...]] = Memo(most=4)
        self._first: Memo[datetime | None] = Memo(most=4)
        self._priorities: Memo[tuple[Priority, ...]] = Memo(most=8)
        self._overridden: Memo[tuple[Effect, ...]] = Memo(most=64)

    def reports(self, pack: Pack) -> Reports:
        """Return everything reported on a pack, as columns for the engine."""
        return self._placed_reports(pack)[1]

    def rows(self, pack: Pack, places: Mapping[str, int]) -> dict[str, int]:
        """Return the rows of reports whose sequences in the journal are given, by the same names."""
        sequence = self._newest_columns(pack.id).sequence
        return dict(zip(places, np.searchsorted(sequence, list(places.values())).tolist(), strict=True))

    def assess(self, pack: Pack, when: datetime, known: Known, *, now: datetime) -> Assessment:
        """Return the assessment of an instant."""
        placed = self._placed_reports(pack)
        computed = self._assessments.get(
            (pack.hash, placed[0], when, known), lambda: self._several(pack, placed, (when,), known, now=now)[0]
        )
        return with_declared(computed, self.acted.judgements(pack.id))

    def replay(
        self, pack: Pack, instants: Sequence[datetime], known: Known, *, now: datetime
    ) -> tuple[Assessment, ...]:
        """Return the assessments of evenly spaced instants."""
        placed = self._placed_reports(pack)
        computed = self._replays.get(
            (pack.hash, placed[0], instants[:2], instants[-1:], known),
            lambda: self._several(pack, placed, instants, known, now=now),
        )
        judgements = self.acted.judgements(pack.id)
        return tuple(with_declared(one, judgements) for one in computed)

    def trails(self, pack: Pack, instants: Sequence[datetime], known: Known, *, now: datetime) -> dict[str, Trail]:
        """Return how each indicator stood at some instants, by its id: cheap, since nothing is concluded from it."""
        engine = self._engine(pack, self._placed_reports(pack), known, now=now)
        return engine.trails(np.array([microseconds(one) for one in instants], dtype=np.int64))

    def first_known(self, pack: Pack, known: Known) -> datetime | None:
        """Return when the first report became known, or None where there is none."""
        placed, reports = self._placed_reports(pack)
        return self._first.get((pack.hash, placed, known), lambda: _first(reports, known))

    def canonical_instants(
        self, pack: Pack, known: Known, *, after: datetime, until: datetime, now: datetime
    ) -> tuple[datetime, ...]:
        """Return the canonical instants after one instant, up to another that is not in the future."""
        engine = self._engine(pack, self._placed_reports(pack), known, now=now)
        instants = engine.reading.chain.between(microseconds(after), microseconds(until))
        return tuple(from_microseconds(one) for one in instants)

    def scene(self, pack: Pack, file: AlertsFile, when: datetime, known: Known, *, now: datetime) -> Scene:
        """Return what the rules of alerts look at, at an instant."""
        engine = self._engine(pack, self._placed_reports(pack), known, now=now)
        instant = np.array([microseconds(when)], dtype=np.int64)
        return next(scenes(engine, file, instant, self.acted.judgements(pack.id)))

    def noticed(
        self, pack: Pack, file: AlertsFile, known: Known, *, begin: datetime, now: datetime
    ) -> tuple[Noticed, ...]:
        """Return what every evaluation between two instants came to, had a worker run."""
        engine = self._engine(pack, self._placed_reports(pack), known, now=now)
        judged = self.acted.judgements(pack.id)
        return tuple(history(pack, file, engine, microseconds(now), begin=microseconds(begin), judgements=judged))

    def priorities(
        self, pack: Pack, when: datetime, known: Known, *, now: datetime, headline: str
    ) -> tuple[Priority, ...]:
        """Return what re-checking each scored indicator could do at an instant; ``headline`` is a problem's id."""
        placed = self._placed_reports(pack)

        def made() -> tuple[Priority, ...]:
            engine, states = self._states(pack, placed, known, when, now=now)
            compiled = engine.reading.compiled
            place = compiled.problems.index(headline)
            return priorities(compiled, states, engine.reading.draws, instant=microseconds(when), headline=place)

        return self._priorities.get((pack.hash, placed[0], when, known, headline), made)

    def what_if(self, pack: Pack, when: datetime, known: Known, *, now: datetime, supposed: Supposition) -> WhatIf:
        """Return what would be concluded at an instant if levels, ages or weights were others. Nothing is written."""
        engine, states = self._states(pack, self._placed_reports(pack), known, when, now=now)
        return what_if(engine.reading, states, microseconds(when), supposed)

    def overridden(
        self, pack: Pack, when: datetime, known: Known, *, now: datetime, indicator: str, level: int
    ) -> tuple[Effect, ...]:
        """Return what every problem would be at an instant, were an indicator at a level."""
        placed = self._placed_reports(pack)

        def made() -> tuple[Effect, ...]:
            engine, states = self._states(pack, placed, known, when, now=now)
            compiled, instant = engine.reading.compiled, microseconds(when)
            return overridden(compiled, states, indicator=indicator, level=level, instant=instant)

        return self._overridden.get((pack.hash, placed[0], when, known, indicator, level), made)

    def _states(
        self, pack: Pack, placed: tuple[_Place, Reports], known: Known, when: datetime, *, now: datetime
    ) -> tuple[Engine, States]:
        """Return an engine, and what every indicator says at one instant."""
        engine = self._engine(pack, placed, known, now=now)
        instant = np.array([microseconds(when)], dtype=np.int64)
        return engine, states_at(engine.reading.compiled, engine.history, instant)

    def expected(
        self, pack: Pack, windows: Sequence[Window], when: datetime, known: Known, *, now: datetime
    ) -> tuple[float, ...]:
        """Return how many events the evidence expected in each window, outside the episodes people told of by then."""
        engine = self._engine(pack, self._placed_reports(pack), known, now=now)
        closings = [one for one in closings_at(self.acted.closings(pack.id), when) if one.stands]
        return expected_in(engine.reading.compiled, engine.history, windows, closings)

    def supposing(
        self, pack: Pack, known: Known, *, now: datetime, added: Sequence[Observation], withdrawn: Collection[str] = ()
    ) -> tuple[Assessment, Assessment]:
        """Return what is concluded now, and what would be had some reports been added and others withdrawn.

        Neither is kept: it is asked at every keystroke, and would push out what pages share.
        """
        standing = self._engine(pack, self._placed_reports(pack), known, now=now)
        columns = _supposed(self._newest_columns(pack.id), added, frozenset(withdrawn), now)
        reports = _reports_of(pack, columns, standing.reading.reports.closings, standing.reading.reports)
        supposed = Engine.of(pack, reports, known, until=_end_of_day(now), earlier=standing)
        instant = np.array([microseconds(now)], dtype=np.int64)
        return next(standing.assessments(instant)), next(supposed.assessments(instant))

    def live(self, pack: Pack, now: datetime) -> datetime:
        """Return the instant that "now" means: whole ten seconds, unless something was entered since."""
        even = EPOCH + (now - EPOCH) // LIVE_STEP * LIVE_STEP
        reports = self.reports(pack)
        entered = [*reports.recorded[-1:].tolist(), *(int(reports.retracted[row]) for row in reports.withdrawn)]
        newest = from_microseconds(max(entered)) if entered else even  # the journal's times never go back
        return max(even, min(now, max(newest, self.acted.newest(pack.id) or even)))

    def _several(
        self,
        pack: Pack,
        placed: tuple[_Place, Reports],
        instants: Sequence[datetime],
        known: Known,
        *,
        now: datetime,
    ) -> tuple[Assessment, ...]:
        times = np.array([microseconds(one) for one in instants], dtype=np.int64)
        return tuple(self._engine(pack, placed, known, now=now).assessments(times))

    def _engine(self, pack: Pack, placed: tuple[_Place, Reports], known: Known, *, now: datetime) -> Engine:
        """Return an engine that reaches into tomorrow, so that the next look finds it ready."""
        changed, reports = placed
        until = _end_of_day(now)
        return self._engines.get(
            (pack.hash, *changed, known, until), lambda: self._continued(pack, reports, known, until)
        )

    def _continued(self, pack: Pack, reports: Reports, known: Known, until: int) -> Engine:
        """Return an engine that takes over what the one before it concluded and nothing new touches."""
        earlier = self._newest_engines.get((pack.hash, known))
        if earlier is not None and len(earlier.reading.reports) > len(reports):
            earlier = None  # somebody still looks at an older state of the journal
        engine = Engine.of(pack, reports, known, until=until, earlier=earlier)
        self._newest_engines = {key: value for key, value in self._newest_engines.items() if key[0] == pack.hash} | {
            (pack.hash, known): engine
        }
        return engine

    def _placed_reports(self, pack: Pack) -> tuple[_Place, Reports]:
        """Return everything that the engine looks at, and a key that changes when any of it does."""
        columns = self._newest_columns(pack.id)
        closings = self.acted.closings(pack.id) if pack.method.tracked else ()
        place = (columns.changed, len(closings) + sum(not one.stands for one in closings))
        return place, self._reports.get((pack.hash, *place), lambda: self._read_on(pack, columns, closings))

    def _read_on(self, pack: Pack, columns: Columns, closings: tuple[Closing, ...]) -> Reports:
        """Return the columns for the engine; those that were prepared before are not looked at again."""
        earlier = self._newest_reports.get(pack.hash)
        if earlier is not None and len(earlier) > len(columns):
            earlier = None  # somebody still looks at an older state of the journal
        reports = _reports_of(pack, columns, closings, earlier)
        self._newest_reports = {pack.hash: reports}
        return reports

    def _newest_columns(self, pack: str) -> Columns:
        held = self._columns.get(pack)
        if held is not None and self._journal.position() == held.position:
            return held  # as mostly: nobody waits for anybody
        with self._reading:
            held = self._columns.get(pack)
            if held is None:
                held = self._journal.columns(pack)
            elif self._journal.position() != held.position:
                held = held.extended(self._journal.columns(pack, after=held.position))
            self._columns[pack] = held
            return held


def _first(reports: Reports, known: Known) -> datetime | None:
    return from_microseconds(int(reports.known(known).min())) if len(reports) else None


def _end_of_day(now: datetime) -> int:
    day = duration_microseconds(AHEAD)
    return (microseconds(now) // day + 1) * day


def _supposed(columns: Columns, added: Sequence[Observation], withdrawn: frozenset[str], now: datetime) -> Columns:
    """Return columns as they would be, had some reports been added and others withdrawn now."""

    def times(name: str) -> list[int]:
        found = [getattr(one, name) for one in added]
        return [NEVER if one is None else microseconds(one) for one in found]

    gone = np.array([name in withdrawn for name in columns.ids], dtype=bool) & (columns.retracted == NEVER)
    return replace(
        columns,
        ids=np.append(columns.ids, np.array([one.id for one in added], dtype=object)),
        indicator=columns.indicator.followed_by(Coded.of(one.indicator for one in added)),
        level=np.append(columns.level, [one.level for one in added]).astype(np.int8),
        reliability=columns.reliability.followed_by(Coded.of(one.grade.reliability for one in added)),
        credibility=np.append(columns.credibility, [one.grade.credibility for one in added]).astype(np.int8),
        originator=columns.originator.followed_by(Coded.of(map(originator_of, added))),
        observed=np.append(columns.observed, times("observed_at")).astype(np.int64),
        published=np.append(columns.published, times("published_at")).astype(np.int64),
        recorded=np.append(columns.recorded, times("recorded_at")).astype(np.int64),
        retracted=np.append(np.where(gone, microseconds(now), columns.retracted), [NEVER] * len(added)).astype(
            np.int64
        ),
    )


def _reports_of(pack: Pack, columns: Columns, closings: tuple[Closing, ...], earlier: Reports | None = None) -> Reports:
    return Reports.from_columns(
        pack,
        earlier=earlier,
        closings=closings,
        ids=columns.ids,
        indicator=columns.indicator,
        level=columns.level,
        reliability=columns.reliability,
        credibility=columns.credibility,
        originator=columns.originator,
        observed=columns.observed,
        published=columns.published,
        recorded=columns.recorded,
        retracted=columns.retracted,
    )

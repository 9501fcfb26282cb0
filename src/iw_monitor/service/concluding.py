"""What a site concludes: now, at any instant, over a span, and with reports that are only supposed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.assess.alerting.replaying import Noticed
from iw_monitor.assess.alerting.sightings import Scene
from iw_monitor.assess.overridden import Effect
from iw_monitor.assess.priorities import Priority
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.supposing import Supposition, WhatIf
from iw_monitor.assess.trails import Trail
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.closing import Closing, Window
from iw_monitor.model.judgement import Judgement, JudgementKind, standing
from iw_monitor.model.observation import Known, Observation, Submission
from iw_monitor.model.pack.alerts import AlertsFile
from iw_monitor.model.proposal import Proposal
from iw_monitor.service.instants import checked, series
from iw_monitor.service.standpoint import Standpoint
from iw_monitor.store.records import recorded

SUPPOSED = "supposed-"  # begins the id of a report that was never recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What is concluded at one instant, and what would be; ``added`` are the reports supposed."""

    before: Assessment
    after: Assessment
    added: tuple[Observation, ...]


class Concluding(Standpoint):
    """A site as those see it who only look."""

    # --- What it rests on ---

    def reports(self) -> Reports:
        """Return everything reported, as columns for the engine."""
        return self._conclusions.reports(self.pack)

    def rows(self, places: Mapping[str, int]) -> dict[str, int]:
        """Return the rows in ``reports`` of reports whose sequences in the journal are given, by the same names."""
        return self._conclusions.rows(self.pack, places)

    def judgements(self) -> tuple[Judgement, ...]:
        """Return everything ever stated, in journal order: declarations, dissents, overrides, estimates."""
        return self._conclusions.acted.judgements(self.pack.id)

    def standing(self, as_of: datetime | None = None) -> tuple[Judgement, ...]:
        """Return the judgements that stand at an instant, by default now, oldest first."""
        return standing(self.judgements(), as_of or self.now())

    def proposals(self) -> tuple[Proposal, ...]:
        """Return everything ever proposed, in journal order, each with what was decided on it."""
        return self._conclusions.acted.proposals(self.pack.id)

    def closings(self) -> tuple[Closing, ...]:
        """Return every closing of a past window, in journal order, each with its reopening."""
        return self._conclusions.acted.closings(self.pack.id)

    def expected(self, windows: Sequence[Window], when: datetime) -> tuple[float, ...]:
        """Return how many events the evidence expected in each window, outside the episodes people told of by then."""
        return self._conclusions.expected(self.pack, windows, when, self.known, now=self.now())

    # --- What is concluded ---

    def assess(self, as_of: datetime | None = None, known: Known | None = None) -> Assessment:
        """Return the assessment of an instant, by default of now; nothing is used that became known later.

        Raises:
            InputError: the instant lies in the future.
            ValueError: the instant has no zone.
        """
        pack, now = self.pack, self.now()
        when = self._conclusions.live(pack, now) if as_of is None else checked(as_of, now=now)
        return self._conclusions.assess(pack, when, known or self.known, now=now)

    def noticed(self, file: AlertsFile, begin: datetime) -> tuple[Noticed, ...]:
        """Return what every evaluation of alerts from an instant until now came to, had a worker run."""
        return self._conclusions.noticed(self.pack, file, self.known, begin=begin, now=self.now())

    def replay(
        self, start: datetime, end: datetime, *, every: timedelta, known: Known | None = None
    ) -> tuple[Assessment, ...]:
        """Return the assessments from start to end, both included where the step meets them.

        Raises:
            InputError: the range is empty, too long or in the future, or the step is not positive.
            ValueError: an instant has no zone.
        """
        now = self.now()
        return self._conclusions.replay(self.pack, series(start, end, every, now=now), known or self.known, now=now)

    def trails(
        self, start: datetime, end: datetime, *, every: timedelta, known: Known | None = None
    ) -> dict[str, Trail]:
        """Return how each indicator stood from start to end, by its id; the end is among the instants.

        Raises:
            InputError: the range is empty, too long or in the future, or the step is not positive.
            ValueError: an instant has no zone.
        """
        now = self.now()
        instants = series(start, end, every, now=now)
        whole = instants if instants[-1] == end else (*instants, end)
        return self._conclusions.trails(self.pack, whole, known or self.known, now=now)

    def first_known(self, known: Known | None = None) -> datetime | None:
        """Return when the first report became known, or None where nothing was ever reported."""
        return self._conclusions.first_known(self.pack, known or self.known)

    def priorities(self, current: Assessment) -> tuple[Priority, ...]:
        """Return what re-checking each scored indicator could do, the most rewarding first (FEATURES 15.7)."""
        worst = max(current.problems, key=lambda one: one.points).id
        headline = current.headline.problem or worst
        return self._conclusions.priorities(self.pack, current.as_of, current.known, now=self.now(), headline=headline)

    def canonical_instants(self, after: datetime, until: datetime) -> tuple[datetime, ...]:
        """Return the instants of a stretch of the past at which the recommendation is made (METHOD 4.10)."""
        return self._conclusions.canonical_instants(self.pack, self.known, after=after, until=until, now=self.now())

    def scene(self, file: AlertsFile, at: datetime) -> Scene:
        """Return what rules of alerts look at, at an instant.

        Raises:
            InputError: the instant lies in the future.
        """
        now = self.now()
        return self._conclusions.scene(self.pack, file, checked(at, now=now), self.known, now=now)

    # --- What would be ---

    def suppose(self, added: Sequence[Submission] = (), withdrawn: Collection[str] = ()) -> Supposed:
        """Return what is concluded now, and what would be had some reports been added and others withdrawn.

        Nothing is written. The added ones count as recorded at this instant, as they would be.
        """
        pack, now = self.pack, self.now()
        rows = [recorded(one, observation_id=f"{SUPPOSED}{n}", recorded_at=now) for n, one in enumerate(added)]
        before, after = self._conclusions.supposing(pack, self.known, now=now, added=rows, withdrawn=withdrawn)
        return Supposed(before=before, after=after, added=tuple(rows))

    def what_if(self, supposed: Supposition, as_of: datetime | None = None, known: Known | None = None) -> WhatIf:
        """Return what would be concluded at an instant, by default now, if levels, ages or weights were others.

        Raises:
            InputError: the instant lies in the future.
            KeyError: the pack does not watch an indicator that is named.
            ValueError: the instant has no zone.
        """
        pack, now = self.pack, self.now()
        when = self._conclusions.live(pack, now) if as_of is None else checked(as_of, now=now)
        return self._conclusions.what_if(pack, when, known or self.known, now=now, supposed=supposed)

    def with_override(self, current: Assessment, indicator: str, level: int) -> tuple[Effect, ...]:
        """Return what every problem would be at an assessment's instant, were an indicator at a level (FEATURES 2.4).

        Shown beside what is computed, and used nowhere.
        """
        return self._conclusions.overridden(
            self.pack, current.as_of, current.known, now=self.now(), indicator=indicator, level=level
        )

    def standing_override(self, indicator: str) -> Judgement | None:
        """Return the override of an indicator that stands now, or None.

        While one stands, what a collector brings on the indicator waits for a person.
        """
        kinds = (JudgementKind.OVERRIDE, indicator)
        return next((one for one in self.standing() if (one.kind, one.subject) == kinds), None)

"""One table of the scorecard: a horizon, some problems, and every forecaster's scores on the same days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from iw_monitor.assess.compiled import Booleans, Floats
from iw_monitor.assess.scoring.bootstrap import ratio, skill, summed
from iw_monitor.assess.scoring.chances import brier_terms, calibration, log_terms, murphy, ranked_terms
from iw_monitor.assess.scoring.days import Sample, Use, independent_windows, withheld
from iw_monitor.assess.scoring.forecasters import LEVEL, MODEL, RECOMMENDED, REFERENCES, Forecaster
from iw_monitor.assess.scoring.scorecard import Counts, Row, Table
from iw_monitor.assess.scoring.steps import WARNING, lead_time, median_lead


@dataclass(frozen=True, slots=True)
class Field:
    """What all tables share."""

    forecasters: tuple[Forecaster, ...]
    assessed: Booleans  # T x P
    log_least: float

    def usable(self, sample: Sample, one: Forecaster) -> Booleans:
        """Return the days on which a forecaster's warning could have stood: assessed, not blanked, and it spoke."""
        usable: Booleans = self.assessed & np.not_equal(sample.use, Use.BLANKED)
        return usable if one.spoke is None else usable & one.spoke

    def lead(self, sample: Sample, one: Forecaster, column: int, event: int) -> int | None:
        """Return for how long a warning had stood when an event came."""
        return lead_time(
            sample.days, one.level[:, column], self.usable(sample, one)[:, column], event=event, longest=sample.horizon
        )


@dataclass(frozen=True, slots=True)
class Cut:
    """One horizon, some problems and some forecasters, all of whom spoke on every scored day."""

    field: Field
    about: Forecaster | None  # somebody who does not speak every day
    sample: Sample
    samples: Mapping[int, Sample]  # of all horizons, rising
    places: list[int]  # of the problems
    weights: Floats  # resamples x T

    def table(self, problem: str | None) -> Table:
        """Return the table, without rows where too little stands behind them; ``problem`` names it, None for all."""
        counts = self._counts()
        reasons = withheld(counts.events, counts.windows)
        return Table(
            horizon=self.sample.horizon,
            problem=problem,
            among=None if self.about is None else self.about.id,
            counts=counts,
            withheld=reasons,
            rows=() if reasons else tuple(self._row(one) for one in self._forecasters()),
        )

    def _forecasters(self) -> tuple[Forecaster, ...]:
        always = tuple(one for one in self.field.forecasters if one.spoke is None)
        if self.about is None:
            return always
        return (self.about, *(one for one in always if one.id in (MODEL, LEVEL, RECOMMENDED, *REFERENCES)))

    @property
    def scored(self) -> Booleans:
        return self.sample.scored[:, self.places]

    @property
    def outcome(self) -> Booleans:
        return self.sample.outcome[:, self.places]

    def _counts(self) -> Counts:
        use = self.sample.use[:, self.places]
        return Counts(
            days=use.size,
            scored=int(self.scored.sum()),
            before_event=int((self.scored & self.outcome).sum()),
            blanked=int((use == Use.BLANKED).sum()),
            open=int((use == Use.OPEN).sum()),
            unassessed=int((use == Use.UNASSESSED).sum()),
            silent=int((use == Use.SILENT).sum()),
            events=sum(len(self.sample.onsets[place]) for place in self.places),
            windows=independent_windows(self.sample.days[self.scored.any(axis=1)], self.sample.horizon),
        )

    def _row(self, one: Forecaster) -> Row:
        chance = one.chances[self.sample.horizon][:, self.places]
        pairs = chance[self.scored], self.outcome[self.scored]
        parts = murphy(*pairs)
        if parts is None:
            raise ValueError("a table without scored days has no rows")
        leads = self._leads(one)
        warned = one.level[:, self.places] >= WARNING
        days, brier, log, ranked, warnings, hits, misfires, events, *references = summed(
            self.weights,
            self._daily(1.0),
            self._daily(brier_terms(chance, self.outcome)),
            self._daily(log_terms(chance, self.outcome, least=self.field.log_least)),
            self._daily(self._ranked(one)),
            self._daily(warned),
            self._daily(warned & self.outcome),
            self._daily(warned & ~self.outcome),
            self._daily(self.outcome),
            *map(self._reference, REFERENCES),
        )
        return Row(
            forecaster=one.id,
            brier=ratio(brier, days),
            murphy=parts,
            skill=tuple((name, skill(brier, other)) for name, other in zip(REFERENCES, references, strict=True)),
            log=ratio(log, days),
            ranked=ratio(ranked, days) if self._is_longest else None,
            pod=ratio(hits, events),
            far=ratio(misfires, warnings),
            lead_median=median_lead(leads),
            warned=sum(lead is not None for lead in leads),
            calibration=calibration(*pairs) if one is self.about or one.id in (MODEL, LEVEL, RECOMMENDED) else (),
        )

    def _daily(self, terms: Floats | Booleans | float) -> Floats:
        """Return the sum over scored problems of each day."""
        return np.asarray(np.where(self.scored, terms, 0.0).sum(axis=1))

    def _reference(self, name: str) -> Floats:
        other = next(one for one in self.field.forecasters if one.id == name)
        return self._daily(brier_terms(other.chances[self.sample.horizon][:, self.places], self.outcome))

    @property
    def _is_longest(self) -> bool:
        return self.sample.horizon == max(self.samples)

    def _ranked(self, one: Forecaster) -> Floats | float:
        """Return the terms of the ranked score, which looks at all horizons and stands with the longest one."""
        if not self._is_longest:
            return 0.0
        chances = np.stack([one.chances[days][:, self.places] for days in self.samples])
        came = np.stack([each.outcome[:, self.places] for each in self.samples.values()])
        return ranked_terms(chances, came)

    def _leads(self, one: Forecaster) -> list[int | None]:
        return [
            self.field.lead(self.sample, one, place, event)
            for place in self.places
            for event in self.sample.onsets[place]
        ]

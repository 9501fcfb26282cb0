"""Scoring what was warned: a site's journal, or a pack's own shipped history, beside a file of what happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy as np

from iw_monitor.assess.reports import Reports
from iw_monitor.assess.scoring.scorecard import Scorecard
from iw_monitor.assess.scoring.scoring import HORIZONS, Span, score
from iw_monitor.errors import Finding, InputError
from iw_monitor.model.closing import Closing
from iw_monitor.model.instants import NEVER, from_microseconds
from iw_monitor.model.judgement import Judgement
from iw_monitor.model.observation import Known, Observation, Retraction
from iw_monitor.model.outcome import Outcome
from iw_monitor.model.pack import Pack
from iw_monitor.pack.find import find_pack
from iw_monitor.pack.load import load_pack
from iw_monitor.service.codes import refused
from iw_monitor.service.history import shipped_history
from iw_monitor.service.outcomes import OUTCOMES, read_outcome_file
from iw_monitor.service.site import Site


def score_site(
    site: Site,
    outcomes: Path,
    *,
    first: date | None = None,
    last: date | None = None,
    horizons: Sequence[int] = HORIZONS,
    known: Known = Known.PUBLISHED,
) -> Scorecard:
    """Return how the warnings of a journal did.

    Args:
        site: with the journal.
        outcomes: a file of what happened, complete up to ``last``.
        first: day of the first forecast; by default the day after the first report.
        last: the last day of which is known what happened; by default that of the newest report or outcome.
        horizons: in days.
        known: how to read "known at".

    Raises:
        InputError: the file is wrong or empty, nothing was reported, or reports and span do not overlap.
        OSError: the file cannot be opened.
    """
    asked = _Asked(path=outcomes, first=first, last=last, horizons=horizons, known=known, now=site.now())
    return asked.card(site.pack, site.observations(), site.retractions(), site.judgements(), site.closings())


def score_beside_history(site: Site, *, last: date | None = None, known: Known | None = None) -> Scorecard:
    """Return how the warnings of a journal did, beside what the pack's own folder says really happened.

    Args:
        site: with the journal.
        last: as in ``score_site``.
        known: how to read "known at"; by default as the site does.

    Raises:
        InputError: the pack says nothing of what happened, or as in ``score_site``.
        OSError: the file cannot be opened.
    """
    path = site.loaded.folder / OUTCOMES
    if not path.is_file():
        problem = f"the pack {site.pack.id} does not say what really happened"
        raise refused("S124", "outcomes", problem, remedy=f"Put it into {OUTCOMES.as_posix()} of the pack's folder")
    return score_site(site, path, last=last, known=known or site.known)


def score_history(
    pack: str,
    *,
    now: datetime,
    outcomes: Path | None = None,
    first: date | None = None,
    last: date | None = None,
    horizons: Sequence[int] = HORIZONS,
) -> Scorecard:
    """Return how a pack would have done on the history shipped in its folder, without any journal.

    Args:
        pack: its folder, or the name of a shipped one.
        now: no report may be later.
        outcomes: a file of what happened; by default the one of the history.
        first: as in ``score_site``.
        last: as in ``score_site``.
        horizons: in days.

    Raises:
        InputError: the pack or its history cannot be used, or as in ``score_site``.
        OSError: a file cannot be opened.
    """
    folder = find_pack(pack)
    loaded = load_pack(folder).pack
    asked = _Asked(
        path=outcomes or folder / OUTCOMES, first=first, last=last, horizons=horizons, known=Known.PUBLISHED, now=now
    )
    return asked.card(loaded, shipped_history(folder, loaded, now=now), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """What is asked for, before it is known whether it can be answered."""

    path: Path  # of the outcomes
    first: date | None
    last: date | None
    horizons: Sequence[int]
    known: Known
    now: datetime

    def card(
        self,
        pack: Pack,
        rows: Sequence[Observation],
        retractions: Sequence[Retraction],
        judgements: Sequence[Judgement] = (),
        closings: Sequence[Closing] = (),
    ) -> Scorecard:
        happened = read_outcome_file(self.path)
        findings = self._findings(pack, happened)
        if findings:
            raise InputError(findings)

        def reports_for(changed: Pack) -> Reports:
            return Reports.of(changed, rows, retractions, closings)

        span = self._span(reports_for(pack), happened)
        return score(pack, reports_for, happened, span, horizons=self.horizons, known=self.known, judgements=judgements)

    def _findings(self, pack: Pack, happened: Sequence[Outcome]) -> list[Finding]:
        problems = [one.id for one in pack.file.problems]
        if any(one.problem in problems for one in happened):
            return []
        what = "it names no event" if not happened else f"none of its rows is about a problem of the pack {pack.id}"
        remedy = f"Add the events of {', '.join(problems)}; a history without any cannot be told from one not kept"
        return [Finding(code="S121", file=self.path.as_posix(), line=0, field="problem", problem=what, remedy=remedy)]

    def _span(self, reports: Reports, happened: Sequence[Outcome]) -> Span:
        """Return the days to score, or say why there are none."""
        times = _known_times(reports, self.known)
        if not len(times):
            remedy = "Import the history first, or use --history for the one that comes with the pack"
            raise refused("S122", "journal", "nothing that is scored was ever reported", remedy=remedy)
        begun = _day_of(times.min()) + timedelta(days=1)  # its 00:00Z is the first that knows of a report
        newest = max(_day_of(times.max()), happened[-1].day)
        first, last = max(self.first or begun, begun), min(self.last or newest, self.now.date())
        if last < first or happened[-1].day < first or last < happened[0].day:
            problem = (
                f"the reports can be scored from {begun} on, the outcomes run from {happened[0].day} to "
                f"{happened[-1].day}, and {first} to {last} is asked for: these do not overlap"
            )
            remedy = "Give outcomes of the time that the reports cover, or another --from and --to"
            raise refused("S123", "from", problem, remedy=remedy)
        return Span(first=first, last=last)


def _known_times(reports: Reports, known: Known) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    counts = reports.scored & (reports.indicator >= 0) & (reports.gone(known) > reports.known(known))
    times = reports.known(known)[counts]
    return times[times < NEVER]


def _day_of(value: int) -> date:
    return from_microseconds(int(value)).date()

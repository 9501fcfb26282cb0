"""The queue: every watched indicator in the order in which a look pays most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from iw_monitor.assess.corroboration import Corroboration, corroboration
from iw_monitor.assess.priorities import Priority
from iw_monitor.model.assessment import Assessment, Freshness, IndicatorAssessment
from iw_monitor.model.instants import NEVER
from iw_monitor.model.observation import Observation
from iw_monitor.model.pack import Indicator
from iw_monitor.service.site import Site


class Place(IntEnum):
    """Where an indicator stands in the queue."""

    ASKS = 1  # due, stale or unknown
    CURRENT = 2
    CONTEXT = 3  # not scored: nothing depends on it


@dataclass(frozen=True, slots=True, kw_only=True)
class Queued:
    """One indicator in the queue."""

    place: Place
    indicator: Indicator
    state: IndicatorAssessment
    priority: Priority | None  # None where it is not scored
    newest: str  # id of its newest report, scored or not: what an act says it saw; "" for none
    corroboration: Corroboration | None


def queue(site: Site, current: Assessment) -> tuple[Queued, ...]:
    """Return every watched indicator: first what is due, stale or unknown, each part by what a re-check gains."""
    priority = {one.indicator: (rank, one) for rank, one in enumerate(site.priorities(current))}
    seen, evidence = newest(site), _evidence(site, current)
    rows = [
        Queued(
            place=_place(one, scored=one.id in priority),
            indicator=site.pack.indicator(one.id),
            state=one,
            priority=priority[one.id][1] if one.id in priority else None,
            newest=seen.get(one.id, ""),
            corroboration=corroboration(
                site.pack, one.level, [evidence[name] for name in one.observations if name in evidence]
            ),
        )
        for one in current.indicators
    ]
    return tuple(sorted(rows, key=lambda one: (one.place, priority.get(one.indicator.id, (0, None))[0])))


def newest(site: Site) -> dict[str, str]:
    """Return the id of each indicator's newest report that is not retracted, scored or not."""
    reports = site.reports()
    live = np.flatnonzero(reports.retracted == NEVER)
    order = live[np.argsort(reports.observed[live], kind="stable")]  # of equals the one recorded last
    return {
        reports.names[int(reports.indicator[row])]: reports.ids[int(row)]
        for row in order
        if reports.indicator[row] >= 0
    }


def _evidence(site: Site, current: Assessment) -> dict[str, Observation]:
    """Return the reports behind the levels of which the pack demands several voices."""
    rule = site.pack.file.evidence.high
    if rule is None:
        return {}
    high = [one for one in current.indicators if one.level is not None and one.level >= rule.from_level]
    return reports(site, [name for one in high for name in one.observations])


def reports(site: Site, ids: Sequence[str]) -> dict[str, Observation]:
    """Return reports by their ids."""
    found = site.journal.observations(site.pack.id, ids=ids) if ids else ()
    return {one.id: one for one in found}


def _place(state: IndicatorAssessment, *, scored: bool) -> Place:
    if not scored:
        return Place.CONTEXT
    return Place.CURRENT if state.status is Freshness.FRESH else Place.ASKS

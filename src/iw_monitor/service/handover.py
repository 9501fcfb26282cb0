"""Gathering what a handover sheet tells of, from one assessment and the journal as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from iw_monitor.model.assessment import Assessment
from iw_monitor.model.watch_log import LogEntry, LogKind
from iw_monitor.service.alert_desk import glance
from iw_monitor.service.site import Site
from iw_monitor.service.sources import dead_sources
from iw_monitor.telling.changes import since as changed_since
from iw_monitor.telling.handover import Sheet


def sheet(site: Site, *, since: datetime, log: Sequence[LogEntry], questions: Sequence[LogEntry]) -> Sheet:
    """Return the sheet of a watch that began at an instant and ends now.

    Raises:
        InputError: the instant lies in the future.
    """
    current, earlier = site.assess(), site.assess(since)
    return Sheet(
        pack=site.pack,
        at=current,
        since=since,
        changes=None if _is_empty(earlier) else changed_since(site.pack, earlier, current),
        standing=site.standing(),
        unacknowledged=tuple(one for one in glance(site).loud if not one.is_owned),
        waiting=tuple(one for one in site.acts.proposals(site.pack.id) if one.is_open),
        dead=dead_sources(site, at=current.as_of),
        questions=tuple(questions),
        notes=tuple(one for one in log if one.recorded_at >= since and one.kind is not LogKind.CAUGHT_UP),
    )


def _is_empty(assessment: Assessment) -> bool:
    return all(one.level is None for one in assessment.indicators)

"""What a shift hands over beside the gauge, as of an instant: what fires, what is open, and what was noted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from iw_monitor.model.alert import AlertState, Transition
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.watch_log import LogEntry, LogKind, open_questions
from iw_monitor.publish.report.content import Shift
from iw_monitor.service.alerting import rules_of
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from iw_monitor.store.watch_log import WatchLogStore
from iw_monitor.telling.alerts import subject_title

_ACTIVE = (AlertState.FIRING, AlertState.BLIND)


def shift_of(site: Site, start: datetime, end: datetime) -> Shift:
    """Return what the shift between two instants hands over; nothing that came after it is in it.

    Raises:
        StoreError: the journal cannot be read.
    """
    log = [one for one in WatchLogStore(site.journal).entries(site.pack.id) if one.recorded_at <= end]
    noted = [one for one in log if one.recorded_at >= start and one.kind is LogKind.NOTE]
    return Shift(
        firing=tuple(_firing(site, end)),
        questions=tuple(_said(one, site) for one in open_questions(log)),
        notes=tuple(_said(one, site) for one in noted),
    )


def _firing(site: Site, end: datetime) -> Iterator[str]:
    """Give the alerts that fired at an instant, by what was noticed of each of them last."""
    last: dict[tuple[str, str], Transition] = {}
    for one in AlertStore(site.journal, site.pack.id).transitions():
        if one.at <= end:
            last[one.rule, one.subject] = one
    titles = {one.id: one.title for one in rules_of(site).rules}
    for one in last.values():
        if one.after in _ACTIVE:
            about = subject_title(site.pack, one.subject)
            yield f"{titles.get(one.rule, one.rule)}: {about}, {one.says}, since {day_time_group(one.at)}."


def _said(one: LogEntry, site: Site) -> str:
    about = f" on {subject_title(site.pack, one.about)}" if one.about else ""
    return f"{day_time_group(one.recorded_at)} {one.author}{about}: {' '.join(one.text.split())}"

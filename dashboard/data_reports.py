"""The part of the door that leads to reports: what was made of them, and having one made."""

from __future__ import annotations

from typing import TypeAlias

from dashboard import data
from iw_monitor.model import snapshot
from iw_monitor.service import report_desk, report_list, reporting

Format: TypeAlias = snapshot.Format
KeptSnapshot: TypeAlias = snapshot.KeptSnapshot
Layout: TypeAlias = snapshot.Layout
Planned: TypeAlias = reporting.Planned
ReportDesk: TypeAlias = report_desk.ReportDesk
ReportLine: TypeAlias = snapshot.ReportLine
ReportOutcome: TypeAlias = snapshot.ReportOutcome


def desk() -> ReportDesk:
    """Return the reports as whoever is signed in at this moment has them made; in the demo, any visitor."""
    return ReportDesk(data.site(), data.desk().actor)


def planned() -> tuple[Planned, ...]:
    """Return the reports that the pack plans, each with its next due time."""
    return reporting.planned(data.site())


def lines(*, limit: int) -> tuple[ReportLine, ...]:
    """Return what was made and what was not, the newest first."""
    return report_list.report_list(data.site(), limit=limit)

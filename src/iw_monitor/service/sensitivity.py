"""What levels hang on: at an instant on each indicator, and over a history on who graded it."""

from __future__ import annotations

from datetime import datetime

from iw_monitor.assess.coders import Coders, coders
from iw_monitor.assess.compiled import compile_pack
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.sensitivity import ProblemSensitivity, sensitivity
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack
from iw_monitor.pack.find import find_pack
from iw_monitor.pack.load import load_pack
from iw_monitor.service.history import reported_span, shipped_history
from iw_monitor.service.site import Site


def sensitivity_at(
    site: Site, as_of: datetime | None, known: Known
) -> tuple[Assessment, tuple[ProblemSensitivity, ...]]:
    """Return the assessment of an instant (by default now), and what each problem's level hangs on.

    Raises:
        ValueError: ``as_of`` has no time zone.
    """
    assessment = site.assess(as_of, known)
    return assessment, sensitivity(compile_pack(site.pack), site.reports(), assessment.as_of, assessment.known)


def coders_in_journal(site: Site, known: Known) -> Coders:
    """Return how robust the levels of a site's journal are against coders who differ.

    Raises:
        InputError: nothing was reported.
    """
    reports = site.reports()
    return coders(site.pack, reports, reported_span(reports, known, now=site.now()), known)


def coders_in_history(pack: str, *, now: datetime) -> tuple[Pack, Coders]:
    """Return a pack, and how robust the levels of the history in its folder are against coders who differ.

    Raises:
        InputError: the pack or its history cannot be used.
        OSError: a file cannot be opened.
    """
    folder = find_pack(pack)
    loaded = load_pack(folder).pack
    reports = Reports.of(loaded, shipped_history(folder, loaded, now=now))
    instants = reported_span(reports, Known.PUBLISHED, now=now)
    return loaded, coders(loaded, reports, instants, Known.PUBLISHED)

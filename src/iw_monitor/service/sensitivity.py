"""What the levels of a site hang on at an instant."""

from __future__ import annotations

from datetime import datetime

from iw_monitor.assess.compiled import compile_pack
from iw_monitor.assess.sensitivity import ProblemSensitivity, sensitivity
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.observation import Known
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

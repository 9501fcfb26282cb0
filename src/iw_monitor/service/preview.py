"""What would come of a report before it is recorded: what is wrong with it, and its effect on points and levels."""

from __future__ import annotations

from dataclasses import dataclass, replace

from iw_monitor.assess.corroboration import Corroboration, corroboration
from iw_monitor.collect.validate import RawReport
from iw_monitor.errors import Finding, Severity
from iw_monitor.service.concluding import Supposed
from iw_monitor.service.queue import reports
from iw_monitor.service.site import Site

NOT_WRITTEN = "(not written yet)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What would come of a report as typed: everything there is to say, and the effect as far as it can be told."""

    findings: tuple[Finding, ...]
    supposed: Supposed | None  # None while level, grade or time is missing or wrong
    corroboration: Corroboration | None

    @property
    def errors(self) -> tuple[Finding, ...]:
        return tuple(one for one in self.findings if one.severity is Severity.ERROR)


def preview(site: Site, raw: RawReport, *, author: str) -> Preview:
    """Say what would come of a report as typed. Nothing is written.

    The effect is told as soon as level, grade and time are there, whatever else is still missing.
    """
    examined = site.examine(raw, author=author)
    full = replace(
        raw, statement=raw.statement.strip() or NOT_WRITTEN, source_name=raw.source_name.strip() or NOT_WRITTEN
    )
    complete = examined if examined.submission else site.examine(full, author=author)
    if complete.submission is None:
        return Preview(findings=examined.findings, supposed=None, corroboration=None)
    supposed = site.suppose([complete.submission])
    found = _corroborated(site, supposed, raw.indicator.strip())
    doubt = _not_corroborated(found) if found and not found.is_enough else ()
    return Preview(findings=(*examined.findings, *doubt), supposed=supposed, corroboration=found)


def _corroborated(site: Site, supposed: Supposed, indicator: str) -> Corroboration | None:
    new = {one.id: one for one in supposed.added}
    state = supposed.after.indicator(indicator)
    if not new.keys() & set(state.observations):
        return None  # the report does not set the level, so it says nothing of it
    held = reports(site, [name for name in state.observations if name not in new]) | new
    return corroboration(site.pack, state.level, held.values())


def _not_corroborated(found: Corroboration) -> tuple[Finding, ...]:
    said = ", ".join(found.originators) or "nobody"
    return (
        Finding(
            code="S107",
            file="",
            line=0,
            field="level",
            problem=f"level {found.level} is not yet corroborated: the pack asks for {found.needed} originators of "
            f"{found.grade} or better, so far {said} counts",
            remedy="It is recorded and counts at once; look for an independent source",
            severity=Severity.ISSUE,
        ),
    )

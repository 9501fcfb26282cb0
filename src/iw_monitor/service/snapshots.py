"""Taking a snapshot of a site: one frozen content, from the same Assessment as the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.assess.compiled import compile_pack
from iw_monitor.assess.sensitivity import sensitivity
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.judgement import Judgement, JudgementKind
from iw_monitor.model.observation import Known, Observation
from iw_monitor.model.pack import Pack
from iw_monitor.model.snapshot import Layout, Marking, Standing
from iw_monitor.publish.report.content import Snapshot
from iw_monitor.service.marks import exercise_of
from iw_monitor.service.shift import shift_of
from iw_monitor.service.site import Site
from iw_monitor.service.sources import dead_sources
from iw_monitor.telling import formats
from iw_monitor.telling.changes import changes, since

DAY, WEEK = timedelta(days=1), timedelta(days=7)
COURSE = timedelta(days=60)  # what the course of a weekly brief reaches back
MOST_EVIDENCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a snapshot is asked for."""

    layout: Layout = Layout.WATCH
    as_of: datetime | None = None  # None: now
    known: Known | None = None
    start: datetime | None = None  # since when changes are told; None: as far back as the layout looks
    report: str = ""  # its id in reports.yml
    title: str = ""
    exercise: bool = False
    due_at: datetime | None = None
    late_by: timedelta | None = None


def snapshot_of(site: Site, wanted: Wanted, *, author: str, via: str) -> Snapshot:
    """Return the snapshot of an instant; nothing that became known later is in it.

    Raises:
        InputError: the instant lies in the future.
    """
    pack, known = site.pack, wanted.known or site.known
    at = site.assess(wanted.as_of, known)
    position, head = site.journal.head()
    start = wanted.start or at.as_of - wanted.layout.window
    earlier = _at(site, start, known)
    told = None if earlier is None else since(pack, earlier, at)
    windows = [(name, _at(site, at.as_of - length, known)) for name, length in (("24 h", DAY), ("7 d", WEEK))]
    standing = site.standing(at.as_of)
    return Snapshot(
        pack=pack,
        at=at,
        layout=wanted.layout,
        title=wanted.title or wanted.layout.heading,
        standing=_standing(site, exercise=wanted.exercise),
        marking=Marking(pack.file.handling),
        author=author,
        via=via,
        made_at=site.now(),
        position=position,
        head=head,
        start=start,
        since=told,
        changes=changes(at, windows),
        sensitivity=sensitivity(compile_pack(pack), site.reports(), at.as_of, known),
        evidence=_evidence(site, at, () if told is None else (one.indicator for one in told.movers)),
        frames=_course(site, at, known) if wanted.layout is Layout.WEEKLY else (),
        shift=shift_of(site, start, at.as_of) if wanted.layout is Layout.HANDOVER else None,
        due_at=wanted.due_at,
        late_by=wanted.late_by,
        report=wanted.report,
        declared=tuple(_declared(one, pack) for one in standing if one.kind is JudgementKind.DECLARATION),
        dead=dead_sources(site, at=at.as_of),
        dissent=tuple(_dissent(one, pack) for one in standing if one.kind is JudgementKind.DISSENT),
    )


def _standing(site: Site, *, exercise: bool) -> Standing:
    if site.demo:
        return Standing.TEST
    return Standing.EXERCISE if exercise or exercise_of(site) is not None else Standing.ACTUAL


def _at(site: Site, instant: datetime, known: Known) -> Assessment | None:
    """Return an earlier assessment, or None if nothing had been reported by then."""
    found = site.assess(instant, known)
    return None if all(one.level is None for one in found.indicators) else found


def _evidence(site: Site, at: Assessment, moved: Iterable[str | None]) -> tuple[Observation, ...]:
    """Return the newest report behind each indicator that moved, then behind those that count most."""
    counting = [] if at.headline.problem is None else at.problem(at.headline.problem).contributions
    by_weight = sorted(counting, key=lambda one: (-abs(one.counted), one.indicator))
    names = dict.fromkeys([*(one for one in moved if one), *(one.indicator for one in by_weight)])
    states = [at.indicator(name) for name in names]
    newest = [one.observations[0] for one in states if one.observations][:MOST_EVIDENCE]
    found = site.journal.observations(site.pack.id, ids=newest) if newest else ()
    return tuple(sorted(found, key=lambda one: (one.observed_at, one.id), reverse=True))


def _course(site: Site, at: Assessment, known: Known) -> tuple[Assessment, ...]:
    """Return daily assessments up to the instant, from when something was known."""
    first = at.as_of - COURSE
    frames = site.replay(first, at.as_of, every=DAY, known=known)
    return tuple(one for one in frames if any(each.level is not None for each in one.indicators))


def _declared(one: Judgement, pack: Pack) -> str:
    return f"{_stated(one, pack)} Declared until {day_time_group(one.until)}."


def _dissent(one: Judgement, pack: Pack) -> str:
    return f"{_stated(one, pack)} It is shown, and not averaged in."


def _stated(one: Judgement, pack: Pack) -> str:
    title = next((each.title for each in pack.file.problems if each.id == one.subject), one.subject)
    return f"{one.author} says {formats.level_words(one.level, pack)} of {title}: {one.reason.rstrip('.')}."

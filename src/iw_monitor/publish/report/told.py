"""A snapshot in words and plain values, once for every format that people read. Renderers only lay it out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from iw_monitor.model.assessment import Freshness, IndicatorAssessment, ProblemAssessment
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.observation import Observation
from iw_monitor.model.pack import Pack
from iw_monitor.publish.report.content import Snapshot
from iw_monitor.publish.report.course import course, course_days
from iw_monitor.publish.report.mind import mind_changers
from iw_monitor.publish.report.parts import Bar, CourseRow, Evidence, Level, Lines, ProblemRow, Row, level_of, readable
from iw_monitor.telling import formats
from iw_monitor.telling.changes import Change, Moved
from iw_monitor.telling.charts import Scale
from iw_monitor.telling.inks import NO_ASSESSMENT, SHAPES, UNKNOWN
from iw_monitor.telling.reading import scale_of
from iw_monitor.telling.sentences import (
    KNOWN,
    called,
    cause,
    confidence,
    floor_too,
    likelihood,
    likely,
    no_assessment,
    stands,
    sum_alone,
    titles,
    track_record,
)
from iw_monitor.telling.silence import dead_behind, went_silent

MOST_MOVERS, MOST_GAPS, MOST_EVIDENCE = 5, 8, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Everything a reader is told, in the order in which it is read."""

    marking: str
    standing: str  # DEMO, EXERCISE or nothing
    late: str
    kind: str
    title: str  # of the pack: what is watched
    as_of: str
    local: str
    known: str
    window: str
    level: Level
    level_since: str
    headline: str  # title of the problem that sets it
    judgement: tuple[str, ...]
    declared: tuple[str, ...]
    dissent: tuple[str, ...]
    unstated: str  # that nobody declares, or dissents: said, so that nobody has to guess
    problems: tuple[ProblemRow, ...]
    up: tuple[Row, ...]
    down: tuple[Row, ...]
    levels: tuple[Row, ...]
    newly_stale: tuple[Row, ...]
    no_comparison: str
    shift: tuple[Lines, ...]  # what a shift hands over; nothing in the other layouts
    course: tuple[CourseRow, ...]
    course_days: tuple[str, ...]  # under it: its first day, its middle, its last
    coverage: str
    stale: tuple[Row, ...]
    unknown: tuple[Row, ...]
    dead: tuple[str, ...]  # sentences on sources behind what is stale or unknown
    due: tuple[Row, ...]
    mind: tuple[Row, ...]
    evidence: tuple[Evidence, ...]
    scale_note: str
    stamp: tuple[tuple[str, str], ...]
    names: tuple[str, ...]  # that the pack gives, the longest first

    def sentences(self) -> Iterator[str]:
        """Give what we say in our own words: what the linter reads.

        Statements, and the reasons of who declares or dissents, are those of their authors; names are the pack's.
        """
        names = re.compile("|".join(map(re.escape, self.names)))
        return (names.sub("…", text) for text in self._said())

    def _said(self) -> Iterator[str]:
        yield from (*self.judgement, self.unstated, self.coverage, self.no_comparison, *self.dead)
        for one in self.problems:
            yield from one.told
            yield f"{one.likelihood}."
        yield from (f"{one.title}: {one.note}." for one in self.mind)


SCALE_NOTE = "3 points double the odds, 10 points multiply them by ten."


def told(snapshot: Snapshot) -> Told:
    """Return what a snapshot tells, in texts that can be laid out anywhere."""
    whole: Told = readable(_told(snapshot))
    return whole


def _told(snapshot: Snapshot) -> Told:
    pack, at = snapshot.pack, snapshot.at
    zone, since = ZoneInfo(pack.file.time_zone), snapshot.since
    top = at.headline
    movers = () if since is None else since.movers
    return Told(
        marking=snapshot.marking.value,
        standing=snapshot.standing.mark,
        late="" if snapshot.late_by is None else f"late by {formats.duration(snapshot.late_by)}",
        kind=snapshot.title,
        title=pack.file.title,
        as_of=day_time_group(at.as_of),
        local=formats.local_time(at.as_of, zone),
        known=KNOWN[at.known.value],
        window=f"since {day_time_group(snapshot.start)}",
        level=level_of(top.level, pack),
        level_since="" if top.since is None else f"since {day_time_group(top.since)}",
        headline="" if top.problem is None else pack.problem(top.problem).title,
        judgement=tuple(_judgement(snapshot)),
        declared=snapshot.declared,
        dissent=snapshot.dissent,
        unstated=_unstated(snapshot),
        problems=tuple(_problem(one, snapshot) for one in at.problems),
        up=tuple(_mover(one) for one in movers if one.change > 0)[:MOST_MOVERS],
        down=tuple(_mover(one) for one in movers if one.change < 0)[:MOST_MOVERS],
        levels=() if since is None else tuple(_level_row(one.title, one.before, one.after) for one in since.levels),
        newly_stale=() if since is None else tuple(_aged(one, snapshot) for one in since.newly_stale),
        no_comparison="" if since else f"Nothing was known at {day_time_group(snapshot.start)} to compare with.",
        shift=tuple(_shift(snapshot)),
        course=tuple(course(snapshot)),
        course_days=course_days(snapshot),
        coverage=_coverage(snapshot),
        stale=_listed(snapshot, Freshness.STALE),
        unknown=_listed(snapshot, Freshness.UNKNOWN),
        dead=tuple(_dead(snapshot)),
        due=_next_due(snapshot),
        mind=tuple(Row(mark="", title=title, note=note) for title, note in mind_changers(snapshot)),
        evidence=tuple(_evidence(one, titles(pack)) for one in snapshot.evidence[:MOST_EVIDENCE]),
        scale_note=SCALE_NOTE,
        stamp=tuple(_stamp(snapshot)),
        names=tuple(sorted(_names(pack), key=len, reverse=True)),
    )


def _names(pack: Pack) -> Iterator[str]:
    """Give everything that has a name in the pack."""
    file = pack.file
    parts = (*pack.indicators, *file.problems, *file.families, *file.fronts, *file.interactions, *file.tripwires)
    yield from (one.title for one in parts)
    yield from (one.short_title for one in file.problems)


def _judgement(snapshot: Snapshot) -> Iterator[str]:
    """Give the judgement in sentences: what the level is and what set it, how likely, how sure."""
    pack, top = snapshot.pack, snapshot.at.headline
    if top.level is None or top.problem is None:
        yield no_assessment(snapshot.at, pack)
        return
    one = snapshot.at.problem(top.problem)
    alone = sum_alone(one, pack) or floor_too(one, pack)
    yield f"{one.title} sets the level: {cause(one, pack)}. {alone}".strip()
    yield likely(one, pack)
    yield confidence(one)


def _unstated(snapshot: Snapshot) -> str:
    said = ("Nobody declares a level.", snapshot.declared), ("Nobody dissents.", snapshot.dissent)
    return " ".join(words for words, there in said if not there)


def _shift(snapshot: Snapshot) -> Iterator[Lines]:
    if snapshot.shift is not None:
        yield Lines(title="What fires", lines=snapshot.shift.firing, empty="No alert fires.")
        yield Lines(title="Open questions", lines=snapshot.shift.questions, empty="None.")
        yield Lines(title="Noted on this shift", lines=snapshot.shift.notes, empty="Nothing.")


def _problem(one: ProblemAssessment, snapshot: Snapshot) -> ProblemRow:
    pack, scale = snapshot.pack, scale_of(snapshot.pack)
    shown = formats.shown_level(one)
    changes = snapshot.changes.get(one.id, ())
    return ProblemRow(
        title=one.title,
        level=level_of(shown, pack),
        likelihood=stands(one, pack),
        points="" if shown is None else f"{formats.signed(one.points)} points",
        trends=tuple(_trend(each, pack.method.trend.dead_band) for each in changes),
        bar=_bar(one, scale, changes, shown=shown is not None),
        told=tuple(_told_of(one, snapshot)),
    )


def _told_of(one: ProblemAssessment, snapshot: Snapshot) -> Iterator[str]:
    pack = snapshot.pack
    if not one.assessed:
        yield f"Only {formats.whole_percent(one.coverage)} of its evidence is current: too little for a level."
        return
    alone = sum_alone(one, pack) or floor_too(one, pack)
    yield f"Set by {cause(one, pack)}. {alone}".strip()
    yield confidence(one)
    if one.track is not None:
        yield track_record(one)


def _bar(one: ProblemAssessment, scale: Scale, changes: Sequence[Change], *, shown: bool) -> Bar:
    past = next((each.before for each in changes if each.before is not None), None)
    return Bar(
        bands=tuple((scale.share(low), scale.share(high) - scale.share(low)) for _, low, high in scale.bands),
        low=scale.share(one.points_low),
        high=scale.share(one.points_high),
        points=scale.share(one.points) if shown else None,
        day_ago=None if past is None or not shown else scale.share(past),
    )


def _trend(change: Change, band: float) -> str:
    """Return a change over its window, with a dead-band; not enough data is said."""
    if change.points is None:
        return f"{change.window}: not enough data"
    if abs(change.points) < band:
        return f"{change.window}: steady"
    return f"{change.window}: {'↑' if change.points > 0 else '↓'} {formats.signed(change.points)}"


def _mover(one: Moved) -> Row:
    moved = "" if one.before == one.after else f" · level {_number(one.before)} → {_number(one.after)}"
    return Row(mark=formats.signed(one.change), title=one.title, note=f"{one.problem_title}{moved}")


def _number(level: int | None) -> str:
    return UNKNOWN if level is None else str(level)


def _level_row(title: str, before: int | None, after: int | None) -> Row:
    marks = [UNKNOWN if one is None else f"{SHAPES[one]} {one}" for one in (before, after)]
    return Row(mark="", title=title, note=" → ".join(marks))


def _aged(one: IndicatorAssessment, snapshot: Snapshot) -> Row:
    age = formats.age(one.observed_at, snapshot.at.as_of)
    return Row(
        mark="", title=called(snapshot.pack.indicator(one.id)), note=age if one.observed_at is None else f"{age} old"
    )


def _scored(snapshot: Snapshot) -> Iterable[IndicatorAssessment]:
    counted = {one.id for one in snapshot.pack.indicators if one.scored}
    return [one for one in snapshot.at.indicators if one.id in counted]


def _coverage(snapshot: Snapshot) -> str:
    scored = list(_scored(snapshot))
    count = {status: sum(one.status is status for one in scored) for status in Freshness}
    current = count[Freshness.FRESH] + count[Freshness.DUE]
    return (
        f"{current} of {len(scored)} indicators are current, {count[Freshness.STALE]} stale, "
        f"{count[Freshness.UNKNOWN]} unknown: {formats.whole_percent(snapshot.at.coverage)} of the evidence by weight."
    )


def _listed(snapshot: Snapshot, status: Freshness) -> tuple[Row, ...]:
    rows = [_aged(one, snapshot) for one in _scored(snapshot) if one.status is status]
    more = len(rows) - MOST_GAPS
    return tuple(rows[:MOST_GAPS]) + ((Row(mark="", title=f"and {more} more", note=""),) if more > 0 else ())


def _dead(snapshot: Snapshot) -> Iterator[str]:
    """Give each dead source behind something that is not current, with what it does not speak for."""
    silent: dict[str, list[str]] = {}
    for state in _scored(snapshot):
        for one in dead_behind(snapshot.dead, state):
            silent.setdefault(one.id, []).append(called(snapshot.pack.indicator(state.id)))
    for one in snapshot.dead:
        if one.id in silent:
            yield f"{one.title} {went_silent(one)}. It should speak for {', '.join(silent[one.id])}."


def _next_due(snapshot: Snapshot) -> tuple[Row, ...]:
    known = [one for one in _scored(snapshot) if one.due_at is not None]
    first = sorted(known, key=lambda one: (one.due_at or snapshot.at.as_of, one.id))[:MOST_MOVERS]
    names = titles(snapshot.pack)
    return tuple(Row(mark="", title=names[one.id], note=formats.until(one.due_at, snapshot.at.as_of)) for one in first)


def _evidence(one: Observation, names: dict[str, str]) -> Evidence:
    return Evidence(
        day=f"{one.observed_at:%d %b %Y}",
        indicator=names.get(one.indicator, one.indicator),
        level=str(one.level),
        statement=one.statement,
        source=one.source_name or one.originator,
        grade=str(one.grade),
    )


def _stamp(snapshot: Snapshot) -> Iterator[tuple[str, str]]:
    yield "Content", snapshot.content_hash
    yield "Pack", f"{snapshot.at.pack} {snapshot.pack.file.version} · {snapshot.at.pack_hash}"
    yield "Journal", f"entry {snapshot.position} · {snapshot.head}"
    yield "Made", f"{day_time_group(snapshot.made_at)} by {snapshot.author}"


def judgement_line(snapshot: Snapshot) -> str:
    """Return the judgement as one line, for a feed or an alert."""
    top = snapshot.at.headline
    if top.level is None or top.problem is None:
        return NO_ASSESSMENT
    one = snapshot.at.problem(top.problem)
    return f"{top.level} {top.word}: {one.title} · {likelihood(one, snapshot.pack)}"

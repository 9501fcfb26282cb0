"""From what a source suggests to the journal: what a machine may record alone, and what is put before a person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from iw_monitor.collect.decide import Accepted, Dropped, Proposed, Standing, Verdict, decide
from iw_monitor.collect.suggest import Suggestion
from iw_monitor.collect.validate import RawReport, examine
from iw_monitor.model.collecting import Said, SourceState
from iw_monitor.model.judgement import JudgementKind
from iw_monitor.model.observation import Method, Observation, Submission
from iw_monitor.model.pack.sources import Source
from iw_monitor.model.proposal import Proposal, Waits
from iw_monitor.model.proposal import Proposed as ToPropose
from iw_monitor.service.site import Site

VIA = "collector"
TOLD_AGAIN_AFTER = timedelta(days=7)  # the same level of the same rule is not put before a person more often
APART = 0.2  # how far two sources of one thing may differ, as a share of the greater
SAME_TIME = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A suggestion, the report it would be, and how far it may go without a person."""

    suggestion: Suggestion
    report: RawReport
    verdict: Verdict
    seen: str | None  # the indicator's newest report when this was judged


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was recorded, and what waits for a person."""

    accepted: tuple[Observation, ...] = ()
    proposed: tuple[Proposal, ...] = ()


def author_of(source: Source) -> str:
    """Return the name under which a source records and proposes."""
    return f"collector {source.id}"


def judge(
    site: Site,
    source: Source,
    suggestions: Iterable[Suggestion],
    *,
    states: Mapping[str, SourceState],
    now: datetime,
    damage: tuple[str, ...] = (),
) -> tuple[Judged, ...]:
    """Say of each suggestion that is news how far it may go without a person; nothing is written."""
    state = states.get(source.id)
    fresh = [one for one in suggestions if _is_news(one, state)]
    standing = _Standing(site, now)
    found = []
    for one in fresh:
        doubt = damage[0] if damage else _disagreement(site, source, one, states)
        stands, seen = standing.of(one.indicator)
        verdict = decide(one, stands, doubt=doubt)
        if isinstance(verdict, Proposed) and _was_told(one, state, now):
            verdict = Dropped()
        found.append(Judged(suggestion=one, report=_report(source, one, verdict), verdict=verdict, seen=seen))
    return tuple(found)


def take(site: Site, source: Source, judged: Iterable[Judged], *, now: datetime) -> Taken:
    """Record what was accepted and propose the rest.

    Raises:
        ConflictError: somebody else reported on an indicator in between.
    """
    judged = tuple(judged)
    accepted = [
        one for each in judged if isinstance(each.verdict, Accepted) for one in _record(site, source, each, now)
    ]
    waiting = [one for one in judged if isinstance(one.verdict, Proposed)]
    return Taken(accepted=tuple(accepted), proposed=_propose(site, source, waiting))


def for_a_person(source: Source, judged: Iterable[Judged]) -> tuple[Judged, ...]:
    """Return the same with nothing recorded alone, because somebody else reported in between."""
    verdict = Proposed("somebody else reported on it in between")
    return tuple(
        replace(one, verdict=verdict, report=_report(source, one.suggestion, verdict))
        if isinstance(one.verdict, Accepted)
        else one
        for one in judged
    )


def remembered(judged: Iterable[Judged], state: SourceState | None, *, now: datetime) -> dict[str, Said]:
    """Return what each rule said last, with what it says now."""
    said = dict(state.said) if state else {}
    for one in judged:
        if one.suggestion.value is None:
            continue  # an item of a feed is said once
        suggestion, before = one.suggestion, said.get(one.suggestion.key)
        told_at = now if isinstance(one.verdict, Proposed) else None
        if told_at is None and before is not None and before.level == suggestion.level:
            told_at = before.told_at
        said[suggestion.key] = Said(
            level=suggestion.level, value=suggestion.value, at=suggestion.observed_at, told_at=told_at
        )
    return said


# --- What is news ---


def _is_news(one: Suggestion, state: SourceState | None) -> bool:
    """Say whether a rule says something of a later time, or otherwise of the same; an item, whether it is new."""
    if state is None:
        return True
    before = state.said.get(one.key)
    if before is None:
        return one.key not in state.seen
    if one.observed_at != before.at:
        return one.observed_at > before.at
    return (one.level, one.value) != (before.level, before.value)


def _was_told(one: Suggestion, state: SourceState | None, now: datetime) -> bool:
    before = state.said.get(one.key) if state else None
    if before is None or before.told_at is None or before.level != one.level:
        return False
    return now - before.told_at < TOLD_AGAIN_AFTER


def _disagreement(site: Site, source: Source, one: Suggestion, states: Mapping[str, SourceState]) -> str:
    """Return in words that another source of the same thing says otherwise; empty if it does not, or says nothing."""
    other = states.get(source.compare_with or "")
    said = other.said.get(one.key) if other else None
    if other is None or said is None or said.value is None or one.value is None:
        return ""
    if abs(said.at - one.observed_at) > SAME_TIME:
        return ""
    if abs(said.value - one.value) < APART * max(abs(said.value), abs(one.value)):
        return ""
    return f"{other.source} says {said.value:.4g}"


# --- What stands ---


class _Standing:
    """What stands on each indicator at this moment, concluded once for all suggestions of a run."""

    def __init__(self, site: Site, now: datetime) -> None:
        self._site = site
        self._levels = {one.id: one.level for one in site.assess().indicators}
        self._overridden = {one.subject for one in site.standing(now) if one.kind is JudgementKind.OVERRIDE}

    def of(self, indicator: str) -> tuple[Standing, str | None]:
        """Return it with the id of the newest report. What faded or is not scored still stands against a machine."""
        newest = self._site.journal.latest(self._site.pack.id, indicator)
        level = self._levels.get(indicator)
        if level is None and newest is not None:
            level = newest.level
        standing = Standing(level=level, override=indicator in self._overridden)
        return standing, None if newest is None else newest.id


# --- Writing ---


def _report(source: Source, one: Suggestion, verdict: Verdict) -> RawReport:
    why = f"Waits because {verdict.why}." if isinstance(verdict, Proposed) else ""
    return RawReport(
        indicator=one.indicator,
        level="" if one.level is None else str(one.level),
        statement=one.statement,
        observed_at=one.observed_at.isoformat(),
        reliability=source.grade[0],
        credibility=source.grade[1],
        source_name=source.title,
        source_url=one.link or source.page or "",
        originator=source.originator,
        published_at=one.published_at.isoformat(),
        reading="" if one.value is None else repr(one.value),
        unit=one.unit,
        note=why,
    )


def _record(site: Site, source: Source, one: Judged, now: datetime) -> Iterator[Observation]:
    """Record one report by the one validation path.

    Raises:
        ConflictError: somebody else reported on the indicator in between.
    """
    submission = _submission(site, source, one.report, now=now)
    if submission is None:
        return
    seen = {submission.indicator: one.seen}
    yield from site.journal.append([submission], via=VIA, seen=seen, new_only=True)


def _submission(site: Site, source: Source, report: RawReport, *, now: datetime) -> Submission | None:
    return examine(site.pack, report, now=now, author=author_of(source), method=Method.COLLECTOR).submission


def _propose(site: Site, source: Source, waiting: Iterable[Judged]) -> tuple[Proposal, ...]:
    proposed = [
        ToPropose(
            pack=site.pack.id,
            subject=one.suggestion.indicator,
            waits=Waits.EVIDENCE if one.suggestion.level is None else Waits.REVIEW,
            report=asdict(one.report),
            source=source.id,
            author=author_of(source),
            pack_hash=site.pack.hash,
        )
        for one in waiting
    ]
    return site.acts.propose(proposed, via=VIA) if proposed else ()

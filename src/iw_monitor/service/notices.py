"""From a letter to a notice: the titles, sentences, movers, sources and links that whoever reads it needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.assess.alerting.telling import Letter, Line, News
from iw_monitor.model.assessment import Assessment, ProblemAssessment
from iw_monitor.model.notice import Notice, NoticeLine, Source
from iw_monitor.model.pack import Pack
from iw_monitor.model.pack.alerts import AlertRule, AlertsFile
from iw_monitor.service.marks import mark_of
from iw_monitor.service.site import Site
from iw_monitor.telling import formats, sentences
from iw_monitor.telling.alerts import subject_title
from iw_monitor.telling.changes import Moved, since
from iw_monitor.telling.links import lasting

_DAY = timedelta(days=1)
_MOST_MOVERS, _MOST_SOURCES, _EACH = 5, 6, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Backdrop:
    """What all notices of one evaluation have in common; made only when there is something to tell."""

    pack: Pack
    rules: dict[str, AlertRule]
    assessment: Assessment
    moved: tuple[Moved, ...]
    sources: tuple[Source, ...]
    mark: str
    made_at: datetime
    public_url: str

    @classmethod
    def of(cls, site: Site, file: AlertsFile, at: datetime, *, public_url: str, mark: str = "") -> Backdrop:
        """Return it for an instant; without a ``mark``, with the one that everything bears now."""
        pack, now = site.pack, site.assess(at)
        moved = since(pack, site.assess(at - _DAY), now).movers[:_MOST_MOVERS]
        return cls(
            pack=pack,
            rules={one.id: one for one in file.rules},
            assessment=now,
            moved=moved,
            sources=tuple(_sources(site, now, moved))[:_MOST_SOURCES],
            mark=mark or mark_of(site),
            made_at=site.now(),
            public_url=public_url,
        )

    def notice(self, letter: Letter, key: str) -> Notice:
        """Return what one channel is told, by this key."""
        problem = self._problem(letter)
        return Notice(
            key=key,
            pack=self.pack.id,
            title=self.pack.file.title,
            handling=self.pack.file.handling,
            mark=self.mark,
            as_of=self.assessment.as_of,
            made_at=self.made_at,
            headline=self._headline(),
            set_by=sentences.cause(problem, self.pack) if problem is not None and problem.assessed else "",
            likelihood=self._likelihood(problem),
            confidence=sentences.confidence(problem) if problem is not None and problem.assessed else "",
            lines=tuple(self._line(one) for one in letter.lines),
            movers=tuple(_moved_text(one) for one in self.moved),
            sources=self.sources,
            link=self._link(problem),
        )

    def _headline(self) -> str:
        headline = self.assessment.headline
        if headline.level is None or headline.problem is None:
            return formats.level_words(None, self.pack)
        title = self.pack.problem(headline.problem).title
        return f"LEVEL {formats.level_words(headline.level, self.pack)} · {title}"

    def _problem(self, letter: Letter) -> ProblemAssessment | None:
        """Return the problem that the letter is about: its first line's, else the headline's."""
        named = {one.id: one for one in self.assessment.problems}
        about = [named[one.subject] for one in letter.lines if one.subject in named]
        return about[0] if about else named.get(self.assessment.headline.problem or "")

    def _likelihood(self, problem: ProblemAssessment | None) -> str:
        if problem is None or not problem.assessed:
            return sentences.no_assessment(self.assessment, self.pack)
        return f"{problem.title}. {sentences.likely(problem, self.pack)}"

    def _link(self, problem: ProblemAssessment | None) -> str:
        if not self.public_url:
            return ""
        about = {} if problem is None else {"problem": problem.id}
        moment = f"{self.assessment.as_of:%Y-%m-%dT%H:%MZ}"
        return f"{self.public_url}/{lasting('why', pack=self.pack.id, **about, as_of=moment)}"

    def _line(self, line: Line) -> NoticeLine:
        rule = self.rules[line.rule]
        return NoticeLine(
            rule=line.rule,
            subject=line.subject,
            title=rule.title,
            subject_title=subject_title(self.pack, line.subject),
            news=line.news.value,
            reason=line.reason.value if line.reason is not None and line.news is News.RESOLVED else "",
            level=line.level,
            word="" if line.level is None else self.pack.word(line.level),
            says=line.says,
            since=line.since,
            what=rule.what,
            runbook=rule.runbook,
        )


def _moved_text(one: Moved) -> str:
    levels = ""
    if one.before != one.after and one.after is not None:
        levels = f" {one.before if one.before is not None else '?'}→{one.after}"
    return f"{formats.signed(one.change)} {one.title}{levels} ({one.problem_title})"


def _sources(site: Site, now: Assessment, moved: tuple[Moved, ...]) -> Iterator[Source]:
    """Yield the newest reports behind what moved, the largest mover first."""
    states = {one.id: one for one in now.indicators}
    ids = [name for one in moved if one.indicator in states for name in states[one.indicator].observations[:_EACH]]
    found = {one.id: one for one in site.journal.observations(site.pack.id, ids=ids)} if ids else {}
    for name in ids:
        if name in found:
            one = found[name]
            yield Source(
                title=sentences.called(site.pack.indicator(one.indicator)),
                statement=one.statement,
                source=one.source_name,
                url=one.source_url,
                grade=str(one.grade),
                observed_at=one.observed_at,
            )

"""The editor's verbs on one pack's journal: record, confirm, retract."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from iw_monitor.collect.validate import RawReport, known_indicator, validate, validate_reason
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.observation import Method, Observation, Retraction, Submission
from iw_monitor.model.pack import Indicator, Pack
from iw_monitor.service.codes import refused
from iw_monitor.service.four_eyes import held_back, is_same, needs_second
from iw_monitor.store.journal import Journal

SAW_NOTHING = ""  # for ``seen``: the author saw that nothing had been reported
REVIEWED = "Reviewed, no change."


@dataclass(frozen=True, slots=True, kw_only=True)
class Editing:
    """One pack, its journal and one instant: what an editor's verb works on."""

    pack: Pack
    journal: Journal
    now: datetime

    def record(self, raw: RawReport, *, author: str, via: str, seen: str | None = None) -> Observation:
        """Add one report.

        Raises:
            InputError: with everything that is wrong with it, at once; or the pack asks for a second officer.
            ConflictError: ``seen`` is given and somebody else reported in between.
        """
        method = Method.API if via == "api" else Method.EDITOR
        submission = validate(self.pack, raw, now=self.now, author=author, method=method)
        if needs_second(self.pack, submission):
            raise held_back(self.pack, submission)
        saw = None if seen is None else {submission.indicator: seen or None}
        (observation,) = self.journal.append([submission], via=via, seen=saw)
        return observation

    def confirm(
        self, indicator: str, current: Assessment, *, author: str, via: str, note: str = "", seen: str | None = None
    ) -> Observation:
        """Say "reviewed, no change": the level, grade and originator of what stands, observed now (METHOD 4.2).

        ``seen`` is the id of the newest report the author saw; without it, that of this moment.

        Raises:
            InputError: the pack does not have the indicator, it takes no reports, or nothing stands.
            ConflictError: somebody else reported in between.
        """
        stands = self._standing(known_indicator(self.pack, indicator), current)
        newest = self.journal.latest(self.pack.id, indicator)
        raw = _confirmation(stands, now=self.now, note=note)
        submission = validate(self.pack, raw, now=self.now, author=author, method=Method.CONFIRM)
        saw = None if newest is None else {indicator: seen or newest.id}
        (observation,) = self.journal.append([submission], via=via, seen=saw)
        return observation

    def retract(self, observation: str, *, reason: str, author: str, via: str) -> Retraction:
        """Withdraw a report, by a named person with a reason.

        Raises:
            InputError: it is unknown, already retracted, or the reason or author is empty.
        """
        why, who = validate_reason(reason, author)
        return self.journal.retract(observation.strip(), pack=self.pack.id, reason=why, author=who, via=via)

    def regrade(
        self, observation: str, *, reliability: str, credibility: str, reason: str, author: str, via: str
    ) -> Observation:
        """Record a report anew with another grade and withdraw the old one, as one act with a reason.

        Raises:
            InputError: it is unknown, already retracted, or the grade, reason or author is missing or wrong.
        """
        why, who = validate_reason(reason, author)
        found = self.journal.observations(self.pack.id, ids=[observation])
        if not found:
            problem = f"the pack {self.pack.id} holds no report {observation!r}"
            raise refused("S108", "observation", problem, remedy="Look at the tray again")
        raw = replace(as_typed(found[0]), reliability=reliability, credibility=credibility)
        submission = validate(self.pack, raw, now=self.now, author=who, method=found[0].method)
        if needs_second(self.pack, submission) and is_same(who, found[0].author):
            problem = f"{who} wrote this report, and the pack asks for a second person from level {submission.level} on"
            raise refused("S115", "author", problem, remedy="Ask another approver to grade it")
        one, _ = self.journal.regrade(submission, replaces=observation, reason=why, via=via)
        return one

    def _standing(self, indicator: Indicator, current: Assessment) -> Observation:
        """Return the report that sets the indicator's level; of one that is not scored, the newest."""
        if indicator not in self.pack.scored:
            newest = self.journal.latest(self.pack.id, indicator.id)
            if newest is not None:
                return newest
        else:
            evidence = current.indicator(indicator.id).observations
            found = self.journal.observations(self.pack.id, ids=evidence[:1])
            if found:
                return found[0]
        problem = f"nothing that counts has been reported on {indicator.id}"
        raise refused("S105", "indicator", problem, remedy="Record a report with its level, source and grade")


def _confirmation(stands: Observation, *, now: datetime, note: str) -> RawReport:
    return RawReport(
        indicator=stands.indicator,
        level=str(stands.level),
        statement=REVIEWED,
        observed_at=now.isoformat(),
        reliability=stands.grade.reliability,
        credibility=str(stands.grade.credibility),
        source_name=stands.source_name,
        source_url=stands.source_url,
        originator=stands.originator,
        basis=stands.basis.value,
        note=note,
    )


def as_typed(one: Submission) -> RawReport:
    """Return a report as somebody would have typed it."""
    return RawReport(
        indicator=one.indicator,
        level=str(one.level),
        statement=one.statement,
        observed_at=one.observed_at.isoformat(),
        reliability=one.grade.reliability,
        credibility=str(one.grade.credibility),
        source_name=one.source_name,
        source_url=one.source_url,
        originator=one.originator,
        basis=one.basis.value,
        published_at="" if one.published_at is None else one.published_at.isoformat(),
        reading="" if one.reading is None else repr(one.reading),
        unit=one.unit,
        note=one.note,
    )

"""Answering alerts: acknowledge, silence, renew, hold an exercise, try a channel. By a named person, with an end.

Every act asks whether the person may do it, and is written into the journal together with how alerts stand after it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.assess.alerting import answers
from iw_monitor.collect.validate import validate_words
from iw_monitor.errors import BusyDatabaseError
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.alert import Alert, Answer, AnswerKind, Exercise, Silence, Standing
from iw_monitor.service.alerting import TRIES, rules_of
from iw_monitor.service.codes import refused
from iw_monitor.service.permission import require
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore, Answering

LONGEST = {  # an answer without an end in sight would be forgotten
    AnswerKind.ACKNOWLEDGE: timedelta(days=7),
    AnswerKind.SILENCE: timedelta(days=30),
    AnswerKind.RENEW: timedelta(days=90),
    AnswerKind.EXERCISE: timedelta(days=7),
}
THE_EXERCISE = "exercise"  # what an act about it is about

Change = Callable[[Standing], Standing]


@dataclass(frozen=True, slots=True)
class AlertDesk:
    """A site's alerts as one person answers them; ``actor`` is None for somebody who may only look."""

    site: Site
    actor: Actor | None
    via: str = "page"

    @property
    def may_answer(self) -> bool:
        return self._may(Role.EDITOR)

    @property
    def may_exercise(self) -> bool:
        return self._may(Role.APPROVER)

    def _may(self, role: Role) -> bool:
        return self.actor is not None and self.actor.may(role, self.site.pack.id)

    def acknowledge(self, name: str, *, until: datetime, reason: str, owner: str = "") -> Answer:
        """Say who is at an alert until when; by default it is whoever says so.

        Args:
            name: rule/subject of an alert that fires.
            until: when it is asked for again.
            reason: what is being done.
            owner: who is at it.

        Raises:
            AccessDeniedError: this person may not.
            InputError: no such alert fires, or an end or a reason is missing or wrong.
        """
        said = self._said(AnswerKind.ACKNOWLEDGE, reason, until)
        who, _ = validate_words(owner or said.author, said.author, field="owner", remedy="Say who is at it")
        one = self._firing(name.strip())

        def change(standing: Standing) -> Standing:
            return answers.acknowledge(standing, _same(standing, one), owner=who, until=until)

        return self._write(said.about(name.strip(), owner=who), change)

    def silence(self, name: str, *, until: datetime, comment: str) -> Answer:
        """Keep an alert, or all of a rule, from being told until an end. Noticing goes on, and the page shows it.

        Args:
            name: rule/subject, or a rule; it need not fire yet.
            until: when it is told again.
            comment: why.

        Raises:
            AccessDeniedError: this person may not.
            InputError: there is no such rule, or an end or a comment is missing or wrong.
        """
        said = self._said(AnswerKind.SILENCE, comment, until)
        rule, _, subject = name.strip().partition("/")
        self._known(rule)
        now = self.site.now()
        silence = Silence(
            id=_short_id(name, said.author, now.isoformat(), until.isoformat()),
            rule=rule,
            subject=subject,
            author=said.author,
            comment=said.reason,
            begun_at=now,
            until=until,
        )
        return self._write(said.about(name.strip()), lambda standing: answers.silenced(standing, silence, now))

    def end_silence(self, silence_id: str, *, reason: str) -> Answer:
        """End a silence before its time: what it kept quiet and still fires is told.

        Raises:
            AccessDeniedError: this person may not.
            InputError: there is no such silence, or the reason is missing.
        """
        said = self._said(AnswerKind.END_SILENCE, reason)
        held = {one.id: one for one in self._standing.silences if one.until > self.site.now()}
        one = held.get(silence_id.strip())
        if one is None:
            remedy = f"Use one of: {', '.join(held)}" if held else "Nothing is silenced"
            raise refused("S143", "silence", f"there is no silence {silence_id.strip()!r}", remedy=remedy)
        name = f"{one.rule}/{one.subject}".rstrip("/")
        return self._write(said.about(name), lambda standing: answers.unsilenced(standing, one.id))

    def renew(self, name: str, *, until: datetime, reason: str) -> Answer:
        """Give an alert that fires more time before it ends of itself.

        Raises:
            AccessDeniedError: this person may not.
            InputError: no such alert fires, or an end or a reason is missing or wrong.
        """
        said = self._said(AnswerKind.RENEW, reason, until)
        one = self._firing(name.strip())
        return self._write(
            said.about(name.strip()), lambda standing: answers.renew(standing, _same(standing, one), until=until)
        )

    def begin_exercise(self, title: str, *, until: datetime) -> Answer:
        """Mark every page, message and file EXERCISE until an end. Nothing else changes.

        Raises:
            AccessDeniedError: this person may not.
            InputError: the title is missing, or the end is wrong.
        """
        said = self._said(AnswerKind.EXERCISE, title, until, role=Role.APPROVER, field="title")
        one = Exercise(title=said.reason, author=said.author, begun_at=self.site.now(), until=until)
        return self._write(said.about(THE_EXERCISE), lambda standing: answers.exercised(standing, one))

    def end_exercise(self, *, reason: str) -> Answer:
        """End an exercise before its time.

        Raises:
            AccessDeniedError: this person may not.
            InputError: none goes on, or the reason is missing.
        """
        said = self._said(AnswerKind.END_EXERCISE, reason, role=Role.APPROVER)
        if self._standing.exercise_at(self.site.now()) is None:
            raise refused("S144", "exercise", "no exercise goes on", remedy="Nothing needs to be ended")
        return self._write(said.about(THE_EXERCISE), lambda standing: answers.exercised(standing, None))

    # --- What is asked of all of them ---

    @property
    def _store(self) -> AlertStore:
        return AlertStore(self.site.journal, self.site.pack.id)

    @property
    def _standing(self) -> Standing:
        return self._store.look().standing

    def _said(
        self,
        kind: AnswerKind,
        words: str,
        until: datetime | None = None,
        *,
        role: Role = Role.EDITOR,
        field: str = "reason",
    ) -> Answering:
        """Return what somebody says, once it is known that they may, why, and until when."""
        author = require(self.actor, role, self.site.pack.id).name
        reason, who = validate_words(words, author, field=field, remedy="Say why: others will read it")
        now = self.site.now()
        if until is not None and not now < until <= now + LONGEST[kind]:
            problem = "has passed already" if until <= now else f"lies more than {LONGEST[kind].days} days ahead"
            raise refused("S141", "until", problem, remedy=f"Give an end within {LONGEST[kind].days} days")
        return Answering(kind=kind, subject="", until=until, reason=reason, author=who)

    def _firing(self, name: str) -> Alert:
        active = {f"{one.rule}/{one.subject}": one for one in self._standing.alerts if one.is_active}
        one = active.get(name)
        if one is None:
            remedy = f"Use one of: {', '.join(sorted(active))}" if active else "No alert fires"
            raise refused("S140", "alert", f"no alert {name!r} fires", remedy=remedy)
        return one

    def _known(self, rule: str) -> None:
        names = [one.id for one in rules_of(self.site).rules]
        if rule not in names:
            remedy = f"Use one of: {', '.join(names)}" if names else "Write alerts.yml first"
            raise refused("S142", "rule", f"the pack has no rule {rule!r}", remedy=remedy)

    def _write(self, said: Answering, change: Change) -> Answer:
        for _ in range(TRIES):
            seen = self._store.look()
            done = self._store.answered(seen, change(seen.standing), said, via=self.via)
            if done is not None:
                return done
        raise BusyDatabaseError("Alerts changed again and again while this was written. Try again.")


def _same(standing: Standing, alert: Alert) -> Alert:
    """Return an alert as it stands by now: an evaluation may have come in between."""
    return standing.alert(alert.rule, alert.subject) or alert


def _short_id(*said: str) -> str:
    """Return a name for a silence that a person can type."""
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:8]

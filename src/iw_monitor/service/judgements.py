"""The verbs of judgement: declare, dissent, override, estimate, withdraw. Each bears the name of who states it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from iw_monitor.assess.overridden import Effect
from iw_monitor.collect.judgement import ExaminedJudgement, RawJudgement, examine_judgement, longest, validate_judgement
from iw_monitor.collect.validate import validate_reason
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.judgement import PERSONAL, Judgement, JudgementKind, Stated, Withdrawal
from iw_monitor.model.proposal import Proposal
from iw_monitor.service.four_eyes import is_same, needs_second
from iw_monitor.service.permission import require
from iw_monitor.service.site import Site

__all__ = ["Judging", "RawJudgement", "standing_override"]

_NOBODY = "nobody yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """A site as one officer judges on it; ``actor`` is None for somebody who may only look."""

    site: Site
    actor: Actor | None
    via: str

    def examine(self, raw: RawJudgement) -> ExaminedJudgement:
        """Say everything there is to say of a judgement as typed. Nothing is written."""
        author = self.actor.name if self.actor else _NOBODY
        return examine_judgement(self.site.pack, raw, now=self.site.now(), author=author)

    def waits(self, stated: Stated) -> bool:
        """Say whether a judgement would wait for a second officer."""
        return needs_second(self.site.pack, stated)

    def at_most(self, kind: JudgementKind) -> timedelta:
        """Return how long a judgement of a kind stands at most; an estimate stands exactly so long."""
        return longest(self.site.pack, kind)

    def newest(self, raw: RawJudgement) -> Judgement | None:
        """Return the newest judgement of the same place, ended or not: what a new one would take the place of."""
        mine = self.actor.name if self.actor else ""
        same = [
            one
            for one in self.site.judgements()
            if (one.kind, one.subject) == (raw.kind, raw.subject) and (one.kind not in PERSONAL or one.author == mine)
        ]
        return same[-1] if same else None

    def effect(self, raw: RawJudgement, current: Assessment) -> tuple[Effect, ...]:
        """Return what an override as typed would change; nothing while its level is missing or wrong."""
        level = raw.level.strip()
        if not (len(level) == 1 and level in "01234"):
            return ()
        return self.site.with_override(current, raw.subject, int(level))

    def state(self, raw: RawJudgement, *, seen: str | None = None) -> Judgement | Proposal:
        """State a judgement; where the pack asks for four eyes, it becomes a proposal.

        ``seen`` is the id of the newest judgement of its place that the officer saw, ``""`` for none, None for
        unchecked.

        Raises:
            AccessDeniedError: this person may not.
            InputError: with everything that is wrong with it, at once.
            ConflictError: somebody else stated in between.
        """
        author = require(self.actor, Role.EDITOR, self.site.pack.id).name
        stated = validate_judgement(self.site.pack, raw, now=self.site.now(), author=author)
        if needs_second(self.site.pack, stated):
            return self.site.propose_judgement(stated, via=self.via)
        return self.site.acts.state(stated, via=self.via, seen=seen)

    def withdraw(self, judgement: str, *, reason: str) -> Withdrawal:
        """End a judgement before its time: one's own, or as an approver anybody's.

        Raises:
            AccessDeniedError: this person may not.
            InputError: there is no such judgement, it was withdrawn before, or the reason is missing.
        """
        author = self._may_withdraw(judgement.strip())
        why, who = validate_reason(reason, author.name)
        return self.site.acts.withdraw(judgement.strip(), pack=self.site.pack.id, reason=why, author=who, via=self.via)

    def may_withdraw(self, judgement: Judgement) -> bool:
        """Say whether this person may end a judgement before its time."""
        return self.actor is not None and self.actor.may(self._needed(judgement), self.site.pack.id)

    def _may_withdraw(self, judgement: str) -> Actor:
        found = next((one for one in self.site.judgements() if one.id == judgement), None)
        return require(self.actor, self._needed(found) if found else Role.EDITOR, self.site.pack.id)

    def _needed(self, judgement: Judgement) -> Role:
        mine = self.actor is not None and is_same(self.actor.name, judgement.author)
        return Role.EDITOR if mine else Role.APPROVER


def standing_override(site: Site, indicator: str) -> Judgement | None:
    """Return the override of an indicator that stands now, or None.

    While one stands, no collector's report on the indicator is accepted without a person, and none ends it.
    """
    return site.standing_override(indicator)

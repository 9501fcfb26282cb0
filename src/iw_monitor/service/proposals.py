"""The tray's verbs: what waits for a person, what it would do, and accepting or rejecting it with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from iw_monitor.collect.judgement import RawJudgement, validate_judgement
from iw_monitor.collect.validate import RawReport, validate, validate_reason
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.judgement import Judgement, Stated
from iw_monitor.model.observation import Observation, Submission
from iw_monitor.model.proposal import Decision, Proposal, Waits
from iw_monitor.service.codes import refused
from iw_monitor.service.four_eyes import is_same, needs_second, require_second
from iw_monitor.service.permission import require
from iw_monitor.service.proposing import method_of
from iw_monitor.service.site import Site
from iw_monitor.store.acts import decided_before

CHANGEABLE = ("level", "reliability", "credibility", "statement")  # by whoever decides
AS_PROPOSED = "Accepted as proposed."
_UNCHANGED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposals:
    """A site's proposals as one person decides on them; ``actor`` is None for somebody who may only look."""

    site: Site
    actor: Actor | None
    via: str

    def open(self) -> tuple[Proposal, ...]:
        """Return what still waits, newest first."""
        return tuple(one for one in reversed(self.site.proposals()) if one.is_open)

    def found(self, proposal: str) -> Proposal:
        """Return a proposal.

        Raises:
            InputError: there is none of this id.
        """
        for one in self.site.proposals():
            if one.id == proposal.strip():
                return one
        problem = f"the pack {self.site.pack.id} holds no proposal {proposal!r}"
        raise refused("S114", "proposal", problem, remedy="Look at the tray again")

    def may_decide(self, proposal: Proposal) -> bool:
        """Say whether this person may accept a proposal as it stands."""
        if self.actor is None or not self.actor.may(Role.EDITOR, self.site.pack.id):
            return False
        if proposal.waits is not Waits.FOUR_EYES:
            return True
        return self.actor.may(Role.APPROVER, self.site.pack.id) and not is_same(self.actor.name, proposal.author)

    def accept(
        self, proposal: str, *, reason: str = "", changes: Mapping[str, str] = _UNCHANGED, seen: str | None = None
    ) -> tuple[Decision, Observation | Judgement]:
        """Take a proposal, as it stands or with another level, grade or statement; the reason keeps what was changed.

        Args:
            proposal: its id.
            reason: why.
            changes: other texts for the fields of ``CHANGEABLE``.
            seen: id of the newest report or judgement that the person saw there, as in ``record``.

        Raises:
            AccessDeniedError: this person may not, or wrote it.
            InputError: there is no such proposal, it was decided before (with what the first decided), or what it would
                become is wrong.
            ConflictError: somebody else reported or stated in between.
        """
        found = self.found(proposal)
        if found.decision is not None:
            raise decided_before(found.decision)
        editor = require(self.actor, Role.EDITOR, self.site.pack.id)
        made = {name: text.strip() for name, text in changes.items() if text.strip() != given(found, name)}
        becomes = self._judgement(found.judgement) if found.judgement else self._report(found, made, editor)
        if found.waits is Waits.FOUR_EYES or needs_second(self.site.pack, becomes):
            require_second(editor, self.site.pack.id, author=found.author)
        why, who = validate_reason(_with_changes(reason, found, made), editor.name)
        return self.site.acts.accept(found.id, becomes, reason=why, author=who, via=self.via, seen=seen)

    def reject(self, proposal: str, *, reason: str) -> Decision:
        """Leave a proposal, with a reason. Who wrote one may take it back.

        Raises:
            AccessDeniedError: this person may not.
            InputError: there is no such proposal, it was decided before, or the reason is missing.
        """
        found = self.found(proposal)
        person = require(self.actor, Role.EDITOR, self.site.pack.id)
        if found.waits is Waits.FOUR_EYES and not is_same(person.name, found.author):
            require(person, Role.APPROVER, self.site.pack.id)
        why, who = validate_reason(reason, person.name)
        return self.site.acts.reject(found.id, pack=self.site.pack.id, reason=why, author=who, via=self.via)

    def would_be(self, proposal: Proposal, changes: Mapping[str, str]) -> Submission | None:
        """Return the report that a proposal would become, or None while something is missing or wrong."""
        author = self.actor.name if self.actor else proposal.author
        return self.site.examine(_raw(proposal, changes), author=author).submission

    def _report(self, found: Proposal, changes: Mapping[str, str], editor: Actor) -> Submission:
        return validate(
            self.site.pack,
            _raw(found, changes),
            now=self.site.now(),
            author=found.author if found.waits is Waits.FOUR_EYES else editor.name,
            method=method_of(found.source, found.via),
        )

    def _judgement(self, stated: Stated) -> Stated:
        """Return the judgement, looked at anew: the pack may have changed, and time has passed."""
        raw = RawJudgement(
            kind=stated.kind,
            subject=stated.subject,
            level="" if stated.level is None else str(stated.level),
            reason=stated.reason,
            until=stated.until.isoformat(),
        )
        return validate_judgement(self.site.pack, raw, now=self.site.now(), author=stated.author)


def given(proposal: Proposal, field: str) -> str:
    """Return what a proposed report says in a field, as text."""
    return (proposal.report or {}).get(field, "")


def _raw(proposal: Proposal, changes: Mapping[str, str]) -> RawReport:
    empty = RawReport(indicator="", level="", statement="", observed_at="", reliability="", credibility="")
    said = {name: text for name, text in changes.items() if name in CHANGEABLE}
    return replace(empty, **{**(proposal.report or {}), **said})


def _with_changes(reason: str, proposal: Proposal, changes: Mapping[str, str]) -> str:
    """Return the reason with what was changed, before → after."""
    why = reason.strip() or AS_PROPOSED
    made = [f"{name} {given(proposal, name) or '–'} → {changes[name]}" for name in CHANGEABLE if name in changes]
    return f"{why} (Changed: {'; '.join(made)}.)" if made else why

"""The editor's desk: what to look at next, what a report would do before it is recorded, and the acts themselves.

Every act asks whether the person may do it; what is read here may be read by whoever may look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from iw_monitor.collect.validate import RawReport
from iw_monitor.errors import Finding, InputError
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.observation import Observation, Retraction
from iw_monitor.model.proposal import Proposal
from iw_monitor.service.concluding import Supposed
from iw_monitor.service.four_eyes import needs_second, require_second
from iw_monitor.service.importing import ImportResult
from iw_monitor.service.judgements import Judging
from iw_monitor.service.permission import require
from iw_monitor.service.preview import Preview, preview
from iw_monitor.service.proposals import Proposals
from iw_monitor.service.queue import Place, Queued, newest, queue, reports
from iw_monitor.service.site import Site
from iw_monitor.service.windows import Windows

__all__ = [
    "DEMO_VISITOR",
    "Act",
    "Desk",
    "Place",
    "Preview",
    "Queued",
    "RawReport",
]

VIA = "page"
DEMO_VISITOR = Actor(name="demo visitor", display_name="Demo visitor", roles={EVERY_PACK: Role.EDITOR}, via="demo")
PASTED = "pasted.csv"  # what findings of a paste call the file
MOST_NEWER = 5  # newer reports shown beside a draft


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One entry of the journal about an indicator, with the level that stood before and after it."""

    kind: str  # observation or retraction
    observation: Observation  # recorded, or retracted by it
    retraction: Retraction | None
    at: datetime
    author: str
    via: str
    before: int | None  # level of the newest report not retracted, scored or not
    after: int | None


@dataclass(frozen=True, slots=True)
class Desk:
    """A site as one person works at it; ``actor`` is None for somebody who may only look.

    Made anew for every act: who was signed out meanwhile may no longer do it.
    """

    site: Site
    actor: Actor | None
    via: str = VIA  # the way in

    @classmethod
    def of(cls, site: Site, actor: Actor | None) -> Desk:
        """Return the desk of whoever is signed in; in the demo, which is thrown away, of any visitor."""
        return cls(site, DEMO_VISITOR if site.demo and actor is None else actor)

    @property
    def may_write(self) -> bool:
        return self.actor is not None and self.actor.may(Role.EDITOR, self.site.pack.id)

    @property
    def judging(self) -> Judging:
        """What this person may state beside what is computed."""
        return Judging(site=self.site, actor=self.actor, via=self.via)

    @property
    def proposals(self) -> Proposals:
        """What waits for somebody, as this person may decide on it."""
        return Proposals(site=self.site, actor=self.actor, via=self.via)

    @property
    def windows(self) -> Windows:
        """The past windows, as this person may close and reopen them."""
        return Windows(site=self.site, actor=self.actor, via=self.via)

    # --- What to do next ---

    def queue(self, current: Assessment) -> tuple[Queued, ...]:
        """Return every watched indicator: first what is due, stale or unknown, each part by what a re-check gains."""
        return queue(self.site, current)

    def newest(self) -> dict[str, str]:
        """Return the id of each indicator's newest report that is not retracted, scored or not."""
        return newest(self.site)

    def reports(self, ids: Sequence[str]) -> dict[str, Observation]:
        """Return reports by their ids."""
        return reports(self.site, ids)

    def since(self, indicator: str, seen: str) -> tuple[Observation, ...]:
        """Return what was recorded on an indicator after a report that somebody saw, and still stands; newest first."""
        rows = self.site.observations(indicator)
        gone = {one.observation for one in self.site.retractions()}
        place = next((number for number, one in enumerate(rows, 1) if one.id == seen), 0)
        return tuple(one for one in reversed(rows[place:]) if one.id not in gone)[:MOST_NEWER]

    def tray(self, current: Assessment) -> tuple[Observation, ...]:
        """Return the reports that wait for a person, newest first: worth too little to be scored (METHOD 4.2)."""
        return tuple(reversed(self.reports(current.unconfirmed).values()))

    # --- Before it is recorded ---

    def preview(self, raw: RawReport) -> Preview:
        """Say what would come of a report as typed. Nothing is written.

        The effect is told as soon as level, grade and time are there, whatever else is still missing.
        """
        return preview(self.site, raw, author=self.actor.name if self.actor else DEMO_VISITOR.name)

    def preview_retraction(self, observation: str) -> Supposed:
        """Say what withdrawing a report would change. Nothing is written."""
        return self.site.suppose(withdrawn=[observation])

    # --- The acts ---

    def record(self, raw: RawReport, *, seen: str | None) -> Observation | Proposal:
        """Record a report, or propose it where the pack asks for a second officer.

        ``seen`` is the id of the newest report the author saw, ``""`` for none.

        Raises:
            AccessDeniedError: this person may not.
            InputError: with everything that is wrong with it, at once.
            ConflictError: somebody else reported in between.
        """
        return self.site.submit(raw, author=self._editor(), via=self.via, seen=seen)

    def confirm(self, indicator: str, *, seen: str | None, note: str = "") -> Observation:
        """Say "reviewed, no change".

        Raises:
            AccessDeniedError: this person may not.
            InputError: there is nothing to confirm.
            ConflictError: somebody else reported in between.
        """
        return self.site.confirm(indicator, author=self._editor(), via=self.via, note=note, seen=seen)

    def regrade(self, observation: str, *, reliability: str, credibility: str, reason: str) -> Observation:
        """Give a report of the tray another grade, with a reason; of a level that needs it, as its second officer.

        Raises:
            AccessDeniedError: this person may not.
            InputError: with everything that is wrong, at once.
        """
        held = self.reports([observation]).get(observation)
        if held is not None and needs_second(self.site.pack, held):
            require_second(self.actor, self.site.pack.id, author=held.author)
        return self.site.regrade(
            observation,
            reliability=reliability,
            credibility=credibility,
            reason=reason,
            author=self._editor(),
            via=self.via,
        )

    def retract(self, observation: str, *, reason: str) -> Retraction:
        """Withdraw a report, or reject one of the tray, with a reason.

        Raises:
            AccessDeniedError: this person may not.
            InputError: it is unknown, already retracted, or the reason is empty.
        """
        return self.site.retract(observation, reason=reason, author=self._editor(), via=self.via)

    def bulk(self, content: bytes, *, dry_run: bool) -> ImportResult:
        """Record what a pasted or uploaded file holds and the journal does not, all or nothing.

        Raises:
            AccessDeniedError: this person may not.
            InputError: with everything that is wrong with the file, at once.
        """
        author = self._editor()
        with TemporaryDirectory(prefix="iw-monitor-") as folder:
            path = Path(folder, PASTED)
            path.write_bytes(content)
            try:
                result = self.site.import_csv(path, author=author, via=self.via, dry_run=dry_run, alone=False)
            except InputError as error:
                raise InputError(map(_as_pasted, error.findings)) from error
        return replace(result, path=Path(PASTED), findings=tuple(map(_as_pasted, result.findings)))

    def _editor(self) -> str:
        return require(self.actor, Role.EDITOR, self.site.pack.id).name

    # --- What was done ---

    def acts(self, indicator: str) -> tuple[Act, ...]:
        """Return every act on an indicator, newest first: who, when, why, how, and the level before and after."""
        held = {one.id: one for one in self.site.observations(indicator)}
        withdrawn = {one.id: one for one in self.site.retractions() if one.observation in held}
        live: dict[str, Observation] = {}
        acts: list[Act] = []
        for entry in self.site.journal.acts(self.site.pack.id, indicator):
            gone = withdrawn.get(entry.id)
            observation = held[gone.observation if gone else entry.id]
            before = _newest_level(live)
            if gone:
                live.pop(observation.id, None)
            else:
                live[observation.id] = observation
            acts.append(
                Act(
                    kind=entry.kind,
                    observation=observation,
                    retraction=gone,
                    at=entry.recorded_at,
                    author=entry.author,
                    via=entry.via,
                    before=before,
                    after=_newest_level(live),
                )
            )
        return tuple(reversed(acts))


def _as_pasted(finding: Finding) -> Finding:
    """Return a finding that does not name the file that only the server saw."""
    return replace(finding, file=PASTED)


def _newest_level(live: Mapping[str, Observation]) -> int | None:
    newest = max(live.values(), key=lambda one: (one.observed_at, one.recorded_at, one.id), default=None)
    return None if newest is None else newest.level

"""The log book: what a watch writes down, what was done, taking back what was done, and handing over.

Every act asks whether the person may do it; what is read here may be read by whoever may look.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.collect.validate import validate_words
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.done import Done
from iw_monitor.model.watch_log import Countersignature, Handover, LogEntry, LogKind, Noted, open_questions
from iw_monitor.publish.history_rows import write_history
from iw_monitor.service.codes import refused
from iw_monitor.service.done import Wanted, history
from iw_monitor.service.handover import sheet
from iw_monitor.service.permission import require
from iw_monitor.service.reverting import revert, supposed_revert
from iw_monitor.service.site import Site
from iw_monitor.store.watch_log import WatchLogStore
from iw_monitor.telling.handover import Sheet, sheet_values

__all__ = ["LogBook", "supposed_revert", "write_history"]

USUAL_SHIFT = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class LogBook:
    """A site's log as one person keeps it; ``actor`` is None for somebody who may only look."""

    site: Site
    actor: Actor | None
    via: str = "page"

    @property
    def may_write(self) -> bool:
        return self.actor is not None and self.actor.may(Role.EDITOR, self.site.pack.id)

    @property
    def is_admin(self) -> bool:
        return self.actor is not None and self.actor.may(Role.ADMIN, self.site.pack.id)

    @property
    def _store(self) -> WatchLogStore:
        return WatchLogStore(self.site.journal)

    # --- Reading ---

    def entries(self) -> tuple[LogEntry, ...]:
        """Return everything noted, oldest first."""
        return self._store.entries(self.site.pack.id)

    def questions(self) -> tuple[LogEntry, ...]:
        """Return the questions that nobody has answered, oldest first."""
        return open_questions(self.entries())

    def handovers(self) -> tuple[Handover, ...]:
        """Return all handovers, oldest first, each with who took it."""
        return self._store.handovers(self.site.pack.id)

    def history(self, wanted: Wanted) -> tuple[Done, ...]:
        """Return what was done, newest first; what concerns accounts only to administrators.

        Raises:
            AccessDeniedError: accounts are asked for by somebody who may not see them.
        """
        if wanted.accounts:
            require(self.actor, Role.ADMIN, self.site.pack.id)
        return history(self.site, wanted)

    def shift_began(self) -> datetime | None:
        """Return since when this person has not been told anything: the last time they handed over or caught up."""
        if self.actor is None:
            return None
        name = self.actor.name
        caught_up = [one.recorded_at for one in self.entries() if one.author == name and one.kind is LogKind.CAUGHT_UP]
        handed = [one.recorded_at for one in self.handovers() if one.author == name]
        return max((*caught_up, *handed), default=None)

    # --- Writing down ---

    def note(self, text: str, *, about: str = "", is_question: bool = False) -> LogEntry:
        """Write a note or an open question into the log.

        Raises:
            AccessDeniedError: this person may not.
            InputError: the text is missing or cannot be shown, or the pack has nothing of the name in ``about``.
        """
        kind = LogKind.QUESTION if is_question else LogKind.NOTE
        return self._write(kind, text, about=self._known(about))

    def answer(self, question: str, text: str) -> LogEntry:
        """Answer an open question, which closes it.

        Raises:
            AccessDeniedError: this person may not.
            InputError: the text is missing or cannot be shown, or there is no such question.
        """
        about = next((one.about for one in self.entries() if one.id == question), "")
        return self._write(LogKind.ANSWER, text, about=about, answers=question)

    def catch_up(self) -> LogEntry:
        """Say that everything up to now has been read; a viewer may say so too.

        Raises:
            AccessDeniedError: nobody is signed in.
        """
        who = require(self.actor, Role.VIEWER, self.site.pack.id)
        noted = Noted(pack=self.site.pack.id, kind=LogKind.CAUGHT_UP, text="", author=who.name)
        return self._store.note(noted, via=self.via)

    def _write(self, kind: LogKind, text: str, *, about: str, answers: str = "") -> LogEntry:
        said, who = validate_words(text, self._editor(), field="text", remedy="Write what the next officer must know")
        noted = Noted(pack=self.site.pack.id, kind=kind, text=said, about=about, answers=answers, author=who)
        return self._store.note(noted, via=self.via)

    def _known(self, about: str) -> str:
        name, pack = about.strip(), self.site.pack
        if name and name not in {one.id for one in pack.indicators} | {one.id for one in pack.file.problems}:
            problem = f"{name!r} is neither an indicator nor a problem of the pack {pack.id}"
            raise refused("S112", "about", problem, remedy="Leave it out, or name one of the pack")
        return name

    # --- Taking back ---

    def revert(self, entry_id: str, *, reason: str) -> str:
        """Take back what an entry did, as a new entry, and return its id.

        Raises:
            AccessDeniedError: this person may not.
            InputError: there is no such entry, it cannot be reverted, or the reason is missing.
        """
        actor = require(self.actor, Role.EDITOR, self.site.pack.id)
        why, _ = validate_words(reason, actor.name, field="reason", remedy="Say why it is taken back")
        return revert(self.site, entry_id, reason=why, actor=actor, via=self.via)

    # --- Handing over ---

    def sheet(self, since: datetime | None = None) -> Sheet:
        """Return what the next officer must know, as it stands now.

        Raises:
            InputError: the time to begin at lies in the future.
        """
        began = since or self.shift_began() or self.site.now() - USUAL_SHIFT
        return sheet(self.site, since=began, questions=self.questions(), log=self.entries())

    def hand_over(self, *, since: datetime | None = None, remark: str = "") -> Handover:
        """Hand over: keep the sheet as it stands, for the incoming officer to countersign.

        Raises:
            AccessDeniedError: this person may not.
            InputError: the remark cannot be shown, or the time to begin at lies in the future.
        """
        said, who = validate_words(remark, self._editor(), field="remark", remedy="")
        one = self.sheet(since)
        return self._store.hand_over(
            sheet_values(one), pack=self.site.pack.id, since=one.since, remark=said, author=who, via=self.via
        )

    def countersign(self, handover: str, *, remark: str = "") -> Countersignature:
        """Take a handover over.

        Raises:
            AccessDeniedError: this person may not.
            InputError: there is none such, it is one's own, or somebody took it already.
        """
        said, who = validate_words(remark, self._editor(), field="remark", remedy="")
        return self._store.countersign(handover, pack=self.site.pack.id, remark=said, author=who, via=self.via)

    def _editor(self) -> str:
        return require(self.actor, Role.EDITOR, self.site.pack.id).name

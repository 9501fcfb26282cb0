"""Closing windows: which past windows wait for a person, and what is said of them. Each closing bears a name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from iw_monitor.collect.closing import DID_NOT, HAPPENED, RawClosing, validate_closing
from iw_monitor.collect.validate import validate_reason
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.closing import Closing, Reopening, Window, closings_at, past_windows
from iw_monitor.service.four_eyes import is_same
from iw_monitor.service.permission import require
from iw_monitor.service.site import Site
from iw_monitor.store.closings import ClosingStore

__all__ = ["DID_NOT", "HAPPENED", "PastWindow", "RawClosing", "Windows"]


def as_typed_closing(one: Closing, *, reason: str) -> RawClosing:
    """Return a closing as somebody would type it again, for another reason."""
    return RawClosing(
        problem=one.window.problem,
        window=one.window.first.isoformat(),
        outcome=HAPPENED if one.happened else DID_NOT,
        onset="" if one.onset is None else one.onset.isoformat(),
        until="" if one.until is None else one.until.isoformat(),
        reason=reason,
        basis=one.basis.value,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PastWindow:
    """A past window, what the evidence expected in it, and its newest closing if it ever had one."""

    window: Window
    expected: float  # events
    newest: Closing | None

    @property
    def closing(self) -> Closing | None:
        """What stands: None where it was never closed, or was reopened."""
        return self.newest if self.newest is not None and self.newest.stands else None

    @property
    def waits(self) -> bool:
        """Whether closing it would say anything: something was expected in it, and nobody has."""
        return self.closing is None and self.expected > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """The past windows of a site's problems, as one officer closes them; ``actor`` is None for who may only look."""

    site: Site
    actor: Actor | None
    via: str

    def past(self, *, as_of: datetime | None = None) -> tuple[PastWindow, ...]:
        """Return every past window in which something was expected or that was ever closed, the newest first.

        ``as_of``: those that were past at an instant, with what was said of them by then; by default now.
        """
        pack, when = self.site.pack, as_of or self.site.now()
        windows = [one for each in pack.file.problems for one in past_windows(pack, each.id, today=when.date())]
        newest = {one.window: one for one in closings_at(self.site.closings(), when)}
        found = [
            PastWindow(window=window, expected=expected, newest=newest.get(window))
            for window, expected in zip(windows, self.site.expected(windows, when), strict=True)
        ]
        order = {one.id: place for place, one in enumerate(pack.file.problems)}
        shown = [one for one in found if one.expected > 0 or one.newest is not None]
        return tuple(sorted(shown, key=lambda one: (-one.window.first.toordinal(), order[one.window.problem])))

    def close(self, raw: RawClosing, *, seen: str | None = None) -> Closing:
        """Say what became of a window.

        ``seen`` is the id of the window's newest closing that the officer saw, ``""`` for none, None for unchecked.

        Raises:
            AccessDeniedError: this person may not.
            InputError: with everything that is wrong with it, at once; or it is closed already.
            ConflictError: somebody else closed it in between.
        """
        author = require(self.actor, Role.EDITOR, self.site.pack.id).name
        closed = validate_closing(self.site.pack, raw, now=self.site.now(), author=author)
        return ClosingStore(self.site.journal).close(closed, via=self.via, seen=seen)

    def reopen(self, closing: str, *, reason: str) -> Reopening:
        """Take a closing back: one's own, or as an approver anybody's.

        Raises:
            AccessDeniedError: this person may not.
            InputError: there is no such closing, it was taken back before, or the reason is missing.
        """
        found = next((one for one in self.site.closings() if one.id == closing.strip()), None)
        author = require(self.actor, self._needed(found), self.site.pack.id)
        why, who = validate_reason(reason, author.name)
        store = ClosingStore(self.site.journal)
        return store.reopen(closing.strip(), pack=self.site.pack.id, reason=why, author=who, via=self.via)

    def may_reopen(self, closing: Closing) -> bool:
        """Say whether this person may take a closing back."""
        return self.actor is not None and self.actor.may(self._needed(closing), self.site.pack.id)

    def _needed(self, closing: Closing | None) -> Role:
        mine = closing is None or (self.actor is not None and is_same(self.actor.name, closing.author))
        return Role.EDITOR if mine else Role.APPROVER

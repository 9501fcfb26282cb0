"""Taking back what was done, as new entries: nothing in the journal is ever undone in place."""

from __future__ import annotations

from dataclasses import replace

from iw_monitor.model.accounts import Actor
from iw_monitor.model.done import Done
from iw_monitor.service.codes import refused
from iw_monitor.service.concluding import Supposed
from iw_monitor.service.editing import as_typed
from iw_monitor.service.judgements import Judging, RawJudgement
from iw_monitor.service.site import Site
from iw_monitor.service.windows import Windows, as_typed_closing
from iw_monitor.store.act_records import JUDGEMENTS
from iw_monitor.store.chain import Entry
from iw_monitor.store.history import entry_of
from iw_monitor.store.records import EntryKind


def revert(site: Site, entry_id: str, *, reason: str, actor: Actor, via: str) -> str:
    """Take back what an entry did, and return the id of the entry that does it.

    A report is withdrawn, a withdrawn one recorded anew by whoever takes the withdrawal back; a judgement likewise.
    Where the pack asks for a second officer, what is recorded or stated anew is a proposal.

    Raises:
        AccessDeniedError: it is somebody else's judgement, and this person is no approver.
        InputError: there is no such entry, it has no opposite, or its opposite was done already.
    """
    entry = entry_of(site.journal, site.pack.id, entry_id.strip())
    if entry is None:
        problem = f"the pack {site.pack.id} holds no entry {entry_id!r}"
        raise refused("S110", "id", problem, remedy="Look it up in the history")
    if entry.kind == EntryKind.OBSERVATION:
        return site.retract(entry.id, reason=reason, author=actor.name, via=via).id
    if entry.kind == EntryKind.RETRACTION:
        return _record_again(site, str(entry.content["observation"]), reason=reason, author=actor.name, via=via)
    judging = Judging(site=site, actor=actor, via=via)
    if entry.kind in JUDGEMENTS:
        return judging.withdraw(entry.id, reason=reason).id
    if entry.kind == EntryKind.WITHDRAWAL:
        return _state_again(judging, str(entry.content["subject"]), reason=reason)
    if entry.kind in (EntryKind.CLOSING, EntryKind.REOPENING):
        return _close_or_reopen(Windows(site=site, actor=actor, via=via), entry, reason=reason)
    problem = f"an entry of kind {entry.kind} says what happened and has no opposite"
    raise refused("S111", "id", problem, remedy="Revert what it brought about, or write a note")


def _close_or_reopen(windows: Windows, entry: Entry, *, reason: str) -> str:
    if entry.kind == EntryKind.CLOSING:
        return windows.reopen(entry.id, reason=reason).id
    before = next(one for one in windows.site.closings() if one.id == entry.content["subject"])
    return windows.close(as_typed_closing(before, reason=f"{before.reason}\nClosed again: {reason}")).id


def supposed_revert(site: Site, one: Done) -> Supposed | None:
    """Return what taking back an act would change, or None where it moves no gauge: judgements stand beside it."""
    if one.kind == EntryKind.OBSERVATION:
        return site.suppose(withdrawn=[one.id])
    if one.kind == EntryKind.RETRACTION:
        return site.suppose(added=site.journal.observations(site.pack.id, ids=[one.of]))
    return None


def _record_again(site: Site, observation: str, *, reason: str, author: str, via: str) -> str:
    (before,) = site.journal.observations(site.pack.id, ids=[observation])
    note = "\n".join(filter(None, (before.note, f"Recorded again: {reason}")))
    return site.submit(replace(as_typed(before), note=note), author=author, via=via).id


def _state_again(judging: Judging, judgement: str, *, reason: str) -> str:
    before = next(one for one in judging.site.judgements() if one.id == judgement)
    again = RawJudgement(
        kind=before.kind,
        subject=before.subject,
        level="" if before.level is None else str(before.level),
        probability="" if before.probability is None else str(before.probability),
        reason=f"{before.reason}\nStated again: {reason}",
        until=before.until.isoformat(),
    )
    return judging.state(again).id

"""Everything that was done, as people read it: who, when, what, from what to what, and why."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from iw_monitor.assess.compiled import Integers
from iw_monitor.assess.reports import Reports
from iw_monitor.model.closing import Closing
from iw_monitor.model.done import Done
from iw_monitor.model.instants import microseconds
from iw_monitor.model.judgement import Judgement
from iw_monitor.model.proposal import Proposal
from iw_monitor.service.site import Site
from iw_monitor.store.act_records import JUDGEMENTS
from iw_monitor.store.chain import Entry
from iw_monitor.store.history import Asked, entries_back, places
from iw_monitor.store.records import EntryKind

NO_PACK = ""  # what entries about accounts are of

# What people ask for, and the kinds of entries it means.
PARTS: Mapping[str, Collection[EntryKind]] = {
    "reports": (EntryKind.OBSERVATION, EntryKind.RETRACTION),
    "judgements": (*sorted(JUDGEMENTS), EntryKind.WITHDRAWAL),
    "proposals": (EntryKind.PROPOSAL, EntryKind.DECISION),
    "windows": (EntryKind.CLOSING, EntryKind.REOPENING),
    "log": (EntryKind.LOG, EntryKind.HANDOVER, EntryKind.COUNTERSIGNATURE),
    "alerts": (EntryKind.ALERT, EntryKind.LEVEL_CHANGE, EntryKind.ANSWER),
    "snapshots": (EntryKind.SNAPSHOT,),
    "accounts": (EntryKind.ACCOUNT,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which part of the history somebody wants. Everything that is not said narrows nothing."""

    part: str = ""  # of ``PARTS``
    author: str = ""
    subject: str = ""
    before: int | None = None
    limit: int = 50
    accounts: bool = False  # entries about accounts too: for administrators


def history(site: Site, wanted: Wanted) -> tuple[Done, ...]:
    """Return what was done on a site's pack, newest first."""
    pack = site.pack.id
    asked = Asked(
        packs=(pack, NO_PACK) if wanted.accounts else (pack,),
        kinds=PARTS.get(wanted.part, ()),
        author=wanted.author,
        subject=wanted.subject,
        before=wanted.before,
        limit=wanted.limit,
    )
    entries = entries_back(site.journal, asked)
    told = _Teller.of(site, entries)
    return tuple(told.tell(one) for one in entries)


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells entries; it knows what stood before each."""

    reports: Reports
    rows: Mapping[str, int]  # of reports by id, those that the entries name
    judgements: Mapping[str, Judgement]
    proposals: Mapping[str, Proposal]
    closings: Mapping[str, Closing]
    alike: dict[int, Integers] = field(default_factory=dict)  # rows of the reports on an indicator, once asked for

    @classmethod
    def of(cls, site: Site, entries: Sequence[Entry]) -> _Teller:
        reports = site.reports()
        named = {one.content.get("observation", one.id) for one in entries if one.kind in PARTS["reports"]}
        rows = site.rows(places(site.journal, named))
        judgements = site.judgements() if any(one.kind in PARTS["judgements"] for one in entries) else ()
        proposals = site.proposals() if any(one.kind == EntryKind.DECISION for one in entries) else ()
        closings = site.closings() if any(one.kind in PARTS["windows"] for one in entries) else ()
        by_id = ({one.id: one for one in judgements}, {one.id: one for one in proposals})
        return cls(reports, rows, *by_id, {one.id: one for one in closings})

    def tell(self, entry: Entry) -> Done:
        body = entry.content
        before, after = self._levels(entry, body)
        return Done(
            sequence=entry.sequence,
            id=entry.id,
            kind=_kind(entry, body),
            subject=self._subject(entry, body),
            at=entry.recorded_at,
            author=entry.author,
            via=entry.via,
            before=before,
            after=after,
            why=_why(body),
            of=_of(entry, body),
        )

    def _subject(self, entry: Entry, body: Mapping[str, Any]) -> str:
        if entry.kind == EntryKind.RETRACTION:
            row = self.rows.get(body["observation"], -1)
            return self.reports.names[int(self.reports.indicator[row])] if row >= 0 else ""
        if entry.kind == EntryKind.WITHDRAWAL:
            found = self.judgements.get(body["subject"])
            return found.subject if found else ""
        if entry.kind == EntryKind.REOPENING:
            closed = self.closings.get(body["subject"])
            return closed.window.problem if closed else ""
        if entry.kind == EntryKind.DECISION:
            decided = self.proposals.get(body["subject"])
            return decided.subject if decided else ""
        if entry.kind == EntryKind.COUNTERSIGNATURE:
            return ""
        return str(body.get("indicator") or body.get("subject") or body.get("name") or "")

    def _levels(self, entry: Entry, body: Mapping[str, Any]) -> tuple[str | None, str | None]:
        match entry.kind:
            case EntryKind.OBSERVATION:
                return self._newest(entry, self.rows.get(entry.id), withdrawn=False), str(body["level"])
            case EntryKind.RETRACTION:
                row = self.rows.get(body["observation"])
                return None if row is None else str(self.reports.level[row]), self._newest(entry, row, withdrawn=True)
            case EntryKind.WITHDRAWAL:
                return _said(self.judgements.get(body["subject"])), None
            case EntryKind.ACCOUNT:
                return _changed(body["before"], body["after"]), _changed(body["after"], body["before"])
            case EntryKind.DECISION:
                return "waiting", "accepted" if body["accepted"] else "rejected"
            case EntryKind.CLOSING:
                return None, said_of_window(self.closings.get(entry.id))
            case EntryKind.REOPENING:
                return said_of_window(self.closings.get(body["subject"])), None
            case EntryKind.ALERT | EntryKind.LEVEL_CHANGE:
                return _plain_or_none(body["before"]), _plain_or_none(body["after"])
            case EntryKind.SNAPSHOT:
                return None, _plain_or_none(body["level"])
            case EntryKind.PROPOSAL:
                return None, str((body["report"] or body["judgement"] or {}).get("level") or "")
            case kind if kind in JUDGEMENTS:
                one = self.judgements.get(entry.id)
                return _said(self._earlier(one)), _said(one)
            case _:
                return None, None

    def _newest(self, entry: Entry, row: int | None, *, withdrawn: bool) -> str | None:
        """Return the level of the newest report that stood beside one just then; None for none."""
        if row is None:
            return None
        reports, at = self.reports, microseconds(entry.recorded_at)
        same = self._alike(int(reports.indicator[row]))
        if withdrawn:
            rows = same[(reports.recorded[same] <= at) & (reports.retracted[same] > at) & (same != row)]
        else:
            earlier = same[: np.searchsorted(same, row)]
            rows = earlier[reports.retracted[earlier] >= at]
        if not len(rows):
            return None
        newest_first = rows[::-1]  # of what was observed at one instant, what was recorded last
        return str(reports.level[newest_first[np.argmax(reports.observed[newest_first])]])

    def _alike(self, indicator: int) -> Integers:
        """Return the rows of all reports on an indicator."""
        if indicator not in self.alike:
            self.alike[indicator] = np.flatnonzero(self.reports.indicator == indicator)
        return self.alike[indicator]

    def _earlier(self, one: Judgement | None) -> Judgement | None:
        """Return the judgement that stood in its place until then."""
        if one is None:
            return None
        earlier = [
            each
            for each in self.judgements.values()
            if each.place == one.place and (each.recorded_at, each.id) < (one.recorded_at, one.id)
        ]
        return earlier[-1] if earlier and earlier[-1].stands_at(one.recorded_at) else None


def _kind(entry: Entry, body: Mapping[str, Any]) -> str:
    """Return what was done in a word: of entries that hold several kinds of acts, which one."""
    match entry.kind:
        case EntryKind.LOG:
            return str(body["kind"])
        case EntryKind.ANSWER:
            return str(body["act"])
        case kind:
            return kind


def _said(one: Judgement | None) -> str | None:
    if one is None:
        return None
    return str(one.level) if one.level is not None else f"{one.probability:.2f}"


def said_of_window(one: Closing | None) -> str | None:
    """Return what a closing says of its window, in a few words."""
    if one is None:
        return None
    said = f"happened on {one.onset}" if one.happened else "did not happen"
    return f"{one.window.first} to {one.window.last}: {said}"


def _why(body: Mapping[str, Any]) -> str:
    report = body.get("report") or {}
    judgement = body.get("judgement") or {}
    texts = (body.get("statement"), body.get("reason"), body.get("text"), body.get("remark"), body.get("act"))
    return str(next((one for one in (*texts, report.get("statement"), judgement.get("reason")) if one), ""))


_OF_ANOTHER = {EntryKind.WITHDRAWAL, EntryKind.DECISION, EntryKind.COUNTERSIGNATURE, EntryKind.REOPENING}


def _of(entry: Entry, body: Mapping[str, Any]) -> str:
    if entry.kind == EntryKind.RETRACTION:
        return str(body["observation"])
    if entry.kind in _OF_ANOTHER:
        return str(body["subject"])
    return str(body.get("answers", ""))


def _changed(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> str | None:
    """Return what an account had that it has no longer, or the other way round."""
    if one is None:
        return None
    differs = {name: value for name, value in one.items() if other is None or other.get(name) != value}
    return ", ".join(f"{name}: {_plain(value)}" for name, value in sorted(differs.items())) or None


def _plain_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def _plain(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {one}" for name, one in value.items()) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)

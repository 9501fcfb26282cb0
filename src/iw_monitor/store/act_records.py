"""What the journal says of acts other than reports: between the things of ``model`` and entries. Pure.

The body of every act holds its ``subject``: what it is about, by which it is found.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from iw_monitor.model.instants import from_microseconds
from iw_monitor.model.judgement import Judgement, JudgementKind, Stated, Withdrawal
from iw_monitor.model.proposal import Decision, Proposal, Proposed, Waits
from iw_monitor.store.alert_records import answer_from, level_from, transition_from
from iw_monitor.store.closing_records import closing_from, reopening_from
from iw_monitor.store.log_records import countersignature_from, handover_from, log_entry_from
from iw_monitor.store.records import EntryKind
from iw_monitor.store.snapshot_records import snapshot_from

Said = dict[str, Any]
Row = Mapping[str, Any]

JUDGEMENTS = frozenset(EntryKind(kind.value) for kind in JudgementKind)


def act_columns(row: Row) -> dict[str, Any]:
    """Return the row of table ``act``: what an entry is about.

    Raises:
        ValueError: the body is not what such an act's body is.
        KeyError: something is missing in it.
    """
    _READERS[EntryKind(row["kind"])](row)
    columns = {name: row[name] for name in ("sequence", "id", "pack", "kind", "recorded_at")}
    return columns | {"subject": str(json.loads(row["body"])["subject"])}


# --- Judgements ---


def said_of_judgement(stated: Stated) -> Said:
    """Return what a judgement says."""
    return {
        "subject": stated.subject,
        "level": stated.level,
        "probability": stated.probability,
        "reason": stated.reason,
        "until": stated.until.isoformat(),
    }


def judgement_from(row: Row) -> Judgement:
    """Return the judgement that an ``entry`` row holds, as if it had not been withdrawn.

    Raises:
        ValueError: the body is not what a judgement's body is.
        KeyError: something is missing in it.
    """
    stated = _stated(json.loads(row["body"]), row, kind=row["kind"])
    return Judgement(**_fields(stated), id=row["id"], recorded_at=from_microseconds(row["recorded_at"]))


def _stated(body: Mapping[str, Any], row: Row, *, kind: str) -> Stated:
    return Stated(
        kind=JudgementKind(kind),
        pack=row["pack"],
        subject=body["subject"],
        level=body["level"],
        probability=body["probability"],
        reason=body["reason"],
        until=datetime.fromisoformat(body["until"]),
        author=row["author"],
        pack_hash=row["pack_hash"],
    )


def said_of_withdrawal(judgement: str, reason: str) -> Said:
    """Return what a withdrawal says."""
    return {"subject": judgement, "reason": reason}


def withdrawal_from(row: Row) -> Withdrawal:
    """Return the withdrawal that an ``entry`` row holds.

    Raises:
        ValueError: the body is not what a withdrawal's body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    return Withdrawal(
        id=row["id"],
        judgement=body["subject"],
        reason=body["reason"],
        author=row["author"],
        recorded_at=from_microseconds(row["recorded_at"]),
    )


# --- Proposals ---


def said_of_proposal(proposed: Proposed) -> Said:
    """Return what a proposal says."""
    stated = proposed.judgement
    return {
        "subject": proposed.subject,
        "waits": proposed.waits.value,
        "source": proposed.source,
        "report": None if proposed.report is None else dict(proposed.report),
        "judgement": None if stated is None else {**said_of_judgement(stated), "kind": stated.kind.value},
    }


def proposal_from(row: Row) -> Proposal:
    """Return the proposal that an ``entry`` row holds, as if nothing had been decided.

    Raises:
        ValueError: the body is not what a proposal's body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    stated = body["judgement"]
    return Proposal(
        id=row["id"],
        pack=row["pack"],
        subject=body["subject"],
        waits=Waits(body["waits"]),
        report=body["report"],
        judgement=None if stated is None else _stated(stated, row, kind=stated["kind"]),
        source=body["source"],
        author=row["author"],
        pack_hash=row["pack_hash"],
        via=row["via"],
        recorded_at=from_microseconds(row["recorded_at"]),
    )


def said_of_decision(proposal: str, *, accepted: bool, reason: str, result: str) -> Said:
    """Return what a decision says."""
    return {"subject": proposal, "accepted": accepted, "reason": reason, "result": result}


def decision_from(row: Row) -> Decision:
    """Return the decision that an ``entry`` row holds.

    Raises:
        ValueError: the body is not what a decision's body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    return Decision(
        id=row["id"],
        proposal=body["subject"],
        accepted=bool(body["accepted"]),
        reason=body["reason"],
        result=body["result"],
        author=row["author"],
        recorded_at=from_microseconds(row["recorded_at"]),
    )


# --- Several entries, one thing ---


def judgements_from(rows: Sequence[Row]) -> tuple[Judgement, ...]:
    """Return judgements, each with its withdrawal, from their entries and those of withdrawals, in journal order."""
    held: dict[str, Judgement] = {}
    for row in rows:
        if row["kind"] != EntryKind.WITHDRAWAL:
            held[row["id"]] = judgement_from(row)
            continue
        one = withdrawal_from(row)
        if one.judgement in held:
            held[one.judgement] = replace(held[one.judgement], withdrawal=one)
    return tuple(held.values())


def proposals_from(rows: Sequence[Row]) -> tuple[Proposal, ...]:
    """Return proposals, each with what was decided on it, from their entries and those of decisions, in order."""
    held: dict[str, Proposal] = {}
    for row in rows:
        if row["kind"] != EntryKind.DECISION:
            held[row["id"]] = proposal_from(row)
            continue
        one = decision_from(row)
        if one.proposal in held:
            held[one.proposal] = replace(held[one.proposal], decision=one)
    return tuple(held.values())


def _fields(stated: Stated) -> dict[str, Any]:
    return {one.name: getattr(stated, one.name) for one in fields(stated)}


_READERS: dict[EntryKind, Callable[[Row], object]] = {
    **dict.fromkeys(JUDGEMENTS, judgement_from),
    EntryKind.WITHDRAWAL: withdrawal_from,
    EntryKind.PROPOSAL: proposal_from,
    EntryKind.DECISION: decision_from,
    EntryKind.CLOSING: closing_from,
    EntryKind.REOPENING: reopening_from,
    EntryKind.SNAPSHOT: snapshot_from,
    EntryKind.LOG: log_entry_from,
    EntryKind.HANDOVER: handover_from,
    EntryKind.COUNTERSIGNATURE: countersignature_from,
    EntryKind.ALERT: transition_from,
    EntryKind.LEVEL_CHANGE: level_from,
    EntryKind.ANSWER: answer_from,
}
ACTS = frozenset(_READERS)  # the kinds of entries that have a row in table ``act``

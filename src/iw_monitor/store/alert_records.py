"""What the journal and the outbox say of alerts: between the things of ``model`` and rows. Pure."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from iw_monitor.model.alert import (
    AlertState,
    Answer,
    AnswerKind,
    LevelChange,
    Reason,
    Standing,
    Transition,
)
from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.notice import Message, Notice, Outgoing, TargetResult

Row = Mapping[str, Any]
Said = dict[str, Any]

_standing = TypeAdapter(Standing)
_notices = TypeAdapter(tuple[Notice, ...])
_results = TypeAdapter(dict[str, TargetResult])


def standing_text(standing: Standing) -> str:
    """Return how alerts stand as JSON."""
    return _standing.dump_json(standing).decode()


def standing_from(text: str) -> Standing:
    """Return how alerts stand from JSON; nothing at all is how they stand before the first evaluation.

    Raises:
        ValueError: it is not what was written.
    """
    return _standing.validate_json(text) if text else Standing()


# --- Entries ---


def said_of_transition(one: Transition) -> Said:
    """Return what an entry says of a change of state."""
    return {
        "subject": f"{one.rule}/{one.subject}",
        "at": one.at.isoformat(),
        "before": None if one.before is None else one.before.value,
        "after": one.after.value,
        "reason": one.reason.value,
        "level": one.level,
        "says": one.says,
    }


def transition_from(row: Row) -> Transition:
    """Return the change of state that an ``entry`` row holds.

    Raises:
        ValueError: the body is not what such a body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    rule, _, subject = body["subject"].partition("/")
    return Transition(
        at=datetime.fromisoformat(body["at"]),
        rule=rule,
        subject=subject,
        before=None if body["before"] is None else AlertState(body["before"]),
        after=AlertState(body["after"]),
        reason=Reason(body["reason"]),
        level=body["level"],
        says=body["says"],
    )


def said_of_level(one: LevelChange) -> Said:
    """Return what an entry says of a change of level."""
    return {"subject": one.problem, "at": one.at.isoformat(), "before": one.before, "after": one.after}


def level_from(row: Row) -> LevelChange:
    """Return the change of level that an ``entry`` row holds.

    Raises:
        ValueError: the body is not what such a body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    return LevelChange(
        at=datetime.fromisoformat(body["at"]), problem=body["subject"], before=body["before"], after=body["after"]
    )


def said_of_answer(kind: AnswerKind, subject: str, *, until: datetime | None, reason: str, owner: str) -> Said:
    """Return what an entry says of an act about an alert."""
    end = None if until is None else until.isoformat()
    return {"act": kind.value, "subject": subject, "until": end, "reason": reason, "owner": owner}


def answer_from(row: Row) -> Answer:
    """Return the act that an ``entry`` row holds.

    Raises:
        ValueError: the body is not what such a body is.
        KeyError: something is missing in it.
    """
    body = json.loads(row["body"])
    return Answer(
        id=row["id"],
        kind=AnswerKind(body["act"]),
        subject=body["subject"],
        until=None if body["until"] is None else datetime.fromisoformat(body["until"]),
        reason=body["reason"],
        owner=body["owner"],
        author=row["author"],
        recorded_at=from_microseconds(row["recorded_at"]),
    )


# --- The outbox ---


def message_row(one: Outgoing, *, message_id: str, pack: str, now: datetime) -> dict[str, Any]:
    """Return the row of table ``outbox`` for what was never tried."""
    return {
        "id": message_id,
        "key": one.key,
        "pack": pack,
        "channel": one.channel,
        "payload": _notices.dump_json(one.notices).decode(),
        "created_at": microseconds(now),
        "attempts": 0,
        "next_at": microseconds(one.not_before),
        "delivered_at": None,
        "failed_at": None,
        "last_error": "",
        "results": "{}",
        "joined": "",
    }


def message_from(row: Row) -> Message:
    """Return the message that a row of ``outbox`` holds."""
    return Message(
        id=row["id"],
        pack=row["pack"],
        channel=row["channel"],
        key=row["key"],
        not_before=from_microseconds(row["next_at"]),
        notices=_notices.validate_json(row["payload"]),
        created_at=from_microseconds(row["created_at"]),
        attempts=row["attempts"],
        next_at=from_microseconds(row["next_at"]),
        delivered_at=_instant(row["delivered_at"]),
        failed_at=_instant(row["failed_at"]),
        last_error=row["last_error"],
        results=_results.validate_json(row["results"]),
        joined=row["joined"],
    )


def results_text(results: Mapping[str, TargetResult]) -> str:
    """Return what came of each target as JSON."""
    return _results.dump_json(dict(results)).decode()


def _instant(value: int | None) -> datetime | None:
    return None if value is None else from_microseconds(value)

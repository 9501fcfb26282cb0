"""Alerts as JSON for programs: how they stand, how the alerting does, and what became of each message."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from iw_monitor.model.alert import Transition
from iw_monitor.model.notice import Message
from iw_monitor.publish.times import iso
from iw_monitor.telling.alerts import Overview, Told

SCHEMA_VERSION = 1


def overview_json(one: Overview) -> str:
    """Return everything as JSON, instants in ISO 8601."""
    return json.dumps(overview_values(one), indent=2, ensure_ascii=False)


def overview_values(one: Overview) -> dict[str, Any]:
    """Return everything as plain values."""
    exercise = one.exercise
    return {
        "schema_version": SCHEMA_VERSION,
        "as_of": iso(one.now),
        "evaluated_at": _iso(one.evaluated_at),
        "exercise": None if exercise is None else {"title": exercise.title, "until": iso(exercise.until)},
        "alerts": [_alert(each) for each in one.alerts],
        "rates": {
            "last_ten_minutes": one.rates.last_ten_minutes,
            "most_in_ten_minutes": one.rates.most_in_ten_minutes,
            "last_shift": one.rates.last_shift,
            "unacknowledged": len(one.rates.unacknowledged),
            "talkers": [list(each) for each in one.rates.talkers],
            "fluttering": [list(each) for each in one.rates.fluttering],
        },
        "log": [_transition(each) for each in one.log],
        "messages": [_message(each) for each in one.messages],
        "in_trouble": one.in_trouble,
    }


def _alert(one: Told) -> dict[str, Any]:
    alert, silence = one.alert, one.silence
    quiet = None
    if silence is not None:
        quiet = {
            "id": silence.id,
            "author": silence.author,
            "comment": silence.comment,
            "until": iso(silence.until),
        }
    return {
        "rule": alert.rule,
        "subject": alert.subject,
        "title": one.title,
        "subject_title": one.subject_title,
        "state": alert.state.value,
        "level": alert.level,
        "word": one.word,
        "says": alert.says,
        "since": iso(alert.since),
        "fired_at": _iso(alert.fired_at),
        "blind_since": _iso(alert.blind_since),
        "sunset_at": _iso(alert.sunset_at),
        "owner": alert.owner if one.is_owned else "",
        "owned_until": _iso(alert.owned_until) if one.is_owned else None,
        "escalated": alert.escalated,
        "silence": quiet,
        "runbook": one.runbook,
    }


def _transition(one: Transition) -> dict[str, Any]:
    return {
        "at": iso(one.at),
        "rule": one.rule,
        "subject": one.subject,
        "before": None if one.before is None else one.before.value,
        "after": one.after.value,
        "reason": one.reason.value,
        "level": one.level,
        "says": one.says,
    }


def _message(one: Message) -> dict[str, Any]:
    return {
        "key": one.key,
        "channel": one.channel,
        "created_at": iso(one.created_at),
        "attempts": one.attempts,
        "next_at": iso(one.next_at) if one.is_waiting else None,
        "delivered_at": _iso(one.delivered_at),
        "failed_at": _iso(one.failed_at),
        "error": one.last_error,
        "lines": [f"{line.news}: {line.rule}/{line.subject}" for notice in one.notices for line in notice.lines],
    }


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else iso(instant)

"""How a site is run: as text for operators, as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from iw_monitor.model.running import Lease, Operation, Run, RunOutcome, SignOfLife, WorkerHealth, WorkerState

HEALTH_WORDS = {
    WorkerHealth.NONE: "no worker has run yet",
    WorkerHealth.ALIVE: "the worker is alive",
    WorkerHealth.WAITING: "a worker stands by, none acts",
    WorkerHealth.STOPPED: "the worker was stopped",
    WorkerHealth.SILENT: "the worker says nothing any more",
}


SILENT = "silent"  # in place of what a worker last said of its state, once it says nothing any more


def operation_json(operation: Operation, now: datetime) -> str:
    """Return everything as JSON, instants in ISO 8601 and durations in seconds."""
    pulse = operation.pulse
    return json.dumps(
        {
            "schema_version": 1,
            "health": pulse.health.value,
            "seen_at": _iso(pulse.seen_at),
            "evaluated_at": _iso(pulse.evaluated_at),
            "overdue": pulse.is_overdue,
            "clock_behind": pulse.is_clock_behind,
            "lease": None if operation.lease is None else _lease(operation.lease),
            "workers": [_worker(one, now) for one in operation.workers],
            "runs": [_run(one) for one in operation.runs],
        },
        indent=2,
        ensure_ascii=False,
    )


def operation_text(operation: Operation, now: datetime) -> str:
    """Return the same as lines for a terminal."""
    return "\n".join(_lines(operation, now))


def _lines(operation: Operation, now: datetime) -> Iterator[str]:
    pulse = operation.pulse
    evaluated = (
        "nothing evaluated yet" if pulse.evaluated_at is None else f"evaluated up to {_short(pulse.evaluated_at)}"
    )
    overdue = "; OVERDUE" if pulse.is_overdue else ""
    behind = "; THE CLOCK IS BEHIND THE JOURNAL" if pulse.is_clock_behind else ""
    yield f"{HEALTH_WORDS[pulse.health].capitalize()}; {evaluated}{overdue}{behind}."
    for one in operation.workers:
        state = SILENT if one.is_silent(now) else one.state.value
        yield f"{state:<8} {one.worker}, version {one.version}, seen {_short(one.seen_at)}{_next(one, state)}"
    if operation.runs:
        yield ""
        yield f"{'due':<17}{'job':<24}{'outcome':<24}{'late':>9}{'rows':>7}  note"
    for run in operation.runs:
        yield (
            f"{_short(run.due_at):<17}{run.job[:23]:<24}{_outcome(run):<24}{_late(run):>9}{run.rows:>7}  {run.note}"
        ).rstrip()


def _next(one: SignOfLife, state: str) -> str:
    if one.next_due_at is None or state != WorkerState.ACTIVE:  # what the others named will be done by another
        return ""
    return f", next {one.next_job} at {_short(one.next_due_at)}"


def _outcome(run: Run) -> str:
    again = f", attempt {run.attempt}" if run.attempt > 1 else ""
    return f"{run.outcome}{again}"


def _late(run: Run) -> str:
    seconds = 0 if run.outcome is RunOutcome.ADDED else int(run.late_by.total_seconds())
    if seconds < 60:
        return "" if seconds == 0 else f"{seconds} s"
    return f"{seconds // 60} min" if seconds < 7200 else f"{seconds // 3600} h"


def _short(instant: datetime) -> str:
    return f"{instant:%m-%d %H:%M:%SZ}"


def _iso(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()


def _lease(lease: Lease) -> dict[str, Any]:
    return {"holder": lease.holder, "until": _iso(lease.until), "token": lease.token}


def _worker(sign: SignOfLife, now: datetime) -> dict[str, Any]:
    return {
        "worker": sign.worker,
        "state": sign.state.value,
        "silent": sign.is_silent(now),
        "version": sign.version,
        "started_at": _iso(sign.started_at),
        "seen_at": _iso(sign.seen_at),
        "position": sign.position,
        "next_job": sign.next_job,
        "next_due_at": _iso(sign.next_due_at),
        "missed": sign.missed,
        "note": sign.note,
    }


def _run(run: Run) -> dict[str, Any]:
    return {
        "job": run.job,
        "due_at": _iso(run.due_at),
        "started_at": _iso(run.started_at),
        "finished_at": _iso(run.finished_at),
        "outcome": run.outcome.value,
        "attempt": run.attempt,
        "covers": run.covers,
        "late_seconds": run.late_by.total_seconds(),
        "rows": run.rows,
        "note": run.note,
        "worker": run.worker,
        "token": run.token,
    }

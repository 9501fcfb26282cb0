"""Tables of the page of runs: workers, and what they did, with marks for what was late, failed or interrupted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dashboard import texts_runs as texts
from dashboard.data import Look
from dashboard.parts.markup import aged, alarm, attr, esc, rows_table
from iw_monitor.model.running import Operation, Run, RunOutcome, SignOfLife, WorkerState
from iw_monitor.model.status import Installation
from iw_monitor.telling import formats

GIB = 1 << 30


def state(operation: Operation, look: Look) -> str:
    """Return who acts, and up to when everything was evaluated."""
    pulse, lease = operation.pulse, operation.lease
    lines = [esc(texts.EVALUATED_NEVER)]
    if pulse.evaluated_at is not None:
        moment = esc(formats.both_times(pulse.evaluated_at, look.zone))
        lines = [texts.EVALUATED.format(moment=moment, age=aged(pulse.evaluated_at, look.now, look.zone))]
    if lease is not None and lease.holder:
        until = f"{lease.until:%H:%M:%S} UTC"
        lines.append(esc(texts.LEASE.format(holder=lease.holder, until=until, token=lease.token)))
    elif lease is not None:
        lines.append(esc(texts.LEASE_FREE.format(token=lease.token)))
    return f'<div class="iw">{"".join(f"<p>{one}</p>" for one in lines)}</div>'


def little_room(here: Installation) -> str:
    """Return the banner that says that the disk is nearly full, and what to do."""
    return alarm("little-room", texts.LITTLE_ROOM, esc(texts.LITTLE_ROOM_SAYS.format(room=_room(here))))


def installation(here: Installation) -> str:
    """Return which versions of what run, and how much room the journal has."""
    mark = " ⚠" if here.has_little_room else ""
    room = f"{_room(here)}{mark}"
    values = (here.program, here.python, here.tables, here.pack, here.pack_hash, room)
    rows = [
        [esc(name), f'<code class="iw-lines">{esc(value)}</code>']
        for name, value in zip(texts.STANDS, values, strict=True)
    ]
    return f'<div class="iw" data-installation>{rows_table((), rows)}</div>'


def _room(here: Installation) -> str:
    return texts.ROOM_ELSEWHERE if here.free_bytes is None else texts.ROOM.format(size=here.free_bytes / GIB)


def workers(found: Iterable[SignOfLife], look: Look) -> str:
    """Return every worker that was seen lately."""
    rows = [
        [
            esc(one.worker),
            esc(_state(one, look.now)),
            aged(one.seen_at, look.now, look.zone),
            _next(one, look),
            f"{one.position:,}",
            str(one.missed),
            esc(one.version),
        ]
        for one in found
    ]
    table = rows_table(texts.WORKER_HEAD, rows, numeric={4, 5}, stacked=True)
    return f'<div class="iw" data-workers="{len(rows)}">{table}</div>'


def _state(one: SignOfLife, now: datetime) -> str:
    return texts.STATE_SILENT if one.is_silent(now) else texts.STATES[one.state]


def _next(one: SignOfLife, look: Look) -> str:
    if one.next_due_at is None or one.state is not WorkerState.ACTIVE:
        return ""
    return f"{esc(one.next_job)} {esc(formats.until(one.next_due_at, look.now))}"


def runs(found: Iterable[Run], look: Look) -> str:
    """Return runs, the newest first."""
    rows = [
        [
            f'<time class="iw-nowrap" datetime="{one.due_at.isoformat()}" '
            f'title="{attr(formats.both_times(one.due_at, look.zone))}">{one.due_at:%m-%d %H:%M:%S}</time>',
            esc(one.job),
            _outcome(one),
            _late(one),
            _took(one),
            f"{one.rows:,}",
            f"<span>{esc(one.note)}</span>",
        ]
        for one in found
    ]
    if not rows:
        return f'<p class="iw">{esc(texts.NO_RUNS)}</p>'
    return (
        f'<div class="iw" data-runs="{len(rows)}">{rows_table(texts.RUN_HEAD, rows, numeric={5}, stacked=True)}</div>'
    )


def _outcome(run: Run) -> str:
    said = [texts.OUTCOMES[run.outcome]]
    said += [texts.ATTEMPT.format(number=run.attempt)] if run.attempt > 1 else []
    said += [texts.COVERS.format(count=run.covers)] if run.covers > 1 else []
    css = "iw-flag" if run.is_broken or run.attempt > 1 else ""
    return f'<span class="{css}">{esc(", ".join(said))}</span>'


def _late(run: Run) -> str:
    return f'<span class="iw-flag">{esc(formats.duration(run.late_by))}</span>' if run.is_late else ""


def _took(run: Run) -> str:
    if run.finished_at is None or run.outcome is RunOutcome.ADDED:
        return ""
    return f"{(run.finished_at - run.started_at).total_seconds():.1f} s"

"""The ledger of runs in its table: statements and nothing else, inside a transaction of the caller."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, insert, select, update

from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.running import FAR_AHEAD, MOST_ATTEMPTS, Run, RunOutcome
from iw_monitor.store.tables import job_run

_OPEN = (job_run.c.outcome == RunOutcome.INTERRUPTED.value) & (job_run.c.attempt < MOST_ATTEMPTS)  # to be begun again


def begin(connection: Connection, pack: str, run: Run) -> Run | None:
    """Write down that a run begins, and return it; None if its due time was dealt with before.

    One that was interrupted is begun again, as the next attempt.
    """
    before = _at(connection, pack, run.job, run.due_at)
    if before is None:
        connection.execute(insert(job_run), _row(pack, run))
        return run
    if not before.is_open:
        return None
    again = replace(run, attempt=before.attempt + 1, covers=before.covers)
    connection.execute(update(job_run).where(*_of(pack, run.job, run.due_at)).values(_row(pack, again)))
    return again


def finish(connection: Connection, pack: str, run: Run) -> None:
    """Write down how a run ended."""
    connection.execute(update(job_run).where(*_of(pack, run.job, run.due_at)).values(_row(pack, run)))


def interrupt(connection: Connection, pack: str, job: str) -> None:
    """Mark the runs of a job that began and never ended; whoever calls knows that none is going on."""
    left = (job_run.c.pack == pack, job_run.c.job == job, job_run.c.outcome == RunOutcome.RUNNING.value)
    connection.execute(update(job_run).where(*left).values(outcome=RunOutcome.INTERRUPTED.value))


def set_aside(connection: Connection, pack: str, job: str, *, after: datetime, note: str) -> int:
    """Mark the runs of a job that are due after an instant, so that each is begun again when it is due; say how many.

    A clock was ahead when they ran: what they did stands, but was done too early.
    """
    early = (
        job_run.c.pack == pack,
        job_run.c.job == job,
        job_run.c.due_at > microseconds(after),
        job_run.c.outcome.in_([RunOutcome.DONE.value, RunOutcome.FAILED.value]),
    )
    fewer = case((job_run.c.attempt < MOST_ATTEMPTS, job_run.c.attempt), else_=MOST_ATTEMPTS - 1)
    marked = update(job_run).where(*early).values(outcome=RunOutcome.INTERRUPTED.value, attempt=fewer, note=note)
    return connection.execute(marked).rowcount


def begun(connection: Connection, pack: str, job: str, *, since: datetime) -> tuple[Run, ...]:
    """Return the runs of a job that were due from an instant on, in the order in which they were due."""
    question = select(job_run).where(
        job_run.c.pack == pack, job_run.c.job == job, job_run.c.due_at >= microseconds(since)
    )
    return tuple(run_from(dict(row)) for row in connection.execute(question.order_by(job_run.c.due_at)).mappings())


def unfinished(connection: Connection, pack: str, job: str) -> tuple[Run, ...]:
    """Return the runs of a job that are not marked as ended, or may be begun again, in the order they were due."""
    question = select(job_run).where(
        job_run.c.pack == pack,
        job_run.c.job == job,
        (job_run.c.outcome == RunOutcome.RUNNING.value) | _OPEN,
    )
    return tuple(run_from(dict(row)) for row in connection.execute(question.order_by(job_run.c.due_at)).mappings())


def last_due(
    connection: Connection, pack: str, job: str, outcome: RunOutcome | None = None, *, upto: datetime
) -> datetime | None:
    """Return the latest due time of a job up to an instant that is in the ledger, of any outcome or of one."""
    wanted = () if outcome is None else (job_run.c.outcome == outcome.value,)
    return _last(connection, pack, job, upto, *wanted)


def last_settled(connection: Connection, pack: str, job: str, *, upto: datetime) -> datetime | None:
    """Return the latest due time of a job up to an instant that is in the ledger and is not to be begun again."""
    return _last(connection, pack, job, upto, ~_OPEN)


def last_done(connection: Connection, pack: str, job: str, *, upto: datetime) -> datetime | None:
    """Return the latest due time of a job that was done by an instant, and not by a clock that was ahead."""
    in_time = job_run.c.started_at <= microseconds(upto + FAR_AHEAD)
    return _last(connection, pack, job, upto, job_run.c.outcome == RunOutcome.DONE.value, in_time)


def _last(connection: Connection, pack: str, job: str, upto: datetime, *wanted: ColumnElement[bool]) -> datetime | None:
    of_job = job_run.c.pack == pack, job_run.c.job == job, job_run.c.due_at <= microseconds(upto)
    question = select(job_run.c.due_at).where(*of_job, *wanted).order_by(job_run.c.due_at.desc()).limit(1)
    found = connection.execute(question).scalar()
    return None if found is None else from_microseconds(found)


def newest(
    connection: Connection,
    pack: str,
    *,
    limit: int,
    job: str | None = None,
    about: str | None = None,
    upto: datetime | None = None,
) -> tuple[Run, ...]:
    """Return the runs that began last, the newest first; ``about`` is the first word of their jobs' names."""
    question = select(job_run).where(job_run.c.pack == pack)
    if upto is not None:
        question = question.where(job_run.c.due_at <= microseconds(upto))
    if job is not None:
        question = question.where(job_run.c.job == job)
    if about is not None:
        question = question.where(job_run.c.job.startswith(f"{about} ", autoescape=True))
    question = question.order_by(job_run.c.started_at.desc(), job_run.c.due_at.desc(), job_run.c.job).limit(limit)
    return tuple(run_from(dict(row)) for row in connection.execute(question).mappings())


def latest(connection: Connection, pack: str, *, upto: datetime) -> tuple[Run, ...]:
    """Return the last run of each job that was due by an instant and has ended, in the order of their names."""
    ended = (
        job_run.c.pack == pack,
        job_run.c.outcome.in_([one.value for one in _ENDED]),
        job_run.c.due_at <= microseconds(upto),
    )
    last = select(job_run.c.job, func.max(job_run.c.due_at).label("due_at")).where(*ended).group_by(job_run.c.job)
    newest_of = last.subquery()
    same = (job_run.c.job == newest_of.c.job) & (job_run.c.due_at == newest_of.c.due_at)
    question = select(job_run).join(newest_of, same).where(job_run.c.pack == pack).order_by(job_run.c.job)
    return tuple(run_from(dict(row)) for row in connection.execute(question).mappings())


_ENDED = (RunOutcome.DONE, RunOutcome.FAILED, RunOutcome.INTERRUPTED)


def _at(connection: Connection, pack: str, job: str, due_at: datetime) -> Run | None:
    row = connection.execute(select(job_run).where(*_of(pack, job, due_at))).mappings().first()
    return None if row is None else run_from(dict(row))


def _of(pack: str, job: str, due_at: datetime) -> tuple[ColumnElement[bool], ...]:
    return job_run.c.pack == pack, job_run.c.job == job, job_run.c.due_at == microseconds(due_at)


def _row(pack: str, run: Run) -> dict[str, Any]:
    return {
        "pack": pack,
        "job": run.job,
        "due_at": microseconds(run.due_at),
        "started_at": microseconds(run.started_at),
        "finished_at": None if run.finished_at is None else microseconds(run.finished_at),
        "outcome": run.outcome.value,
        "attempt": run.attempt,
        "covers": run.covers,
        "rows": run.rows,
        "note": run.note,
        "worker": run.worker,
        "token": run.token,
    }


def run_from(row: Mapping[str, Any]) -> Run:
    """Return the run that a row holds."""
    finished = row["finished_at"]
    return Run(
        job=row["job"],
        due_at=from_microseconds(row["due_at"]),
        started_at=from_microseconds(row["started_at"]),
        finished_at=None if finished is None else from_microseconds(finished),
        outcome=RunOutcome(row["outcome"]),
        attempt=row["attempt"],
        covers=row["covers"],
        rows=row["rows"],
        note=row["note"],
        worker=row["worker"],
        token=row["token"],
    )

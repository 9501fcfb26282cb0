"""How a site is run, as everyone else sees it: leases, the ledger of runs, and signs of life, of one pack."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from iw_monitor.model.instants import as_utc
from iw_monitor.model.running import Fence, Lease, Run, RunOutcome, SignOfLife
from iw_monitor.store import lease_rows, run_rows
from iw_monitor.store.journal import Journal


class RunningStore:
    """Leases, runs and signs of life of one pack. Safe to share between threads; writes take turns with the journal's.

    What a worker writes of its runs carries its fence: a worker that was overtaken raises ``FencedOffError``.
    """

    def __init__(self, journal: Journal, pack: str) -> None:
        self._journal, self._pack = journal, pack

    @property
    def lease_name(self) -> str:
        """The name of the lease that lets one worker act on this pack."""
        return f"worker of {self._pack}"

    # --- The lease ---

    def take_lease(self, holder: str, *, life: timedelta, abandoned: Lease | None = None) -> Lease | None:
        """Get or renew the lease for a while; None if somebody else holds it.

        Args:
            holder: who wants it.
            life: for how long.
            abandoned: a lease of somebody else that stands although nobody renews it: a clock that was ahead gave it.
        """
        with self._journal._writing() as (connection, _):
            now = as_utc(self._journal._clock())
            return lease_rows.take(connection, self.lease_name, holder, life=life, now=now, abandoned=abandoned)

    def give_back(self, fence: Fence) -> None:
        """Give the lease back at once, so that nobody has to wait until it runs out."""
        with self._journal._writing() as (connection, _):
            lease_rows.give_back(connection, fence)

    def lease(self) -> Lease | None:
        """Return who may act, or could last."""
        with self._journal._reading() as connection:
            return lease_rows.current(connection, self.lease_name)

    # --- The ledger ---

    def begin(self, run: Run, fence: Fence) -> Run | None:
        """Write down that a run begins, and return it; None if its due time was dealt with before."""
        with self._journal.fenced(fence)._writing() as (connection, _):
            return run_rows.begin(connection, self._pack, run)

    def finish(
        self, run: Run, fence: Fence, *, at: datetime, outcome: RunOutcome, rows: int = 0, note: str = ""
    ) -> Run:
        """Write down how a run ended, and return it."""
        ended = replace(run, finished_at=at, outcome=outcome, rows=rows, note=note)
        with self._journal.fenced(fence)._writing() as (connection, _):
            run_rows.finish(connection, self._pack, ended)
        return ended

    def interrupt(self, job: str, fence: Fence) -> None:
        """Mark the runs of a job that began and never ended; the caller is the only one who runs it now."""
        with self._journal.fenced(fence)._writing() as (connection, _):
            run_rows.interrupt(connection, self._pack, job)

    def set_aside(self, job: str, fence: Fence, *, after: datetime, note: str) -> int:
        """Mark the runs of a job that are due after an instant, to be begun again when it is time; say how many."""
        with self._journal.fenced(fence)._writing() as (connection, _):
            return run_rows.set_aside(connection, self._pack, job, after=after, note=note)

    def begun(self, job: str, *, since: datetime) -> tuple[Run, ...]:
        """Return the runs of a job that were due from an instant on, in the order in which they were due."""
        with self._journal._reading() as connection:
            return run_rows.begun(connection, self._pack, job, since=since)

    def unfinished(self, job: str) -> tuple[Run, ...]:
        """Return the runs of a job that are not marked as ended, or may be begun again, in the order they were due."""
        with self._journal._reading() as connection:
            return run_rows.unfinished(connection, self._pack, job)

    def last_due(self, job: str, outcome: RunOutcome | None = None, *, upto: datetime) -> datetime | None:
        """Return the latest due time of a job up to an instant that is in the ledger, of any outcome or of one.

        A clock that was ahead leaves later ones; they say nothing of what was done by now.
        """
        with self._journal._reading() as connection:
            return run_rows.last_due(connection, self._pack, job, outcome, upto=upto)

    def last_settled(self, job: str, *, upto: datetime) -> datetime | None:
        """Return the latest due time of a job up to an instant that is in the ledger and is not to be begun again."""
        with self._journal._reading() as connection:
            return run_rows.last_settled(connection, self._pack, job, upto=upto)

    def last_done(self, job: str, *, upto: datetime) -> datetime | None:
        """Return the latest due time of a job that was done by an instant, and not by a clock that was ahead."""
        with self._journal._reading() as connection:
            return run_rows.last_done(connection, self._pack, job, upto=upto)

    def latest(self, *, upto: datetime) -> tuple[Run, ...]:
        """Return the last run of each job that was due by an instant and has ended, in the order of their names."""
        with self._journal._reading() as connection:
            return run_rows.latest(connection, self._pack, upto=upto)

    def newest(
        self, *, limit: int, job: str | None = None, about: str | None = None, upto: datetime | None = None
    ) -> tuple[Run, ...]:
        """Return the runs that began last, the newest first: of all jobs, of one, or of those about one kind.

        With ``upto`` none that is due later: what a clock that was ahead had run would hide all others.
        """
        with self._journal._reading() as connection:
            return run_rows.newest(connection, self._pack, limit=limit, job=job, about=about, upto=upto)

    # --- Signs of life ---

    def say_alive(self, sign: SignOfLife) -> None:
        """Keep what a worker says of itself. Not fenced: who stands by says so too."""
        with self._journal._writing() as (connection, _):
            lease_rows.say_alive(connection, self._pack, sign)

    def workers(self) -> tuple[SignOfLife, ...]:
        """Return what each worker last said, the one seen last first."""
        with self._journal._reading() as connection:
            return lease_rows.workers(connection, self._pack)

"""The worker: acts while it holds the lease, runs what is due, and says that it is alive. It never sleeps itself.

The scheduler of ``live`` wakes it by the machine's clock; a simulation wakes it by its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from threading import Condition, Lock

from iw_monitor.errors import FencedOffError, IwError, StoreError
from iw_monitor.model.running import FAR_AHEAD, MOST_ATTEMPTS, Lease, Run, RunOutcome, SignOfLife, WorkerState
from iw_monitor.schedule.jobs import Due, Job, Result, Turn
from iw_monitor.schedule.log import Say, say_nothing
from iw_monitor.service.running import EVALUATION
from iw_monitor.service.site import Site
from iw_monitor.store.running import RunningStore

LIFE = timedelta(seconds=30)  # of the lease; renewed at a third of it
LONGEST_NOTE = 500  # letters

JobsOf = Callable[[Site], tuple[Job, ...]]


@dataclass(frozen=True, slots=True)
class _Settled:
    """That of a job nothing is left to begin again."""

    token: int  # of the lease under which that was seen
    until: datetime | None  # when something is due that was set aside

    def holds(self, token: int, now: datetime) -> bool:
        return self.token == token and (self.until is None or now < self.until)


class Worker:
    """One process that wants to look after a site. Safe to share between threads, each running another job."""

    def __init__(
        self, site: Site, jobs_of: JobsOf, *, name: str, version: str, life: timedelta = LIFE, say: Say = say_nothing
    ) -> None:
        """Look after a site.

        Args:
            site: its clock is the worker's.
            jobs_of: returns the jobs that the newest pack asks for.
            name: tells it from every other worker there ever was.
            version: of the program.
            life: how long the lease lasts if it is not renewed.
            say: told what happens.
        """
        self.name, self.life = name, life
        self._site, self._jobs_of, self._say = site, jobs_of, say
        self._store = RunningStore(site.journal, site.pack.id)
        self._turn = Lock()
        self._busy, self._idle = 0, Condition()
        self._lease: Lease | None = None
        self._is_heard = False  # it has said whether it acts
        self._watched: tuple[Lease, datetime] | None = None  # somebody else's, that lasts too long, and since when
        self._settled: dict[str, _Settled] = {}  # by job
        self._renewed_at = self._started_at = self._looked_at = site.now()
        self._missed = self._position = 0
        self.trouble = ""  # what its process finds wrong; said with its sign of life
        self.is_behind = False  # the journal could not be used: look at everything again once it can be
        self._is_stopping = False
        self._sign = SignOfLife(
            worker=name,
            state=WorkerState.STANDBY,
            version=version,
            started_at=self._started_at,
            seen_at=self._started_at,
            position=0,
            next_job="",
            next_due_at=None,
            missed=0,
            note="",
        )

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What the newest pack asks for."""
        return self._jobs_of(self._site)

    @property
    def lease(self) -> Lease | None:
        """The lease while it is held and was renewed in time, or None."""
        with self._turn:
            held, renewed = self._lease, self._renewed_at
        return held if held is not None and self._site.now() - renewed < self.life else None

    # --- The lease and the sign of life ---

    def keep_lease(self) -> bool:
        """Get or renew the lease, say that this worker is alive, and return whether it may act."""
        asked_at = self._site.now()
        held = self._store.take_lease(self.name, life=self.life, abandoned=self._abandoned(asked_at))
        with self._turn:
            before, self._lease, self._renewed_at = self._lease, held, asked_at
        said = "lease_got" if held else "lease_lost" if before else "standing_by"
        if (before and before.token) != (held and held.token) or (said == "standing_by" and not self._is_heard):
            self._say(said, worker=self.name)
            self._is_heard = True
        self.say_alive(WorkerState.ACTIVE if held else WorkerState.STANDBY)
        return held is not None

    def _abandoned(self, now: datetime) -> Lease | None:
        """Return the lease that a clock which was far ahead gave somebody, once nobody has renewed it for a whole life.

        Else whoever comes after it would wait until the clock shows that time again.
        """
        standing = self._store.lease()
        if standing is None or standing.holder == self.name or standing.until <= now + max(FAR_AHEAD, self.life):
            self._watched = None
        elif self._watched is None or self._watched[0] != standing or now < self._watched[1]:
            self._watched = standing, now
        elif now - self._watched[1] >= self.life:
            return standing
        return None

    def say_alive(self, state: WorkerState) -> None:
        """Say what this worker is about, and what is due next."""
        now = self._site.now()
        due = min(((at, job.id) for job in self.jobs if (at := job.times.after(now))), default=None)
        self._sign = replace(
            self._sign,
            state=state,
            seen_at=now,
            position=self._position,
            next_job=due[1] if due else "",
            next_due_at=due[0] if due else None,
            missed=self._missed,
            note=self.trouble,
        )
        self._store.say_alive(self._sign)

    def stop(self) -> None:
        """Give the lease back and say that this worker ended as told to; what it still runs is fenced off."""
        held = self._lease
        if held is not None:
            self._lease = None
            self._store.give_back(held.fence)
        self.say_alive(WorkerState.STOPPED)

    def note_missed(self) -> None:
        """Count a time at which a job was passed over because it was still running."""
        with self._turn:
            self._missed += 1

    # --- The jobs ---

    def run_due(self, job: Job) -> tuple[Run, ...]:
        """Run a job for everything it is due for, if this worker may act, and return what came of it.

        Nobody else may be running the same job of this worker.
        """
        done: list[Run] = []
        self._count_busy(1)
        try:
            while (held := self.lease) is not None and not self._is_stopping:
                position = self._site.journal.position()
                pending = self._pending(job, held)
                if not pending:
                    self._note_position(job, position)
                    break
                ran = self._run(job, pending[0], held)
                done += [] if ran is None else [ran]
        except FencedOffError as error:
            self._say("fenced_off", worker=self.name, job=job.id, error=error)
            with self._turn:
                self._lease = None
        except StoreError as error:
            self._say("no_database", worker=self.name, job=job.id, error=error)
            self.is_behind = True
        finally:
            self._count_busy(-1)
        return tuple(done)

    def wait_until_idle(self, patience: timedelta) -> bool:
        """Wait for what runs, begin nothing more, and return whether all of it ended in time."""
        self._is_stopping = True
        with self._idle:
            return self._idle.wait_for(lambda: self._busy == 0, patience.total_seconds())

    def _count_busy(self, by: int) -> None:
        with self._idle:
            self._busy += by
            self._idle.notify_all()

    def note_fault(self, job: str, fault: BaseException) -> None:
        """Write into the ledger that the program itself failed in a run, not what it was given."""
        held = self.lease
        for run in self._store.unfinished(job) if held is not None else ():
            if held is not None and run.outcome is RunOutcome.RUNNING:
                note = f"fault of the program: {type(fault).__name__}: {fault}"[:LONGEST_NOTE]
                self._store.finish(run, held.fence, at=self._site.now(), outcome=RunOutcome.FAILED, note=note)

    def _pending(self, job: Job, held: Lease) -> tuple[Due, ...]:
        now = self._site.now()
        if now < self._looked_at - FAR_AHEAD:  # the clock was set back: what ran before may not be due yet
            self._settled.clear()
        self._looked_at = now
        settled = self._settled.get(job.id)
        if settled is None or not settled.holds(held.token, now):
            left = self._left(job, now, held)
            if again := {run.due_at: Due(run.due_at, run.covers) for run in left if run.due_at <= now}:
                more = {due.at: due for due in job.pending(self._site, self._store, now)}
                return tuple(due for _, due in sorted((more | again).items()))
            self._settled[job.id] = _Settled(held.token, next((run.due_at for run in left), None))
        return job.pending(self._site, self._store, now)

    def _left(self, job: Job, now: datetime, held: Lease) -> tuple[Run, ...]:
        """Return the runs of a job that are to be begun again, now or when they are due; write down that it exists."""
        if self._store.last_due(job.id, upto=now) is None:
            self._store.begin(self._added(job, now, held), held.fence)
        self._set_aside(job, now + FAR_AHEAD, held)
        left = self._store.unfinished(job.id)
        if any(run.outcome is RunOutcome.RUNNING for run in left):  # nobody runs it now: its worker has gone
            self._store.interrupt(job.id, held.fence)
        return tuple(run for run in left if run.attempt < MOST_ATTEMPTS)

    def _set_aside(self, job: Job, after: datetime, held: Lease) -> None:
        """Mark what a clock that was ahead had run, and say so."""
        if not any(run.outcome in _RAN for run in self._store.begun(job.id, since=after)):
            return
        count = self._store.set_aside(job.id, held.fence, after=after, note="It was run by a clock that was ahead")
        self._say("clock_was_ahead", worker=self.name, job=job.id, runs=count)

    def _run(self, job: Job, due: Due, held: Lease) -> Run | None:
        now = self._site.now()
        settled = self._settled.pop(job.id, None)  # until this run has ended, nothing is
        run = self._store.begin(self._begun(job, due, now, held), held.fence)
        if run is None:
            return None
        self._say("run_begun", job=job.id, due=due.at, late=run.late_by, attempt=run.attempt, covers=run.covers)
        turn = Turn(site=self._site.fenced(held.fence), fence=held.fence, due_at=due.at, now=now)
        try:
            result = job.run(turn)
        except FencedOffError:
            raise
        except IwError as error:
            if isinstance(error, StoreError) and run.attempt < MOST_ATTEMPTS:
                raise  # no failure of the job: it is begun again as soon as its journal can be used
            result = Result(note=str(error), failed=True)
        except OSError as error:  # a folder that may not be written, a disk that is full: no fault of the program
            result = Result(note=_of_the_machine(error), failed=True)
        outcome = RunOutcome.FAILED if result.failed else RunOutcome.DONE
        note = " ".join(result.note.split())[:LONGEST_NOTE]
        ended = self._store.finish(run, held.fence, at=self._site.now(), outcome=outcome, rows=result.rows, note=note)
        if settled is not None:
            self._settled[job.id] = settled
        self._say(
            f"run_{outcome}",
            job=job.id,
            due=due.at,
            rows=ended.rows,
            next_due=job.times.after(now),
            **{"error" if result.failed else "note": note},
        )
        return ended

    def _begun(self, job: Job, due: Due, now: datetime, held: Lease) -> Run:
        return Run(
            job=job.id,
            due_at=due.at,
            started_at=now,
            finished_at=None,
            outcome=RunOutcome.RUNNING,
            attempt=1,
            covers=due.covers,
            rows=0,
            note="",
            worker=self.name,
            token=held.token,
        )

    def _added(self, job: Job, now: datetime, held: Lease) -> Run:
        since = Due(job.known_since(now), covers=0)
        return replace(self._begun(job, since, now, held), finished_at=now, outcome=RunOutcome.ADDED)

    def _note_position(self, job: Job, position: int) -> None:
        if job.id == EVALUATION:
            self._position = position


_RAN = (RunOutcome.DONE, RunOutcome.FAILED)


def _of_the_machine(error: OSError) -> str:
    name = f"{error.filename}: " if error.filename else ""
    return f"{name}{error.strerror or error}. See that the worker's user may use it, and that there is room."

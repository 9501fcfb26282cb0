"""What runs by itself: the runs of jobs, the lease that lets one worker act, and the sign of life of each worker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SILENT_AFTER = timedelta(seconds=60)  # a worker says every ten seconds that it is alive
LATE_AFTER = timedelta(minutes=2)  # below it a run was on time: workers look every few seconds
FAR_AHEAD = timedelta(minutes=10)  # of a clock: by more than clocks of several hosts differ
MOST_ATTEMPTS = 3  # of one run: what ends its worker three times is not begun a fourth time


class RunOutcome(StrEnum):
    """How a run stands, or how it ended."""

    ADDED = "added"  # no run: since then the job is known, and nothing due before it was missed
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"  # its worker ended, or lost the lease, before the run did; or its clock was ahead


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One due time of one job, and what came of it. There is never a second run for the same due time."""

    job: str
    due_at: datetime
    started_at: datetime
    finished_at: datetime | None
    outcome: RunOutcome
    attempt: int  # 1, and one more each time an interrupted run was begun again
    covers: int  # due times: this one and those before it that nobody ran
    rows: int  # what it wrote, in the job's own measure
    note: str  # what was done, or why not, in a sentence
    worker: str
    token: int  # of the lease under which it ran

    @property
    def late_by(self) -> timedelta:
        """How long after its due time it began."""
        return max(self.started_at - self.due_at, timedelta(0))

    @property
    def is_late(self) -> bool:
        """Whether it began well after its due time."""
        return self.outcome is not RunOutcome.ADDED and self.late_by > LATE_AFTER

    @property
    def is_open(self) -> bool:
        """Whether it was interrupted and is to be begun again."""
        return self.outcome is RunOutcome.INTERRUPTED and self.attempt < MOST_ATTEMPTS

    @property
    def is_broken(self) -> bool:
        """Whether it failed or was interrupted."""
        return self.outcome in (RunOutcome.FAILED, RunOutcome.INTERRUPTED)

    @property
    def is_troubled(self) -> bool:
        """Whether there is anything to look into: late, failed, interrupted, or begun again."""
        return self.is_late or self.is_broken or self.attempt > 1


@dataclass(frozen=True, slots=True)
class Fence:
    """The right to write, as long as nobody else got the lease: its name, and the token that came with it."""

    lease: str
    token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """Who may act, until when. The token grows by one with each new holder."""

    name: str
    holder: str  # empty: given back
    until: datetime
    token: int

    @property
    def fence(self) -> Fence:
        """What the holder's writes carry."""
        return Fence(self.name, self.token)


class WorkerState(StrEnum):
    """What a worker is about."""

    ACTIVE = "active"  # holds the lease and runs the jobs
    STANDBY = "standby"  # waits for the lease
    STOPPED = "stopped"  # ended as it was told to


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOfLife:
    """What a worker last said of itself."""

    worker: str
    state: WorkerState
    version: str
    started_at: datetime
    seen_at: datetime
    position: int  # in the journal, up to which it has evaluated
    next_job: str
    next_due_at: datetime | None
    missed: int  # times that the scheduler passed over a job because it was still running
    note: str  # what troubles it, or nothing

    def is_silent(self, now: datetime) -> bool:
        """Say whether it should have said something since and did not, by this clock or by one that was ahead."""
        return self.state is not WorkerState.STOPPED and not -FAR_AHEAD <= now - self.seen_at <= SILENT_AFTER


class WorkerHealth(StrEnum):
    """What is known of a site's workers."""

    NONE = "none"  # none has ever run
    ALIVE = "alive"
    WAITING = "waiting"  # one stands by and none acts
    STOPPED = "stopped"  # ended as told to, and none took its place
    SILENT = "silent"  # it said nothing for too long


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """Whether the site is looked after."""

    health: WorkerHealth
    seen_at: datetime | None  # when a worker last said that it is alive
    evaluated_at: datetime | None  # the last instant that was evaluated
    is_overdue: bool  # there is a worker, or was, and no evaluation for too long
    recorded_at: datetime | None  # when the newest entry of the journal was recorded
    is_clock_behind: bool  # that lies in the future of this machine's clock: what is recorded now is not seen yet

    @property
    def is_well(self) -> bool:
        """Whether a worker acts, or none was ever wanted."""
        return self.health in (WorkerHealth.ALIVE, WorkerHealth.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """Everything an operator looks at."""

    pulse: Pulse
    workers: tuple[SignOfLife, ...]
    lease: Lease | None
    runs: tuple[Run, ...]

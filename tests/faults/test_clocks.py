"""The clock jumps ahead and back, for hours and for days, and over the night in spring that lacks an hour.

What is done ahead of its time is done again when it is due, and marked; nothing is passed over, and what was concluded
is what a replay concludes. The short form belongs to the long tests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from iw_monitor.model.alert import Standing
from iw_monitor.model.running import Run, RunOutcome
from iw_monitor.model.times import Crontab, Every, Times, due_between
from iw_monitor.schedule.evaluation import Evaluation, conclude
from iw_monitor.schedule.jobs import Job, Result, TimedJob
from iw_monitor.schedule.simulate import run_until
from iw_monitor.schedule.worker import LIFE, Worker
from iw_monitor.service.alerting import rules_of
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from iw_monitor.store.running import RunningStore
from tests.alerts import OUTLETS, an_alerting_site, report
from tests.builders import DAY, HOUR
from tests.conftest import IS_THOROUGH
from tests.faults.ledger import differing_runs

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600 if IS_THOROUGH else 600)]

BEGIN = datetime(2024, 3, 24, 0, 20, tzinfo=UTC)  # in the night of the 29th, Jerusalem's clocks skip an hour
ZONE = ZoneInfo("Asia/Jerusalem")
JOBS: dict[str, Times] = {
    "nightly": Crontab("30 2 * * *", ZONE),
    "weekly": Crontab("0 7 * * sun", ZONE),
    "often": Every(6 * HOUR),
}
DAYS, JUMPS = (30, 120) if IS_THOROUGH else (7, 20)
LEAST, MOST = timedelta(minutes=15), 5 * DAY  # of a jump
SEED = 20240329
Record = Callable[[str, Any], None]


@dataclass
class Life:
    """A site whose clock is wrong now and then; its worker may die at the same moment."""

    seed: int
    jumps: Counter[str] = field(default_factory=Counter)
    begun: Counter[tuple[str, datetime]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.site, self.clock = an_alerting_site()
        self.clock.at = BEGIN
        self.worker = self._hired()

    def live(self) -> None:
        """Let the days pass, with jumps between them, and at the end everything that was ahead."""
        right, end = BEGIN, BEGIN + DAYS * DAY
        self._work_until(right)  # from now on its jobs are known
        step = (end - BEGIN) / JUMPS
        while right < end:
            error = self.chance.choice((timedelta(0), self._size(), -self._size()))
            until = right + step * self.chance.uniform(0.2, 1.8)
            self._jump_to(max(right + error, BEGIN))
            while right < until:
                passed = self.chance.uniform(0.2, 6) * HOUR
                right += passed
                self._work_until(self.clock.at + passed)
                if self.chance.random() < 0.4:
                    report(self.site, self.chance.randint(0, 4), self.chance.choice(("port_traffic", "ferry_strikes")))
        self._jump_to(right)
        self._work_until(max(right, self.site.journal.end() or right) + 2 * HOUR)

    def _size(self) -> timedelta:
        """Return how far a jump goes: as often some minutes as some hours or days."""
        return LEAST * float((MOST / LEAST) ** self.chance.random())

    def _jump_to(self, at: datetime) -> None:
        ahead = at - self.clock.at
        self.jumps["ahead" if ahead > timedelta(0) else "back"] += 1
        self.clock.at = at
        if self.chance.random() < 0.3:
            self.jumps["with a new worker"] += 1
            self.worker = self._hired()

    def _work_until(self, at: datetime) -> None:
        while not self.worker.keep_lease():  # of the worker that died
            self.clock.at += LIFE / 3
        run_until(self.worker, max(at, self.clock.at), now=self.clock, turn_to=self._turn_to)

    def _turn_to(self, at: datetime) -> None:
        self.clock.at = at

    def _hired(self) -> Worker:
        jobs: tuple[Job, ...] = (
            Evaluation(act=conclude),
            *(TimedJob(id=name, times=times, act=lambda _: Result(rows=1)) for name, times in JOBS.items()),
        )
        name = f"worker {self.jumps['with a new worker']}"
        return Worker(self.site, lambda _: jobs, name=name, version="1", say=self._say)

    def _say(self, event: str, /, **facts: Any) -> None:
        if event == "run_begun":
            self.begun[facts["job"], facts["due"]] += 1

    # --- What it left behind ---

    def runs(self, job: str) -> dict[datetime, Run]:
        """Return the runs of a job by when they were due, but for those that a clock ahead began and nobody since."""
        found = RunningStore(self.site.journal, self.site.pack.id).begun(job, since=BEGIN - DAY)
        return {one.due_at: one for one in found if one.outcome is not RunOutcome.ADDED and one.due_at <= self.clock.at}

    def unmarked(self) -> list[tuple[str, datetime]]:
        """Return what was begun more than once and is not marked as such."""
        runs = {(job, at): run for job in ("evaluation", *JOBS) for at, run in self.runs(job).items()}
        return [key for key, run in runs.items() if self.begun[key] > 1 and run.attempt == 1]

    def passed_over(self, job: str) -> Iterator[datetime]:
        """Yield the due times of a job that no run was for."""
        expected = list(due_between(JOBS[job], BEGIN, self.clock.at))
        covered: set[datetime] = set()
        for at, run in self.runs(job).items():
            place = expected.index(at)
            covered.update(expected[max(0, place + 1 - run.covers) : place + 1])
        yield from (at for at in expected if at not in covered)


@pytest.fixture(autouse=True)
def with_channels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IW_CHANNELS", str(OUTLETS.channels))


@pytest.mark.parametrize("seed", range(SEED, SEED + 3))
def test_whatever_the_clock_does_every_instant_is_evaluated_and_what_is_done_again_is_marked(
    seed: int, record_property: Record
) -> None:
    life = Life(seed)
    life.live()
    site, at = life.site, life.clock.at
    runs = life.runs("evaluation")
    lost = set(site.canonical_instants(BEGIN, at)) - {
        due for due, run in runs.items() if run.outcome is RunOutcome.DONE
    }
    over = {job: list(life.passed_over(job)) for job in JOBS}
    differing = differing_runs(site, BEGIN)
    again = sum(times > 1 for times in life.begun.values())
    record_property(
        "figures",
        f"jumps {dict(life.jumps)}; evaluations {len(runs)}, done again {again}, lost {len(lost)}, "
        f"doubled unmarked {len(life.unmarked())}, differing from replay {len(differing)}; "
        f"other due times {sum(len(life.runs(job)) for job in JOBS)}, lost {sum(map(len, over.values()))}",
    )
    assert not lost
    assert not differing
    assert not life.unmarked()
    assert over == {job: [] for job in JOBS}
    assert life.jumps["ahead"] > 3
    assert life.jumps["back"] > 3
    nights = [due.astimezone(ZONE).date() for due in life.runs("nightly")]
    assert len(nights) == len(set(nights))
    assert site.journal.verify() > 0
    assert firing(AlertStore(site.journal, site.pack.id).look().standing) == firing(replayed(site))


def replayed(site: Site) -> Standing:
    """Return how alerts stand for a site that looks back."""
    return site.noticed(rules_of(site), BEGIN)[-1].standing


def firing(standing: Standing) -> set[tuple[str, str]]:
    return {one.key for one in standing.alerts if one.is_active}

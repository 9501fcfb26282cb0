"""The evaluation: what is concluded at every canonical instant, hour for hour and report for report (METHOD 4.10).

Unlike other jobs it leaves no due time out: levels that change and change back while no worker ran have changed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.model.assessment import Assessment
from iw_monitor.model.instants import MICROSECOND
from iw_monitor.model.running import RunOutcome
from iw_monitor.model.times import Every, Times, due_between
from iw_monitor.schedule.jobs import Due, Result, Turn
from iw_monitor.service.alerting import evaluate
from iw_monitor.service.running import EVALUATION
from iw_monitor.service.site import Site
from iw_monitor.store.running import RunningStore

HOURLY = Every(timedelta(hours=1))
LOOK_EVERY = Every(timedelta(seconds=2))  # whether something was reported
FARTHEST_BACK = timedelta(days=14)  # what was missed before that is left to a replay
# Clocks of several hosts differ: a report may be recorded at an instant that was evaluated a moment ago.
SLACK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """Evaluates every canonical instant once, in order."""

    act: Callable[[Turn], Result]
    id: str = EVALUATION
    times: Times = HOURLY
    wake: Times = LOOK_EVERY
    jitter: timedelta = timedelta(0)

    def known_since(self, now: datetime) -> datetime:
        """Return the moment before the last full hour, so that a first worker evaluates at once."""
        return HOURLY.after(now) - HOURLY.interval - MICROSECOND

    def pending(self, site: Site, store: RunningStore, now: datetime) -> tuple[Due, ...]:
        """Return the canonical instants that are not in the ledger, or are to be begun again."""
        newest = store.last_settled(self.id, upto=now)
        if newest is None:
            return ()
        after = max(newest, now - FARTHEST_BACK) - SLACK
        added = store.last_due(self.id, RunOutcome.ADDED, upto=now)
        after = after if added is None else max(after, added)
        held = {run.due_at for run in store.begun(self.id, since=after) if not run.is_open}
        instants = {*due_between(HOURLY, after, now), *site.canonical_instants(after, now)}
        return tuple(Due(at) for at in sorted(instants - held))

    def run(self, turn: Turn) -> Result:
        """Evaluate one canonical instant."""
        return self.act(turn)


def conclude(turn: Turn) -> Result:
    """Conclude what is recommended at an instant, say it in the ledger, and notice what that does to alerts."""
    done = evaluate(turn.site, turn.due_at)
    return Result(rows=1 + done.transitions + done.levels, note=levels_of(turn.site.assess(turn.due_at)))


def levels_of(assessment: Assessment) -> str:
    """Return the recommended level of each problem in a line; ``?`` where there is no assessment."""
    return ", ".join(f"{one.id} {one.recommended_level or '?'}" for one in assessment.problems)

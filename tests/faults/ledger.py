"""What the ledger of runs says after kills and pauses, beside what workers logged and what a replay says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

import numpy as np

from iw_monitor.assess.alerting.replaying import notice, scenes
from iw_monitor.assess.engine import Engine
from iw_monitor.model.alert import Facts, Standing, Transition
from iw_monitor.model.instants import microseconds
from iw_monitor.model.running import Run, RunOutcome
from iw_monitor.schedule.evaluation import levels_of
from iw_monitor.service.alerting import rules_of
from iw_monitor.service.running import EVALUATION
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from iw_monitor.store.running import RunningStore


def evaluations(site: Site, begin: datetime) -> tuple[Run, ...]:
    """Return the evaluations since the beginning, with that of the hour before it."""
    found = RunningStore(site.journal, site.pack.id).begun(EVALUATION, since=begin - timedelta(hours=1))
    return tuple(run for run in found if run.outcome is not RunOutcome.ADDED)


def missing_runs(site: Site, begin: datetime) -> set[datetime]:
    """Return the instants since the beginning that nobody evaluated."""
    return set(site.canonical_instants(begin, site.now())) - {
        run.due_at for run in evaluations(site, begin) if run.outcome is not RunOutcome.RUNNING
    }


def doubled_runs(site: Site, begin: datetime, logged: Iterable[Mapping[str, str]]) -> list[datetime]:
    """Return the instants that were evaluated more often than the ledger says.

    Args:
        site: whose ledger it is.
        begin: the beginning.
        logged: every ``run_begun`` that any worker logged.
    """
    begun = Counter((one["job"], datetime.fromisoformat(one["due"])) for one in logged)
    return [run.due_at for run in evaluations(site, begin) if begun[run.job, run.due_at] > run.attempt]


def differing_runs(site: Site, begin: datetime) -> list[datetime]:
    """Return the instants of which a site that looks back concludes something else than was concluded then."""
    done = [run for run in evaluations(site, begin) if run.outcome is RunOutcome.DONE]
    return [run.due_at for run in done if run.note != levels_of(site.assess(run.due_at))]


def given_up(site: Site, begin: datetime) -> set[datetime]:
    """Return the instants whose evaluation was ended so often that it is marked and not begun again."""
    return {run.due_at for run in evaluations(site, begin) if run.outcome is RunOutcome.INTERRUPTED}


def alerts_differ(site: Site, begin: datetime) -> bool:
    """Say whether the alerts are others than a site notices that looks back at the instants that were evaluated.

    What changed at an instant that was given up is noticed at the next one.
    """
    kept, file = list(AlertStore(site.journal, site.pack.id).transitions()), rules_of(site)
    until = microseconds(site.now())
    engine = Engine.of(site.pack, site.reports(), site.known, until=until)
    passed_over = given_up(site, begin) - {one.at for one in kept}
    instants = [one for one in site.canonical_instants(begin, site.now()) if one not in passed_over]
    standing, replay = Standing(), list[Transition]()
    for scene in scenes(engine, file, np.array([microseconds(one) for one in instants], dtype=np.int64)):
        noticed = notice(site.pack, file, standing, scene, Facts())
        standing = noticed.standing
        replay += noticed.transitions
    return replay != kept

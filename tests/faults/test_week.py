"""A week without faults leaves exactly what was expected; with faults, the same levels, and nothing lost in silence.

The expected runs are worked out here from the history and the clock, the expected levels and alerts by a site that
looks back and was not there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest

from iw_monitor.model.alert import LevelChange
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.running import RunOutcome
from iw_monitor.schedule.evaluation import levels_of
from iw_monitor.service.alerting import rules_of
from tests.builders import HOUR
from tests.faults.week import BEGIN, Killer, Week, history

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

KILLS = 50
SEED = 20231111
Record = Callable[[str, Any], None]


def lived(week: Week) -> Week:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IW_CHANNELS", str(week.channels))
        week.live()
    return week


@pytest.fixture(scope="module")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Week:
    """Return the week as it was without faults."""
    return lived(Week(tmp_path_factory.mktemp("week") / "calm"))


@pytest.fixture(scope="module")
def faulty(calm: Week, tmp_path_factory: pytest.TempPathFactory) -> Week:
    """Return the same week with a worker that is killed at fifty instants, and a channel that is down for a day."""
    kills = frozenset(Random(SEED).sample(range(1, calm.killer.written), KILLS))
    return lived(Week(tmp_path_factory.mktemp("week") / "faulty", killer=Killer(kills), down=range(6, 30)))


def due(week: Week) -> list[datetime]:
    """Return every full hour and every instant at which something became known."""
    hours = {BEGIN + n * HOUR for n in range((week.end - BEGIN) // HOUR + 1)}
    return sorted(hours | {at for at, _ in history() if BEGIN <= at <= week.end})


@pytest.fixture(scope="module")
def replayed(calm: Week) -> dict[datetime, Assessment]:
    """Return what is concluded of each instant by a site that looks back at it."""
    site = calm.site()
    return {at: site.assess(at) for at in due(calm)}


def noted_levels(week: Week) -> dict[datetime, str]:
    return {at: run.note for at, run in week.runs("evaluation").items()}


def changes_in(replayed: dict[datetime, Assessment]) -> Iterator[LevelChange]:
    levels = [{one.id: one.recommended_level for one in each.problems} for each in replayed.values()]
    unknown: dict[str, int | None] = dict.fromkeys(levels[0])
    for at, (before, after) in zip(replayed, pairwise([unknown, *levels]), strict=True):
        for problem in after:
            if before[problem] != after[problem]:
                yield LevelChange(at=at, problem=problem, before=before[problem], after=after[problem])


# --- Without faults ---


def test_every_hour_and_every_report_is_evaluated_once_on_time_and_each_day_tidied_once(calm: Week) -> None:
    runs = calm.runs("evaluation")
    assert list(runs) == due(calm)
    assert {(run.outcome, run.attempt, run.late_by) for run in runs.values()} == {(RunOutcome.DONE, 1, timedelta(0))}
    assert list(calm.runs("tidying")) == [at for at in runs if at.hour == at.minute == 0]


def test_the_levels_that_were_warned_of_live_are_those_of_a_replay(
    calm: Week, replayed: dict[datetime, Assessment]
) -> None:
    assert noted_levels(calm) == {at: levels_of(one) for at, one in replayed.items()}
    assert list(calm.level_changes()) == list(changes_in(replayed))


def test_the_alerts_are_those_of_a_replay_and_each_arrives_once_under_a_key_of_its_own(calm: Week) -> None:
    site = calm.site()
    replay = [one for each in site.noticed(rules_of(site), BEGIN) for one in each.transitions]
    assert list(calm.transitions()) == replay
    assert len({one.rule for one in replay}) > 3
    keys = Counter(key for line in calm.lines() for key in line["keys"])
    assert set(keys.values()) == {1}
    assert {key for one in calm.messages() if not one.joined for key in (n.key for n in one.notices)} == set(keys)


# --- With faults ---


def test_a_worker_killed_at_fifty_instants_loses_no_run_doubles_none_and_changes_no_level(
    calm: Week, faulty: Week, record_property: Record
) -> None:
    runs, expected = faulty.runs("evaluation"), calm.runs("evaluation")
    begun_again = sum(run.attempt > 1 for run in runs.values())
    lost = len(set(expected) - set(runs))
    record_property(
        "figures", f"kills {faulty.killer.killed}, runs {len(runs)}, begun again {begun_again}, lost {lost}"
    )
    assert faulty.killer.killed == KILLS == faulty.hired - 1
    assert begun_again > 5  # so many were killed in the middle of a run
    assert {run.outcome for run in runs.values()} == {RunOutcome.DONE}
    assert noted_levels(faulty) == noted_levels(calm)
    assert faulty.level_changes() == calm.level_changes()
    assert list(faulty.runs("tidying")) == list(calm.runs("tidying"))
    assert faulty.journal.verify() > 0


def test_every_alert_arrives_at_least_once_although_its_sender_is_killed_and_its_channel_away(
    calm: Week, faulty: Week, record_property: Record
) -> None:
    keys = Counter(key for line in faulty.lines() for key in line["keys"])
    doubled = sum(count > 1 for count in keys.values())
    lost = len(calm.arrived() - faulty.arrived())
    record_property("figures", f"alerts {len(calm.arrived())}, lost {lost}, notices {len(keys)}, doubled {doubled}")
    assert faulty.transitions() == calm.transitions()
    assert faulty.arrived() == calm.arrived()
    assert max(one.attempts for one in faulty.messages()) > 5  # the channel was away when it was needed
    assert not [one for one in faulty.messages() if one.is_waiting or one.failed_at]

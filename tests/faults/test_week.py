"""A week without faults leaves exactly what was expected; with faults, the same levels, and nothing lost in silence.

The expected runs are worked out here from the history and the clock, the expected levels and alerts by a site that
looks back and was not there.
"""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from iw_monitor.model.alert import LevelChange
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.running import RunOutcome
from iw_monitor.schedule.evaluation import levels_of
from iw_monitor.service.alerting import rules_of
from tests.builders import DAY, HOUR
from tests.faults.living import Plan
from tests.faults.recorded import RAW
from tests.faults.story import BEGIN, history
from tests.faults.week import Week, begin

WHOLE = os.environ.get("IW_THOROUGH") == "1"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(7200 if WHOLE else 900),
]
fcntl = pytest.importorskip("fcntl", reason="processes are not forked on this platform")

HOURS, KILLS = (7 * 24, 50) if WHOLE else (3 * 24, 15)  # in short: the first three days
MINUTE = timedelta(minutes=1)
SOURCE_DOWN = "source_down"
SEED = 20231111
FAILING = {"fleet_tracker": (30, 42)} | ({"sirens_official": (30, 42), "gaza_deaths": (33, 36)} if RAW.exists() else {})
Record = Callable[[str, Any], None]


@pytest.fixture(scope="module")
def weeks(tmp_path_factory: pytest.TempPathFactory) -> tuple[Week, Week]:
    """Return the week without faults, and with kills, a channel away for a day, and sources that fail.

    Processes of pytest that run tests of this module beside each other live through them once.
    """
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "weeks"
    folder.mkdir(exist_ok=True)
    faults = Plan(hours=HOURS, kills=KILLS, seed=SEED, down=(6, 30), failing=FAILING)
    plans = {"calm": Plan(hours=HOURS), "faulty": faults}
    with (folder / "turn").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not (folder / "calm").exists():
            lived([begin(folder / name, plan) for name, plan in plans.items()], folder)
    return Week(folder / "calm"), Week(folder / "faulty")


def lived(processes: list[subprocess.Popen[bytes]], folder: Path) -> None:
    """Wait for the weeks, which are lived through beside each other."""
    for one in processes:
        one.wait()
    said = "".join(one.read_text(encoding="utf-8") for one in folder.glob("*/log"))
    assert {one.returncode for one in processes} == {0}, said


@pytest.fixture(scope="module")
def calm(weeks: tuple[Week, Week]) -> Week:
    return weeks[0]


@pytest.fixture(scope="module")
def faulty(weeks: tuple[Week, Week]) -> Week:
    return weeks[1]


def hours(week: Week) -> list[datetime]:
    """Return every full hour."""
    return [BEGIN + n * HOUR for n in range(week.plan.hours + 1)]


def within(week: Week, instants: Iterable[datetime]) -> list[datetime]:
    """Return what of a whole week's instants the week reached."""
    return [at for at in instants if at <= week.plan.end]


def due(week: Week) -> list[datetime]:
    """Return every full hour, and every instant at which a person or a machine recorded something."""
    recorded = {one.recorded_at for one in week.site().observations()}
    return sorted({*hours(week), *(at for at in recorded if at >= BEGIN)})


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


def test_every_hour_and_every_report_is_evaluated_once_on_time_and_each_day_tidied_once(
    calm: Week, record_property: Record
) -> None:
    runs = calm.runs("evaluation")
    record_property(
        "figures", f"hours {calm.plan.hours}, evaluations {len(runs)}, lost {len(set(due(calm)) - set(runs))}"
    )
    assert list(runs) == due(calm)
    assert set(runs) > {at for at, _ in history() if BEGIN <= at <= calm.plan.end}
    assert {(run.outcome, run.attempt, run.late_by) for run in runs.values()} == {(RunOutcome.DONE, 1, timedelta(0))}
    assert list(calm.runs("tidying")) == [at for at in hours(calm) if at.hour == 0]


def test_every_source_is_asked_at_each_of_its_times_and_what_it_says_is_recorded_once(calm: Week) -> None:
    mornings = within(calm, (BEGIN + 13 * HOUR + n * DAY for n in range(7)))  # at seven
    assert list(calm.runs("source iaea_stock")) == [BEGIN, *mornings]
    # 15 minutes past every sixth hour: 28 in a week.
    quarters = within(calm, (BEGIN + 15 * MINUTE + n * 6 * HOUR for n in range(28)))
    assert list(calm.runs("source fleet_tracker")) == [BEGIN, *quarters]
    runs = [run for job in calm.source_jobs() for run in calm.runs(job).values()]
    assert {(run.outcome, run.attempt, run.covers, run.late_by) for run in runs} == {
        (RunOutcome.DONE, 1, 1, timedelta(0))
    }
    # The agency's report of 15 November 2023 says 128.3 kg (GOV/2023/57); it is collected the morning after.
    stock = [(one.indicator, one.level, one.recorded_at) for one in calm.collected() if one.reading == 128.3]
    collected_at = within(calm, [datetime(2023, 11, 16, 7, tzinfo=UTC)])
    assert stock == [("iran_nuclear_threshold", 3, at) for at in collected_at]


def test_every_report_is_made_once_on_time_and_one_for_each_change_of_a_level(
    calm: Week, record_property: Record
) -> None:
    # At six and at eighteen in Jerusalem, two hours ahead of UTC; on Sunday at seven; and when a level changed.
    mornings = within(calm, (BEGIN + 10 * HOUR + n * DAY for n in range(7)))
    evenings = within(calm, (BEGIN + 22 * HOUR + n * DAY for n in range(7)))
    expected = {
        *(("morning", at) for at in mornings),
        *(("handover", at) for at in mornings + evenings),
        ("weekly", BEGIN + 11 * HOUR),
        *(("level_change", one.at) for one in calm.level_changes() if one.before is not None),
    }
    counted = Counter(str(one) for one in calm.snapshots())
    doubled = sum(count > 1 for count in counted.values())
    record_property("figures", f"snapshots {len(counted)}, lost {len(expected) - len(counted)}, doubled {doubled}")
    assert len(calm.snapshots()) == len(expected) == (24 if WHOLE else 12)
    assert set(calm.snapshots()) == expected
    runs = [run for job in calm.report_jobs() for run in calm.runs(job).values()]
    assert {(run.outcome, run.attempt, run.late_by) for run in runs} == {(RunOutcome.DONE, 1, timedelta(0))}


@pytest.mark.skipif(not RAW.exists(), reason="needs ../shared/data, which this copy does not have")
def test_recorded_sirens_wait_for_a_person_and_recorded_deaths_count_at_once(calm: Week) -> None:
    assert list(calm.runs("source sirens_official")) == list(calm.runs("source sirens_tzevaadom")) == hours(calm)
    # 05:20 in Gaza, two hours ahead of UTC in winter.
    mornings = within(calm, (datetime(2023, 11, day, 3, 20, tzinfo=UTC) for day in range(12, 19)))
    assert list(calm.runs("source gaza_deaths")) == [BEGIN, *mornings]
    agency = {"iran_nuclear_threshold"} if WHOLE else set()
    assert {one.indicator for one in calm.collected()} == {"war_duration_intensity"} | agency
    assert "hizballah_activity" in {one.subject for one in calm.site().proposals()}


def test_the_levels_that_were_warned_of_live_are_those_of_a_replay(
    calm: Week, replayed: dict[datetime, Assessment]
) -> None:
    assert noted_levels(calm) == {at: levels_of(one) for at, one in replayed.items()}
    assert list(calm.level_changes()) == list(changes_in(replayed))


def test_the_alerts_are_those_of_a_replay_and_each_arrives_once_under_a_key_of_its_own(
    calm: Week, record_property: Record
) -> None:
    site = calm.site()
    replay = [one for each in site.noticed(rules_of(site), BEGIN) for one in each.transitions]
    assert list(calm.transitions()) == replay
    assert len({one.rule for one in replay}) > 3
    keys = Counter(key for line in calm.lines() for key in line["keys"])
    record_property(
        "figures", f"alerts {len(calm.arrived())}, notices {len(keys)}, doubled {sum(keys.values()) - len(keys)}"
    )
    assert set(keys.values()) == {1}
    assert {key for one in calm.messages() if not one.joined for key in (n.key for n in one.notices)} == set(keys)


# --- With faults ---


def test_a_worker_killed_at_random_instants_loses_no_run_doubles_none_and_changes_no_level(
    calm: Week, faulty: Week, record_property: Record
) -> None:
    runs, expected = faulty.runs("evaluation"), due(faulty)
    begun_again = sum(run.attempt > 1 for run in runs.values())
    lost = len(set(expected) - set(runs))
    record_property("figures", f"kills {faulty.lived.killed}, runs {len(runs)}, begun again {begun_again}, lost {lost}")
    assert faulty.lived.killed == KILLS == faulty.lived.hired - 1
    assert list(runs) == expected
    assert {run.outcome for run in runs.values()} == {RunOutcome.DONE}
    plain = {*hours(calm), *(at for at, _ in history())}  # a machine's reports came when it was asked
    assert {at: said for at, said in noted_levels(faulty).items() if at in plain} == {
        at: said for at, said in noted_levels(calm).items() if at in plain
    }
    assert faulty.level_changes() == calm.level_changes()
    assert list(faulty.runs("tidying")) == list(calm.runs("tidying"))
    assert faulty.journal.verify() > 0


def test_a_source_that_fails_is_told_of_asked_again_later_and_doubles_nothing(
    calm: Week, faulty: Week, record_property: Record
) -> None:
    runs = {job: faulty.runs(job).values() for job in faulty.source_jobs()}
    failed = {job: sum(run.outcome is RunOutcome.FAILED for run in found) for job, found in runs.items()}
    again = sum(run.attempt > 1 for found in runs.values() for run in found)
    asked = sum(map(len, runs.values()))
    record_property("figures", f"source runs {asked}, failed {sum(failed.values())}, begun again {again}")
    assert {job.removeprefix("source ") for job, count in failed.items() if count} == set(FAILING)
    for job, found in runs.items():
        assert sum(run.covers for run in found) == len(calm.runs(job))
    collected = [(one.indicator, one.observed_at, one.reading) for one in faulty.collected()]
    assert len(collected) == len(set(collected))
    assert set(collected) <= {(one.indicator, one.observed_at, one.reading) for one in calm.collected()}
    assert {one.subject for one in faulty.site().proposals()} == {one.subject for one in calm.site().proposals()}
    told = {(one.subject, one.news) for one in faulty.arrived() if one.rule == SOURCE_DOWN}
    assert told == {(name, news) for name in FAILING for news in ("firing", "resolved")}


def test_every_report_is_kept_once_whoever_was_killed_while_it_was_made(
    calm: Week, faulty: Week, record_property: Record
) -> None:
    runs = [run for job in faulty.report_jobs() for run in faulty.runs(job).values()]
    again = sum(run.attempt > 1 for run in runs)
    record_property("figures", f"reports {len(runs)}, begun again {again}, kept {len(faulty.snapshots())}")
    assert {run.outcome for run in runs} == {RunOutcome.DONE}
    assert sorted(faulty.snapshots(), key=str) == sorted(calm.snapshots(), key=str)


def test_every_alert_arrives_at_least_once_although_its_sender_is_killed_and_its_channel_away(
    calm: Week, faulty: Week, record_property: Record
) -> None:
    keys = Counter(key for line in faulty.lines() for key in line["keys"])
    again = sum(count > 1 for count in keys.values())
    lost = len(calm.arrived() - faulty.arrived())
    record_property(
        "figures",
        f"alerts {len(calm.arrived())}, lost {lost}, notices {len(keys)}, arrived again under the same key {again}",
    )
    assert [one for one in faulty.transitions() if one.rule != SOURCE_DOWN] == list(calm.transitions())
    assert {one for one in faulty.arrived() if one.rule != SOURCE_DOWN} == calm.arrived()
    assert max(one.attempts for one in faulty.messages()) > 5  # the channel was away when it was needed
    assert not [one for one in faulty.messages() if one.is_waiting or one.failed_at]

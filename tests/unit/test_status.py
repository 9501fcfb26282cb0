"""Ready, status and metrics: for load balancers, monitors and Prometheus; stale is not down, and nothing leaks."""

from __future__ import annotations

import json
import platform
import re
from collections.abc import Iterator
from datetime import timedelta
from importlib.metadata import version
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from iw_monitor.api import operating_routes
from iw_monitor.errors import StoreError
from iw_monitor.model.accounts import Role
from iw_monitor.model.times import Every
from iw_monitor.model.tokens import Scope
from iw_monitor.publish.of_runs import operation_json
from iw_monitor.schedule.evaluation import Evaluation, conclude
from iw_monitor.schedule.jobs import Result, TimedJob
from iw_monitor.schedule.simulate import run_now
from iw_monitor.schedule.worker import Worker
from iw_monitor.service.running import operation_of
from iw_monitor.store.migrate import revisions
from iw_monitor.web.gate import Gate
from tests.accounts_site import add, admission_of
from tests.alerts import report
from tests.api_site import House, a_house, findings
from tests.builders import HOUR, MONDAY, AClock, a_site
from tests.promtool import complaints


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    """Return a site with one report, a worker that evaluated it, and a job that failed."""
    clock = AClock()
    with a_house(site=a_site(clock=clock), looking_needs_token=False) as found:
        report(found.site, 2)
        failing = TimedJob(id="report weekly", times=Every(HOUR), act=lambda _: Result(failed=True, note="no room"))
        worker = Worker(found.site, lambda _: (Evaluation(act=conclude), failing), name="one", version="1")
        for at in (MONDAY, MONDAY + HOUR):
            clock.at = found.clock.now = at
            run_now(worker)
        yield found


def asking(house: House, token: str | None = None) -> TestClient:
    app = Starlette(routes=operating_routes(house.entrance))
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    return TestClient(app, "http://127.0.0.1", raise_server_exceptions=False, headers=headers)


def scraped(house: House) -> dict[str, float]:
    """Return every sample of the metrics, as Prometheus' own parser reads it."""
    families = text_string_to_metric_families(asking(house).get("/metrics").text)
    samples = (sample for family in families for sample in family.samples)
    return {f"{one.name}{sorted(one.labels.values())}": one.value for one in samples}


def test_a_site_whose_journal_can_be_read_is_ready_and_one_whose_cannot_be_is_not(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert asking(house).get("/readyz").json() == {"status": "ready"}

    def gone(*_: object, **__: object) -> None:
        raise StoreError("the journal /srv/secret/journal.db is gone")

    monkeypatch.setattr(house.site.journal, "observations", gone)
    answer = asking(house).get("/readyz")
    assert (answer.status_code, answer.json()) == (503, {"status": "not ready"})


def test_the_status_tells_what_is_stale_or_failed_and_answers_200_all_the_same(house: House) -> None:
    answer = asking(house).get("/status")
    said: dict[str, Any] = answer.json()
    assert answer.status_code == 200
    assert said["status"] == "troubled"
    assert "did not end well: report weekly" in said["troubles"]
    assert said["worker"] == {
        "health": "alive",
        "seen_at": "2024-05-06T01:00:00Z",
        "evaluated_at": "2024-05-06T01:00:00Z",
        "overdue": False,
    }
    assert said["data"]["indicators"] == {"fresh": 1, "due": 0, "stale": 0, "unknown": 3}  # of four, one was reported
    assert said["journal"] == {
        "entries": house.site.journal.position(),
        "free_bytes": None,  # it lies in memory
        "tables": revisions()[-1],
    }
    assert (said["version"], said["python"]) == (version("iw-monitor"), platform.python_version())


def test_a_worker_that_is_silent_and_late_is_a_trouble(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house.clock, "now", MONDAY + 4 * HOUR)
    said = asking(house).get("/status").json()
    assert {"the worker is silent", "nothing was evaluated for too long"} <= set(said["troubles"])


def test_a_clock_that_is_behind_the_journal_is_a_trouble(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    trouble = "the clock is behind the journal: what is recorded now is not seen yet"
    newest = house.site.journal.end()
    assert newest is not None
    monkeypatch.setattr(house.clock, "now", newest - timedelta(seconds=5))  # as far as two machines may differ
    assert trouble not in asking(house).get("/status").json()["troubles"]
    assert scraped(house)["iw_clock_behind[]"] == 0
    monkeypatch.setattr(house.clock, "now", newest - timedelta(seconds=6))
    assert trouble in asking(house).get("/status").json()["troubles"]
    assert scraped(house)["iw_clock_behind[]"] == 1
    at = house.clock.now
    assert json.loads(operation_json(operation_of(house.site, at, runs=1), at))["clock_behind"]


def test_the_metrics_hold_what_the_status_says(house: House) -> None:
    samples = scraped(house)
    assert samples["iw_worker_alive[]"] == 1
    assert samples["iw_evaluated_timestamp_seconds[]"] == (MONDAY + HOUR).timestamp()
    assert samples["iw_job_broken['report weekly']"] == 1
    assert samples["iw_job_broken['evaluation']"] == 0
    assert samples["iw_indicators['unknown']"] == 3
    assert samples["iw_journal_entries[]"] == house.site.journal.position()


def test_the_metrics_are_named_as_promtool_asks(house: House) -> None:
    """The rules of ``promtool check metrics`` (prometheus/client_golang, promlint)."""
    for family in text_string_to_metric_families(asking(house).get("/metrics").text):
        assert family.documentation, family.name
        assert re.fullmatch(r"[a-z][a-z0-9_]*", family.name)
        if family.name.startswith("iw_"):
            assert family.type == "gauge"
            assert not re.search(r"_(total|count|sum|bucket|ms|minutes|hours|percent|gauge)$", family.name)


@pytest.mark.slow  # a program of its own
def test_promtool_has_nothing_to_say_about_the_metrics(house: House) -> None:
    assert complaints(asking(house).get("/metrics").content) == ""


def test_where_looking_needs_a_token_status_and_metrics_do_and_ready_does_not(house: House) -> None:
    with a_house(looking_needs_token=True) as closed:
        for path in ("/status", "/metrics"):
            assert findings(asking(closed).get(path)) == [("R301", "Authorization")]
            assert asking(closed, closed.token(Scope.READ)).get(path).status_code == 200
        assert asking(closed).get("/readyz").status_code == 200
        add(closed.accounts, "tom", Role.VIEWER, pack="another")
        elsewhere = closed.token(Scope.READ, owner="tom", pack="another")
        assert asking(closed, elsewhere).get("/status").status_code == 403


@pytest.mark.parametrize("path", ["/status", "/metrics", "/readyz"])
def test_the_gate_leaves_them_to_their_own_door(house: House, path: str) -> None:
    gate = Middleware(Gate, admission=admission_of(house.accounts, pack="harbour", bound_to="0.0.0.0"))
    app = Starlette(routes=operating_routes(house.entrance), middleware=[gate])
    client = TestClient(app, "http://127.0.0.1")
    assert client.get(path).status_code == 200
    assert client.get(f"{path}/more", headers={"accept": "text/html"}, follow_redirects=False).status_code == 303


def test_what_was_only_seen_long_ago_is_no_worker_that_is_heard_of(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert scraped(house)["iw_workers['active']"] == 1
    monkeypatch.setattr(house.clock, "now", MONDAY + HOUR + timedelta(minutes=2))
    assert scraped(house)["iw_workers['active']"] == 0

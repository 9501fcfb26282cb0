"""Every source falls silent: whoever looks, wherever, reads NO ASSESSMENT, and nothing is ever calmer for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from iw_monitor.cli import main
from iw_monitor.model.alert import AlertState
from iw_monitor.publish.badge import badge_svg
from iw_monitor.publish.metrics import metrics_text
from iw_monitor.service.alerting import evaluate
from iw_monitor.service.site import Site, open_site
from iw_monitor.service.status import status_of
from iw_monitor.store.alerting import AlertStore
from iw_monitor.telling.inks import LIGHT
from tests.builders import HOUR
from tests.faults.storm import now
from tests.unit.pages_site import fill_demo, open_page, text_of, use

pytestmark = pytest.mark.slow  # real pages on the whole history
SAID = "NO ASSESSMENT"
LEADING = {"hizballah_activity", "us_carrier_presence", "idf_ground_success", "hamas_gaza_control"}


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a journal of which nothing was heard since the spring of 2024."""
    return fill_demo(tmp_path_factory.mktemp("silent"))


@pytest.fixture
def site(url: str) -> Iterator[Site]:
    with closing(open_site(clock=now, pack="multi-front", url=url)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "loudly"), [("watch", "This is not good news"), ("wall", "DATA STOPPED: no indicator is current any more")]
)
def test_the_page_says_of_every_problem_that_there_is_no_assessment(
    name: str, loudly: str, url: str, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, url)
    said = text_of(open_page(name))
    assert said.lower().count(SAID.lower()) == len(site.pack.file.problems) == 4
    assert loudly in said


def test_the_badge_is_grey_and_the_status_and_the_metrics_say_so(site: Site) -> None:
    status = status_of(site, now())
    badge = badge_svg(status, title="Watch", marks="")
    assert f"? {SAID}" in badge
    assert LIGHT.unknown in badge
    assert not any(LIGHT.level(level) in badge for level in range(1, 6))
    assert any(SAID in trouble for trouble in status.troubles)
    assert b"iw_assessed 0" in metrics_text(status, version="1")


def test_the_report_begins_with_it(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "out"
    monkeypatch.setattr(sys, "argv", ["iw-monitor", "snapshot", "--out", str(out), "--format", "md", "--db", url])
    with pytest.raises(SystemExit, match="0"):
        main()
    [report] = out.rglob("*.md")
    assert SAID in report.read_text(encoding="utf-8")[:1500]


def test_whoever_leads_is_called_stale_and_no_alert_that_fired_is_called_over(site: Site) -> None:
    store, begin = AlertStore(site.journal, site.pack.id), now().replace(minute=0, second=0, microsecond=0)
    fired = {(one.rule, one.subject) for one in store.look().standing.alerts if one.state is AlertState.FIRING}
    for hour in range(12, -1, -1):
        evaluate(site, begin - hour * HOUR)
    after = {(one.rule, one.subject): one.state for one in store.look().standing.alerts}
    assert {subject for rule, subject in after if rule == "leading_stale"} == LEADING
    assert {state for (rule, _), state in after.items() if rule == "leading_stale"} == {AlertState.FIRING}
    of_levels = {one for one in fired if one[0] in ("level", "elevated", "tripwire")}
    assert {after.get(one) for one in of_levels} <= {AlertState.FIRING, AlertState.BLIND}


def test_no_day_of_silence_is_calmer_than_the_last_one_of_which_something_was_heard(site: Site) -> None:
    last = max(one.recorded_at for one in site.observations())
    levels = {one.id: one.recommended_level or 0 for one in site.assess(last).problems}
    weeks = [site.assess(last + timedelta(days=7 * week)) for week in range(1, 60)]
    assert weeks[-1].headline.level is None
    for each in weeks:
        for one in each.problems:
            assert one.recommended_level is None or one.recommended_level >= levels[one.id]

"""A dead source is named wherever its stale indicator is: by the command line and in reports, in the same words."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from iw_monitor.model.collecting import FetchOutcome, SourceState
from iw_monitor.model.snapshot import Format
from iw_monitor.publish.as_text import assessment_text
from iw_monitor.publish.report.rendering import rendered
from iw_monitor.publish.report.told import told
from iw_monitor.publish.report.wording import faults
from iw_monitor.service.handover import sheet as handover_of
from iw_monitor.service.site import Site
from iw_monitor.service.sources import dead_sources
from iw_monitor.store.source_states import SourceStates
from iw_monitor.telling.handover import sheet_values
from iw_monitor.telling.silence import dead_behind, went_silent
from tests.builders import DAY, HOUR, MONDAY, AClock, AWatch, a_pack, a_site, a_submission
from tests.collect.sources import a_feed
from tests.unit.reports_site import a_snapshot

LATER = MONDAY + 200 * DAY  # by then every report of Monday is unknown


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a site long after its last report, with a source for the port's traffic."""
    clock = AClock(LATER)
    found = a_site(clock=clock, watch=AWatch(a_pack(), sources=(a_feed(id="ais", evidence_for="port_traffic"),)))
    yield found
    found.close()


def seen(site: Site, outcome: FetchOutcome, **changes: Any) -> None:
    ordinary: dict[str, Any] = {
        "pack": "harbour",
        "source": "ais",
        "detail": "it answers 404",
        "run_at": LATER - HOUR,
        "answered_at": LATER - timedelta(hours=36),
        "failures": 3 if outcome is FetchOutcome.FAILED else 0,
    }
    SourceStates(site.journal).put(SourceState(outcome=outcome, **ordinary | changes))


@pytest.mark.parametrize(
    ("outcome", "changes", "says"),
    [
        (FetchOutcome.FAILED, {}, "failed 3 times in a row, the last time at {run}; last good {good}"),
        (FetchOutcome.FAILED, {"failures": 1, "answered_at": None}, "failed at {run}; never good yet"),
        (FetchOutcome.EMPTY, {}, "answered with nothing at {run}; last good {good}"),
        (FetchOutcome.UNCONFIGURED, {"answered_at": None}, "could not be asked at {run}: it is not configured; never"),
        (FetchOutcome.UNCHANGED, {"run_at": LATER - 2 * DAY}, "has been silent for too long; last good {good}"),
    ],
)
def test_it_is_said_how_a_source_is_dead_and_when_it_was_good(
    site: Site, outcome: FetchOutcome, changes: dict[str, Any], says: str
) -> None:
    seen(site, outcome, **changes)
    (dead,) = dead_sources(site, at=LATER)
    assert went_silent(dead).startswith(says.format(run="212300Z NOV 24", good="201200Z NOV 24"))


def test_a_source_that_answers_is_not_dead(site: Site) -> None:
    seen(site, FetchOutcome.NEW, answered_at=LATER - HOUR)
    assert dead_sources(site, at=LATER) == ()


def test_of_a_moment_before_its_last_run_nothing_is_said(site: Site) -> None:
    seen(site, FetchOutcome.FAILED)
    assert dead_sources(site, at=LATER - 2 * HOUR) == ()


def test_behind_an_indicator_that_is_current_no_source_is_named(site: Site) -> None:
    seen(site, FetchOutcome.FAILED)
    dead = dead_sources(site, at=LATER)
    assert [one.id for one in dead_behind(dead, site.assess().indicator("port_traffic"))] == ["ais"]
    assert dead_behind(dead, site.assess().indicator("patrol_boats")) == ()
    report(site)
    assert dead_behind(dead, site.assess().indicator("port_traffic")) == ()


def test_the_command_line_names_it_under_the_gaps(site: Site) -> None:
    seen(site, FetchOutcome.FAILED)
    text = " ".join(assessment_text(site.pack, site.assess(), dead_sources(site, at=LATER)).split())
    assert "Source: A feed failed 3 times in a row, the last time at 212300Z NOV 24" in text.partition("Gaps")[2]


def test_every_report_names_it_among_its_gaps_with_what_it_does_not_speak_for(site: Site) -> None:
    seen(site, FetchOutcome.FAILED)
    snapshot = a_snapshot(site)
    (line,) = told(snapshot).dead
    assert line.startswith("A feed failed 3 times in a row")
    assert line.endswith(f"It should speak for {site.pack.indicator('port_traffic').title}.")
    assert faults(list(told(snapshot).sentences())) == ()
    files = rendered(snapshot, [Format.HTML, Format.MD, Format.JSON])
    assert all(b"failed 3 times in a row" in files[form] for form in (Format.HTML, Format.MD))
    (said,) = json.loads(files[Format.JSON])["report"]["dead_sources"]
    assert (said["source"], said["outcome"], said["last_good_at"]) == ("ais", "failed", "2024-11-20T12:00:00Z")


@pytest.mark.slow
def test_the_printed_report_has_room_for_it(site: Site) -> None:
    seen(site, FetchOutcome.FAILED)
    assert rendered(a_snapshot(site), [Format.PDF])[Format.PDF].startswith(b"%PDF")


def test_a_report_whose_sources_all_answer_says_nothing_of_them(site: Site) -> None:
    assert told(a_snapshot(site)).dead == ()


def report(site: Site) -> None:
    site.journal.append([a_submission(observed_at=LATER - HOUR)], via="test")


def test_the_handover_sheet_names_the_dead_source_behind_what_is_stale(site: Site) -> None:
    site.journal.append([a_submission(observed_at=MONDAY)], via="cli")
    seen(site, FetchOutcome.FAILED)
    sheet = handover_of(site, since=MONDAY, log=(), questions=())
    (stale,) = (one["lines"] for one in sheet_values(sheet)["sections"] if one["id"] == "stale")
    (line,) = (one for one in stale if one.startswith("Port traffic"))
    (dead,) = sheet.dead
    assert line == f"Port traffic: unknown, 200 d old. {dead.title} {went_silent(dead)}."

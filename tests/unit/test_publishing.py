"""What is published: the feed, the badge and the files of reports, for people and for programs."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as Xml
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from iw_monitor.api import publishing_routes
from iw_monitor.model.snapshot import Format, ReportOutcome
from iw_monitor.model.times import Every
from iw_monitor.model.tokens import Scope
from iw_monitor.publish.badge import badge_svg
from iw_monitor.publish.feed_atom import SPACE
from iw_monitor.schedule.jobs import Result, TimedJob
from iw_monitor.schedule.simulate import run_now
from iw_monitor.schedule.worker import Worker
from iw_monitor.service.alerting import evaluate
from iw_monitor.service.keeping import keep, kept
from iw_monitor.service.report_list import report_list
from iw_monitor.service.status import status_of
from iw_monitor.web.gate import Gate
from tests.accounts_site import PASSWORD, admission_of
from tests.alerts import OUTLETS, report
from tests.api_site import House, a_house, findings
from tests.builders import HOUR, MONDAY, AClock, a_site
from tests.feed_rules import broken_atom_rules, broken_json_rules
from tests.unit.reports_site import HOSTILE, a_snapshot


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Return a site whose level was noticed and of which a report was kept."""
    with a_house(site=a_site(clock=AClock())) as found:
        report(found.site, 4)
        evaluate(found.site, found.site.now(), outlets=OUTLETS)
        forms = [Format.HTML, Format.MD, Format.JSON, Format.CSV]
        keep(found.site, a_snapshot(found.site), formats=forms, folder=tmp_path_factory.mktemp("reports"))
        yield found


def asking(house: House, token: str | None = None, *, gated: bool = False) -> TestClient:
    admission = admission_of(house.accounts, pack="harbour", bound_to="0.0.0.0")
    middleware = [Middleware(Gate, admission=admission)] if gated else []
    app = Starlette(routes=publishing_routes(house.entrance), middleware=middleware)
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    return TestClient(app, "http://127.0.0.1", raise_server_exceptions=False, headers=headers)


def a_file(house: House, form: Format) -> str:
    return f"/snapshots/{kept(house.site)[0].id}/{form.value}"


# --- The feed ---


def test_the_feed_tells_of_changed_levels_and_of_reports(house: House) -> None:
    answer = asking(house).get("/feed.atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    read: Any = feedparser.parse(answer.text)
    assert not read.bozo
    assert read.version == "atom10"
    assert [one.title.partition(":")[0] for one in read.entries] == ["Watch snapshot", "The northern port is blockaded"]
    assert "The recommended level of The northern port is blockaded changed" in read.entries[1].summary


def test_the_feed_keeps_the_rules_and_its_ids_in_both_forms(house: House) -> None:
    """RFC 4287, of which 4.2.6 says that an id never changes, and JSON Feed 1.1."""
    (atom, again), answer = (asking(house).get("/feed.atom").text for _ in range(2)), asking(house).get("/feed.json")
    assert atom == again
    assert broken_atom_rules(atom) == []
    assert answer.headers["content-type"] == "application/feed+json"
    assert broken_json_rules(answer.text) == []
    ids = [one.findtext(f"{{{SPACE}}}id") for one in Xml.fromstring(atom).iter(f"{{{SPACE}}}entry")]
    assert ids == [one["id"] for one in answer.json()["items"]]


def test_a_feed_of_nothing_is_a_feed() -> None:
    with a_house(site=a_site(clock=AClock())) as empty:
        read: Any = feedparser.parse(asking(empty).get("/feed.atom").text)
    assert not read.bozo
    assert read.entries == []


# --- The badge ---


def test_the_badge_says_level_and_marking_and_when_it_was_so(house: House) -> None:
    answer = asking(house).get("/badge.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    label = Xml.fromstring(answer.text).get("aria-label", "")
    top = house.site.assess().headline
    assert f"{top.level} {top.word} · stale, as of 060000Z MAY 24" in label  # of four indicators one was reported
    assert house.site.pack.file.handling in label


def test_the_badge_says_that_it_is_stale_when_nobody_evaluates_or_little_is_current(house: House) -> None:
    found = status_of(house.site, MONDAY)
    current = replace(found, assessment=replace(found.assessment, coverage=0.9))
    little = replace(found, assessment=replace(found.assessment, coverage=0.49))
    overdue = replace(current, pulse=replace(current.pulse, is_overdue=True))
    said = [badge_svg(one, title="Harbour", marks="TLP:CLEAR") for one in (current, little, overdue)]
    assert ["stale" in one for one in said] == [False, True, True]


def test_hostile_titles_are_text_in_the_badge(house: House) -> None:
    svg = badge_svg(status_of(house.site, MONDAY), title=HOSTILE, marks="TLP:CLEAR")
    assert "<script" not in svg
    assert Xml.fromstring(svg).tag.endswith("svg")


# --- The files ---


def test_a_report_is_given_out_as_it_was_written(house: House) -> None:
    shown, saved = asking(house).get(a_file(house, Format.HTML)), asking(house).get(a_file(house, Format.CSV))
    assert "Watch snapshot" in shown.text
    assert shown.headers["content-disposition"].startswith("inline")
    assert saved.headers["content-disposition"].startswith("attachment")
    assert json.loads(asking(house).get(a_file(house, Format.JSON)).text)["report"]["layout"] == "watch"


def test_what_is_not_there_or_was_changed_is_not_given_out(house: House, tmp_path: Path) -> None:
    nothing = asking(house).get("/snapshots/none/html")
    assert (nothing.status_code, findings(nothing)) == (404, [("R201", "")])
    assert asking(house).get(a_file(house, Format.PDF)).status_code == 404  # it was not made as PDF
    assert asking(house).get("/snapshots/none/exe").status_code == 422
    with a_house(site=a_site(clock=AClock())) as other:
        report(other.site, 4)
        made = keep(other.site, a_snapshot(other.site), formats=[Format.MD], folder=tmp_path)
        (tmp_path / made.record.files[0].name).write_text("all is calm")
        changed = asking(other).get(a_file(other, Format.MD))
    assert changed.status_code == 404
    assert "hash does not fit" in changed.text


def test_a_report_may_load_nothing_and_is_framed_by_nobody_as_its_file_says_itself(house: House) -> None:
    shown = asking(house).get(a_file(house, Format.HTML))
    said = re.search(r'Content-Security-Policy" content="([^"]+)"', shown.text)
    assert said is not None
    assert shown.headers["content-security-policy"].startswith(f"{said[1]}; ")
    assert "frame-ancestors 'none'" in shown.headers["content-security-policy"]
    assert "script" not in shown.headers["content-security-policy"]


# --- Who may ---


@pytest.mark.parametrize("path", ["/feed.atom", "/feed.json", "/badge.svg", "/snapshots/none/html"])
def test_where_looking_needs_signing_in_so_does_this_or_a_token(house: House, path: str) -> None:
    there = 404 if "snapshots" in path else 200
    assert asking(house, gated=True).get(path).status_code == 401
    signed_in = asking(house, gated=True)
    signed_in.cookies[house.accounts.cookie_name] = house.accounts.sign_in("eve", PASSWORD, address="x")
    assert signed_in.get(path).status_code == there
    assert asking(house, house.token(Scope.READ), gated=True).get(path).status_code == there
    assert asking(house, "iwm_not_a_token", gated=True).get(path).status_code == 401


# --- The list ---


def test_the_list_tells_sent_late_skipped_and_failed_apart(tmp_path: Path) -> None:
    clock = AClock()
    site = a_site(clock=clock)
    report(site, 2)
    late = a_snapshot(site, report="morning", due_at=MONDAY - HOUR, late_by=HOUR)
    keep(site, late, formats=[Format.MD], folder=tmp_path)
    keep(site, a_snapshot(site), formats=[Format.MD], folder=tmp_path)
    failing = TimedJob(id="report weekly", times=Every(HOUR), act=lambda _: Result(failed=True, note="no room"))
    again = TimedJob(id="report morning", times=Every(HOUR), act=lambda _: Result(note="made before"))
    other = TimedJob(id="tidying", times=Every(HOUR), act=lambda _: Result(failed=True, note="not a report"))
    worker = Worker(site, lambda _: (failing, again, other), name="one", version="1")
    for at in (MONDAY, MONDAY + HOUR):
        clock.at = at
        run_now(worker)
    said = {(one.report, one.outcome, one.note) for one in report_list(site, limit=50)}
    assert said == {
        ("weekly", ReportOutcome.FAILED, "no room"),
        ("morning", ReportOutcome.SKIPPED, "made before"),
        ("morning", ReportOutcome.LATE, "late by 60\N{NARROW NO-BREAK SPACE}min"),
        ("", ReportOutcome.SENT, ""),
    }


def test_times_that_a_late_run_stands_for_are_told_as_skipped() -> None:
    clock = AClock()
    site = a_site(clock=clock)
    job = TimedJob(id="report morning", times=Every(HOUR), act=lambda _: Result(rows=1))
    worker = Worker(site, lambda _: (job,), name="one", version="1")
    for at in (MONDAY, MONDAY + 4 * HOUR):
        clock.at = at
        run_now(worker)
    (line,) = report_list(site, limit=50)
    assert line.outcome is ReportOutcome.SKIPPED
    assert line.note == "3 due times before this one had passed"
    assert line.at - MONDAY >= timedelta(hours=4)

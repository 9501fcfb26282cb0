"""A small site whose reports are tested: one problem, a few graded reports, one of them hostile."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from iw_monitor.model.snapshot import Layout
from iw_monitor.publish.report.content import Snapshot
from iw_monitor.service.site import Site
from iw_monitor.service.snapshots import Wanted, snapshot_of
from tests.builders import MONDAY, AClock, AWatch, a_pack, a_raw_report, a_site, a_submission, an_indicator

HOSTILE = '=cmd|"/c calc"!A1 <script>alert(1)</script> #import "x" *bold* [a](http://e.example) \u202eright to left'
TITLE = "=1+1 <script>alert(1)</script> *b* #x [a](b)"  # titles are short
HEBREW, ARABIC = "נמל חיפה", "ميناء بيروت"


def a_reported_site(**pack: Any) -> Site:
    """Return a site on which every scored indicator was reported, yesterday and a week before."""
    clock = AClock(MONDAY - timedelta(days=7))
    site = a_site(clock=clock, watch=AWatch(a_pack(**pack)))
    for level, moment in (("1", MONDAY - timedelta(days=7)), ("3", MONDAY)):
        clock.at = moment
        for name in ("port_traffic", "ferry_strikes", "patrol_boats"):
            report = a_raw_report(
                indicator=name,
                level=level,
                observed_at=f"{moment - timedelta(hours=6):%Y-%m-%dT%H:%MZ}",
                statement=f"Half the ships stayed in {HEBREW} and {ARABIC}.",
            )
            site.record(report, author="ada", via="test")
    return site


def a_hostile_site() -> Site:
    """Return a site whose titles and statements hold markup of every kind."""
    site = a_site(watch=AWatch(a_pack(indicators=[an_indicator(title=TITLE)], file={"title": TITLE})))
    bad = a_submission(statement=HOSTILE, source_name=HOSTILE)  # not by the one validation path, which refuses U+202E
    site.journal.append([bad], via="test")
    return site


def a_snapshot(site: Site | None = None, **wanted: Any) -> Snapshot:
    """Return a watch snapshot of the small site; say what differs."""
    asked = Wanted(**({"layout": Layout.WATCH} | wanted))
    return snapshot_of(site or a_reported_site(), asked, author="ada", via="test")

"""Trails say of an indicator what the assessments of the same instants say, without concluding anything."""

from __future__ import annotations

from datetime import timedelta

from iw_monitor.service.site import Site
from tests.builders import DAY, HOUR, MONDAY, AClock, a_raw_report, a_site

WEEKS = timedelta(days=80)  # in which a report is fresh, fades and is unknown


def reported(clock: AClock) -> Site:
    """Return a site with a report, another that is withdrawn, and silence after them."""
    site = a_site(clock=clock)
    site.record(a_raw_report(), author="ada", via="page")
    clock.at += DAY
    second = site.record(a_raw_report(level="4"), author="ada", via="page")
    clock.at += DAY
    site.retract(second.id, reason="The log was of another port.", author="ben", via="page")
    clock.at += WEEKS
    return site


def test_a_trail_says_what_the_assessments_of_its_instants_say() -> None:
    clock = AClock()
    site = reported(clock)
    end = clock.at - HOUR
    trail = site.trails(MONDAY, end, every=DAY)["port_traffic"]
    frames = [*site.replay(MONDAY, end, every=DAY), site.assess(end)]
    states = [one.indicator("port_traffic") for one in frames]
    assert trail.at == tuple(one.as_of for one in frames)
    assert trail.level == tuple(one.level for one in states)
    assert trail.age_factor == tuple(one.age_factor for one in states)
    assert {4, 2} <= set(trail.level)
    assert trail.age_factor[-1] == 0


def test_a_trail_begins_where_something_was_reported() -> None:
    clock = AClock()
    site = reported(clock)
    trail = site.trails(MONDAY - 3 * DAY, MONDAY + DAY, every=DAY)["port_traffic"]
    assert trail.at == (MONDAY, MONDAY + DAY)


def test_a_site_without_reports_knows_of_no_beginning() -> None:
    clock = AClock()
    assert a_site(clock=clock).first_known() is None
    assert reported(clock).first_known() == MONDAY


def test_of_an_indicator_that_was_never_reported_a_trail_has_no_level() -> None:
    clock = AClock()
    trail = reported(clock).trails(MONDAY, MONDAY + DAY, every=DAY)["patrol_boats"]
    assert (trail.level, trail.age_factor) == ((None, None), (0.0, 0.0))

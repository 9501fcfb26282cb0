"""A worker that is dead is told of by others, and noticed outside; one that lives is not, and nobody is told twice."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from iw_monitor.errors import StoreError
from iw_monitor.model.alert import Reason
from iw_monitor.model.pack.alerts import WorkerDeadRule
from iw_monitor.schedule.beside import beside
from iw_monitor.service.alerting import evaluate, has_reminder
from iw_monitor.service.delivering import Delivered, deliver
from iw_monitor.service.site import Site
from iw_monitor.service.standing_in import stand_in
from iw_monitor.store.alerting import AlertStore
from tests.alerts import OUTLETS, Receiver, a_file, a_traffic_rule, an_alerting_site, evaluated, report
from tests.builders import HOUR, MONDAY, AClock

MINUTE = timedelta(minutes=1)


def a_dead_rule() -> WorkerDeadRule:
    plain = a_traffic_rule().model_dump(exclude={"kind", "indicators", "at_least", "at_most"})
    dead = plain | {"id": "worker_dead", "kind": "worker_dead", "silent_for": "PT3H"}
    return WorkerDeadRule.model_validate(dead, strict=False)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def left(receiver: Receiver) -> tuple[Site, AClock]:
    """Return a site that was evaluated at one o'clock, told what fired then, and has been alone since."""
    site, clock = an_alerting_site(a_file(a_traffic_rule(), a_dead_rule()))
    report(site, 3)
    evaluated(site, clock, MONDAY + HOUR)
    return site, clock


def stood_in(site: Site, receiver: Receiver) -> Delivered:
    return stand_in(site, outlets=OUTLETS, send_by=receiver)


def test_nobody_stands_in_for_a_worker_that_may_still_come(left: tuple[Site, AClock], receiver: Receiver) -> None:
    site, clock = left
    clock.at = MONDAY + 4 * HOUR - MINUTE
    assert stood_in(site, receiver) == Delivered()
    assert receiver.got == []  # also what waits is left to it


def test_whoever_stands_in_tells_once_that_the_worker_is_dead_and_delivers_what_it_left(
    left: tuple[Site, AClock], receiver: Receiver
) -> None:
    site, clock = left
    clock.at = MONDAY + 4 * HOUR
    stood_in(site, receiver)
    assert sorted(receiver.news) == ["firing port_traffic", "firing worker"]
    clock.at += HOUR  # by another process
    assert stood_in(site, receiver) == Delivered()
    assert not has_reminder(site)
    assert site.journal.verify() > 0


def test_a_worker_that_is_back_ends_the_alert_when_it_has_caught_up_and_not_before(
    left: tuple[Site, AClock], receiver: Receiver
) -> None:
    site, clock = left
    clock.at = MONDAY + 6 * HOUR
    stood_in(site, receiver)
    store = AlertStore(site.journal, site.pack.id)
    for hour in (2, 3):  # of the night it missed: still four and three hours behind
        evaluate(site, MONDAY + hour * HOUR, outlets=OUTLETS)
    assert store.look().standing.alert("worker_dead", "worker") is not None
    for hour in (4, 5, 6):
        evaluate(site, MONDAY + hour * HOUR, outlets=OUTLETS)
    assert store.look().standing.alert("worker_dead", "worker") is None
    deliver(site, outlets=OUTLETS, send_by=receiver)
    assert receiver.news[-1] == "resolved worker"
    told = [one.reason for one in store.transitions() if one.rule == "worker_dead"]
    assert told == [Reason.HELD, Reason.ENDED]


def test_a_site_that_was_never_evaluated_has_no_dead_worker(receiver: Receiver) -> None:
    site, clock = an_alerting_site(a_file(a_dead_rule()))
    clock.at = MONDAY + 100 * HOUR
    assert stood_in(site, receiver) == Delivered()


# --- On a thread of its own ---


def test_what_is_done_beside_goes_on_after_trouble_and_ends_with_the_block() -> None:
    told: list[str] = []
    again, done = threading.Event(), 0

    def act() -> None:
        nonlocal done
        done += 1
        if done == 1:
            raise StoreError("the disk is full")
        again.set()

    def say(event: str, /, **_facts: object) -> None:
        told.append(event)

    with beside(act, every=timedelta(milliseconds=1), name="test", say=say):
        assert again.wait(10)
    assert told == ["beside_failed"]
    assert "test" not in {one.name for one in threading.enumerate()}

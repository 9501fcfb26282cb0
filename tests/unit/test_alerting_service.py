"""Alerting from an evaluation to what arrives: one transaction, at least once, one key, nothing silently lost."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest

from iw_monitor.errors import StoreError
from iw_monitor.model.alert import AlertState, Reason, Standing
from iw_monitor.model.pack.alerts import Flood
from iw_monitor.service.alert_desk import overview
from iw_monitor.service.alerting import Evaluated, evaluate
from iw_monitor.service.delivering import FIRST_WAIT, GIVE_UP_AFTER, LONGEST_WAIT, Delivered, deliver, wait_after
from iw_monitor.service.outlets import Outlets
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from tests.alerts import (
    OUTLETS,
    KilledError,
    Receiver,
    a_file,
    a_firing_site,
    a_rule,
    a_traffic_rule,
    an_alerting_site,
    evaluated,
    report,
)
from tests.builders import DAY, HOUR, MONDAY

MINUTE = timedelta(minutes=1)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


def delivered(site: Site, receiver: Receiver) -> Delivered:
    return deliver(site, outlets=OUTLETS, send_by=receiver)


def store_of(site: Site) -> AlertStore:
    return AlertStore(site.journal, site.pack.id)


# --- One transaction ---


def test_what_fires_is_in_the_journal_in_the_standing_and_in_the_outbox() -> None:
    site, _ = a_firing_site()
    [noticed] = store_of(site).transitions()
    assert (noticed.rule, noticed.subject, noticed.after, noticed.reason) == (
        "traffic",
        "port_traffic",
        AlertState.FIRING,
        Reason.HELD,
    )
    assert [(one.problem, one.before) for one in store_of(site).level_changes()] == [("blockade", None)]
    assert [one.state for one in store_of(site).look().standing.alerts] == [AlertState.FIRING]
    [message] = store_of(site).messages(limit=9)
    assert (message.channel, message.attempts, message.is_waiting) == ("desk", 0, True)
    assert site.journal.verify() > 0


def test_an_evaluation_that_cannot_write_its_message_writes_nothing_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    site, clock = an_alerting_site()
    report(site, 3)
    before = site.journal.position()

    def full(*_: object, **__: object) -> None:
        raise StoreError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("iw_monitor.store.alert_rows.add_message", full)
        with pytest.raises(StoreError):
            evaluated(site, clock, MONDAY + HOUR)
    assert site.journal.position() == before
    assert store_of(site).look().standing == Standing()
    assert evaluated(site, clock, MONDAY + HOUR).messages == 1


def test_an_instant_is_evaluated_once_however_often_it_is_asked_for() -> None:
    site, clock = a_firing_site()
    position = site.journal.position()
    assert evaluated(site, clock, MONDAY + HOUR) == Evaluated()
    assert (site.journal.position(), len(store_of(site).messages(limit=9))) == (position, 1)


def test_who_was_overtaken_between_looking_and_writing_writes_nothing() -> None:
    site, clock = a_firing_site()
    store = store_of(site)
    seen = store.look()
    evaluated(site, clock, MONDAY + 2 * HOUR)
    position = site.journal.position()
    assert not store.evaluated(seen, Standing(), via="worker", pack_hash=site.pack.hash)
    assert site.journal.position() == position


def test_one_evaluation_tells_a_channel_once_whatever_fires() -> None:
    rules = [a_traffic_rule(), a_traffic_rule(id="low", at_least=2), a_traffic_rule(id="elsewhere", channels=("shed",))]
    site, clock = an_alerting_site(a_file(*rules))
    report(site, 3)
    assert evaluated(site, clock, MONDAY + HOUR).messages == 2
    told = {one.channel: [line.rule for line in one.notices[0].lines] for one in store_of(site).messages(limit=9)}
    assert told == {"desk": ["low", "traffic"], "shed": ["elsewhere"]}


def test_without_a_channel_nothing_waits_and_the_alert_stands_all_the_same() -> None:
    site, clock = an_alerting_site()
    report(site, 3)
    clock.at = MONDAY + HOUR
    evaluate(site, clock.at, outlets=Outlets())
    assert store_of(site).messages(limit=9) == []
    assert [one.name for one in overview(site, outlets=Outlets()).firing] == ["traffic/port_traffic"]


# --- At least once, with one key ---


def test_who_is_killed_before_sending_sends_later(receiver: Receiver) -> None:
    site, _ = a_firing_site()  # written, and the process ends here
    assert delivered(site, receiver) == Delivered(delivered=1)
    assert receiver.news == ["firing port_traffic"]
    assert delivered(site, receiver) == Delivered()


def test_who_is_killed_after_sending_sends_again_with_the_same_key(receiver: Receiver) -> None:
    site, clock = a_firing_site()
    receiver.dies = True
    with pytest.raises(KilledError):
        delivered(site, receiver)
    receiver.dies = False
    clock.at += FIRST_WAIT
    assert delivered(site, receiver) == Delivered(delivered=1)
    first, second = receiver.got
    assert (first.key, first.notices) == (second.key, second.notices)


def test_a_message_that_somebody_may_have_got_is_not_put_together_with_others(receiver: Receiver) -> None:
    site, clock = a_firing_site()
    receiver.dies = True
    with pytest.raises(KilledError):
        delivered(site, receiver)
    receiver.dies = False
    clock.at = MONDAY + 2 * HOUR
    report(site, 1)
    evaluated(site, clock, MONDAY + 2 * HOUR)
    delivered(site, receiver)
    assert [len(one.notices) for one in receiver.got] == [1, 1, 1]


def test_a_channel_that_is_down_for_a_day_gets_everything_in_one_message(receiver: Receiver) -> None:
    site, clock = a_firing_site()
    receiver.fails = True
    for hour in range(2, 25):
        clock.at = MONDAY + hour * HOUR
        report(site, 3 if hour % 2 else 1)
        evaluated(site, clock, MONDAY + hour * HOUR)
        delivered(site, receiver)
    assert receiver.got == []
    assert overview(site, outlets=OUTLETS).in_trouble > 0
    receiver.fails, clock.at = False, clock.at + LONGEST_WAIT
    assert delivered(site, receiver) == Delivered(delivered=1)
    assert receiver.news == ["firing port_traffic", "resolved port_traffic"] * 12
    assert overview(site, outlets=OUTLETS).in_trouble == 0


def test_a_wait_is_twice_as_long_each_time_up_to_an_hour_and_the_same_for_the_same_key() -> None:
    waits = [wait_after("key", attempts) for attempts in range(1, 20)]
    for attempts, wait in enumerate(waits, start=1):
        plain = min(FIRST_WAIT * 2 ** (attempts - 1), LONGEST_WAIT)
        assert plain / 2 <= wait <= plain
    assert waits == [wait_after("key", attempts) for attempts in range(1, 20)]
    assert waits != [wait_after("other", attempts) for attempts in range(1, 20)]


def test_a_message_is_given_up_after_a_week_and_stays_in_sight(receiver: Receiver) -> None:
    site, clock = a_firing_site()
    receiver.fails = True
    clock.at += GIVE_UP_AFTER
    assert delivered(site, receiver) == Delivered(failed=1)
    [message] = overview(site, outlets=OUTLETS).messages
    assert (message.failed_at, message.last_error) == (clock.at, "desk: no answer")
    assert overview(site, outlets=OUTLETS).in_trouble == 1
    clock.at += 2 * LONGEST_WAIT
    assert delivered(site, receiver) == Delivered()


def test_of_a_flood_a_channel_gets_so_many_and_the_rest_together(receiver: Receiver) -> None:
    site, clock = an_alerting_site(a_file(a_traffic_rule(), flood=Flood(messages=3, within=HOUR)))
    for step in range(8):
        clock.at = MONDAY + HOUR + step * MINUTE
        report(site, 1 if step % 2 else 3)
        evaluated(site, clock, MONDAY + HOUR + step * MINUTE)
        delivered(site, receiver)
    assert [len(one.notices) for one in receiver.got] == [1, 1, 1]
    clock.at += 2 * HOUR
    delivered(site, receiver)
    assert [len(one.notices) for one in receiver.got] == [1, 1, 1, 5]


def test_while_a_flood_goes_on_all_that_was_held_back_goes_together_as_soon_as_there_is_room(
    receiver: Receiver,
) -> None:
    site, clock = an_alerting_site(a_file(a_traffic_rule(), flood=Flood(messages=3, within=10 * MINUTE)))
    for step in range(14):
        clock.at = MONDAY + step * MINUTE
        report(site, 1 if step % 2 else 3)
        evaluated(site, clock, clock.at)
        delivered(site, receiver)
    assert [len(one.notices) for one in receiver.got] == [1, 1, 1, 8, 1, 1]  # in the minutes 0, 1, 2, 10, 11, 12


def test_of_messages_that_somebody_may_have_got_no_more_go_out_at_once_than_may(receiver: Receiver) -> None:
    indicators = ("port_traffic", "ferry_strikes", "patrol_boats")
    rules = [a_traffic_rule(id=one, indicators=(one,)) for one in indicators]
    site, clock = an_alerting_site(a_file(*rules, flood=Flood(messages=2, within=10 * MINUTE)))
    receiver.dies = True
    for step, one in enumerate(indicators):
        clock.at = MONDAY + step * timedelta(seconds=1)
        report(site, 3, one)
        evaluated(site, clock, clock.at)
        with pytest.raises(KilledError):
            delivered(site, receiver)
    receiver.got.clear()
    receiver.dies = False
    clock.at = MONDAY + MINUTE
    assert delivered(site, receiver) == Delivered(delivered=2)
    clock.at += 10 * MINUTE
    assert delivered(site, receiver) == Delivered(delivered=1)
    assert receiver.news == [f"firing {one}" for one in indicators]


# --- What it says ---


def test_a_notice_says_what_how_likely_how_sure_what_moved_by_whom_and_where_to_look(receiver: Receiver) -> None:
    site, clock = an_alerting_site(a_file(a_rule(at_least=2)))
    report(site, 4)
    report(site, 4, "ferry_strikes")
    evaluated(site, clock, MONDAY + HOUR)
    evaluated(site, clock, MONDAY + 8 * HOUR)  # a level rises after six hours
    delivered(site, receiver)
    [notice] = receiver.got[0].notices
    assert notice.headline.startswith("LEVEL ")
    assert notice.likelihood and notice.confidence
    assert "onfidence" not in notice.likelihood
    assert "%" not in notice.headline
    assert any("Port traffic" in one for one in notice.movers)
    assert [one.grade for one in notice.sources]
    assert notice.link.startswith("https://watch.example/why?pack=harbour&problem=blockade&as_of=")
    assert notice.lines[0].runbook == "Call the harbour master."
    assert (notice.handling, notice.mark) == ("TLP:CLEAR", "")


# --- The operator's file ---


def test_a_file_channel_gets_one_line_of_json_that_only_its_owner_may_read(tmp_path: Path) -> None:
    target, channels = tmp_path / "alerts.jsonl", tmp_path / "channels.toml"
    channels.write_text(f'[channels.desk]\nkind = "file"\npath = "{target.as_posix()}"\n', encoding="utf-8")
    channels.chmod(0o600)
    site, _ = a_firing_site()
    assert deliver(site, outlets=Outlets(channels=channels)) == Delivered(delivered=1)
    [line] = target.read_text(encoding="utf-8").splitlines()
    said = json.loads(line)
    assert (said["status"], said["receiver"]) == ("firing", "desk")
    assert said["alerts"][0]["labels"]["alertname"] == "traffic"
    assert target.stat().st_mode & 0o077 == 0


def test_what_is_wrong_with_the_file_of_channels_stands_at_every_message_that_waits(tmp_path: Path) -> None:
    channels = tmp_path / "channels.toml"
    channels.write_text('[channels.desk]\nkind = "pigeon"\n', encoding="utf-8")
    channels.chmod(0o600)
    site, clock = a_firing_site()
    assert deliver(site, outlets=Outlets(channels=channels)) == Delivered(failed=1)
    [message] = store_of(site).messages(limit=9)
    assert "N105" in message.last_error
    channels.write_text(
        f'[channels.desk]\nkind = "file"\npath = "{(tmp_path / "a.jsonl").as_posix()}"\n', encoding="utf-8"
    )
    clock.at += DAY
    assert deliver(site, outlets=Outlets(channels=channels)) == Delivered(delivered=1)

"""Answering alerts: each act has a person, a reason and an end, and is in the journal."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from iw_monitor.errors import AccessDeniedError, InputError
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.alert import AnswerKind, Reason
from iw_monitor.model.snapshot import Layout, Standing
from iw_monitor.publish.of_notices import notice_html, notice_text, subject_line
from iw_monitor.service.alert_desk import overview
from iw_monitor.service.alerting import evaluate
from iw_monitor.service.answering import LONGEST, AlertDesk
from iw_monitor.service.delivering import deliver
from iw_monitor.service.done import Wanted, history
from iw_monitor.service.marks import mark_of
from iw_monitor.service.outlets import Outlets
from iw_monitor.service.site import Site
from iw_monitor.service.snapshots import Wanted as WantedReport
from iw_monitor.service.snapshots import snapshot_of
from iw_monitor.service.trying import try_channel
from iw_monitor.store.alerting import AlertStore
from iw_monitor.telling.alerts import answer_words, state_words
from tests.alerts import (
    ESCALATING,
    OUTLETS,
    Receiver,
    a_file,
    a_firing_site,
    a_traffic_rule,
    an_alerting_site,
    evaluated,
    report,
)
from tests.builders import DAY, HOUR, MONDAY, AClock

NAME = "traffic/port_traffic"
MINUTE = timedelta(minutes=1)


def somebody(name: str = "ada", role: Role = Role.EDITOR) -> Actor:
    return Actor(name=name, display_name=name.title(), roles={EVERY_PACK: role}, via="local")


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def placed() -> tuple[Site, AClock]:
    """Return a site on which ``traffic`` fires since an hour after Monday; it escalates after half an hour."""
    return a_firing_site(a_file(ESCALATING))


@pytest.fixture
def site(placed: tuple[Site, AClock]) -> Site:
    return placed[0]


@pytest.fixture
def clock(placed: tuple[Site, AClock]) -> AClock:
    return placed[1]


@pytest.fixture
def ada(site: Site) -> AlertDesk:
    return AlertDesk(site, somebody())


def round_at(site: Site, clock: AClock, at: timedelta, receiver: Receiver) -> list[str]:
    """Let the worker deliver at a time, and return what that told."""
    clock.at = MONDAY + at
    count = len(receiver.news)
    deliver(site, outlets=OUTLETS, send_by=receiver)
    return receiver.news[count:]


# --- Acknowledge and escalate ---


def test_what_nobody_acknowledges_is_told_to_the_second_step_once(
    site: Site, clock: AClock, receiver: Receiver
) -> None:
    assert round_at(site, clock, HOUR, receiver) == ["firing port_traffic"]
    assert round_at(site, clock, HOUR + 29 * MINUTE, receiver) == []
    assert round_at(site, clock, HOUR + 30 * MINUTE, receiver) == ["not acknowledged port_traffic"] * 2
    assert [one.channel for one in receiver.got] == ["desk", "desk", "duty"]
    assert round_at(site, clock, 5 * HOUR, receiver) == []
    assert [answer_words(one) for one in overview(site).firing] == ["not acknowledged, escalated"]


def test_what_is_acknowledged_is_not_escalated_until_the_acknowledgement_ends(
    site: Site, clock: AClock, receiver: Receiver, ada: AlertDesk
) -> None:
    round_at(site, clock, HOUR, receiver)
    answer = ada.acknowledge(NAME, until=MONDAY + 3 * HOUR, reason="Calling the harbour.", owner="ben")
    assert (answer.owner, answer.author, answer.reason) == ("ben", "ada", "Calling the harbour.")
    assert [answer_words(one) for one in overview(site).firing] == ["acknowledged by ben until 060300Z MAY 24"]
    assert round_at(site, clock, 2 * HOUR, receiver) == []
    assert round_at(site, clock, 3 * HOUR, receiver) == ["acknowledgement ended port_traffic"]
    assert round_at(site, clock, 3 * HOUR + 29 * MINUTE, receiver) == []
    assert round_at(site, clock, 3 * HOUR + 30 * MINUTE, receiver) == ["not acknowledged port_traffic"] * 2


def test_only_what_fires_can_be_acknowledged(ada: AlertDesk) -> None:
    with pytest.raises(InputError, match=r"S140.*Use one of: traffic/port_traffic"):
        ada.acknowledge("traffic/ferry", until=MONDAY + 2 * HOUR, reason="Calling.")


# --- Silence ---


def test_what_is_silenced_is_not_told_and_stands_as_what_it_would_be(
    site: Site, clock: AClock, receiver: Receiver
) -> None:
    round_at(site, clock, HOUR, receiver)
    AlertDesk(site, somebody()).silence("traffic", until=MONDAY + 6 * HOUR, comment="Crane is being mended.")
    assert round_at(site, clock, 5 * HOUR, receiver) == []  # it would escalate
    [standing] = overview(site).firing
    assert state_words(standing) == "silenced, would be FIRING"
    assert answer_words(standing) == "silenced by ada until 060600Z MAY 24: Crane is being mended."
    assert overview(site).loud == ()


def test_what_fires_on_when_a_silence_ends_is_told_then(receiver: Receiver) -> None:
    site, clock = a_firing_site(a_file(ESCALATING), silenced_until=MONDAY + 6 * HOUR)
    assert round_at(site, clock, 5 * HOUR, receiver) == []
    assert round_at(site, clock, 6 * HOUR, receiver) == ["firing port_traffic"]


def test_a_silence_that_is_ended_early_lets_it_be_told(receiver: Receiver) -> None:
    site, clock = a_firing_site(a_file(ESCALATING), silenced_until=MONDAY + 6 * HOUR)
    [silence] = overview(site).silences
    AlertDesk(site, somebody("ben")).end_silence(silence.id, reason="The crane works.")
    assert round_at(site, clock, 2 * HOUR, receiver) == ["firing port_traffic"]
    with pytest.raises(InputError, match=r"S143"):
        AlertDesk(site, somebody()).end_silence(silence.id, reason="Again.")


def test_nobody_silences_a_rule_that_is_not_there(ada: AlertDesk) -> None:
    with pytest.raises(InputError, match=r"S142.*Use one of: traffic"):
        ada.silence("trafic", until=MONDAY + 2 * HOUR, comment="Crane.")


# --- Sunset and renewal ---


def test_an_alert_ends_of_itself_unless_somebody_renews_it_with_a_reason() -> None:
    file = a_file(a_traffic_rule(sunset="P1D"))
    reasons = []
    for is_renewed in (False, True):
        site, clock = a_firing_site(file)
        if is_renewed:
            AlertDesk(site, somebody()).renew(NAME, until=MONDAY + 3 * DAY, reason="Still closed.")
        evaluated(site, clock, MONDAY + DAY + HOUR)
        reasons.append([one.reason for one in AlertStore(site.journal, site.pack.id).transitions()])
    assert reasons == [[Reason.HELD, Reason.SUNSET, Reason.HELD], [Reason.HELD]]


# --- Exercise ---


def test_an_exercise_marks_messages_and_files_until_it_ends() -> None:
    site, clock = an_alerting_site()
    approver = AlertDesk(site, somebody(role=Role.APPROVER))
    approver.begin_exercise("Spring tide", until=MONDAY + 2 * HOUR)
    report(site, 3)
    evaluated(site, clock, MONDAY + HOUR)
    [message] = overview(site).messages
    assert [one.mark for one in message.notices] == ["EXERCISE"]
    assert subject_line(message.notices).startswith("EXERCISE ")
    assert "*** EXERCISE ***" in notice_text(message.notices)
    assert "<b>EXERCISE</b>" in notice_html(message.notices)
    assert frozen(site) is Standing.EXERCISE
    clock.at = MONDAY + 2 * HOUR
    assert (mark_of(site), frozen(site)) == ("", Standing.ACTUAL)


def frozen(site: Site) -> Standing:
    """Return how a report that is made now is marked."""
    return snapshot_of(site, WantedReport(layout=Layout.WATCH), author="ada", via="test").standing


def test_an_exercise_ends_early_with_a_reason_and_only_if_one_goes_on(site: Site, clock: AClock) -> None:
    approver = AlertDesk(site, somebody(role=Role.APPROVER))
    approver.begin_exercise("Spring tide", until=clock.at + HOUR)
    approver.end_exercise(reason="A real storm.")
    assert mark_of(site) == ""
    with pytest.raises(InputError, match=r"S144"):
        approver.end_exercise(reason="Again.")


# --- Who, why, until when ---


@pytest.mark.parametrize("role", [None, Role.VIEWER])
def test_who_may_only_look_answers_nothing(site: Site, role: Role | None) -> None:
    desk = AlertDesk(site, None if role is None else somebody(role=role))
    with pytest.raises(AccessDeniedError):
        desk.acknowledge(NAME, until=MONDAY + 2 * HOUR, reason="Calling.")
    with pytest.raises(AccessDeniedError):
        desk.silence("traffic", until=MONDAY + 2 * HOUR, comment="Crane.")


def test_an_exercise_needs_an_approver_and_a_try_of_a_channel_an_administrator(site: Site, ada: AlertDesk) -> None:
    with pytest.raises(AccessDeniedError):
        ada.begin_exercise("Spring tide", until=MONDAY + 2 * HOUR)
    with pytest.raises(AccessDeniedError):
        try_channel(site, somebody(), "desk", via="test")


@pytest.mark.parametrize("until", [timedelta(0), LONGEST[AnswerKind.ACKNOWLEDGE] + MINUTE])
def test_an_answer_ends_and_not_too_late(clock: AClock, ada: AlertDesk, until: timedelta) -> None:
    with pytest.raises(InputError, match=r"S141"):
        ada.acknowledge(NAME, until=clock.at + until, reason="Calling.")


def test_an_answer_without_a_reason_is_refused(clock: AClock, ada: AlertDesk) -> None:
    for act in (ada.acknowledge, ada.renew):
        with pytest.raises(InputError, match="reason"):
            act(NAME, until=clock.at + HOUR, reason=" ")


def test_every_answer_is_in_the_journal_with_who_and_why(site: Site, clock: AClock, ada: AlertDesk) -> None:
    ada.acknowledge(NAME, until=clock.at + HOUR, reason="Calling.")
    ada.silence("traffic", until=clock.at + HOUR, comment="Crane.")
    told_of = history(site, Wanted(part="alerts"))
    assert [(one.kind, one.subject, one.author, one.why) for one in told_of][:3] == [
        ("silence", "traffic", "ada", "Crane."),
        ("acknowledge", NAME, "ada", "Calling."),
        ("alert", NAME, "evaluation", "the condition held"),
    ]
    assert [one.kind for one in AlertStore(site.journal, site.pack.id).answers()] == [
        AnswerKind.ACKNOWLEDGE,
        AnswerKind.SILENCE,
    ]


def test_an_answer_and_an_evaluation_at_once_are_both_kept(
    site: Site, clock: AClock, ada: AlertDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = AlertStore.look
    evaluations = iter([MONDAY + 2 * HOUR])

    def overtaken(store: AlertStore) -> object:
        seen = looked(store)
        for at in evaluations:
            clock.at = at
            monkeypatch.setattr(AlertStore, "look", looked)
            evaluate(site, at, outlets=Outlets())
        return seen

    until = clock.at + 5 * HOUR
    monkeypatch.setattr(AlertStore, "look", overtaken)
    ada.acknowledge(NAME, until=until, reason="Calling.")
    standing = looked(AlertStore(site.journal, site.pack.id)).standing
    assert standing.evaluated_at == MONDAY + 2 * HOUR
    assert [one.owner for one in standing.alerts] == ["ada"]


# --- Trying a channel ---


def test_a_channel_is_tried_with_a_message_marked_test_and_the_journal_says_who_did(site: Site, tmp_path: Path) -> None:
    target, channels = tmp_path / "tried.jsonl", tmp_path / "channels.toml"
    channels.write_text(f'[channels.desk]\nkind = "file"\npath = "{target.as_posix()}"\n', encoding="utf-8")
    channels.chmod(0o600)
    outlets = Outlets(channels=channels)
    [result] = try_channel(site, somebody(role=Role.ADMIN), "desk", via="test", outlets=outlets)
    assert result.is_done
    assert '"mark": "TEST"' in target.read_text(encoding="utf-8")
    [done] = history(site, Wanted(part="alerts", limit=1))
    assert (done.kind, done.subject, done.author, done.why) == ("try channel", "desk", "ada", "file: reached")
    with pytest.raises(InputError, match=r"S145.*The file has: desk"):
        try_channel(site, somebody(role=Role.ADMIN), "dask", via="test", outlets=outlets)
    with pytest.raises(InputError, match=r"S145.*IW_CHANNELS"):
        try_channel(site, somebody(role=Role.ADMIN), "desk", via="test", outlets=Outlets())

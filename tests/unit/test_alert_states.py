"""The states of an alert: hold and keep, blindness, sunset, and a reason for everything."""

from __future__ import annotations

from datetime import timedelta

import pytest

from iw_monitor.assess.alerting.states import advance
from iw_monitor.model.alert import AlertState, Reason, Transition
from tests.alerts import NO, UNKNOWN, YES, a_rule, a_sighting, lived
from tests.builders import HOUR, MONDAY

PENDING, FIRING, BLIND, RESOLVED = AlertState.PENDING, AlertState.FIRING, AlertState.BLIND, AlertState.RESOLVED


def said(noticed: list[Transition]) -> list[tuple[int, AlertState, Reason]]:
    """Return hour, new state and reason of each change."""
    return [((one.at - MONDAY) // HOUR, one.after, one.reason) for one in noticed]


def test_without_a_hold_it_fires_at_once_and_without_a_keep_it_ends_at_once() -> None:
    alerts, noticed = lived(a_rule(), [YES, YES, NO])
    assert said(noticed) == [(0, FIRING, Reason.HELD), (2, RESOLVED, Reason.ENDED)]
    assert alerts == ()


def test_a_condition_must_hold_without_a_break() -> None:
    _, noticed = lived(a_rule(hold="PT3H"), [YES, YES, NO, YES, YES, YES, YES])
    assert said(noticed) == [
        (0, PENDING, Reason.BEGAN),
        (2, RESOLVED, Reason.LAPSED),
        (3, PENDING, Reason.BEGAN),
        (6, FIRING, Reason.HELD),
    ]


def test_it_is_resolved_only_when_the_condition_has_been_away_for_as_long_as_is_kept() -> None:
    _, noticed = lived(a_rule(keep="PT2H"), [YES, NO, YES, NO, NO, NO])
    assert said(noticed) == [(0, FIRING, Reason.HELD), (5, RESOLVED, Reason.ENDED)]


def test_what_fires_and_can_no_longer_be_seen_is_blind_and_still_an_alert() -> None:
    alerts, noticed = lived(a_rule(), [YES, UNKNOWN, *[UNKNOWN] * 1000])
    assert said(noticed) == [(0, FIRING, Reason.HELD), (1, BLIND, Reason.WENT_BLIND)]
    assert [one.is_active for one in alerts] == [True]


def test_a_recovery_after_a_blind_period_says_so() -> None:
    _, noticed = lived(a_rule(), [YES, UNKNOWN, UNKNOWN, NO])
    assert said(noticed)[-1] == (3, RESOLVED, Reason.RECOVERED)


def test_a_recovery_after_a_blind_period_says_so_even_if_it_is_kept_a_while() -> None:
    _, noticed = lived(a_rule(keep="PT2H"), [YES, UNKNOWN, NO, NO, NO])
    assert said(noticed)[1:] == [
        (1, BLIND, Reason.WENT_BLIND),
        (2, FIRING, Reason.SEEN_AGAIN),
        (4, RESOLVED, Reason.RECOVERED),
    ]


def test_a_blind_alert_that_is_seen_to_hold_again_forgets_that_it_was_blind() -> None:
    _, noticed = lived(a_rule(), [YES, UNKNOWN, YES, NO])
    assert said(noticed)[2:] == [(2, FIRING, Reason.SEEN_AGAIN), (3, RESOLVED, Reason.ENDED)]


def test_what_is_pending_and_cannot_be_seen_waits_and_neither_fires_nor_ends() -> None:
    alerts, noticed = lived(a_rule(hold="PT2H"), [YES, UNKNOWN, UNKNOWN, UNKNOWN])
    assert said(noticed) == [(0, PENDING, Reason.BEGAN)]
    assert [one.state for one in alerts] == [PENDING]
    assert said(lived(a_rule(hold="PT2H"), [YES, UNKNOWN, UNKNOWN, YES])[1])[-1] == (3, FIRING, Reason.HELD)


def test_what_was_never_seen_is_no_alert() -> None:
    assert lived(a_rule(), [UNKNOWN, UNKNOWN]) == ((), [])


def test_a_level_that_rises_while_it_fires_is_noticed_and_one_that_falls_is_not() -> None:
    alerts, noticed = lived(a_rule(), [(YES, 4), (YES, 5), (YES, 4)])
    assert said(noticed) == [(0, FIRING, Reason.HELD), (1, FIRING, Reason.ROSE)]
    assert [one.level for one in alerts] == [4]


def test_what_nobody_renews_ends_by_its_sunset_and_fires_anew_if_it_still_holds() -> None:
    alerts, noticed = lived(a_rule(sunset="PT2H"), [YES, YES, YES])
    assert said(noticed) == [(0, FIRING, Reason.HELD), (2, RESOLVED, Reason.SUNSET), (2, FIRING, Reason.HELD)]
    assert alerts[0].fired_at == MONDAY + 2 * HOUR


def test_a_blind_alert_does_not_end_by_its_sunset_while_it_is_blind() -> None:
    alerts, noticed = lived(a_rule(sunset="PT2H"), [YES, UNKNOWN, UNKNOWN, UNKNOWN])
    assert [one.state for one in alerts] == [BLIND]
    assert RESOLVED not in {one.after for one in noticed}


def test_a_rule_that_left_the_pack_ends_its_alerts_and_says_so() -> None:
    alerts, _ = lived(a_rule(), [YES])
    after, noticed = advance(alerts, [], {}, MONDAY + HOUR)
    assert (after, said(list(noticed))) == ((), [(1, RESOLVED, Reason.GONE)])


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_in_which_things_are_seen_does_not_matter(reverse: bool) -> None:
    rules = {name: a_rule(id=name) for name in ("level", "other")}
    seen = [a_sighting(YES, rule=name, subject=where) for name in rules for where in ("blockade", "siege")]
    alerts, noticed = advance((), seen[::-1] if reverse else seen, rules, MONDAY)
    assert [one.key for one in alerts] == sorted(one.key for one in seen)
    assert [(one.rule, one.subject) for one in noticed] == sorted(one.key for one in seen)


def test_every_change_has_its_time_its_level_and_what_was_seen() -> None:
    _, noticed = lived(a_rule(), [NO, (YES, 5)], every=timedelta(minutes=10))
    assert [(one.at, one.level, one.says) for one in noticed] == [(MONDAY + timedelta(minutes=10), 5, "4 HIGH")]

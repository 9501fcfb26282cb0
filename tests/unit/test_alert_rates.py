"""How the alerting itself does, counted by hand over a made-up log."""

from __future__ import annotations

from datetime import datetime, timedelta

from iw_monitor.assess.alerting.rates import Rates, rates
from iw_monitor.model.alert import Alert, AlertState, Reason, Standing, Transition
from tests.builders import DAY, HOUR, MONDAY

MINUTE = timedelta(minutes=1)


def fired(at: datetime, rule: str = "level", subject: str = "war") -> Transition:
    return Transition(
        at=at,
        rule=rule,
        subject=subject,
        before=None,
        after=AlertState.FIRING,
        reason=Reason.HELD,
        level=4,
        says="It holds",
    )


def resolved(at: datetime) -> Transition:
    return Transition(
        at=at,
        rule="level",
        subject="war",
        before=AlertState.FIRING,
        after=AlertState.RESOLVED,
        reason=Reason.ENDED,
        level=4,
        says="It is over",
    )


def seen(*log: Transition) -> Rates:
    return rates(Standing(), sorted(log, key=lambda one: one.at), MONDAY)


def test_firings_are_counted_for_ten_minutes_and_for_a_shift_of_eight_hours_and_resolutions_are_not() -> None:
    ago = (0 * MINUTE, 9 * MINUTE, 10 * MINUTE, 7 * HOUR, 8 * HOUR, 9 * HOUR)
    found = seen(*(fired(MONDAY - each) for each in ago), resolved(MONDAY - MINUTE))
    assert (found.last_ten_minutes, found.last_shift) == (2, 4)


def test_the_worst_ten_minutes_are_found_wherever_in_the_log_they_were() -> None:
    burst = [fired(MONDAY - 3 * DAY + n * MINUTE, subject=f"s{n}") for n in range(12)]
    found = seen(*burst, fired(MONDAY))
    assert (found.most_in_ten_minutes, found.last_ten_minutes) == (10, 1)


def test_who_talks_most_comes_first_and_only_five_are_named() -> None:
    log = [fired(MONDAY - n * HOUR, subject=f"s{talks}") for talks in range(1, 8) for n in range(talks)]
    assert [(subject, count) for _, subject, count in seen(*log).talkers] == [
        ("s7", 7),
        ("s6", 6),
        ("s5", 5),
        ("s4", 4),
        ("s3", 3),
    ]


def test_what_fires_three_times_within_a_day_flutters_and_what_does_within_two_days_does_not() -> None:
    flutters = [fired(MONDAY - n * 11 * HOUR) for n in range(3)]
    steady = [fired(MONDAY - n * 13 * HOUR, rule="jump") for n in range(3)]
    assert seen(*flutters, *steady).fluttering == (("level", "war", 3),)


def test_what_nobody_takes_is_named_with_what_waits_longest_first() -> None:
    def alert(rule: str, hours: int, owned_until: datetime | None = None) -> Alert:
        since = MONDAY - hours * HOUR
        return Alert(
            rule=rule, subject="war", state=AlertState.FIRING, since=since, fired_at=since, owned_until=owned_until
        )

    taken = alert("taken", 5, owned_until=MONDAY + HOUR)
    ran_out = alert("ran_out", 4, owned_until=MONDAY - HOUR)
    pending = Alert(rule="pending", subject="war", state=AlertState.PENDING, since=MONDAY - 9 * HOUR)
    found = rates(Standing(alerts=(alert("new", 1), taken, ran_out, pending)), (), MONDAY)
    assert [one.rule for one in found.unacknowledged] == ["ran_out", "new"]

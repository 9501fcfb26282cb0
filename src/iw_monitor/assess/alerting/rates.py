"""How the alerting itself does: how many, who talks most, what flutters, what nobody takes.

The yardsticks are those of process control: more than ten alarms in ten minutes to one person is a flood (EEMUA 191).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from iw_monitor.model.alert import Alert, AlertState, Reason, Standing, Transition

TEN_MINUTES, SHIFT, DAY = timedelta(minutes=10), timedelta(hours=8), timedelta(days=1)
FLUTTERS = 3  # times fired within a day
MOST_TALKERS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Rates:
    """The alert log summed up at an instant."""

    last_ten_minutes: int  # firings
    last_shift: int  # firings in eight hours
    most_in_ten_minutes: int  # in any ten minutes of what is looked at
    talkers: tuple[tuple[str, str, int], ...]  # rule, subject, firings: most first
    fluttering: tuple[tuple[str, str, int], ...]  # fired again and again within a day
    unacknowledged: tuple[Alert, ...]  # the one that waits longest first


def rates(standing: Standing, log: Sequence[Transition], now: datetime) -> Rates:
    """Return how the alerting did, from how alerts stand and the log of their changes, in order."""
    firings = [one for one in log if one.after is AlertState.FIRING and one.reason is Reason.HELD]
    times = [one.at for one in firings]
    counted = Counter((one.rule, one.subject) for one in firings)
    lately = Counter((one.rule, one.subject) for one in firings if now - one.at <= DAY)
    waiting = [one for one in standing.alerts if one.is_active and not one.is_owned(now)]
    return Rates(
        last_ten_minutes=_within(times, now, TEN_MINUTES),
        last_shift=_within(times, now, SHIFT),
        most_in_ten_minutes=max((_within(times, one, TEN_MINUTES) for one in times), default=0),
        talkers=_ranked(counted, least=1)[:MOST_TALKERS],
        fluttering=_ranked(lately, least=FLUTTERS),
        unacknowledged=tuple(sorted(waiting, key=lambda one: (one.fired_at or one.since, one.key))),
    )


def _within(times: Sequence[datetime], end: datetime, span: timedelta) -> int:
    return sum(end - span < one <= end for one in times)


def _ranked(counted: Counter[tuple[str, str]], *, least: int) -> tuple[tuple[str, str, int], ...]:
    ranked = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return tuple((rule, subject, count) for (rule, subject), count in ranked if count >= least)

"""When a source is next to be asked: by its schedule, later after failures, never before it asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from zoneinfo import ZoneInfo

from iw_monitor.model.collecting import SourceState
from iw_monitor.model.pack.sources import Schedule, Source, WebhookSource
from iw_monitor.model.running import FAR_AHEAD
from iw_monitor.model.times import Crontab, Every, Times

MOST_BACK_OFF = timedelta(days=1)
FIRST_BACK_OFF = timedelta(minutes=5)


def next_due(source: Source, state: SourceState | None, *, now: datetime) -> datetime | None:
    """Return when a source is next to be asked, which may lie in the past; None for one that is never asked.

    A source of which nothing is remembered is due at once, and one that only a clock that was far ahead asked. One that
    failed is not asked more often, but more seldom: five minutes after the first failure at the earliest, then ten,
    twenty, and at most a day.
    """
    if isinstance(source, WebhookSource):
        return None
    if state is None or state.run_at > now + FAR_AHEAD:
        return now
    planned = times_of(source.schedule).after(state.run_at)
    if planned is None:
        return None
    return max(planned + jitter_of(source, state.run_at), rests_until(state))


def is_resting(state: SourceState, now: datetime) -> bool:
    """Say whether a source is to be left alone: after failures, or because it asked for it."""
    return state.run_at <= now + FAR_AHEAD and now < rests_until(state)


def rests_until(state: SourceState) -> datetime:
    """Return before when a source is left alone: after failures, or because it asked for it."""
    waits = min(FIRST_BACK_OFF * 2 ** min(state.failures - 1, 20), MOST_BACK_OFF) if state.failures else timedelta(0)
    return max(state.run_at + waits, state.not_before or state.run_at)


def times_of(schedule: Schedule) -> Times:
    """Return when a schedule is due. ``every`` counts from 1970: the same on every machine."""
    if schedule.cron is not None:
        return Crontab(schedule.cron, ZoneInfo(schedule.zone))
    return Every(schedule.every or MOST_BACK_OFF)  # the pack's check has seen that it has one of the two


def jitter_of(source: Source, instant: datetime) -> timedelta:
    """Return how much later than planned a source is asked: another length each time, the same on every machine."""
    most = source.schedule.jitter or timedelta(0)
    drawn = int.from_bytes(sha256(f"{source.id} {instant.isoformat()}".encode()).digest()[:4], "big")
    return most * (drawn / 2**32)

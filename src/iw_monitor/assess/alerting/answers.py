"""What people answer to alerts: acknowledge, silence, renew, exercise. Each names a person, a reason and an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from iw_monitor.model.alert import Alert, Exercise, Silence, Standing


def acknowledge(standing: Standing, alert: Alert, *, owner: str, until: datetime) -> Standing:
    """Return how alerts stand once somebody is at one of them until an instant."""
    return _with(standing, replace(alert, owner=owner, owned_until=until))


def renew(standing: Standing, alert: Alert, *, until: datetime) -> Standing:
    """Return how alerts stand once one of them was given more time."""
    return _with(standing, replace(alert, sunset_at=until))


def silenced(standing: Standing, silence: Silence, now: datetime) -> Standing:
    """Return how alerts stand with one silence more; those that are over are forgotten."""
    kept = tuple(one for one in standing.silences if one.until > now)
    return replace(standing, silences=(*kept, silence))


def unsilenced(standing: Standing, silence_id: str) -> Standing:
    """Return how alerts stand once a silence was ended."""
    return replace(standing, silences=tuple(one for one in standing.silences if one.id != silence_id))


def exercised(standing: Standing, exercise: Exercise | None) -> Standing:
    """Return how alerts stand once an exercise began, or ended (None)."""
    return replace(standing, exercise=exercise)


def _with(standing: Standing, alert: Alert) -> Standing:
    return replace(standing, alerts=tuple(alert if one.key == alert.key else one for one in standing.alerts))

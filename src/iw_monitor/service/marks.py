"""What everything is marked with: EXERCISE while one goes on, DEMO in the demo; on pages, in messages and in files."""

from __future__ import annotations

from iw_monitor.model.alert import Exercise
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore

EXERCISE, DEMO, TEST = "EXERCISE", "DEMO", "TEST"


def exercise_of(site: Site) -> Exercise | None:
    """Return the exercise that goes on now, or None."""
    return AlertStore(site.journal, site.pack.id).look().standing.exercise_at(site.now())


def mark_of(site: Site) -> str:
    """Return what everything is marked with now, or nothing. What the demo shows is never more than a demo."""
    if site.demo:
        return DEMO
    return EXERCISE if exercise_of(site) is not None else ""

"""The part of the door that leads to the past: the film of assessments, how indicators stood, and what happened."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TypeAlias

import streamlit as st

from dashboard import data, texts
from dashboard.data import DAY, TTL, Look
from iw_monitor.assess import trails as assess_trails
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.instants import end_of_day
from iw_monitor.model.observation import Known
from iw_monitor.model.outcome import Outcome
from iw_monitor.service.memo import Memo
from iw_monitor.service.outcomes import read_outcomes

Trail: TypeAlias = assess_trails.Trail
MOST_FRAMES = 400  # instants in one replay: days for a year, and ten years stay quick
_TRAILS: Memo[dict[str, Trail]] = Memo(most=12)


def outcomes(look: Look) -> tuple[Outcome, ...]:
    """Return what really happened by the site's now, as the pack's history tells it.

    Raises:
        InputError: the pack's file of outcomes cannot be read; with everything that is wrong with it.
    """
    return tuple(one for one in read_outcomes(data.site().loaded.folder) if end_of_day(one.day) <= look.now)


def film(look: Look) -> tuple[Assessment, ...]:
    """Return daily assessments (fewer for a long history) from the first report to now."""
    start = _beginning(look, look.now)
    if start is None:
        return ()
    step = frame_step(look.now - start)
    frames = _replayed(look.revision, start, start + (look.now - start) // step * step, step, look.known)
    last = look.at if look.at.as_of == look.now else data.at(look, look.now)
    whole = frames if last is None or frames[-1].as_of == last.as_of else (*frames, last)
    return tuple(one for one in whole if not data.is_empty(one))


def trails(look: Look, *, days: int | None = None) -> dict[str, Trail]:
    """Return how each indicator stood, daily from the first report or for so many days up to the look, by its id."""
    start, end = _beginning(look, look.at.as_of, days=days), look.at.as_of
    if start is None:
        return {}
    key = (look.revision, start, end, look.known)
    step = frame_step(end - start)
    return _TRAILS.get(key, lambda: data.site().trails(start, end, every=step, known=look.known))


def frame_step(span: timedelta) -> timedelta:
    """Return whole days between frames so that a span has at most ``MOST_FRAMES``."""
    return DAY * max(1, -(-(span // DAY + 1) // MOST_FRAMES))


def _beginning(look: Look, end: datetime, *, days: int | None = None) -> datetime | None:
    """Return the midnight from which on the past up to a moment is shown, or None if nothing was reported by then."""
    first = data.site().first_known(look.known)
    if first is None or first > end:
        return None
    start = max(first, end - timedelta(days=days)) if days else first
    return start.replace(hour=0, minute=0, second=0, microsecond=0)


@st.cache_resource(ttl=TTL, max_entries=12, show_spinner=texts.REPLAYING)
def _replayed(revision: str, start: datetime, end: datetime, every: timedelta, known: Known) -> tuple[Assessment, ...]:
    return data.site().replay(start, end, every=every, known=known)

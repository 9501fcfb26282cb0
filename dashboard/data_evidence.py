"""The part of the door that leads to what was reported: on each indicator, and behind each of their levels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TypeAlias

import streamlit as st

from dashboard import data
from dashboard.data import TTL, WEEK, Look
from dashboard.rows import IndicatorRow, Reported
from iw_monitor.assess import corroboration as assess_corroboration
from iw_monitor.model.observation import Known, Observation, Retraction, published_known_at
from iw_monitor.service.memo import Memo

Corroboration: TypeAlias = assess_corroboration.Corroboration

_ROWS: Memo[tuple[IndicatorRow, ...]] = Memo(most=20)


def reported(look: Look, indicator: str) -> tuple[Reported, ...]:
    """Return the reports on an indicator known at the look, newest first, those retracted by then included."""
    return _as_listed(_on(look.revision, indicator), look)


def evidence(look: Look, indicator: str) -> tuple[Reported, ...]:
    """Return the reports that stand behind an indicator's current level, newest first."""
    names = frozenset(name for one in look.at.indicators if one.id == indicator for name in one.observations)
    return _as_listed(_named(look.revision, names), look)


def _as_listed(observations: Iterable[Observation], look: Look) -> tuple[Reported, ...]:
    tray = frozenset(look.at.unconfirmed)
    withdrawn = _withdrawn(look.revision)
    return tuple(
        Reported(
            observation=one,
            known_at=known_at(one, look.known),
            retraction=_retraction(withdrawn.get(one.id), look),
            scored=one.id not in tray,
        )
        for one in observations
        if known_at(one, look.known) <= look.at.as_of
    )


def _retraction(found: Retraction | None, look: Look) -> Retraction | None:
    """Return a retraction if it counts at the look: as published, what is retracted never counted."""
    if found is None or (look.known is Known.RECORDED and found.recorded_at > look.at.as_of):
        return None
    return found


def known_at(one: Observation, known: Known) -> datetime:
    """Return when a report became known, by one of the two readings."""
    return one.recorded_at if known is Known.RECORDED else published_known_at(one.observed_at, one.published_at)


@st.cache_resource(ttl=TTL, max_entries=50, show_spinner=False)
def _on(revision: str, indicator: str) -> tuple[Observation, ...]:
    return _newest_first(data.site().observations(indicator))


@st.cache_resource(ttl=TTL, max_entries=50, show_spinner=False)
def _named(revision: str, ids: frozenset[str]) -> tuple[Observation, ...]:
    here = data.site()
    return _newest_first(here.journal.observations(here.pack.id, ids=ids)) if ids else ()


def _newest_first(listed: Iterable[Observation]) -> tuple[Observation, ...]:
    return tuple(sorted(listed, key=lambda one: (one.observed_at, one.recorded_at, one.id), reverse=True))


@st.cache_resource(ttl=TTL, max_entries=4, show_spinner=False)
def _withdrawn(revision: str) -> dict[str, Retraction]:
    return {one.observation: one for one in data.site().retractions()}


def corroborated(look: Look, indicator: str) -> Corroboration | None:
    """Return how far an indicator's level is corroborated, or None where the pack demands nothing of it."""
    level = look.at.indicator(indicator).level
    return assess_corroboration.corroboration(look.pack, level, [one.observation for one in evidence(look, indicator)])


def indicator_rows(look: Look) -> tuple[IndicatorRow, ...]:
    """Return every watched indicator in the pack's order with its state."""
    return _ROWS.get((look.revision, look.at.as_of, look.known), lambda: tuple(_rows(look)))


def _rows(look: Look) -> Iterator[IndicatorRow]:
    earlier = data.ago(look, WEEK)
    past = {one.id: one.level for one in earlier.indicators} if earlier else {}
    newest = frozenset(one.observations[0] for one in look.at.indicators if one.observations)
    grades = {one.id: str(one.grade) for one in _named(look.revision, newest)}
    states = {one.id: one for one in look.at.indicators}
    for one in look.pack.indicators:
        if one.id in states:
            yield IndicatorRow(
                indicator=one,
                state=states[one.id],
                grade=next((grades[name] for name in states[one.id].observations if name in grades), ""),
                week_ago=past.get(one.id),
            )

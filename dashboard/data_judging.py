"""The part of the door to the service that the judging pages use: what was warned beside what happened."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from typing import TextIO, TypeAlias

import streamlit as st

from dashboard import data, texts_judging
from dashboard.data import TTL, Look
from iw_monitor.assess import supposing, validator
from iw_monitor.assess.scoring.scorecard import Scorecard
from iw_monitor.model import closing
from iw_monitor.model.observation import Known
from iw_monitor.service import exporting, scoring
from iw_monitor.service import windows as at_windows


def scorecard(look: Look) -> Scorecard:
    """Return how the warnings did by the moment looked at, beside what the pack says really happened.

    Raises:
        InputError: there is nothing to score, or nothing to score it by; it says which.
    """
    return _scored(look.revision, None if look.moment.as_of is None else look.at.as_of.date(), look.known)


@st.cache_resource(ttl=TTL, max_entries=6, show_spinner=texts_judging.SCORING)
def _scored(revision: str, last: date | None, known: Known) -> Scorecard:
    return scoring.score_beside_history(data.site(), last=last, known=known)


def scores_csv(card: Scorecard) -> bytes:
    """Return the scores as a CSV file."""
    return _written(lambda file: exporting.export_scores(card, file))


def forecasts_csv(card: Scorecard) -> bytes:
    """Return every forecast beside what became of its day as a CSV file: what the scores can be recomputed from."""
    return _written(lambda file: exporting.export_forecasts(card, file))


def pieces_csv(look: Look) -> bytes:
    """Return the pieces of every problem's points as a CSV file: what the points can be recomputed from."""
    return _written(lambda file: exporting.export_pieces(look.pack, look.at, file))


def _written(write: Callable[[TextIO], int]) -> bytes:
    file = io.StringIO(newline="")
    write(file)
    return file.getvalue().encode()


Closing: TypeAlias = closing.Closing
PastWindow: TypeAlias = at_windows.PastWindow
RawClosing: TypeAlias = at_windows.RawClosing
HAPPENED = at_windows.HAPPENED


def past_windows(look: Look) -> tuple[PastWindow, ...]:
    """Return every window that was past at the look, with what was expected in it and what was said of it by then."""
    return _past_windows(look.revision, None if look.moment.as_of is None else look.at.as_of, look.now.date())


@st.cache_resource(ttl=TTL, max_entries=6, show_spinner=False)
def _past_windows(revision: str, as_of: datetime | None, today: date) -> tuple[PastWindow, ...]:
    return at_windows.Windows(site=data.site(), actor=None, via="page").past(as_of=as_of)


Row: TypeAlias = validator.Row
Validation: TypeAlias = validator.Validation
WhatIf: TypeAlias = supposing.WhatIf


def what_if(look: Look, supposed: supposing.Supposition) -> WhatIf:
    """Return what would be concluded at the moment looked at, if levels, ages or weights were others."""
    return data.site().what_if(supposed, look.at.as_of, look.known)


def validation(look: Look) -> Validation:
    """Return what the ratings of the pack can tell apart, with the days to look again that have passed by now."""
    return validator.validate(look.pack, today=look.now.date())

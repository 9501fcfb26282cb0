"""Histories: the one that is shipped in a pack's folder, and the instants that the reports of one reach over."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from iw_monitor.assess.compiled import Integers
from iw_monitor.assess.reports import Reports
from iw_monitor.collect.csv_file import read_observations
from iw_monitor.model.instants import from_microseconds, microseconds
from iw_monitor.model.observation import Known, Observation
from iw_monitor.model.pack import Pack
from iw_monitor.service.codes import refused
from iw_monitor.service.instants import series
from iw_monitor.store.records import recorded

HISTORY = Path("history", "observations.csv")
DAY = timedelta(days=1)


def shipped_history(folder: Path, pack: Pack, *, now: datetime) -> tuple[Observation, ...]:
    """Return the reports in a pack's folder; their ids are their places, and they count as recorded now.

    Raises:
        InputError: there are none, one is later than now, or anything else is wrong with them.
        OSError: the file cannot be opened.
    """
    history = folder / HISTORY
    if not history.is_file():
        raise refused("S106", "history", f"the pack {pack.id} has none", remedy=f"Put one into {HISTORY.as_posix()}")
    read = read_observations(history, pack, now=now, author="history")
    return tuple(
        recorded(one, observation_id=f"history-{number}", recorded_at=now)
        for number, one in enumerate(read.submissions)
    )


def reported_span(reports: Reports, known: Known, *, now: datetime, every: timedelta = DAY) -> Integers:
    """Return the instants, in microseconds, from the first midnight that knows of a report to the newest report.

    Raises:
        InputError: nothing was reported, the step is not positive, or there would be too many.
    """
    times = reports.known(known)
    times = times[times <= microseconds(now)]
    if not len(times):
        remedy = "Import the history first, or use --history"
        raise refused("S122", "journal", "nothing was ever reported", remedy=remedy)
    first, last = from_microseconds(int(times.min())), from_microseconds(int(times.max()))
    begin = first.replace(hour=0, minute=0, second=0, microsecond=0) + DAY
    instants = series(min(begin, last), last, every, now=now)
    return np.array([microseconds(one) for one in instants], dtype=np.int64)

"""The history that is shipped in a pack's folder, as reports that no journal holds."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from iw_monitor.collect.csv_file import read_observations
from iw_monitor.model.observation import Observation
from iw_monitor.model.pack import Pack
from iw_monitor.service.codes import refused
from iw_monitor.store.records import recorded

HISTORY = Path("history", "observations.csv")


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

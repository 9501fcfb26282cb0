"""What the week is about: the shipped pack, what was reported, and when.

From the evening of 11 November 2023: the week in which most alerts came and went, and two levels rose.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from itertools import groupby

from iw_monitor.collect.csv_file import read_observations
from iw_monitor.model.observation import Submission, published_known_at
from iw_monitor.model.snapshot import Format
from iw_monitor.pack.find import find_pack
from iw_monitor.pack.load import LoadedPack, load_pack
from iw_monitor.pack.watch import WatchedPack
from tests.faults.recorded import is_recorded

BEGIN = datetime(2023, 11, 11, 18, tzinfo=UTC)
PACK = "multi-front"
IN_ALL_FORMATS = "morning"  # the report of every day; the others are of one quick format
LATER = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Still:
    """A pack that nobody edits."""

    loaded: LoadedPack

    def current(self) -> WatchedPack:
        """Return it."""
        return WatchedPack(loaded=self.loaded)


@cache
def loaded() -> LoadedPack:
    """Return the shipped pack with the sources that something was recorded of, and the week's formats."""
    whole = load_pack(find_pack(PACK))
    assert whole.reports is not None
    plans = tuple(one.model_copy(update={"formats": formats_of(one.id)}) for one in whole.reports.reports)
    return replace(
        whole,
        sources=tuple(one for one in whole.sources if is_recorded(one)),
        reports=whole.reports.model_copy(update={"reports": plans}),
    )


def formats_of(report: str) -> tuple[str, ...]:
    """Return the formats in which a report is made."""
    return tuple(Format) if report == IN_ALL_FORMATS else (Format.JSON.value,)


@cache
def history() -> tuple[tuple[datetime, tuple[Submission, ...]], ...]:
    """Return what was reported, by the instant at which it became known."""
    file = loaded().folder / "history" / "observations.csv"
    reports = read_observations(file, loaded().pack, now=LATER, author="ada").submissions
    return tuple((at, tuple(group)) for at, group in groupby(sorted(reports, key=_known_at), key=_known_at))


def _known_at(one: Submission) -> datetime:
    return published_known_at(one.observed_at, one.published_at)

"""The scorecard: everything that is shown of how the warnings did."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from iw_monitor.assess.scoring.bootstrap import Score
from iw_monitor.assess.scoring.chances import CalibrationBin, Murphy
from iw_monitor.assess.scoring.record import Record
from iw_monitor.model.observation import Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What the scores of one table rest on. The five uses of a day add up to ``days``."""

    days: int  # pairs of day and problem
    scored: int
    before_event: int  # of the scored: an event came within the horizon
    blanked: int
    open: int  # the window reaches past the end of the data
    unassessed: int
    silent: int  # whoever the table is about said nothing
    events: int
    windows: int  # independent ones


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One forecaster's scores in one table."""

    forecaster: str
    brier: Score
    murphy: Murphy
    skill: tuple[tuple[str, Score], ...]  # against each named reference
    log: Score
    ranked: Score | None  # of when it comes; only in the table of the longest horizon
    pod: Score
    far: Score
    lead_median: float | None  # days
    warned: int  # events that a warning stood before
    calibration: tuple[CalibrationBin, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One horizon and one problem, or all problems pooled. Without rows where scores are withheld.

    A table about a forecaster who spoke on some days only is scored on those, everybody's row in it.
    """

    horizon: int  # days
    problem: str | None
    among: str | None  # the forecaster whom it is about; None: those who speak every day
    counts: Counts
    withheld: tuple[str, ...]  # why; empty where they are not
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """What one forecaster's level of one problem did, whatever happened."""

    forecaster: str
    problem: str
    days: int
    shares: tuple[float, ...] | None  # of the days, at levels 1 to 5
    changes_per_month: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One event beside what one forecaster said on its eve."""

    problem: str
    day: date
    forecaster: str
    eve_level: int | None  # None where the eve was not assessed, blanked, before the first day, or nothing was said
    lead_days: int | None  # how long a warning had stood, at most the pack's horizon; None where none stood


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """A run of days at level 3 or above, and what followed within the pack's horizon."""

    problem: str
    forecaster: str
    first: date
    last: date
    highest: int
    followed_by: str  # "event", "nothing", or "open": the data end too early to say
    false_days: int  # scored days of it that no event followed


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackBasis:
    """What the gauge's track record rests on: windows that named persons had closed by the last forecast."""

    applied: bool  # by the pack: the model's own rows, its levels and its ablations are then with it
    closed: tuple[tuple[str, int], ...]  # problem, windows

    @property
    def windows(self) -> int:
        return sum(number for _, number in self.closed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scorecard:
    """Everything that is shown of how the warnings did."""

    pack: str
    version: str
    pack_hash: str
    known: Known
    first: date  # day of the first forecast
    last: date  # the last day of which is known what happened
    problems: tuple[str, ...]
    horizons: tuple[int, ...]  # days
    block_days: tuple[tuple[int, int], ...]  # horizon, block length
    resamples: int
    seed: int
    log_least: float  # to which forecasts are held for the log score
    track: TrackBasis
    forecasters: tuple[tuple[str, str], ...]  # id, title
    tables: tuple[Table, ...]
    behaviours: tuple[Behaviour, ...]
    events: tuple[EventLine, ...]
    alarms: tuple[Alarm, ...]
    not_scored: tuple[tuple[str, int], ...]  # rows on what the pack does not warn of
    record: Record = field(compare=False, repr=False)  # what all of it was computed from

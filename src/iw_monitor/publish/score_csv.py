"""A scorecard as CSV: its scores, and the forecasts from which each of them can be computed again."""

from __future__ import annotations

import csv
from dataclasses import asdict
from typing import Any, TextIO

from iw_monitor.assess.scoring.bootstrap import Score
from iw_monitor.assess.scoring.forecasters import MODEL
from iw_monitor.assess.scoring.record import Forecast
from iw_monitor.assess.scoring.scorecard import Row, Scorecard, Table

FORECAST_COLUMNS = (
    "day",
    "problem",
    "horizon_days",
    "use",
    "assessed",
    "event",
    "outcome",
    "forecaster",
    "level",
    "chance",
)


def write_forecasts(target: TextIO, card: Scorecard) -> int:
    """Write every forecast beside what became of its day, and return how many. Open the target with ``newline=""``."""
    writer = csv.writer(target, lineterminator="\n")
    rows = [_forecast(one) for one in card.record]
    writer.writerow(FORECAST_COLUMNS)
    writer.writerows(rows)
    return len(rows)


def _forecast(one: Forecast) -> tuple[object, ...]:
    """Return a forecast as cells; yes and no are 1 and 0, a chance has all its digits."""
    facts = (int(one.assessed), int(one.event), int(one.outcome))
    said = ("", "") if one.chance is None else (one.level, repr(one.chance))
    return one.day, one.problem, one.horizon, one.use.name.lower(), *facts, one.forecaster, *said


def write_scores(target: TextIO, card: Scorecard) -> int:
    """Write a row for each table and forecaster, and return how many; what is withheld says why and has no score."""
    rows = [row for table in card.tables for row in _rows(card, table)]
    writer = csv.DictWriter(target, fieldnames=list(dict.fromkeys(name for row in rows for name in row)), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return len(rows)


def _rows(card: Scorecard, table: Table) -> list[dict[str, Any]]:
    scored = {row.forecaster: row for row in table.rows}
    begins = {"horizon_days": table.horizon, "problem": table.problem or "all", "among": table.among or ""}
    rests_on = asdict(table.counts) | {"withheld": "; ".join(table.withheld)}
    return [
        begins | {"forecaster": name} | rests_on | (_scores(scored[name]) if name in scored else {})
        for name in (list(scored) or [table.among or MODEL])
    ]


def _scores(row: Row) -> dict[str, Any]:
    several: dict[str, Score | None] = {
        "brier": row.brier,
        "log": row.log,
        "ranked": row.ranked,
        "pod": row.pod,
        "far": row.far,
        **{f"skill_{name}": value for name, value in row.skill},
    }
    plain = asdict(row.murphy) | {"lead_median": row.lead_median, "warned": row.warned}
    return plain | {key: value for name, one in several.items() if one for key, value in _score(name, one).items()}


def _score(name: str, one: Score) -> dict[str, float | None]:
    return {name: one.value, f"{name}_low": one.low, f"{name}_high": one.high}

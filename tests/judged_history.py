"""A made-up history rich enough to be scored: nine events in 800 days, two of them unseen, and two false alarms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache

from iw_monitor.assess.reports import Reports
from iw_monitor.assess.scoring.scorecard import Scorecard
from iw_monitor.assess.scoring.scoring import Span, score
from iw_monitor.model.observation import Observation
from iw_monitor.model.outcome import Outcome
from iw_monitor.model.pack import Pack
from tests.builders import a_pack, an_indicator, an_observation

STRONG = (
    an_indicator(points={"blockade": 9.0}),
    an_indicator(id="ferry_strikes", title="Ferry strikes", points={"blockade": 4.0}, t0=1),
    an_indicator(id="patrol_boats", title="Patrol boats", family="guard", kind="P", points={"blockade": -4.0}, t0=3),
)
PACK = a_pack(indicators=STRONG, file={"t0": "2022-01-01T00:00:00Z"})
BEGIN = datetime(2022, 1, 1, tzinfo=UTC)
DAYS = 800
ONSETS = [70, 140, 230, 300, 410, 480, 590, 660, 740]
MISSED = {300, 590}  # nothing was seen coming
FALSE = [335, 525]  # something was, and nothing came
END = (BEGIN + timedelta(days=DAYS)).date()
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def _reports() -> Iterator[Observation]:
    peaks = {day - 12 for day in ONSETS if day not in MISSED} | set(FALSE)
    number = 0
    for day in range(0, DAYS, 4):
        near = any(peak <= day <= peak + 24 for peak in peaks)
        levels = {"port_traffic": 4 if near else 0, "ferry_strikes": 3 if near else 1, "patrol_boats": 1 if near else 3}
        for indicator, level in levels.items():
            number += 1
            when = BEGIN + timedelta(days=day, hours=9)
            yield an_observation(
                id=f"r{number}", indicator=indicator, level=level, observed_at=when, recorded_at=NOW, published_at=when
            )


def _outcomes() -> list[Outcome]:
    def at(day: int, phase: str) -> Outcome:
        when = BEGIN.date() + timedelta(days=day)
        return Outcome(
            day=when, problem="blockade", phase=phase, description="", source_name="", source_url="", basis="seen"
        )

    return [*(at(day, "onset") for day in ONSETS), at(150, "within")]


ROWS = list(_reports())
OUTCOMES = _outcomes()
SPAN = Span(first=BEGIN.date() + timedelta(days=1), last=END)


def reports_for(pack: Pack) -> Reports:
    return Reports.of(pack, ROWS)


@cache
def judged() -> Scorecard:
    """Return how the warnings of the made-up history did."""
    return score(PACK, reports_for, OUTCOMES, SPAN)

"""The model with its track record: expected numbers by hand, in each test."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from iw_monitor.assess.compiled import compile_pack
from iw_monitor.assess.outline import Outline
from iw_monitor.assess.scoring.forecasters import Forecaster, Grid
from iw_monitor.assess.scoring.track import LEAST, track_record
from iw_monitor.model.outcome import Outcome
from tests.builders import a_pack

FIRST = date(2024, 1, 1)
DAYS = 100
EVEN = 0.5  # ln 2 = .6931 events expected in a window of 30 days


def an_onset(day: int) -> Outcome:
    when = FIRST + timedelta(days=day)
    return Outcome(
        day=when, problem="blockade", phase="onset", description="", source_name="", source_url="", basis="seen"
    )


def tracked(*onsets: int, chance: float = EVEN, assessed: bool = True, level: int | None = None) -> Forecaster:
    """Return the forecaster beside a model that says the same every day."""
    pack = a_pack()
    compiled = compile_pack(pack)
    assert (compiled.problems, pack.file.horizon.days) == (("blockade",), 30)
    days = np.arange(FIRST.toordinal(), FIRST.toordinal() + DAYS, dtype=np.int64)
    points = np.full((DAYS, 1), 10 * np.log10(chance / (1 - chance)))
    outline = Outline(
        points=points,
        probability=np.full((DAYS, 1), chance),
        level=compiled.level_of(points) if level is None else np.full((DAYS, 1), level, dtype=np.int8),
        recommended=np.ones((DAYS, 1), dtype=np.int8),
        assessed=np.full((DAYS, 1), assessed),
        last=np.zeros((DAYS, len(compiled.indicators)), dtype=np.int8),
    )
    return track_record(Grid(compiled=compiled, days=days, horizons=(30,)), outline, [an_onset(one) for one in onsets])


def test_what_was_expected_in_vain_lowers_the_gauge_only_once_a_window_is_closed() -> None:
    said = tracked().chances[30][:, 0]
    assert said[:30] == pytest.approx(EVEN)
    assert said[30:60] == pytest.approx(1 - 0.5 ** (1 / 1.693147))  # E = .693147
    assert said[60:90] == pytest.approx(1 - 0.5 ** (1 / 2.386294))  # E = 1.386294


def test_an_event_counts_and_its_episode_expects_nothing() -> None:
    said = tracked(10).chances[30][:, 0]
    assert said[30:60] == pytest.approx(1 - 0.5 ** (2 / 1.231049))  # 10 days of .0231049, then blanked to the 31st day
    assert said[60:90] == pytest.approx(1 - 0.5 ** (2 / 1.877986))  # 28 days more


def test_nobody_is_lowered_because_nobody_looked() -> None:
    assert tracked(assessed=False).chances[30] == pytest.approx(np.full((DAYS, 1), EVEN))


def test_however_much_was_expected_a_quarter_stays() -> None:
    said = tracked(chance=0.99).chances[30][:, 0]  # E = 4.605 a window, so (1 + 0)/(1 + 4.605) is below a quarter
    assert said[30:] == pytest.approx(1 - 0.01**LEAST)


def test_a_tripwire_is_exempt() -> None:
    assert (tracked(level=5).level == 5).all()
    assert tracked().level[0, 0] > tracked().level[99, 0]

"""Which days are scored and what happened within their windows (METHOD §6), by hand."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from iw_monitor.assess.scoring.bootstrap import ratio, resampled_weights, skill, summed
from iw_monitor.assess.scoring.days import (
    Sample,
    Use,
    episodes,
    independent_windows,
    sample_of,
    withheld,
)
from iw_monitor.model.outcome import Outcome

FIRST = date(2024, 1, 1)


def an_event(day: int, *, phase: str = "onset", problem: str = "blockade") -> Outcome:
    """Return an event so many days after 1 January."""
    when = FIRST + timedelta(days=day)
    return Outcome(day=when, problem=problem, phase=phase, description="", source_name="", source_url="", basis="seen")


def a_sample(*events: Outcome, days: int = 100, horizon: int = 7, assessed: bool = True) -> Sample:
    span = np.arange(FIRST.toordinal(), FIRST.toordinal() + days, dtype=np.int64)
    return sample_of(
        span,
        events,
        ["blockade"],
        horizon=horizon,
        end=int(span[-1]),
        assessed=np.full((days, 1), assessed),
    )


def places(sample: Sample, use: Use) -> list[int]:
    return np.flatnonzero(sample.use[:, 0] == use).tolist()


def test_the_days_before_an_event_count_as_before_it_and_no_other() -> None:
    sample = a_sample(an_event(50))
    before = np.flatnonzero(sample.outcome[:, 0] & sample.scored[:, 0]).tolist()
    assert before == [44, 45, 46, 47, 48, 49]  # day 44's seven days are 44 to 50; day 43's end with day 49


def test_the_day_of_the_event_and_21_days_after_it_are_blanked() -> None:
    assert places(a_sample(an_event(50)), Use.BLANKED) == list(range(50, 72))


def test_what_goes_on_within_an_episode_blanks_up_to_21_days_after_its_last_event() -> None:
    # 40 days lie between the two, and the file says that it had not ended.
    sample = a_sample(an_event(20), an_event(60, phase="within"))
    assert places(sample, Use.BLANKED) == list(range(20, 82))
    assert sample.onsets == ((FIRST.toordinal() + 20,),)


def test_an_episode_that_began_before_the_file_blanks_the_beginning() -> None:
    assert places(a_sample(an_event(5, phase="within")), Use.BLANKED) == list(range(27))


def test_a_second_onset_is_a_second_event() -> None:
    assert [one.onset is not None for one in episodes([an_event(10), an_event(40)], "blockade")] == [True, True]


def test_another_problems_event_blanks_nothing() -> None:
    assert places(a_sample(an_event(50, problem="storm")), Use.BLANKED) == []


def test_windows_past_the_end_of_the_data_are_left_out_even_if_an_event_is_in_them() -> None:
    sample = a_sample(an_event(97))
    assert places(sample, Use.OPEN) == [94, 95, 96]  # 93 still ends with the last day, 99
    assert places(sample, Use.BLANKED) == [97, 98, 99]
    assert np.flatnonzero(sample.outcome[:, 0] & sample.scored[:, 0]).tolist() == [91, 92, 93]


def test_an_event_that_no_scored_day_precedes_is_no_event_of_the_sample() -> None:
    assert a_sample(an_event(0)).onsets == ((),)


def test_days_without_assessment_are_told_apart() -> None:
    sample = a_sample(assessed=False)
    assert len(places(sample, Use.UNASSESSED)) == 94
    assert not sample.scored.any()


def test_independent_windows_do_not_overlap() -> None:
    assert independent_windows(np.arange(100), 30) == 4  # begun on days 0, 30, 60, 90
    assert independent_windows(np.array([0, 1, 29, 30, 200]), 30) == 3  # 0, 30, 200
    assert independent_windows(np.zeros(0, dtype=np.int64), 30) == 0


@pytest.mark.parametrize(
    ("events", "windows", "reasons"),
    [
        (3, 10, ()),
        (2, 10, ("2 events (3 needed)",)),
        (1, 9, ("1 event (3 needed)", "9 independent windows (10 needed)")),
    ],
)
def test_too_little_withholds_and_says_how_little(events: int, windows: int, reasons: tuple[str, ...]) -> None:
    assert withheld(events, windows) == reasons


# --- Bootstrap ---


def test_a_resample_has_as_many_days_as_before() -> None:
    weights = resampled_weights(50, block=7, seed=1, resamples=200)
    assert weights.shape == (200, 50)
    assert (weights.sum(axis=1) == 50).all()


def test_the_same_seed_draws_the_same() -> None:
    assert (resampled_weights(50, block=7, seed=1) == resampled_weights(50, block=7, seed=1)).all()
    assert (resampled_weights(50, block=7, seed=1) != resampled_weights(50, block=7, seed=2)).any()


def test_days_are_drawn_in_blocks_that_run_on_at_the_beginning() -> None:
    weights = resampled_weights(10, block=5, seed=3, resamples=300)
    for row in weights:
        inside = row > 0
        runs = int((inside & ~np.roll(inside, 1)).sum())
        assert runs <= 2  # two blocks of five: at most two runs on the ring


def test_every_day_is_as_likely_as_every_other() -> None:
    mean = resampled_weights(30, block=7, seed=5, resamples=4000).mean(axis=0)
    assert np.abs(mean - 1).max() < 0.1  # a standard error is about 0.02


def test_a_score_lies_within_its_interval_and_what_never_varies_has_none() -> None:
    weights = resampled_weights(60, block=7, seed=1)
    terms = np.linspace(0, 1, 60)
    one = ratio(*summed(weights, terms, np.ones(60)))
    assert one.value == pytest.approx(0.5)
    assert one.low is not None and one.high is not None and one.low < 0.5 < one.high
    same = ratio(*summed(weights, np.full(60, 0.3), np.ones(60)))
    assert same.value == pytest.approx(0.3)
    assert (same.low, same.high) == (None, None)


def test_blocks_claim_less_than_single_days() -> None:
    terms = np.repeat([0.0, 1.0, 0.0, 1.0], 15)  # what one day says the next days repeat
    by_block = ratio(*summed(resampled_weights(60, block=15, seed=1), terms, np.ones(60)))
    by_day = ratio(*summed(resampled_weights(60, block=1, seed=1), terms, np.ones(60)))
    assert by_block.high is not None and by_block.low is not None and by_day.high is not None and by_day.low is not None
    assert by_block.high - by_block.low > 1.5 * (by_day.high - by_day.low)


def test_what_is_not_defined_has_no_value_and_no_interval() -> None:
    nothing = ratio(*summed(resampled_weights(20, block=5, seed=1), np.zeros(20), np.zeros(20)))
    assert (nothing.value, nothing.low, nothing.high) == (None, None, None)
    assert skill(*summed(resampled_weights(20, block=5, seed=1), np.ones(20), np.zeros(20))).value is None


def test_blocks_and_days_must_be_positive() -> None:
    with pytest.raises(ValueError, match="cannot draw"):
        resampled_weights(0, block=7, seed=1)

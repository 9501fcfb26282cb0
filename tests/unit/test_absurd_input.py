"""Absurd input gives a clear error or an honest NO ASSESSMENT: never a traceback from the depths, never a number."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from iw_monitor.assess.coded import Coded
from iw_monitor.assess.engine import assess, replay
from iw_monitor.assess.reports import Reports
from iw_monitor.collect.validate import validate
from iw_monitor.errors import InputError
from iw_monitor.model.assessment import Assessment, Freshness, IndicatorAssessment, ProblemAssessment
from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Grade, Known, Method, Observation, Retraction
from iw_monitor.store.journal import Journal
from tests.builders import (
    DAY,
    HOUR,
    MONDAY,
    SUNDAY,
    a_pack,
    a_raw_report,
    a_retraction,
    a_submission,
    an_indicator,
    an_observation,
)

PACK = a_pack()
NAIVE = MONDAY.replace(tzinfo=None)
NOT_NUMBERS = [math.nan, math.inf, -math.inf]


def _assess(*observations: Observation, at: datetime = MONDAY, retractions: tuple[Retraction, ...] = ()) -> Assessment:
    return assess(PACK, Reports.of(PACK, observations, retractions), at)


def _assert_honest(assessment: Assessment) -> None:
    """Nothing is claimed, and no number is anything but a number."""
    assert assessment.headline.level is None
    assert assessment.headline.word == "NO ASSESSMENT"
    for problem in assessment.problems:
        assert problem.level is None
        assert problem.recommended_level is None
        _assert_finite(problem)
    for indicator in assessment.indicators:
        _assert_finite(indicator)


def _assert_finite(thing: ProblemAssessment | IndicatorAssessment) -> None:
    numbers = [getattr(thing, one.name) for one in fields(thing)]
    assert all(math.isfinite(one) for one in numbers if isinstance(one, float))


# --- Nothing, or next to nothing ---


def test_no_observation_at_all_gives_no_assessment() -> None:
    _assert_honest(_assess())
    assert _assess().coverage == 0


@pytest.mark.parametrize("at", [datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 12, 31, tzinfo=UTC)])
@pytest.mark.parametrize("known", Known)
def test_an_instant_at_the_end_of_time_gives_no_assessment(at: datetime, known: Known) -> None:
    _assert_honest(assess(PACK, Reports.of(PACK, []), at, known=known))


def test_one_observation_of_several_indicators_gives_no_assessment() -> None:
    assessment = _assess(an_observation(indicator="ferry_strikes"))
    _assert_honest(assessment)
    assert assessment.indicator("ferry_strikes").status is Freshness.FRESH
    assert 0 < assessment.coverage < PACK.method.coverage.no_assessment_below


def test_one_observation_of_the_only_indicator_gives_an_assessment() -> None:
    pack = a_pack(indicators=[an_indicator()])
    assessment = assess(pack, Reports.of(pack, [an_observation()]), MONDAY)
    assert assessment.headline.level is not None
    assert assessment.coverage == 1


def test_only_reports_that_are_not_worth_scoring_give_no_assessment() -> None:
    report = an_observation(grade=Grade(reliability="E", credibility=6))
    _assert_honest(_assess(report))
    assert _assess(report).unconfirmed == (report.id,)


def test_a_journal_of_which_everything_was_retracted_gives_no_assessment() -> None:
    report = an_observation()
    _assert_honest(_assess(report, retractions=(a_retraction(report.id),)))


def test_after_everything_was_retracted_a_new_report_starts_anew() -> None:
    """Between the retraction and the next report nothing is known, not even what had been."""
    first, second = an_observation(id="first"), an_observation(id="second", observed_at=MONDAY + DAY)
    gone = (a_retraction("first"),)
    between = _assess(first, second, at=MONDAY + HOUR, retractions=gone).indicator("port_traffic")
    after = _assess(first, second, at=MONDAY + 2 * DAY, retractions=gone).indicator("port_traffic")
    assert (between.level, between.observations) == (None, ())
    assert (after.level, after.observations) == (2, ("second",))


def test_a_pack_without_an_indicator_that_counts_gives_no_assessment() -> None:
    pack = a_pack(indicators=[an_indicator(scored=False, t0=None, ratings={})])
    assessment = assess(pack, Reports.of(pack, [an_observation()]), MONDAY)
    _assert_honest(assessment)
    assert assessment.coverage == 0


# --- Ten years ---


def _once_upon_a_time() -> list[Observation]:
    """Return two reports on every indicator, the calmer one the newer, and nothing since."""
    return [
        an_observation(id=f"{one.id}-{level}", indicator=one.id, level=level, observed_at=SUNDAY - level * DAY)
        for one in PACK.scored
        for level in (0, 4)
    ]


def test_ten_years_of_silence_give_no_assessment() -> None:
    assessment = _assess(*_once_upon_a_time(), at=MONDAY + 3653 * DAY)
    _assert_honest(assessment)
    assert assessment.coverage == 0
    assert {one.status for one in assessment.indicators} == {Freshness.UNKNOWN}
    assert assessment.indicator("port_traffic").level == 0  # what was said last stays on record
    assert assessment.indicator("port_traffic").age_days == pytest.approx(3654)


def test_an_instant_before_the_first_report_gives_no_assessment() -> None:
    _assert_honest(_assess(*_once_upon_a_time(), at=MONDAY - 3653 * DAY))


def test_a_report_of_ten_years_before_t0_is_unknown_by_now() -> None:
    old = an_observation(observed_at=MONDAY - 3653 * DAY, recorded_at=SUNDAY)
    _assert_honest(_assess(old))
    assert _assess(old).indicator("port_traffic").status is Freshness.UNKNOWN


# --- Not a number, no zone, no such thing ---


@pytest.mark.parametrize("reading", NOT_NUMBERS)
def test_a_reading_that_is_not_a_number_is_refused(reading: float) -> None:
    with pytest.raises(ValueError, match="reading must be a finite number"):
        a_submission(reading=reading)


@pytest.mark.parametrize("level", [-1, 5, 7, 258, True, math.nan, 2.5])
def test_a_level_that_is_none_is_refused(level: Any) -> None:
    with pytest.raises(ValueError, match="level must be 0 to 4"):
        a_submission(level=level)


@pytest.mark.parametrize("level", [-1, 7, 258, -252])
@pytest.mark.parametrize("column", [list, np.array])
def test_a_level_that_is_none_is_refused_in_columns_too(level: int, column: Callable[[list[int]], Any]) -> None:
    """258 is 2 to whoever keeps a level in a byte."""
    with pytest.raises(ValueError, match="level"):
        _columns(level=column([level]))


@pytest.mark.parametrize(("reliability", "credibility"), [("G", 2), ("", 2), ("AB", 2), ("b", 2), ("B", 0), ("B", 7)])
def test_a_grade_that_is_none_is_refused(reliability: str, credibility: int) -> None:
    with pytest.raises(ValueError, match="must be"):
        Grade(reliability=reliability, credibility=credibility)


@pytest.mark.parametrize("field", ["observed_at", "published_at"])
def test_a_time_without_a_zone_is_refused(field: str) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        a_submission(**{field: NAIVE})


def test_a_time_of_recording_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        an_observation(recorded_at=NAIVE)


def test_an_instant_without_a_zone_is_refused() -> None:
    reports = Reports.of(PACK, [an_observation()])
    with pytest.raises(ValueError, match="no time zone"):
        assess(PACK, reports, NAIVE)
    with pytest.raises(ValueError, match="no time zone"):
        replay(PACK, reports, [MONDAY, NAIVE])


def test_no_instants_give_no_assessments() -> None:
    assert replay(PACK, Reports.of(PACK, [an_observation()]), []) == ()


@pytest.mark.parametrize("name", ["no_such_indicator", "", "port_traffic ", "PORT_TRAFFIC", "'; drop table"])
def test_a_report_on_an_indicator_that_the_pack_does_not_have_counts_for_nothing(name: str) -> None:
    """The journal outlives the pack: an indicator may have gone since."""
    stranger = an_observation(id="stranger", indicator=name, level=4)
    ours = an_observation(id="ours")
    assert _assess(ours, stranger) == _assess(ours)


def test_a_report_of_another_pack_counts_for_nothing() -> None:
    foreign = an_observation(id="foreign", pack="multi-front", level=4)
    ours = an_observation(id="ours")
    assert _assess(ours, foreign) == _assess(ours)


def test_a_retraction_of_what_was_never_reported_changes_nothing() -> None:
    report = an_observation()
    assert _assess(report, retractions=(a_retraction("never"),)) == _assess(report)


@pytest.mark.parametrize("name", ["port_trafic", "", "blockade"])
def test_asking_an_assessment_for_an_indicator_it_does_not_have_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError):
        _assess().indicator(name)


def _columns(**changes: Any) -> Reports:
    instant = microseconds(SUNDAY)
    ordinary: dict[str, Any] = {
        "ids": ["one"],
        "indicator": Coded.of(["port_traffic"]),
        "level": [2],
        "reliability": Coded.of(["B"]),
        "credibility": [2],
        "originator": Coded.of(["port authority"]),
        "observed": [instant],
        "published": [instant],
        "recorded": [instant],
        "retracted": [2**62],
    }
    return Reports.from_columns(PACK, **ordinary | changes)


# --- The future ---


def test_a_report_cannot_be_recorded_before_it_happened() -> None:
    with pytest.raises(ValueError, match="is before observed_at"):
        an_observation(recorded_at=SUNDAY - timedelta(seconds=1))


def test_a_report_from_the_future_is_refused_by_the_journal() -> None:
    with (
        Journal.open("sqlite://", clock=lambda: MONDAY) as journal,
        pytest.raises(InputError, match="observed_at"),
    ):
        journal.append([a_submission(observed_at=MONDAY + DAY)], via="test")


def test_a_report_from_the_future_is_not_known_yet() -> None:
    assert _assess(an_observation(observed_at=MONDAY + DAY)) == _assess()


def test_as_published_a_report_is_not_known_before_its_publication() -> None:
    report = replace(an_observation(), published_at=MONDAY + 5 * DAY)
    reports = Reports.of(PACK, [report])
    early, late = replay(PACK, reports, [MONDAY + 4 * DAY, MONDAY + 5 * DAY], known=Known.PUBLISHED)
    assert early.indicator("port_traffic").level is None
    assert late.indicator("port_traffic").level == 2


# --- As typed: every fault at once, in words ---


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("level", "7"),
        ("level", "-1"),
        ("level", "2.5"),
        ("level", "nan"),
        ("level", "high"),
        ("level", ""),
        ("level", "9" * 5000),
        ("reliability", "G"),
        ("credibility", "0"),
        ("credibility", "7"),
        ("indicator", "no_such_indicator"),
        ("indicator", "\x00"),
        ("observed_at", "2024-05-05T06:00"),
        ("observed_at", "2024-13-45"),
        ("observed_at", "2124-05-05"),
        ("observed_at", "yesterday"),
        ("observed_at", "0000-00-00"),
        ("reading", "nan"),
        ("reading", "inf"),
        ("reading", "1e999"),
        ("statement", " "),
        ("basis", "dreamt"),
    ],
)
def test_an_absurd_field_is_refused_by_name(field: str, typed: str) -> None:
    with pytest.raises(InputError) as refused:
        validate(PACK, a_raw_report(**{field: typed}), now=MONDAY, author="ada", method=Method.EDITOR)
    assert [one.field for one in refused.value.findings] == [field]


def test_everything_absurd_about_a_report_is_said_at_once() -> None:
    raw = a_raw_report(level="7", observed_at="2124-01-01", indicator="nothing", reading="nan", reliability="Z")
    with pytest.raises(InputError) as refused:
        validate(PACK, raw, now=MONDAY, author="ada", method=Method.EDITOR)
    assert {one.field for one in refused.value.findings} == {
        "level",
        "observed_at",
        "indicator",
        "reading",
        "reliability",
    }

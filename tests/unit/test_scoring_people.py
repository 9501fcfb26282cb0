"""Declared levels and people's estimates are scored like the model, on the days on which they were said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from iw_monitor.assess.scoring.days import Use
from iw_monitor.assess.scoring.scorecard import Row, Scorecard, Table
from iw_monitor.assess.scoring.scoring import score
from iw_monitor.model.judgement import Judgement, JudgementKind, Withdrawal
from iw_monitor.publish.score_text import score_text
from iw_monitor.service.outcomes import HEADER
from iw_monitor.service.scoring import score_site
from tests.builders import DAY, MONDAY, AClock, a_judgement, a_raw_report, a_site
from tests.judged_history import BEGIN, DAYS, ONSETS, OUTCOMES, PACK, SPAN, reports_for

ADA = "estimate:ada"


def stated(
    day: float,
    until: float,
    *,
    kind: JudgementKind = JudgementKind.DECLARATION,
    level: int | None = 3,
    probability: float | None = None,
    author: str = "bo",
) -> Judgement:
    """Return what somebody states from one day of the history to another; by default Bo declares ELEVATED."""
    return Judgement(
        id=f"{author}-{day}",
        kind=kind,
        pack=PACK.id,
        subject="blockade",
        level=level,
        probability=probability,
        reason="signs",
        author=author,
        recorded_at=at(day),
        until=at(until),
    )


def at(day: float) -> datetime:
    return BEGIN + timedelta(days=day)


def _judgements() -> Iterator[Judgement]:
    """Ada estimates 0.8 from 20 days before each event, 0.05 after; Bo declares ELEVATED then, and LOW before."""
    for onset in ONSETS:
        yield stated(onset - 40.5, onset - 20.5, level=1)
        yield stated(onset - 20.5, onset + 5)
        for day, chance in ((onset - 40.5, 0.05), (onset - 20.5, 0.8)):
            yield stated(day, day + 20, kind=JudgementKind.ESTIMATE, level=None, probability=chance, author="ada")


@pytest.fixture(scope="module")
def card() -> Scorecard:
    return score(PACK, reports_for, OUTCOMES, SPAN, horizons=[14], judgements=list(_judgements()))


def table(card: Scorecard, among: str | None) -> Table:
    return next(one for one in card.tables if (one.problem, one.among) == ("blockade", among))


def row(found: Table, name: str) -> Row:
    return next(one for one in found.rows if one.forecaster == name)


def test_who_spoke_is_scored_on_the_days_on_which_they_spoke(card: Scorecard) -> None:
    counts = table(card, ADA).counts
    assert counts.silent > 0
    assert counts.scored == table(card, None).counts.scored - counts.silent
    assert counts.days == counts.scored + counts.blanked + counts.open + counts.unassessed + counts.silent


def test_beside_them_everybody_is_scored_on_the_very_same_days(card: Scorecard) -> None:
    spoke = {one.day for one in card.record if one.forecaster == ADA and one.use is Use.SCORED}
    same = [one for one in card.record if one.forecaster == "model" and one.day in spoke]
    brier = sum(((one.chance or 0.0) - one.outcome) ** 2 for one in same) / len(same)
    assert row(table(card, ADA), "model").brier.value == pytest.approx(brier)
    assert row(table(card, None), "model").brier.value != pytest.approx(brier)


def test_an_estimate_counts_as_the_chance_it_is_and_as_the_level_of_its_band(card: Scorecard) -> None:
    mine = [one for one in card.record if one.forecaster == ADA and one.level is not None]
    # 0.8 in 30 days is 6.02 points, SEVERE; in 14 days 1 - 0.2**(14/30) = 0.5281. 0.05 is -12.8 points, GUARDED.
    assert {(one.level, round(one.chance or 0.0, 4)) for one in mine} == {(5, 0.5281), (2, 0.0237)}


def test_a_declared_level_is_judged_as_a_warning(card: Scorecard) -> None:
    found = row(table(card, "declared"), "declared")
    assert found.pod.value == 1.0  # ELEVATED stood on all fourteen days before each event
    assert found.warned == len(ONSETS)
    assert found.lead_median == 14.0
    alarms = [one for one in card.alarms if one.forecaster == "declared"]
    assert [one.followed_by for one in alarms] == ["event"] * len(ONSETS)


def test_what_was_not_declared_is_no_missed_event() -> None:
    silent = score(PACK, reports_for, OUTCOMES, SPAN, horizons=[14], judgements=[stated(0, 40)])
    eves = [one.eve_level for one in silent.events if one.forecaster == "declared"]
    assert eves == [None] * len(ONSETS)
    said = " ".join(score_text(PACK, silent).split())
    assert "declared level - - no forecast on its eve" in said


def test_what_expired_or_was_withdrawn_says_nothing_any_more() -> None:
    gone = Withdrawal(id="w", judgement="bo-10", reason="wrong", author="bo", recorded_at=at(20))
    one = replace(stated(10, 100), withdrawal=gone)
    found = score(PACK, reports_for, OUTCOMES, SPAN, horizons=[14], judgements=[one])
    levels = [each.level for each in found.record if each.forecaster == "declared"]
    assert levels.count(3) == 10  # the midnights of days 10 to 19; at that of day 20 it had been withdrawn
    assert levels.count(None) == DAYS - 10


def test_what_was_declared_in_a_journal_is_on_its_scorecard(tmp_path: Path) -> None:
    clock = AClock()
    site = a_site(clock=clock)
    site.record(a_raw_report(), author="ada", via="page")
    site.acts.state(a_judgement(level=4, until=MONDAY + 5 * DAY), via="page")
    clock.at = MONDAY + 8 * DAY
    outcomes = tmp_path / "outcomes.csv"
    outcomes.write_text(f"{','.join(HEADER)}\n2024-05-12,blockade,onset,x,y,,seen\n", encoding="utf-8")
    card = score_site(site, outcomes, horizons=[3])
    assert [one.level for one in card.record if one.forecaster == "declared"] == [4, 4, 4, 4, 4, None, None]

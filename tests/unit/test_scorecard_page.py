"""The scorecard's page: failures as plain as hits, withheld scores with their counts, every figure of the card."""

from __future__ import annotations

import csv
import io

import pytest

from dashboard import data, data_judging, drawing, texts_judging
from dashboard.parts.judging import facts, scores
from iw_monitor.telling.charts import calibration, calibration_alt
from iw_monitor.telling.inks import LIGHT
from tests.judged_history import judged
from tests.unit.pages_site import cells_of, fill_demo, html_of, open_page, text_of, use


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture
def demo(history: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, history, demo=True)


def test_on_the_shipped_history_every_score_is_withheld_with_its_counts_and_every_fact_is_shown(demo: None) -> None:
    page = open_page("scorecard")
    said = text_of(page)
    assert texts_judging.ALL_WITHHELD in said
    assert "Withheld within 30 days: 1 event (3 needed) and 7 independent windows (10 needed)." in said
    assert "19 Oct 2023 · Fronts converge" in said
    assert texts_judging.MISSED in said and texts_judging.FOLLOWED["nothing"] in said
    assert html_of(page).count(texts_judging.WITHHELD) == 15  # four problems and all of them, three horizons


def test_looking_back_the_card_ends_at_the_moment_looked_at(demo: None) -> None:
    said = text_of(open_page("scorecard", as_of="2023-12-01T00:00Z", problem="front_convergence"))
    assert "from 02 Sep 2023 to 01 Dec 2023" in said


def test_a_journal_without_a_report_says_why_there_is_no_card(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, f"sqlite:///{tmp_path_factory.mktemp('empty')}/empty.db")
    said = text_of(open_page("scorecard"))
    assert texts_judging.NOTHING_TO_SCORE.casefold() in said.casefold() and "nothing that is scored" in said.casefold()


def test_the_horizons_stand_side_by_side_with_the_numbers_of_the_card() -> None:
    card = judged()
    tables = [one for one in card.tables if one.problem == "blockade"]
    cells = cells_of(scores.side_by_side(card, tables))
    assert len(cells) == len(card.forecasters)
    for line, (name, title) in zip(cells, card.forecasters, strict=True):
        rows = [next(row for row in one.rows if row.forecaster == name) for one in tables]
        assert line[0] == title
        assert [cell[:5] for cell in line[1:4]] == [f"{row.brier.value:.3f}" for row in rows]
        assert [cell.endswith(f"{row.warned}/9") for cell, row in zip(line[-3:], rows, strict=True)] == [True] * 3


def test_a_calibration_chart_draws_every_bin_with_its_days() -> None:
    row = next(one for one in judged().tables[-1].rows if one.forecaster == "model")
    bins = drawing.bins(row)
    (drawn,) = (one for one in calibration(bins, inks=LIGHT)["layer"] if one["mark"]["type"] == "point")
    assert [one["days"] for one in drawn["data"]["values"]] == [str(one.count) for one in row.calibration]
    assert f"{row.calibration[0].count} days said 8% on average and 43% came true" in calibration_alt(bins)


def test_the_files_hold_every_score_and_every_forecast() -> None:
    card = judged()
    lines = list(csv.DictReader(io.StringIO(data_judging.scores_csv(card).decode())))
    assert len(lines) == sum(len(one.rows) for one in card.tables)
    model = next(
        one for one in lines if (one["horizon_days"], one["problem"], one["forecaster"]) == ("30", "all", "model")
    )
    row = next(one for one in card.tables[-1].rows if one.forecaster == "model")
    assert float(model["brier"]) == row.brier.value
    assert float(model["skill_prior_low"]) == dict(row.skill)["prior"].low
    assert (model["events"], model["withheld"]) == ("9", "")


def test_a_bar_of_days_says_its_numbers_in_words_too(demo: None) -> None:
    look = data.look({})
    card = data_judging.scorecard(look)
    drawn = facts.behaviours(card, look, "iran_direct")
    assert 'aria-label="2 GUARDED 100%"' in drawn


@pytest.mark.slow
def test_past_windows_wait_under_the_card_until_somebody_closes_one_and_can_be_reopened(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, fill_demo(tmp_path_factory.mktemp("closing")), demo=True)
    page = open_page("scorecard")
    said = text_of(page)
    assert texts_judging.TRACK_NOT_APPLIED in said
    assert said.count(texts_judging.WINDOW_WAITS) == 20  # five windows of thirty days since T0, four problems
    page.button(key="desk_close_0_do").click().run()
    assert "choose a window" in text_of(page)
    page.selectbox(key="desk_close_0_which").set_value("iran_direct 2024-02-15").run()
    page.radio(key="desk_close_0_outcome").set_value("did-not").run()
    page.text_input(key="desk_close_0_reason").set_value("No fire came from Iran.").run()
    page.button(key="desk_close_0_do").click().run()
    assert not page.exception
    said = text_of(page)
    assert said.count(texts_judging.WINDOW_WAITS) == 19
    assert texts_judging.DID_NOT in said and "No fire came from Iran." in said
    assert page.text_input(key="desk_close_1_reason").value == ""
    page.selectbox(key="desk_reopen_which").select_index(0).run()
    page.text_input(key="desk_reopen_why").set_value("The wrong window.").run()
    page.button(key="desk_reopen_do").click().run()
    assert text_of(page).count(texts_judging.WINDOW_WAITS) == 20


@pytest.mark.slow
def test_what_is_wrong_with_a_closing_is_said_and_nothing_typed_is_lost(demo: None) -> None:
    page = open_page("scorecard")
    page.selectbox(key="desk_close_0_which").set_value("iran_direct 2024-02-15").run()
    page.radio(key="desk_close_0_outcome").set_value("happened").run()
    page.text_input(key="desk_close_0_onset").set_value("2023-01-01").run()
    page.button(key="desk_close_0_do").click().run()
    said = text_of(page)
    assert "Onset: 2023-01-01 lies outside the window" in said and "Reason: is missing" in said
    assert page.text_input(key="desk_close_0_onset").value == "2023-01-01"

"""The Why page adds up, and opens the reports behind every piece."""

from __future__ import annotations

import pytest

from iw_monitor.assess.explain import difference
from tests.unit.pages_site import cells_of, fill_demo, html_of, now_of, number, open_page, text_of, then_of, use

PROBLEMS = ("hizballah_entry", "front_convergence", "israeli_preemption", "iran_direct")
ROUNDING = 0.005  # of each number as written


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(autouse=True)
def demo(history: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, history, demo=True)


def sum_rows(html: str) -> list[list[str]]:
    """Return the rows of the table of sums: from the prior to the points."""
    rows = cells_of(html)
    start = next(n for n, row in enumerate(rows) if row[0] == "Prior")
    end = next(n for n, row in enumerate(rows) if n > start and row[0] == "Points")
    return rows[start : end + 1]


@pytest.mark.parametrize("problem", PROBLEMS)
def test_prior_and_what_counts_add_up_to_the_points_on_the_page(problem: str) -> None:
    rows = sum_rows(html_of(open_page("why", problem=problem)))
    pieces, total = [number(row[3]) for row in rows[:-1]], number(rows[-1][4])
    assert len(pieces) > 5
    assert sum(pieces) == pytest.approx(total, abs=ROUNDING * (len(pieces) + 1))
    assert total == pytest.approx(now_of().problem(problem).points_unclipped, abs=ROUNDING)


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_running_sum_is_right_in_every_row(problem: str) -> None:
    rows = sum_rows(html_of(open_page("why", problem=problem)))
    so_far = 0.0
    for row in rows[:-1]:
        so_far += number(row[3])
        assert number(row[4]) == pytest.approx(so_far, abs=ROUNDING * len(rows))


@pytest.mark.parametrize("problem", PROBLEMS)
def test_the_change_between_two_moments_is_the_sum_of_its_parts(problem: str) -> None:
    page = html_of(open_page("why", problem=problem, a="2023-10-20T00:00Z", b="2024-01-15T00:00Z"))
    found = difference(then_of("2023-10-20T00:00Z"), then_of("2024-01-15T00:00Z"), problem)
    rows = [row for row in cells_of(page) if len(row) == 4]
    end = next(n for n, row in enumerate(rows) if row[0] == "Points")
    changes = [number(row[3]) for row in rows[:end]]
    assert sum(changes) == pytest.approx(found.change, abs=ROUNDING * (len(changes) + 1))
    assert number(rows[end][3]) == pytest.approx(found.change, abs=ROUNDING)


def test_the_page_opens_at_the_problem_that_sets_the_headline() -> None:
    assert f'data-problem="{now_of().headline.problem}"' in html_of(open_page("why"))


def test_a_problem_that_the_pack_does_not_know_is_not_shown() -> None:
    assert f'data-problem="{now_of().headline.problem}"' in html_of(open_page("why", problem="<b>nothing</b>"))


def test_choosing_a_piece_opens_its_reports_with_grade_source_and_author() -> None:
    page = open_page("why", problem="hizballah_entry")
    page.selectbox[0].select("hizballah_strategic_arsenal").run()
    assert not page.exception
    behind = now_of().indicator("hizballah_strategic_arsenal").observations
    html = html_of(page)
    assert behind
    assert html.count('data-label="Statement"') == len(behind)
    assert 'rel="noopener noreferrer' in html
    assert "demo" in text_of(page)


def test_choosing_an_interaction_names_its_rule() -> None:
    page = open_page("why", problem="front_convergence")
    page.selectbox[0].select("X1").run()
    assert "A rule of the pack: If IDF ground success in Gaza ≥ 3" in text_of(page)


def test_one_click_on_another_problem_changes_the_address() -> None:
    page = open_page("why")
    page.segmented_control[0].set_value("iran_direct").run()
    assert page.query_params["problem"] == "iran_direct"
    assert 'data-problem="iran_direct"' in html_of(page)

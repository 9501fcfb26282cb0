"""The Watch page says what the assessment says, and says it so that nobody can misread it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import texts
from iw_monitor.model.assessment import Freshness
from iw_monitor.model.observation import Known
from tests.unit.pages_site import fill_demo, html_of, now_of, open_page, text_of, then_of, use


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_demo(tmp_path_factory.mktemp("demo"))


@pytest.fixture(autouse=True)
def demo(history: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    use(monkeypatch, history, demo=True)
    yield


def test_the_page_shows_the_level_of_the_assessment() -> None:
    headline = now_of().headline
    page = html_of(open_page())
    assert f'data-testid="gauge-level" data-level="{headline.level}"' in page
    assert f'data-problem="{headline.problem}" data-word="{headline.word}"' in page


def test_every_problem_shows_its_level_and_points() -> None:
    page, said = html_of(open_page()), text_of(open_page())
    for one in now_of().problems:
        assert f'data-problem="{one.id}" data-level="{one.recommended_level}"' in page
        assert f"{one.points:+.1f} points".replace("-", "\N{MINUS SIGN}") in said


def test_a_percentage_never_stands_without_its_interval() -> None:
    words = re.findall(r'class="iw-word">([^<]+)<', html_of(open_page()))
    assert len(words) == len(now_of().problems)
    for word in words:
        assert re.fullmatch(r"[a-z ]+ · \d+(–\d+)?\N{NARROW NO-BREAK SPACE}%", word), word


def test_likelihood_and_confidence_stand_in_sentences_of_their_own() -> None:
    sentences = re.findall(r"<p>([^<]*)</p>", html_of(open_page()))
    assert any(one.startswith("Within 30 days: ") for one in sentences)
    assert any(one.startswith("Confidence is ") for one in sentences)
    assert not any("Within 30 days" in one and "Confidence" in one for one in sentences)


@pytest.mark.slow
def test_every_page_of_the_demo_carries_its_mark() -> None:
    for name in ("watch", "why", "indicators", "timeline", "method", "wall"):
        assert f"<b>{texts.DEMO}</b>" in html_of(open_page(name)), name


def test_the_four_indicators_that_lead_come_first_as_cards() -> None:
    page = html_of(open_page())
    cards = re.findall(r'<article class="iw-card[^"]*" data-indicator="(\w+)"', page)
    assert cards == ["hizballah_activity", "us_carrier_presence", "idf_ground_success", "hamas_gaza_control"]


def test_an_address_with_a_moment_turns_the_page_back_and_says_so() -> None:
    then = then_of("2023-12-01T00:00Z")
    page = html_of(open_page(as_of="2023-12-01T00:00Z"))
    assert 'data-as-of="2023-12-01T00:00:00+00:00"' in page
    assert f'data-testid="gauge-level" data-level="{then.headline.level}"' in page
    assert texts.BACK_TO_NOW in page


def test_links_keep_the_moment_and_the_reading() -> None:
    page = html_of(open_page(as_of="2023-12-01T00:00Z", known=Known.PUBLISHED.value))
    links = re.findall(r'href="(why[^"]*)"', page)
    assert links
    assert all("as_of=2023-12-01T00:00Z" in link for link in links)


@pytest.mark.parametrize(
    "text", ["yesterday", "2023-13-01", "", "9" * 400, "<script>alert(1)</script>", "2023-01-01T00:00"]
)
def test_a_moment_that_makes_no_sense_shows_now_and_says_why(text: str) -> None:
    page = html_of(open_page(as_of=text))
    assert f'data-testid="gauge-level" data-level="{now_of().headline.level}"' in page
    assert "<script>" not in page
    assert ("cannot be read" in page) == bool(text)


def test_a_moment_in_the_future_shows_now_and_says_why() -> None:
    assert "is in the future" in text_of(open_page(as_of="2031-01-01T00:00Z"))


def test_the_rest_can_be_arranged_by_front() -> None:
    assert "Yemen and the Red Sea" in text_of(open_page(group="front"))
    assert "Yemen and the Red Sea" not in text_of(open_page(group="family"))


def test_only_leading_indicators_can_be_shown() -> None:
    every, leading = html_of(open_page()), html_of(open_page(leading="1"))
    rows = [len(re.findall(r'class="iw-row"', page)) for page in (every, leading)]
    assert 0 < rows[1] < rows[0]


@pytest.mark.parametrize("since", ["24h", "7d", "2024-01-01T00:00Z", "nonsense"])
def test_changes_are_told_since_any_window(since: str) -> None:
    assert texts.MOVERS_UP in text_of(open_page(since=since))


def test_a_window_is_chosen_with_one_click_and_stands_in_the_address() -> None:
    page = open_page()
    page.segmented_control[0].set_value("7d").run()
    assert page.query_params["since"] == "7d"
    page.segmented_control[0].set_value("from").run()
    assert page.query_params["since"] == "2024-03-30T23:59Z"  # a day before the demo's clock
    page.segmented_control[0].set_value("24h").run()
    assert "since" not in page.query_params
    assert not page.exception


def test_before_the_first_report_there_is_nothing_to_compare_with() -> None:
    assert "no report was known at" in text_of(open_page(since="2020-01-01T00:00Z"))


def test_what_is_stale_is_named_as_a_gap() -> None:
    stale = [one.title for one in now_of().indicators if one.status is Freshness.STALE]
    said = text_of(open_page())
    assert stale
    assert all(title in said for title in stale)


def test_an_empty_journal_is_no_assessment_and_not_calm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, f"sqlite:///{tmp_path / 'empty.db'}")
    page = open_page()
    assert texts.EMPTY_TITLE in text_of(page)
    assert 'data-testid="gauge-level" data-level=""' in html_of(page)
    assert "GUARDED" not in re.sub(r'<div class="iw-axis.*?</div>', "", html_of(page))

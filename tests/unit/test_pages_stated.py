"""What people state, on the pages: beside what is computed, by name, and as it stood at any moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import data
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.judgement import Judgement, JudgementKind
from iw_monitor.service.judgements import Judging, RawJudgement
from tests.unit.pages_site import fill_demo, html_of, now_of, open_page, text_of, use

BEN = Actor(name="ben", display_name="Ben", roles={EVERY_PACK: Role.EDITOR}, via="local")
ADA = Actor(name="ada", display_name="Ada", roles={EVERY_PACK: Role.EDITOR}, via="local")
SCRIPT = "<script>alert(1)</script>"
CARRIERS = "us_carrier_presence"


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    use(monkeypatch, fill_demo(tmp_path), demo=True)
    yield
    data.site().close()


def state(kind: JudgementKind, subject: str, actor: Actor = BEN, **fields: str) -> Judgement:
    ordinary = {"reason": f"The staff agrees. {SCRIPT}", "until": "48h"}
    raw = RawJudgement(kind=kind, subject=subject, **ordinary | fields)
    done = Judging(site=data.site(), actor=actor, via="page").state(raw)
    assert isinstance(done, Judgement)
    return done


def worst() -> str:
    name = now_of().headline.problem
    assert name is not None
    return name


@pytest.mark.usefixtures("demo")
def test_a_declared_level_stands_beside_the_gauge_with_its_gap_and_dissents_by_name() -> None:
    problem, computed = worst(), now_of().headline.level
    assert computed is not None
    state(JudgementKind.DECLARATION, problem, level=str(computed - 2))
    state(JudgementKind.DISSENT, problem, ADA, level=str(computed))
    state(JudgementKind.OVERRIDE, CARRIERS, level="4")
    page = open_page("watch")
    said = text_of(page)
    assert "by ben, until" in said
    assert "two levels below what is recommended" in said
    assert "Dissent: " in said
    assert "ada holds" in said
    assert 'data-override="4"' in html_of(page)
    assert html_of(page).count(f'data-declared="{computed - 2}"') == 1
    assert SCRIPT not in html_of(page)
    assert now_of().headline.level == computed


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_why_shows_estimates_beside_the_model_and_a_past_moment_shows_what_stood_then() -> None:
    problem = worst()
    state(JudgementKind.ESTIMATE, problem, probability="30 %", until="")
    now_says = text_of(open_page("why", problem=problem))
    assert "ben gives it a chance of 30" in now_says
    assert "The model says" in now_says
    then_says = text_of(open_page("why", problem=problem, as_of="2024-03-01T00:00Z"))
    assert "ben gives it a chance" not in then_says
    assert "Nobody has declared a level" in then_says


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_an_override_stands_beside_the_computed_level_with_its_effect_and_moves_nothing() -> None:
    before = now_of().indicator(CARRIERS).level
    state(JudgementKind.OVERRIDE, CARRIERS, level="4")
    page = open_page("indicators", indicator=CARRIERS)
    said = text_of(page)
    assert "Overridden to 4 (" in said
    assert "With the override: " in said
    assert SCRIPT not in html_of(page)
    assert f'data-level="{before}"' in html_of(page)
    assert now_of().indicator(CARRIERS).level == before
    assert 'data-override="4"' in html_of(open_page("desk", indicator=CARRIERS))


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_the_wall_says_by_shape_number_word_and_name_what_is_declared_dissented_and_overridden() -> None:
    problem = worst()
    state(JudgementKind.DECLARATION, problem, level="2")
    state(JudgementKind.DISSENT, problem, ADA, level="5")
    state(JudgementKind.OVERRIDE, CARRIERS, level="4")
    page = open_page("wall")
    said = text_of(page)
    assert "declared ● 2 GUARDED by ben" in said
    assert "ada dissents: ■ 5 SEVERE" in said
    assert "▽ US carrier presence: overridden to 4 by ben, until " in said
    assert 'data-override="4"' in html_of(page)

"""Stating a judgement on a page: what is refused, what is kept, and what two officers see of each other."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from iw_monitor.model.accounts import Actor
from iw_monitor.model.judgement import Judgement, JudgementKind
from iw_monitor.service.judgements import Judging, RawJudgement
from tests.unit.pages_site import ADA, ANN, EVE, empty_site, html_of, open_page, sign_in, text_of

SCRIPT = "<script>alert(1)</script>"
CARRIERS = "us_carrier_presence"
PROBLEM = "front_convergence"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from empty_site(tmp_path, monkeypatch)


def open_form(kind: str, problem: str = PROBLEM) -> AppTest:
    return open_page("why", problem=problem, state=kind)


def open_override() -> AppTest:
    return open_page("desk", indicator=CARRIERS, state="override")


def fill(page: AppTest, **fields: str) -> AppTest:
    for field, text in fields.items():
        kind = page.radio if field == "level" else page.text_input
        (widget,) = [one for one in kind if str(one.key).endswith(f"_{field}")]
        widget.set_value(text)
    return page.run()


def press(page: AppTest, ending: str) -> AppTest:
    (button,) = [one for one in page.button if str(one.key).endswith(ending)]
    button.click().run()
    assert not page.exception
    return page


def declare(actor: Actor, level: str, reason: str = "The staff agrees.") -> Judgement:
    raw = RawJudgement(kind=JudgementKind.DECLARATION, subject=PROBLEM, level=level, reason=reason, until="48h")
    done = Judging(site=data.site(), actor=actor, via="page").state(raw)
    assert isinstance(done, Judgement)
    return done


@pytest.mark.usefixtures("empty")
def test_an_officer_declares_a_level_and_it_stands_by_name() -> None:
    page = fill(open_form("declaration"), level="3", until="48h", reason=f"The staff agrees. {SCRIPT}")
    press(page, "_do")
    (stands,) = data.site().standing()
    assert (stands.kind, stands.subject, stands.level, stands.author) == ("declaration", PROBLEM, 3, "ben")
    assert "by ben, until" in text_of(page)
    assert SCRIPT not in html_of(page)
    assert "state" not in page.query_params


@pytest.mark.usefixtures("empty")
def test_everything_that_is_wrong_is_said_at_once_beside_its_field() -> None:
    page = press(open_form("declaration"), "_do")
    shown = html_of(page)
    assert all(f'data-field="{field}"' in shown for field in ("level", "until", "reason"))
    assert not data.site().judgements()


@pytest.mark.slow
@pytest.mark.usefixtures("empty")
def test_a_draft_outlives_a_reload() -> None:
    page = fill(open_form("estimate"), probability="30 %", reason="A base rate.")
    held = page.query_params["draft"]
    again = open_page("why", problem=PROBLEM, state="estimate", draft=held[0] if isinstance(held, list) else held)
    assert {one.value for one in again.text_input} >= {"30 %", "A base rate."}


@pytest.mark.usefixtures("empty")
def test_of_two_who_declare_at_once_the_second_sees_both_and_loses_no_word() -> None:
    page = fill(open_form("declaration"), level="4", until="24h", reason="I hold it higher.")
    declare(ADA, "2", f"I hold it lower. {SCRIPT}")
    press(page, "_do")
    assert data.site().standing()[0].author == "ada"
    said = text_of(page)
    assert "I hold it lower." in said
    assert "I hold it higher." in said
    assert SCRIPT not in html_of(page)
    press(page, "_both")
    assert [one.author for one in data.site().standing()] == ["ben"]


@pytest.mark.slow
@pytest.mark.usefixtures("empty")
def test_an_override_says_what_it_would_do_before_it_is_stated() -> None:
    page = fill(open_override(), level="4")
    assert 'data-foreseen="4"' in html_of(page)
    assert "With the override: " in text_of(page)
    assert "no assessment" in text_of(page)  # nothing is reported, so no level is promised
    press(fill(page, until="24h", reason="Seen leaving."), "_do")
    assert data.site().standing_override(CARRIERS) is not None
    assert "Overridden to 4" in text_of(open_page("desk", indicator=CARRIERS))


@pytest.mark.slow
@pytest.mark.usefixtures("empty")
def test_ones_own_is_withdrawn_with_a_reason_and_anothers_only_by_an_approver(monkeypatch: pytest.MonkeyPatch) -> None:
    declare(ADA, "2")
    assert not [one for one in open_page("why", problem=PROBLEM).button if str(one.key).startswith("desk_unstate")]
    sign_in(monkeypatch, ANN)
    page = press(open_page("why", problem=PROBLEM), f"unstate_{PROBLEM}_do")
    assert "Say why" in text_of(page)
    (why,) = [one for one in page.text_input if str(one.key).endswith("_why")]
    why.set_value("It was meant for another problem.").run()
    press(page, f"unstate_{PROBLEM}_do")
    assert not data.site().standing()


@pytest.mark.slow
@pytest.mark.usefixtures("empty")
def test_who_may_only_look_and_who_looks_at_the_past_finds_no_form(monkeypatch: pytest.MonkeyPatch) -> None:
    past = open_page("why", problem=PROBLEM, state="declaration", as_of="2024-03-01T00:00Z")
    sign_in(monkeypatch, EVE)
    for page in (past, open_form("declaration"), open_page("desk", indicator=CARRIERS, state="override")):
        assert "data-state=" not in html_of(page)
        assert not [one for one in page.button if str(one.key).startswith("desk_state")]

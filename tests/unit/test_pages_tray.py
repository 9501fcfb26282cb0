"""The desk's tray: what machines and first officers propose counts once a person, who is not its author, says yes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from iw_monitor.collect.validate import RawReport
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.judgement import JudgementKind, Stated
from iw_monitor.model.proposal import Proposal, Waits
from iw_monitor.pack.find import find_pack
from tests.unit.pages_site import ANN, BEN, EVE, empty_site, html_of, open_page, sign_in, text_of

SCRIPT = "<script>alert(1)</script>"
CARRIERS = "us_carrier_presence"
PROBLEM = "front_convergence"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    yield from empty_site(tmp_path, monkeypatch)


def a_raw(**changes: str) -> RawReport:
    usual = {
        "indicator": CARRIERS,
        "level": "3",
        "statement": f"A second group sailed. {SCRIPT}",
        "observed_at": (data.now() - timedelta(hours=1)).isoformat(),
        "reliability": "B",
        "credibility": "2",
        "source_name": "USNI",
    }
    return RawReport(**usual | changes)


def found(waits: Waits = Waits.REVIEW, **changes: str) -> Proposal:
    """Return what a collector proposes."""
    one = data.site().propose(a_raw(**changes), waits=waits, author="usni", via="collector", source="usni")
    assert one is not None
    return one


def a_draft(author: str = "ben") -> Proposal:
    """Return a declaration that waits for a second officer."""
    site = data.site()
    stated = Stated(
        kind=JudgementKind.DECLARATION,
        pack=site.pack.id,
        subject=PROBLEM,
        level=4,
        reason=f"The staff agrees. {SCRIPT}",
        until=site.now() + timedelta(days=2),
        author=author,
    )
    return site.propose_judgement(stated, via="page")


def tray(**query: str) -> AppTest:
    return open_page("desk", view="tray", **query)


def put(page: AppTest, field: str, text: str) -> AppTest:
    widgets = [*page.text_input, *page.selectbox]
    (widget,) = [one for one in widgets if str(one.key).endswith(f"_{field}")]
    widget.set_value(text)
    return page.run()


def press(page: AppTest, ending: str) -> AppTest:
    (button,) = [one for one in page.button if str(one.key).endswith(ending)]
    button.click().run()
    assert not page.exception
    return page


@pytest.mark.usefixtures("empty")
def test_a_proposal_is_shown_with_its_effect_and_is_accepted_with_another_level() -> None:
    one = found()
    page = tray()
    assert f'data-proposal="{one.id}"' in html_of(page)
    assert SCRIPT not in html_of(page)
    assert f'data-effect="{CARRIERS}"' in html_of(page)
    press(put(page, "level", "2"), "_accept")
    (report,) = data.site().observations()
    assert (report.level, report.author, report.method) == (2, "ben", "collector")
    (decided,) = data.site().proposals()
    assert decided.decision is not None
    assert "level 3 → 2" in decided.decision.reason
    assert "accepted by ben" in text_of(page)
    assert "data-proposal=" not in html_of(page)


@pytest.mark.usefixtures("empty")
def test_rejecting_needs_a_reason_and_nothing_counts() -> None:
    found()
    page = press(tray(), "_reject")
    assert data.site().proposals()[0].is_open
    assert "Reason: is missing. Say why." in text_of(page)
    press(put(page, "reason", "An old log."), "_reject")
    (one,) = data.site().proposals()
    assert one.decision is not None
    assert (one.decision.accepted, one.decision.reason, one.decision.author) == (False, "An old log.", "ben")
    assert not data.site().observations()


@pytest.mark.slow
@pytest.mark.usefixtures("empty")
def test_evidence_without_a_level_shows_its_effect_once_a_person_says_what_it_means() -> None:
    found(Waits.EVIDENCE, level="", reliability="", credibility="")
    page = tray()
    assert "data-effect=" not in html_of(page)
    for field, text in (("level", "4"), ("reliability", "C"), ("credibility", "3")):
        put(page, field, text)
    assert f'data-effect="{CARRIERS}"' in html_of(page)
    press(page, "_accept")
    (report,) = data.site().observations()
    assert (report.level, str(report.grade)) == (4, "C3")


@pytest.mark.usefixtures("empty")
def test_a_draft_waits_for_an_approver_who_is_not_its_author(monkeypatch: pytest.MonkeyPatch) -> None:
    a_draft(author="ann")
    page = tray()
    assert "declaration 4 HIGH" in text_of(page)
    assert "An approver who did not write it decides" in text_of(page)
    assert SCRIPT not in html_of(page)
    assert not [one for one in page.button if str(one.key).endswith(("_accept", "_reject"))]
    sign_in(monkeypatch, ANN)
    own = tray()
    assert not [one for one in own.button if str(one.key).endswith("_accept")]
    sign_in(monkeypatch, Actor(name="cleo", display_name="Cleo", roles={EVERY_PACK: Role.APPROVER}, via="local"))
    press(tray(), "_accept")
    (stands,) = data.site().standing()
    assert (stands.author, stands.level) == ("ann", 4)


@pytest.mark.slow
@pytest.mark.usefixtures("empty")
def test_who_wrote_a_draft_takes_it_back_with_a_reason() -> None:
    a_draft()
    press(put(tray(), "reason", "Too early."), "_reject")
    (one,) = data.site().proposals()
    assert one.decision is not None
    assert not one.decision.accepted


@pytest.mark.slow
@pytest.mark.usefixtures("empty")
def test_nothing_is_accepted_over_a_report_that_nobody_saw_and_no_typed_word_is_lost() -> None:
    found()
    page = put(tray(), "reason", "I read the log.")
    data.site().record(a_raw(level="0", statement="Gone home."), author="ada", via="page")
    press(page, "_accept")
    assert len(data.site().observations()) == 1
    assert "reported by somebody else a moment ago" in text_of(page)
    assert [one.value for one in page.text_input if str(one.key).endswith("_reason")] == ["I read the log."]
    press(page, "_accept")
    assert [one.level for one in data.site().observations()] == [0, 3]


@pytest.mark.slow
@pytest.mark.usefixtures("empty")
def test_who_may_only_look_sees_what_waits_and_no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    found()
    sign_in(monkeypatch, EVE)
    page = tray()
    assert "data-proposal=" in html_of(page)
    assert not [one for one in page.button if str(one.key).startswith("desk_")]
    sign_in(monkeypatch, BEN)
    assert "1 in the tray" in text_of(open_page("desk"))
    shown = open_page("indicators", indicator=CARRIERS)
    assert "In the tray: report of level 3 by usni" in text_of(shown)
    assert f'href="desk?indicator={CARRIERS}"' in html_of(shown)
    past = open_page("indicators", indicator=CARRIERS, as_of="2024-03-01T00:00Z")
    assert "In the tray" not in text_of(past)
    assert f'href="desk?indicator={CARRIERS}"' not in html_of(past)


@pytest.fixture
def strict(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Use the shipped pack with the rule that high levels need a second officer."""
    folder = tmp_path / "multi-front"
    shutil.copytree(find_pack("multi-front"), folder)
    with (folder / "pack.yml").open("a", encoding="utf-8") as file:
        file.write("\nfour_eyes: {report_from: 3, declaration_from: 4}\n")
    yield from empty_site(tmp_path, monkeypatch, pack=str(folder))


@pytest.mark.slow
@pytest.mark.usefixtures("strict")
def test_a_draft_is_found_again_where_it_would_count_and_stands_once_an_approver_says_yes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = open_page("why", problem=PROBLEM, state="declaration")
    assert "A level from 4 HIGH on waits for a second officer" in text_of(page)
    (level,) = [one for one in page.radio if str(one.key).endswith("_level")]
    level.set_value("4").run()
    for field, text in (("until", "48h"), ("reason", "The envoys have left.")):
        put(page, field, text)
    press(page, "_do")
    assert "waits in the tray for a second officer since" in text_of(page)
    assert "In the tray: declaration 4 HIGH by ben" in text_of(page)
    assert not data.site().standing()
    (waits,) = data.site().proposals()
    assert f"proposal={waits.id}" in html_of(page)
    sign_in(monkeypatch, ANN)
    press(tray(proposal=waits.id), "_accept")
    (stands,) = data.site().standing()
    assert (stands.author, stands.level) == ("ben", 4)
    assert "In the tray" not in text_of(open_page("why", problem=PROBLEM))


@pytest.mark.slow
@pytest.mark.usefixtures("strict")
def test_a_high_report_of_a_collector_is_accepted_by_an_approver_alone_and_a_low_one_by_an_editor() -> None:
    found()
    page = press(tray(), "_accept")
    assert "approver" in text_of(page)
    assert not data.site().observations()
    press(put(page, "level", "2"), "_accept")
    assert [one.level for one in data.site().observations()] == [2]

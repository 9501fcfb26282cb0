"""The linter of estimative language, and that everything we say of a snapshot passes it."""

from __future__ import annotations

import pytest

from iw_monitor.errors import ReportError
from iw_monitor.model.snapshot import Format, Layout
from iw_monitor.publish.as_text import assessment_text
from iw_monitor.publish.report import rendering
from iw_monitor.publish.report.told import told
from iw_monitor.publish.report.wording import faults
from tests.builders import AWatch, a_pack, a_raw_report, a_site
from tests.unit.reports_site import a_reported_site, a_snapshot


@pytest.mark.parametrize(
    ("texts", "fault"),
    [
        (["It is likely (55–80 %).", "It is highly improbable (5–20 %)."], "two synonym rows"),
        (["It is unlikely (20–45 %), with moderate confidence."], "share a sentence"),
        (["The probability is 37 %."], "without its interval"),
        (["It is likely, 60 %."], "without its interval"),
    ],
)
def test_a_fault_of_language_is_named(texts: list[str], fault: str) -> None:
    (found,) = faults(texts)
    assert fault in found


@pytest.mark.parametrize(
    "text",
    [
        "It is unlikely (20–45 %). Confidence is low.",
        "Unlikely, 37 % (between 20 % and 45 %).",
        "99 % of the evidence is current; the same level in 52 % of draws.",
        "Coverage is 86 %.",
        "Roughly even chance · 45–55 %.",
    ],
)
def test_good_language_passes(text: str) -> None:
    assert faults([text]) == ()


@pytest.mark.parametrize("layout", list(Layout))
def test_everything_that_a_snapshot_says_passes(layout: Layout) -> None:
    assert faults(told(a_snapshot(layout=layout)).sentences()) == ()


def test_what_the_pack_calls_its_problems_is_no_estimate_of_ours() -> None:
    called = "Confidence that 30 % of all ships are likely to turn away"
    (problem,) = a_pack().file.problems
    file = {"problems": [{**problem.model_dump(exclude={"quote"}), "title": called}]}
    site = a_site(watch=AWatch(a_pack(file=file)))
    site.record(a_raw_report(), author="ada", via="test")
    said = told(a_snapshot(site))
    assert f"{called} sets the level" in said.judgement[0]
    assert faults(said.judgement)
    assert faults(said.sentences()) == ()


def test_the_text_of_the_command_line_passes() -> None:
    site = a_reported_site()
    assert faults([" ".join(assessment_text(site.pack, site.assess()).split())]) == ()


def test_a_report_whose_language_is_at_fault_is_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "faults", lambda _said: ("a percentage stands without its interval: 37 %.",))
    with pytest.raises(ReportError, match="without its interval"):
        rendering.rendered(a_snapshot(), [Format.MD])

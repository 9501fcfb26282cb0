"""A declared level stands beside the recommendation and changes nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iw_monitor.assess.engine import Engine
from iw_monitor.model.judgement import JudgementKind
from tests.builders import DAY, MONDAY, AClock, a_judgement, a_site, a_submission


def test_a_declaration_is_shown_beside_the_recommendation() -> None:
    clock = AClock()
    site = a_site(clock=clock)
    site.journal.append([a_submission(level=1)], via="page")
    before = site.assess()
    site.acts.state(a_judgement(level=5, until=MONDAY + DAY), via="page")
    after = site.assess()
    assert after.problem("blockade").declared_level == 5
    assert replace(after.problem("blockade"), declared_level=None) == before.problem("blockade")
    assert after.headline == before.headline
    clock.at = MONDAY + DAY
    assert site.assess().problem("blockade").declared_level is None
    assert site.assess(MONDAY + DAY / 2).problem("blockade").declared_level == 5


def test_a_dissent_is_no_declaration() -> None:
    site = a_site()
    site.acts.state(a_judgement(kind=JudgementKind.DISSENT), via="page")
    assert site.assess().problem("blockade").declared_level is None
    assert [one.kind for one in site.standing()] == [JudgementKind.DISSENT]


@pytest.mark.parametrize(
    "changes",
    [
        {"level": 0},
        {"level": 6},
        {"probability": 0.5},
        {"reason": " "},
        {"author": ""},
        {"kind": JudgementKind.OVERRIDE, "level": 5},
        {"kind": JudgementKind.ESTIMATE, "level": None, "probability": 1.0},
        {"kind": JudgementKind.ESTIMATE, "level": 3, "probability": 0.5},
    ],
)
def test_a_judgement_that_says_nothing_possible_cannot_exist(changes: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"level|estimate|reason"):
        a_judgement(**changes)


def test_what_reports_nothing_is_no_reason_to_compute_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    site = a_site()
    site.journal.append([a_submission(level=3)], via="page")
    before = site.assess()
    monkeypatch.setattr(Engine, "of", None)  # a second engine could not be made
    site.acts.state(a_judgement(level=5, until=MONDAY + DAY), via="page")
    after = site.assess()
    assert after.problem("blockade").declared_level == 5
    assert after.indicators is before.indicators

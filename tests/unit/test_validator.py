"""The indicator validator: METHOD's published figures, and an outside check of its arithmetic."""

from __future__ import annotations

import json
import math
from datetime import date

import pytest
from typer.testing import CliRunner

from iw_monitor.assess.validator import Validation, Verdict, validate, verdict_of
from iw_monitor.cli.program import app
from iw_monitor.pack.find import shipped_packs
from iw_monitor.pack.load import load_pack
from iw_monitor.telling.sentences import NON_DIAGNOSTIC, titles
from tests.builders import a_pack, an_indicator


@pytest.fixture(scope="module")
def article() -> Validation:
    return validate(load_pack(shipped_packs()["multi-front"]).pack)


def test_the_published_numbers_of_strong_indicators_are_7_10_6_6(article: Validation) -> None:
    assert [len(one.strong) for one in article.columns] == [7, 10, 6, 6]  # METHOD 3


def test_the_published_unique_indicators_are_none_none_one_none(article: Validation) -> None:
    assert [one.unique for one in article.columns] == [(), (), ("israeli_preemption_in_lebanon",), ()]  # METHOD 3


def test_the_published_non_diagnostic_ones_are_the_cluster_members(article: Validation) -> None:
    cluster = {row.indicator for row in article.rows if row.verdict is Verdict.CLUSTER}
    assert cluster == {"iran_rhetoric", "west_bank_jerusalem_unrest"}  # METHOD 3


@pytest.mark.parametrize(("spread", "verdict"), list(enumerate(["cluster", "cluster", "weak", "keep", "keep"])))
def test_the_verdict_follows_from_the_spread(spread: int, verdict: str) -> None:
    assert verdict_of(spread) == verdict


def test_the_paths_are_told_from_peace_and_hardly_from_each_other(article: Validation) -> None:
    from_peace = [len(one.telling) for one in article.pairs if one.one == "contained"]
    among_paths = [one for one in article.pairs if one.one != "contained"]
    assert min(from_peace) >= 3
    assert [len(one.telling) for one in among_paths] == [0] * 6
    # hizballah_activity: HL +5 for entry and C +2 for iran_direct; no indicator rated for both is further apart.
    (pair,) = [one for one in among_paths if (one.one, one.other) == ("hizballah_entry", "iran_direct")]
    assert (pair.best, pair.points) == ("hizballah_activity", 3.0)


def test_an_indicator_rated_for_one_of_two_futures_tells_nothing_of_the_pair() -> None:
    pack = a_pack(
        indicators=[
            an_indicator(ratings={"blockade": "HL", "calm": "U"}),
            an_indicator(id="other", ratings={"calm": "HU"}),
        ]
    )
    (pair,) = validate(pack).pairs
    assert (pair.one, pair.other, pair.best, pair.points) == ("calm", "blockade", "port_traffic", 5.0)
    assert pair.telling == ("port_traffic",)


def test_a_day_of_revalidation_that_has_passed_is_marked() -> None:
    pack = a_pack(indicators=[an_indicator(revalidate_by="2024-05-05")])
    assert [validate(pack, today=date(2024, 5, day)).rows[0].is_due for day in (5, 6)] == [False, True]


def test_what_lists_charts_and_reports_call_it_says_that_it_is_non_diagnostic() -> None:
    names = titles(load_pack(shipped_packs()["multi-front"]).pack)
    labelled = {name for name, said in names.items() if NON_DIAGNOSTIC in said}
    assert labelled == {"iran_rhetoric", "west_bank_jerusalem_unrest"}  # METHOD 3


def test_another_tool_can_check_the_arithmetic_from_the_json_alone() -> None:
    said = json.loads(CliRunner().invoke(app, ["validator", "--json"]).stdout)
    probability, place, reference = said["rating_probability"], said["rating_place"], said["reference"]
    for one in said["indicators"]:
        ratings = one["ratings"]
        for problem, points in one["points"].items():
            likelihood = probability[ratings.get(problem, ratings[reference])] / probability[ratings[reference]]
            assert points == round(10 * math.log10(likelihood))
        places = [place[rating] for rating in ratings.values()]
        assert one["spread"] == max(places) - min(places)
    assert len(said["indicators"]) == 22


def test_the_text_shows_the_matrix_and_what_follows() -> None:
    said = CliRunner().invoke(app, ["validator"]).stdout
    assert "front_convergence: 10; pointing to it alone: none" in said
    assert "israeli_preemption / iran_direct: hizballah_engagement_rules, 3 points; 0" in said

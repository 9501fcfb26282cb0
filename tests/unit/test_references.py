"""The generated references of commands and metrics: fresh and whole."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(scope="module")
def pages(repository: Path) -> dict[str, Any]:
    return dict(runpy.run_path(str(repository / "docs" / "renew_reference.py"))["PAGES"])


@pytest.mark.parametrize("name", ["commands.md", "metrics.md"])
def test_the_reference_is_fresh(repository: Path, pages: dict[str, Any], name: str) -> None:
    page = repository / "docs" / "reference" / name
    assert page.read_text(encoding="utf-8") == pages[name](), "renew it with: python docs/renew_reference.py"


def test_every_argument_and_option_says_what_it_means(pages: dict[str, Any]) -> None:
    rows = [line for line in pages["commands.md"]().splitlines() if line.startswith("| `")]
    assert [row for row in rows if row.endswith("` |  |")] == []
    assert len(rows) > 100


def test_every_metric_names_where_it_comes_from_or_is_a_plain_count(pages: dict[str, Any]) -> None:
    told = pages["metrics.md"]().split("\n### ")[1:]
    plain = {"median_lead", "time_shares", "independent_windows", "withheld"}
    assert {one.split("\n")[0] for one in told if "doi.org" not in one} == plain

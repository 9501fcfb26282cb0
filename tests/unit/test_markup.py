"""Writing HTML: nothing gets out of its element or its attribute, and a name from right to left turns nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dashboard.parts.markup import attr, esc

PORT, AGENCY = "נמל חיפה", "وكالة الأنباء"


@pytest.mark.parametrize("name", [PORT, AGENCY, "צ'כיה"])
def test_a_name_from_right_to_left_is_set_apart_from_what_follows_it(name: str) -> None:
    assert esc(f"recorded by {name}, 26 Nov") == f"recorded by <bdi>{attr(name)}</bdi>, 26 Nov"


def test_a_sentence_from_right_to_left_with_figures_stays_one_piece() -> None:
    assert esc(f"{PORT} 12 {PORT}") == f"<bdi>{PORT} 12 {PORT}</bdi>"
    assert esc(f"{PORT} and {AGENCY}") == f"<bdi>{PORT}</bdi> and <bdi>{AGENCY}</bdi>"


def test_what_could_be_markup_is_written_as_text() -> None:
    assert esc('<b onclick="x">&') == attr('<b onclick="x">&') == "&lt;b onclick=&quot;x&quot;&gt;&amp;"
    assert esc(f"<b>{PORT}") == f"&lt;b&gt;<bdi>{PORT}</bdi>"


def test_an_attribute_holds_no_element(repository: Path) -> None:
    assert attr(PORT) == PORT
    places = (repository / "dashboard").rglob("*.py")
    assert [str(one) for one in places if re.search(r"""=(["'])[^"'\n]*\{esc\(""", one.read_text())] == []

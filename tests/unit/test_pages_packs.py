"""Several packs on one dashboard: the address says which is looked at, a strip leads to the others, roles are kept."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import held
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.pack.find import find_pack
from tests.unit.pages_site import APP, PATIENCE, fill_demo, html_of, open_page, text_of, use

BOTH = os.pathsep.join(("multi-front", "volcano-unrest"))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_demo(tmp_path_factory.mktemp("packs"))


@pytest.fixture(autouse=True)
def site(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, filled, demo=True, pack=BOTH)


def seen_by(patch: pytest.MonkeyPatch, pack: str) -> None:
    """Let somebody look who has a role on one pack only, where looking needs signing in."""
    patch.setenv("IW_LOOKING", "required")
    ada = Actor(name="ada", display_name="Ada L.", roles={pack: Role.VIEWER}, via="local")
    patch.setattr(held, "actor", lambda: ada)
    patch.setattr(held, "guest", lambda: None)


def opened(**query: str) -> AppTest:
    """Open the page Method, which is quickly drawn."""
    return open_page("method", **query)


def test_the_first_pack_is_shown_unless_the_address_names_another_and_links_stay_with_it() -> None:
    first, second = html_of(opened()), html_of(opened(pack="volcano-unrest"))
    assert "<h1>Multi-front escalation</h1>" in first
    assert "<h1>Volcano unrest</h1>" in second
    for page in (first, second):
        assert page.count("data-pack=") == 2
        assert 'data-level="4"' in page  # of the other one too: a red one is never hidden
    links = {part.split('"')[0] for part in second.split('href="')[1:]}
    assert all("pack=" in one for one in links if not one.startswith(("http", "#")))


def test_a_moment_of_one_pack_does_not_turn_the_other_back() -> None:
    strip = html_of(opened(as_of="2024-01-31T18:00Z")).partition("</nav>")[0]
    assert 'href="method?pack=volcano-unrest"' in strip


def test_where_one_pack_is_held_there_is_nothing_to_choose(monkeypatch: pytest.MonkeyPatch, filled: str) -> None:
    use(monkeypatch, filled, demo=True)
    page = html_of(opened(pack="multi-front"))  # as links in messages have it
    assert "iw-packs" not in page
    assert "pack=" not in page.partition("</nav>")[2]


def test_a_pack_that_is_not_here_is_named_with_those_that_are() -> None:
    page = AppTest.from_file(str(APP), default_timeout=PATIENCE)
    page.query_params["pack"] = "moon"
    page.run()
    assert "there is no pack 'moon' here. Use one of: multi-front, volcano-unrest" in text_of(page)
    assert "Volcano unrest" in text_of(page)  # and how to come there


def test_a_reader_sees_only_the_packs_on_which_they_have_a_role(monkeypatch: pytest.MonkeyPatch) -> None:
    seen_by(monkeypatch, "volcano-unrest")
    own = html_of(opened())
    assert "<h1>Volcano unrest</h1>" in own
    assert "Multi-front" not in own
    other = text_of(opened(pack="multi-front"))
    assert "there is no pack 'multi-front' here. Use one of: volcano-unrest" in other
    assert "Multi-front" not in other


def test_all_packs_stand_on_a_line_each_the_worst_first() -> None:
    page = html_of(open_page("packs"))
    assert 'data-packs="2"' in page
    table = page.partition("data-packs")[2]
    assert table.index("4 HIGH") < table.index("NO ASSESSMENT")
    assert "99 % current, high confidence".replace(" %", "\N{NARROW NO-BREAK SPACE}%") in table


def test_a_pack_that_is_broken_is_shown_as_such_and_the_other_as_ever(
    monkeypatch: pytest.MonkeyPatch, filled: str, tmp_path: Path
) -> None:
    broken = tmp_path / "volcano-unrest"
    shutil.copytree(find_pack("volcano-unrest"), broken)
    (broken / "pack.yml").write_text("id: 7", encoding="utf-8")
    use(monkeypatch, filled, demo=True, pack=os.pathsep.join(("multi-front", str(broken))))
    assert "<h1>Multi-front escalation</h1>" in html_of(opened())
    assert "? cannot be used" in text_of(open_page("packs"))
    assert "pack.yml:1" in text_of(opened(pack="volcano-unrest"))
    shutil.copytree(find_pack("volcano-unrest"), broken, dirs_exist_ok=True)
    assert "<h1>Volcano unrest</h1>" in html_of(opened(pack="volcano-unrest"))

"""What the pages know of who is looking."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from iw_monitor.model.accounts import Actor, Role
from tests.unit.pages_site import APP, PATIENCE, fill_demo, html_of, open_page, text_of, use

SCRIPT = "<script>alert(1)</script>"


def somebody(role: Role = Role.VIEWER, pack: str = "*", shown: str = "Ada L.") -> Actor:
    return Actor(name="ada", display_name=shown, roles={pack: role}, via="local")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> str:
    return fill_demo(tmp_path_factory.mktemp("pages"))


@pytest.fixture(autouse=True)
def site(filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, filled, demo=True)


def signed_in(patch: pytest.MonkeyPatch, actor: Actor | None, mode: str = "offered") -> None:
    patch.setenv("IW_LOOKING", mode)
    patch.setattr(data, "actor", lambda: actor)


def test_where_there_is_no_signing_in_nothing_is_said_of_it() -> None:
    assert "sign in" not in text_of(open_page("method"))
    assert data.actor() is None


def test_nobody_is_offered_to_sign_in_and_comes_back_to_the_same_page(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(monkeypatch, None)
    page = html_of(open_page("method", as_of="2024-01-31T18:00Z"))
    assert '<a class="" target="_self" href="auth/login?next=%2F%3Fas_of%3D2024-01-31T18%3A00Z">sign in</a>' in page


def test_who_is_signed_in_is_named_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(monkeypatch, somebody(shown=SCRIPT))
    page = html_of(open_page("method"))
    assert "signed in as &lt;script&gt;alert(1)&lt;/script&gt; · <a" in page
    assert SCRIPT not in page


@pytest.mark.parametrize(
    ("actor", "says"),
    [(None, "You are signed out"), (somebody(pack="another"), "Ada L. does not have the role viewer on multi-front")],
)
def test_where_looking_needs_signing_in_nothing_of_the_pack_is_on_the_page(
    monkeypatch: pytest.MonkeyPatch, actor: Actor | None, says: str
) -> None:
    signed_in(monkeypatch, actor, mode="required")
    page = AppTest.from_file(str(APP), default_timeout=PATIENCE).run()
    assert not page.exception
    assert says in text_of(page)
    assert "iw-head" not in html_of(page)
    assert "ESCALATION" not in text_of(page).upper()


def test_who_may_look_sees_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(monkeypatch, somebody(), mode="required")
    assert "signed in as Ada L." in text_of(open_page("method"))


def test_the_page_looks_different_once_somebody_signed_out_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in(monkeypatch, somebody())
    before = data.beat()
    signed_in(monkeypatch, None)
    assert data.beat() != before


def test_a_cookie_of_nobody_is_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, f"sqlite:///{tmp_path}/journal.db")
    monkeypatch.setenv("IW_LOOKING", "offered")
    assert data.actor() is None
    assert (tmp_path / "journal.db.secret").exists()  # the pages look for it where the server does

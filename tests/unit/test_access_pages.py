"""What the pages know of who is looking."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, held, texts
from iw_monitor.errors import StoreError
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.links import PublicLink
from iw_monitor.model.snapshot import Marking
from iw_monitor.service.unusable import TOLD_TO_STRANGERS
from tests.builders import DAY, MONDAY
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
    patch.setattr(held, "actor", lambda: actor)
    patch.setattr(held, "guest", lambda: None)


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
    ahead = data.phase()
    before = data.beat(ahead)
    signed_in(monkeypatch, None)
    assert data.beat(ahead) != before


def test_who_is_looking_is_asked_once_in_a_run_and_anew_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter([somebody(shown="Ada"), somebody(shown="Ben"), None])
    monkeypatch.setattr(held, "_signed_in", lambda: next(answers))
    with held.one_run():
        assert [held.actor(), held.actor()] == [somebody(shown="Ada")] * 2
    assert held.actor() == somebody(shown="Ben")  # outside of any run, as by a fragment of its own, it is asked anew
    with held.one_run():
        assert [held.actor(), held.actor()] == [None, None]


def test_a_cookie_of_nobody_is_nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, f"sqlite:///{tmp_path}/journal.db")
    monkeypatch.setenv("IW_LOOKING", "offered")
    assert data.actor() is None
    assert (tmp_path / "journal.db.secret").exists()  # the pages look for it where the server does


# --- Who looks by a public link ---


def a_guest(patch: pytest.MonkeyPatch, up_to: Marking = Marking.CLEAR) -> None:
    """Let somebody look who is not signed in and opened a public link."""
    signed_in(patch, None, mode="required")
    link = PublicLink(
        id="0123456789ab",
        key="k",
        owner="cleo",
        name="screen in the hall",
        pack="multi-front",
        up_to=up_to,
        snapshot="",
        created_at=MONDAY,
        expires_at=MONDAY + DAY,
    )
    patch.setattr(held, "guest", lambda: link)


def test_a_guest_sees_the_wall_and_no_way_to_another_page(monkeypatch: pytest.MonkeyPatch) -> None:
    a_guest(monkeypatch)
    page = html_of(open_page("wall"))
    assert "iw-wall" in page
    assert "Public view" in page
    assert re.findall(r'href="([^"]*)"', page) == ["public/report"]


@pytest.mark.parametrize("asked", ["desk", "reports", "why"])
def test_whatever_page_a_guest_asks_for_over_the_socket_is_not_run(monkeypatch: pytest.MonkeyPatch, asked: str) -> None:
    a_guest(monkeypatch)
    page = open_page(asked)
    assert "iw-wall" in html_of(page)
    assert not page.button


def test_a_guest_sees_what_is_now_whatever_the_address_says(monkeypatch: pytest.MonkeyPatch) -> None:
    a_guest(monkeypatch)
    assert "data-as-of" not in html_of(open_page("wall", as_of="2024-01-31T18:00Z"))


def test_a_guest_sees_nothing_that_is_marked_higher_than_the_link_may_show(monkeypatch: pytest.MonkeyPatch) -> None:
    a_guest(monkeypatch)
    file = data.site().pack.file.model_copy(update={"handling": "TLP:RED"})
    red = data.site().pack.model_copy(update={"file": file})
    monkeypatch.setattr(type(data.site()), "pack", property(lambda _: red))
    page = AppTest.from_file(str(APP), default_timeout=PATIENCE).run()
    assert "TLP:RED may not go to a public link" in text_of(page)
    assert "iw-head" not in html_of(page)


def test_a_cookie_that_opens_no_link_is_nobodys(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use(monkeypatch, f"sqlite:///{tmp_path}/journal.db")
    monkeypatch.setenv("IW_LOOKING", "required")
    assert data.guest() is None


@pytest.mark.parametrize(
    ("mode", "known", "says"),
    [("", False, True), ("offered", False, True), ("required", True, True), ("required", False, False)],
)
def test_where_a_journal_lies_that_cannot_be_used_is_told_to_no_stranger(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, mode: str, known: bool, says: bool
) -> None:
    gone = StoreError("The journal /srv/shown/journal.db is gone.")

    def refuse(*_: object) -> None:
        raise gone

    signed_in(monkeypatch, somebody() if known else None, mode)
    monkeypatch.setattr(held, "come_in", refuse)
    page = open_page("watch")
    assert texts.CANNOT_OPEN in text_of(page)
    assert texts.CANNOT_OPEN_DRAFT not in text_of(page)
    assert texts.CANNOT_OPEN_DRAFT in text_of(open_page("desk", indicator="houthi_activity", draft="x" * 22))
    assert ("/srv/shown/journal.db" in text_of(page)) is says
    assert (TOLD_TO_STRANGERS in text_of(page)) is not says
    assert ("/srv/shown/journal.db" in caplog.text) is not says


def test_while_the_journal_is_away_nobody_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise StoreError("The journal /srv/away/journal.db is gone.")

    monkeypatch.setenv("IW_LOOKING", "required")
    for asked in ("actor", "guest", "come_in"):
        monkeypatch.setattr(held, asked, refuse)
    page = open_page("watch")
    assert TOLD_TO_STRANGERS in text_of(page)
    assert "/srv/away/journal.db" not in text_of(page)

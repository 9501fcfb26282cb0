"""Public links on the page of reports: who has one, making and revoking one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dashboard import data, held
from iw_monitor.access.tokens import is_token
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.service.public_links import PublicLinks
from tests.accounts_site import Clock, accounts_on, add
from tests.unit.pages_site import cells_of, html_of, open_page, text_of, use

KEY = "public_link"


@pytest.fixture
def approver(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Actor]:
    """Sign cleo in, an approver with an account, at a site with an empty journal."""
    use(monkeypatch, f"sqlite:///{tmp_path}/journal.db")
    monkeypatch.setenv("IW_LOOKING", "offered")
    add(accounts_on(data.site().journal, Clock()), "cleo", Role.APPROVER)
    actor = Actor(name="cleo", display_name="Cleo", roles={"*": Role.APPROVER}, via="local")
    monkeypatch.setattr(held, "actor", lambda: actor)
    yield actor
    data.site().close()


def test_an_approver_makes_a_link_reads_its_address_and_revokes_it(approver: Actor) -> None:
    page = open_page("reports")
    assert "There is none" in text_of(page)
    page.text_input(key=f"{KEY}_name").set_value("screen in the hall")
    page.button(key=f"{KEY}_do").click().run()
    assert "it is not shown again" in text_of(page)
    place, _, key = page.code[0].value.partition("#")
    assert place.endswith("/public")
    links = PublicLinks(data.site().journal, data.site().pack.id, clock=data.wall_clock)
    assert is_token(key)
    assert links.opened_by(key) is not None
    assert key not in html_of(page)
    (row,) = (one for one in cells_of(html_of(page)) if "screen in the hall" in one)
    assert row[2:5] == ["cleo", "the newest report", "TLP:CLEAR"]
    page.button(key=f"{KEY}_revoke_do").click().run()
    assert "screen in the hall shows nothing any more" in text_of(page)
    assert not page.code
    assert links.opened_by(key) is None


def test_what_is_wrong_with_a_link_is_said_on_the_page(approver: Actor) -> None:
    page = open_page("reports")
    page.button(key=f"{KEY}_do").click().run()
    assert "it is not said what a public link is for" in text_of(page)


def test_who_only_edits_is_told_nothing_of_links(approver: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    editor = Actor(name="ada", display_name="Ada", roles={"*": Role.EDITOR}, via="local")
    monkeypatch.setattr(held, "actor", lambda: editor)
    assert "Public links" not in text_of(open_page("reports"))

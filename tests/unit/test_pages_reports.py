"""The page of reports: what was made and what was not, its files, and having one made."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import data
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.snapshot import Format
from iw_monitor.service import reporting
from iw_monitor.service.keeping import kept
from iw_monitor.store.place import file_url
from tests.builders import a_raw_report
from tests.unit.pages_site import html_of, open_page, text_of, use

ADA = Actor(name="ada", display_name="Ada", roles={EVERY_PACK: Role.EDITOR}, via="local")
VIEWER = Actor(name="cleo", display_name="Cleo", roles={EVERY_PACK: Role.VIEWER}, via="local")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, file_url(tmp_path / "reports.db"))
    monkeypatch.setattr(data, "actor", lambda: ADA)
    data.site().record(a_raw_report(indicator="houthi_activity", level="3"), author="ada", via="test")


@pytest.mark.usefixtures("site")
def test_an_editor_has_a_report_made_and_finds_each_of_its_files() -> None:
    page = open_page("reports")
    assert "No report has been made yet." in text_of(page)
    page.multiselect[0].set_value([Format.MD, Format.JSON])
    page.button(key="report_make").click().run()
    assert not page.exception
    (made,) = kept(data.site())
    assert made.author == "ada"
    assert made.via == "page"
    html = html_of(page)
    for form in ("md", "json"):
        assert f'href="snapshots/{made.id}/{form}"' in html
    assert 'data-outcome="sent"' in html
    assert made.record.content_hash[:8] in text_of(page)


@pytest.mark.usefixtures("site")
def test_who_may_only_look_is_offered_no_button(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "actor", lambda: VIEWER)
    page = open_page("reports")
    assert "report_make" not in [one.key for one in page.button]
    assert "Who signs in as an editor" in text_of(page)


@pytest.mark.usefixtures("site")
def test_what_the_pack_plans_stands_there_with_when_it_is_due() -> None:
    html = html_of(open_page("reports"))
    assert f'data-planned="{len(reporting.plans(data.site()))}"' in html
    assert 'title="0 6 * * * (Asia/Jerusalem)">every day at 06:00 Asia/Jerusalem' in html
    assert "when a level changes" in html
    assert "due in" in html

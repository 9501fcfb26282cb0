"""The log as a page, and the first card of the Watch page: since my last watch."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data, texts_log
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.alert import AnswerKind
from iw_monitor.model.watch_log import LogKind
from iw_monitor.service.done import PARTS
from iw_monitor.service.log_book import LogBook
from iw_monitor.store.account_records import Act
from iw_monitor.store.place import file_url
from iw_monitor.store.records import EntryKind
from tests.unit.pages_site import html_of, open_page, text_of, use

BEN = Actor(name="ben", display_name="Ben", roles={EVERY_PACK: Role.EDITOR}, via="local")
ADA = Actor(name="ada", display_name="Ada", roles={EVERY_PACK: Role.EDITOR}, via="local")
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    use(monkeypatch, file_url(tmp_path / "empty.db"))
    monkeypatch.setattr(data, "actor", lambda: BEN)
    yield
    data.site().close()


def press(page: AppTest, ending: str) -> AppTest:
    (button,) = [one for one in page.button if str(one.key).endswith(ending)]
    button.click().run()
    assert not page.exception
    return page


@pytest.mark.usefixtures("empty")
def test_what_is_written_stands_in_the_log_and_a_draft_outlives_a_reload() -> None:
    page = open_page("log")
    draft = (
        page.query_params["draft"][0] if isinstance(page.query_params["draft"], list) else page.query_params["draft"]
    )
    (area,) = page.text_area
    area.set_value(f"Fog until noon. {SCRIPT}").run()
    again = open_page("log", draft=draft)
    assert again.text_area[0].value == f"Fog until noon. {SCRIPT}"
    press(again, "_do")
    assert "Fog until noon." in text_of(again)
    assert SCRIPT not in html_of(again)
    assert again.text_area[0].value == ""


@pytest.mark.usefixtures("empty")
def test_everything_done_is_listed_and_can_be_taken_back() -> None:
    book = LogBook(data.site(), ADA)
    book.note(f"Is it calm? {SCRIPT}", is_question=True)
    page = open_page("log", view="history")
    assert 'data-done="1"' in html_of(page)
    assert "ada" in text_of(page)
    assert SCRIPT not in html_of(page)
    press(page, "verify")
    assert "1 entries checked" in text_of(page)


def test_the_history_has_words_for_every_kind_of_act() -> None:
    several = {EntryKind.LOG, EntryKind.ANSWER, EntryKind.ACCOUNT}  # each of these holds several kinds of acts
    assert {*set(EntryKind) - several, *LogKind, *AnswerKind} <= set(texts_log.ACTS)
    assert set(texts_log.ACCOUNT_ACTS) == set(Act)
    assert set(texts_log.PARTS) == {"", *PARTS}


@pytest.mark.usefixtures("empty")
def test_a_handover_waits_for_a_colleague_and_is_taken_with_one_press() -> None:
    handed = LogBook(data.site(), ADA).hand_over(remark=SCRIPT)
    page = open_page("log", view="handover")
    assert f'data-handover="{handed.id}"' in html_of(page)
    assert SCRIPT not in html_of(page)
    press(page, f"take_{handed.id}_do")
    (kept,) = LogBook(data.site(), ADA).handovers()
    assert kept.taken is not None
    assert kept.taken.author == "ben"


@pytest.mark.usefixtures("empty")
def test_the_watch_page_begins_at_ones_own_last_watch(monkeypatch: pytest.MonkeyPatch) -> None:
    page = open_page("watch")
    assert "shift" not in page.segmented_control(key="choice_window").options  # nobody has been on watch yet
    press(page, "watch_caught_up")
    later = data.now() + timedelta(hours=3)
    monkeypatch.setattr(data.site(), "_clock", lambda: later)
    again = open_page("watch")
    assert again.session_state["choice_window"] == "shift"

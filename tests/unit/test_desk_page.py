"""The desk as a page: what it shows before anything is pressed, and that nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Button

from dashboard import data
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.observation import Method
from iw_monitor.service.desk import Desk
from iw_monitor.store.place import file_url
from tests.unit.pages_site import fill_demo, html_of, open_page, text_of, use

BEN = Actor(name="ben", display_name="Ben", roles={EVERY_PACK: Role.EDITOR}, via="local")
EVE = Actor(name="eve", display_name="Eve", roles={EVERY_PACK: Role.VIEWER}, via="local")
CARRIERS = "us_carrier_presence"


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    use(monkeypatch, fill_demo(tmp_path), demo=True)
    yield
    data.site().close()


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    use(monkeypatch, file_url(tmp_path / "empty.db"))
    yield
    data.site().close()


def sign_in(patch: pytest.MonkeyPatch, actor: Actor) -> None:
    patch.setattr(data, "actor", lambda: actor)


def key(page: AppTest, field: str) -> str:
    return f"desk_{page.query_params['draft']}_{page.query_params['indicator']}_{field}"


def open_form(indicator: str = CARRIERS) -> AppTest:
    return open_page("desk", indicator=indicator)


def fill(page: AppTest, **fields: str) -> AppTest:
    typed = {
        "level": "3",
        "reliability": "B",
        "credibility": "2",
        "statement": "A second group.",
        "source_name": "USNI",
    }
    for field, text in (typed | fields).items():
        widget = {"level": page.radio, "reliability": page.selectbox, "credibility": page.selectbox}.get(
            field, page.text_input
        )
        widget(key=key(page, field)).set_value(text)
    return page.run()


def save(page: AppTest) -> AppTest:
    page.button(key=key(page, "save")).click().run()
    assert not page.exception
    return page


def tasks(page: AppTest) -> list[tuple[str, str]]:
    return re.findall(r'data-task="(\w+)" data-level="." data-status="(\w+)"', html_of(page))


def confirming(page: AppTest, indicator: str) -> Button:
    [button] = [one for one in page.button if str(one.key).startswith(f"desk_confirm_{indicator}_")]
    return button


# --- Queue ---


@pytest.mark.usefixtures("demo")
def test_the_queue_lists_what_asks_for_a_look_first_and_says_what_a_confirmation_would_do() -> None:
    page = open_page("desk")
    statuses = [status for _, status in tasks(page)]
    assert len(statuses) == 23
    asks = sum(status != "fresh" for status in statuses[:-1])
    assert "fresh" not in statuses[:asks]
    assert set(statuses[asks:-1]) == {"fresh"}
    assert text_of(page).count("No change: ") == 22
    assert "demo visitor" in text_of(page)


@pytest.mark.usefixtures("demo")
def test_one_press_confirms_the_first_and_the_next_one_moves_up() -> None:
    page = open_page("desk")
    (first, _), (second, _) = tasks(page)[:2]
    assert confirming(page, first).proto.shortcut.lower() == "n"
    confirming(page, first).click().run()
    assert tasks(page)[0][0] == second
    assert "confirmed by demo visitor" in text_of(page)
    assert data.site().journal.observations("multi-front", indicator=first)[-1].method == "confirm"


@pytest.mark.usefixtures("demo")
def test_a_second_press_before_the_page_is_drawn_anew_confirms_nothing_and_blames_nobody() -> None:
    page = open_page("desk")
    first = tasks(page)[0][0]
    pressed = confirming(page, first)
    for _ in range(2):
        pressed.click().run()
        assert not page.exception
        assert "confirmed by demo visitor" in text_of(page)
        assert "somebody else" not in text_of(page)
    confirmed = [one.method for one in data.site().journal.observations("multi-front", indicator=first)]
    assert confirmed.count(Method.CONFIRM) == 1


@pytest.mark.usefixtures("demo")
def test_a_confirmation_of_what_somebody_else_changed_is_refused_and_says_so() -> None:
    page = open_page("desk")
    first = tasks(page)[0][0]
    Desk.of(data.site(), BEN).confirm(first, seen=None)
    confirming(page, first).click().run()
    assert "somebody else a moment ago" in text_of(page)
    assert data.site().journal.observations("multi-front", indicator=first)[-1].author == "ben"


@pytest.mark.usefixtures("empty")
def test_who_is_not_signed_in_sees_the_queue_and_no_button() -> None:
    page = open_page("desk")
    assert len(tasks(page)) == 23
    assert [one.key for one in page.button] == []
    assert "sign in" in text_of(page)
    assert not open_form().text_input


@pytest.mark.usefixtures("empty")
def test_a_viewer_has_no_button_either(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(monkeypatch, EVE)
    page = open_page("desk")
    assert [one.key for one in page.button] == []
    assert "Eve may look" in text_of(page)


@pytest.mark.usefixtures("empty")
def test_on_an_empty_journal_there_is_nothing_to_confirm_and_everything_to_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sign_in(monkeypatch, BEN)
    page = open_page("desk")
    assert all(status == "unknown" for _, status in tasks(page))
    assert confirming(page, CARRIERS).disabled
    page.button(key=f"desk_record_{CARRIERS}").click().run()
    save(fill(page))
    assert "level 3 recorded by ben" in text_of(page)
    assert data.site().observations(CARRIERS)[0].author == "ben"


@pytest.mark.usefixtures("demo")
def test_the_desk_works_on_now_only() -> None:
    page = open_page("desk", as_of="2023-12-01T00:00Z")
    assert tasks(page) == []
    assert "the address asks for the past" in text_of(page)


@pytest.mark.usefixtures("empty")
def test_who_was_signed_out_while_typing_can_record_nothing_and_loses_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(monkeypatch, BEN)
    page = fill(open_form())
    draft = page.query_params["draft"]
    monkeypatch.setattr(data, "actor", lambda: None)
    save(page)
    assert data.site().observations(CARRIERS) == ()
    sign_in(monkeypatch, BEN)
    again = open_page("desk", indicator=CARRIERS, draft=draft)
    assert again.text_input(key=key(again, "statement")).value == "A second group."


# --- Form ---


@pytest.mark.usefixtures("demo")
def test_the_form_shows_the_five_anchors_and_the_evidence_before_anything_is_chosen() -> None:
    page = open_form()
    levels = page.radio(key=key(page, "level"))
    assert levels.options == ["0", "1", "2", "3", "4"]
    assert [one.replace("\\", "") for one in levels.proto.captions] == [
        data.site().pack.indicator(CARRIERS).anchors[level] for level in range(5)
    ]
    assert levels.value is None
    assert "What stands now" in text_of(page)
    assert "the effect is shown here" in text_of(page)


@pytest.mark.usefixtures("demo")
def test_the_effect_stands_there_before_it_is_recorded_and_comes_true() -> None:
    page = fill(open_form("hizballah_strategic_arsenal"), level="3")
    assert "Level of the indicator: 2 → 3" in text_of(page)
    told = re.findall(r"<b>([+−][\d.]+)</b></td>", html_of(page))
    before = data.site().assess()
    save(page)
    after = data.site().assess()
    moved = [f"{after.problem(one.id).points - one.points:+.1f}".replace("-", "−") for one in before.problems]
    assert told
    assert told == [one for one in moved if one not in ("+0.0", "−0.0")]


@pytest.mark.usefixtures("demo")
def test_everything_that_is_wrong_stands_beside_its_field_at_once() -> None:
    page = open_form()
    assert 'class="iw iw-field-wrong"' not in html_of(page)
    position = data.site().journal.position()
    save(page)
    wrong = set(re.findall(r'iw-field-wrong" data-field="(\w+)"', html_of(page)))
    assert wrong == {"level", "statement", "reliability", "credibility"}
    assert data.site().journal.position() == position


@pytest.mark.usefixtures("demo")
def test_from_level_two_up_a_source_is_asked_for_and_what_was_typed_stays() -> None:
    page = save(fill(open_form(), source_name="", level="2"))
    assert re.findall(r'iw-field-wrong" data-field="(\w+)"', html_of(page)) == ["source_name"]
    assert page.text_input(key=key(page, "statement")).value == "A second group."


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_level_four_of_one_voice_is_flagged_on_the_form_the_desk_and_the_indicator() -> None:
    page = fill(open_form(), level="4", originator="USNI")
    assert re.findall(r'iw-field-note" data-field="(\w+)"', html_of(page)) == ["level"]
    assert "Level 4 is not yet corroborated" in text_of(page)
    save(page)
    assert html_of(page).count(f'data-task="{CARRIERS}" data-level="4"') == 1
    assert 'data-doubt="4"' in html_of(page)
    assert 'data-doubt="4"' in html_of(open_page("indicators", indicator=CARRIERS))


@pytest.mark.usefixtures("demo")
def test_a_draft_survives_a_reload_and_a_lost_session() -> None:
    page = fill(open_form(), note="ask the naval desk", source_url="https://example.org/1")
    again = open_page("desk", indicator=CARRIERS, draft=page.query_params["draft"])
    assert values(again) == values(page)
    assert {"A second group.", "ask the naval desk", "https://example.org/1", "3", "B", "2"} <= set(values(again))


def values(page: AppTest) -> list[object]:
    """Return what every field of the form holds."""
    prefix = key(page, "")
    fields = [*page.radio, *page.text_input, *page.selectbox]
    return [one.value for one in fields if one.key and one.key.startswith(prefix)]


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_another_window_has_a_draft_of_its_own() -> None:
    page = fill(open_form())
    other = open_form()
    assert other.query_params["draft"] != page.query_params["draft"]
    assert other.text_input(key=key(other, "statement")).value == ""


@pytest.mark.usefixtures("empty")
def test_a_signed_in_editor_finds_a_draft_again_from_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    sign_in(monkeypatch, BEN)
    page = fill(open_form())
    queue = open_page("desk")
    button = queue.button(key=f"desk_record_{CARRIERS}")
    assert button.label == "Go on with your draft"
    button.click().run()
    assert queue.query_params["draft"] == page.query_params["draft"]
    assert queue.text_input(key=key(queue, "statement")).value == "A second group."


@pytest.mark.usefixtures("demo")
def test_what_somebody_else_recorded_meanwhile_stands_beside_the_draft_and_the_editor_decides() -> None:
    page = fill(open_form(), level="3", statement="Mine <b>bold</b>.")
    other = save(fill(open_form(), level="1", statement="Theirs."))
    assert "recorded by demo visitor" in text_of(other)
    save(page)
    html = html_of(page)
    assert f'data-conflict="{CARRIERS}"' in html
    assert "Theirs." in html
    assert "Mine &lt;b&gt;bold&lt;/b&gt;." in html
    assert data.site().observations(CARRIERS)[-1].statement == "Theirs."
    page.button(key=key(page, "both")).click().run()
    assert not page.exception
    assert [one.statement for one in data.site().observations(CARRIERS)[-2:]] == ["Theirs.", "Mine <b>bold</b>."]


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_a_draft_can_give_way_to_the_newer_report() -> None:
    page = fill(open_form())
    save(fill(open_form(), level="1", statement="Theirs."))
    page.run()
    page.button(key=key(page, "theirs")).click().run()
    assert len(tasks(page)) == 23
    assert data.site().observations(CARRIERS)[-1].statement == "Theirs."


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("nonsense", ["x", "<b>", "a" * 5000])
def test_a_draft_that_the_address_makes_up_is_none(nonsense: str) -> None:
    page = open_page("desk", indicator=CARRIERS, draft=nonsense)
    assert page.query_params["draft"] != nonsense
    assert page.text_input(key=key(page, "statement")).value == ""


# --- Tray, bulk, acts ---


@pytest.mark.usefixtures("demo")
def test_a_doubtful_report_waits_in_the_tray_until_a_person_grades_it() -> None:
    page = fill(open_form(), credibility="5", level="0")
    assert "it waits in the tray and moves nothing" in text_of(page)
    save(page)
    page.query_params["view"] = "tray"
    page.run()
    (waiting,) = re.findall(r'data-tray="([\w-]+)"', html_of(page))
    prefix = f"desk_tray_{waiting}"
    page.button(key=f"{prefix}_accept").click().run()
    assert "Say why." in text_of(page)
    page.selectbox(key=f"{prefix}_credibility").set_value("2")
    page.text_input(key=f"{prefix}_reason").set_value("Seen on two pictures.")
    page.button(key=f"{prefix}_accept").click().run()
    assert "graded B2 by demo visitor" in text_of(page)
    assert "No report waits for another grade" in text_of(page)
    assert data.site().assess().indicator(CARRIERS).level in (0, 2)


@pytest.mark.usefixtures("demo")
def test_a_paste_shows_every_error_then_the_difference_then_records_all() -> None:
    header = "observed_at,indicator,level,statement,source_name,source_url,originator,reliability,credibility,basis"
    row = "2024-03-30,us_carrier_presence,3,A group passes Suez.,USNI,,,B,2,seen"
    page = open_page("desk", view="bulk")
    page.text_area[0].set_value(f"{header}\n{row.replace(',3,', ',7,')}\n").run()
    assert 'data-wrong="1"' in html_of(page)
    assert "pasted.csv:2" in text_of(page)
    page.text_area[0].set_value(f"{header}\n{row}\n").run()
    assert 'data-would="1"' in html_of(page)
    page.button(key="desk_bulk_do").click().run()
    assert not page.exception
    assert "1 reports recorded by demo visitor" in text_of(page)
    assert data.site().observations(CARRIERS)[-1].statement == "A group passes Suez."


@pytest.mark.usefixtures("demo")
def test_withdrawing_shows_what_it_would_change_asks_why_and_stands_in_the_acts() -> None:
    page = open_form()
    newest = data.site().journal.latest("multi-front", CARRIERS)
    assert newest is not None
    prefix = f"desk_withdraw_{CARRIERS}"
    page.selectbox(key=f"{prefix}_which").set_value(newest.id).run()
    assert "What withdrawing it would change" in text_of(page)
    page.button(key=f"{prefix}_do").click().run()
    assert "Say why." in text_of(page)
    page.text_input(key=f"{prefix}_why").set_value("The ship was another.")
    page.button(key=f"{prefix}_do").click().run()
    assert not page.exception
    assert "withdrawn by demo visitor" in text_of(page)
    assert "The ship was another." in text_of(page)
    assert data.site().retractions()[-1].observation == newest.id


@pytest.mark.slow
@pytest.mark.usefixtures("demo")
def test_script_in_every_field_stays_text() -> None:
    evil = "<script>alert(1)</script>"
    page = save(fill(open_form(), statement=evil, source_name=evil, originator=evil, note=evil, level="1"))
    assert "recorded by" in text_of(page)
    for where in (open_form(), open_page("indicators", indicator=CARRIERS), page):
        assert "<script" not in html_of(where)
    assert "&lt;script&gt;" in html_of(open_form())

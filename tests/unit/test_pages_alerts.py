"""Alerts as a page: what fires first, answering it, log and rates, the messages, and the mark on every page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import data
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.notice import TargetResult
from iw_monitor.service.alerting import evaluate
from iw_monitor.service.answering import AlertDesk
from iw_monitor.service.delivering import deliver
from iw_monitor.store.place import file_url
from tests.alerts import OUTLETS
from tests.builders import a_raw_report
from tests.unit.pages_site import html_of, open_page, text_of, use

BEN = Actor(name="ben", display_name="Ben", roles={EVERY_PACK: Role.APPROVER}, via="local")
VIEWER = Actor(name="cleo", display_name="Cleo", roles={EVERY_PACK: Role.VIEWER}, via="local")
SCRIPT = "<script>alert(1)</script>"
HOUR = timedelta(hours=1)


@pytest.fixture
def firing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Open a journal on which tripwire T1 fires, with its message in the outbox; Ben is signed in."""
    use(monkeypatch, file_url(tmp_path / "firing.db"))
    monkeypatch.setattr(data, "actor", lambda: BEN)
    site, now = data.site(), datetime.now(UTC)
    seen = f"{now:%Y-%m-%dT%H:%MZ}"
    report = a_raw_report(
        indicator="hizballah_strategic_arsenal", level="4", observed_at=seen, reliability="A", credibility="1"
    )
    site.record(report, author="ada", via="test")
    evaluate(site, site.now(), outlets=OUTLETS)
    yield
    site.close()


def press(page: AppTest, ending: str) -> AppTest:
    (button,) = [one for one in page.button if str(one.key).endswith(ending)]
    button.click().run()
    assert not page.exception
    return page


def write(page: AppTest, ending: str, text: str) -> None:
    (field,) = [one for one in page.text_input if str(one.key).endswith(ending)]
    field.set_value(text)


@pytest.mark.usefixtures("firing")
def test_what_fires_stands_on_every_page_and_its_card_says_what_to_do() -> None:
    assert "firing" in text_of(open_page("watch"))
    page = open_page("alerts")
    said = text_of(page)
    assert 'data-alert="tripwire/T1"' in html_of(page)
    assert "A tripwire is in force" in said
    assert "Do: Confirm the report" in said
    assert "not acknowledged" in said


@pytest.mark.usefixtures("firing")
def test_an_alert_is_acknowledged_with_a_reason_and_not_without() -> None:
    page = press(open_page("alerts"), "tripwire_T1_ack")
    assert "Nothing was recorded. Reason: is missing. Say why" in text_of(page)
    write(page, "tripwire_T1_reason", f"Calling the battalion. {SCRIPT}")
    press(page, "tripwire_T1_ack")
    assert "ben is at it until" in text_of(page)
    assert "acknowledged by ben" in text_of(page)


@pytest.mark.slow
@pytest.mark.usefixtures("firing")
def test_what_is_silenced_says_what_it_would_be_and_is_marked_on_no_page() -> None:
    page = open_page("alerts")
    write(page, "tripwire_T1_reason", f"A drill. {SCRIPT}")
    press(page, "tripwire_T1_silence")
    said = text_of(page)
    assert "silenced, would be FIRING" in said
    assert SCRIPT not in html_of(page)
    marked = text_of(open_page("watch"))
    write(page, "desk_silence_reason", "Over.")
    press(page, "desk_silence_do")
    assert "It is told again." in text_of(page)
    assert marked != text_of(open_page("watch"))


@pytest.mark.slow
@pytest.mark.usefixtures("firing")
def test_an_exercise_is_marked_above_every_page() -> None:
    page = open_page("alerts")
    write(page, "desk_exercise_title", f"Spring tide {SCRIPT}")
    press(page, "desk_exercise_begin")
    watch = open_page("watch")
    assert "data-exercise" in html_of(watch)
    assert SCRIPT not in html_of(watch)
    assert "EXERCISE Spring tide" in text_of(watch)


@pytest.mark.slow
@pytest.mark.usefixtures("firing")
def test_who_may_only_look_sees_the_alerts_and_no_way_to_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "actor", lambda: VIEWER)
    page = open_page("alerts")
    assert "A tripwire is in force" in text_of(page)
    assert not [one for one in page.button if "desk_" in str(one.key)]


@pytest.mark.usefixtures("firing")
def test_the_log_shows_rates_and_reasons_and_the_messages_what_failed() -> None:
    log = open_page("alerts", view="log")
    assert '<b data-rate="last_ten_minutes">' in html_of(log)
    assert "the condition held" in text_of(log)
    down = TargetResult(target="desk", is_done=False, error=f"no answer {SCRIPT}")
    deliver(data.site(), outlets=OUTLETS, send_by=lambda *_: {"desk": down})
    messages = open_page("alerts", view="messages")
    assert "data-trouble" in html_of(messages)
    assert "no answer" in text_of(messages)
    assert SCRIPT not in html_of(messages)


@pytest.mark.slow
def test_without_an_evaluation_the_page_says_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, file_url(tmp_path / "empty.db"))
    page = open_page("alerts")
    assert "Nothing was evaluated yet" in text_of(page)
    assert AlertDesk(data.site(), None).may_answer is False
    data.site().close()

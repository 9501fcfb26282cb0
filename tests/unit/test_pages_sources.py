"""The page of sources: the five outcomes told apart, two clocks, and which indicators age when a source is silent."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from dashboard.parts import sources
from iw_monitor.model.collecting import FetchOutcome, SourceState
from iw_monitor.model.proposal import Proposed, Waits
from iw_monitor.service.sources import SourceHealth
from iw_monitor.store.acts import ActStore
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from iw_monitor.store.source_states import SourceStates
from tests.builders import a_submission
from tests.unit.pages_site import cells_of, fill_demo, html_of, open_page, text_of, use

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
PACK = "multi-front"


def now() -> datetime:
    return datetime.now(UTC)


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Journal:
    """Return the journal of a site that the pages show."""
    url = file_url(tmp_path / "journal.db")
    use(monkeypatch, url)
    return Journal.open(url, clock=now)


def seen(journal: Journal, source: str, outcome: FetchOutcome, **changes: Any) -> None:
    ordinary: dict[str, Any] = {"detail": "as it was told", "run_at": now() - HOUR, "answered_at": now() - HOUR}
    state = SourceState(pack=PACK, source=source, outcome=outcome, **ordinary | changes)
    SourceStates(journal).put(state)


def rows() -> list[list[str]]:
    return cells_of(html_of(open_page("sources")))


@pytest.mark.slow
def test_it_says_how_to_ask_where_nothing_was_asked(journal: Journal) -> None:
    page = open_page("sources")
    assert "iw-monitor collect" in text_of(page)
    assert "· never asked" in text_of(page)


def test_five_outcomes_are_told_apart_by_a_word_and_what_needs_a_look_comes_first(journal: Journal) -> None:
    seen(journal, "sirens_official", FetchOutcome.NEW, newest_at=now() - 3 * DAY)
    seen(journal, "sirens_tzevaadom", FetchOutcome.UNCHANGED)
    seen(journal, "gaza_deaths", FetchOutcome.EMPTY)
    seen(journal, "west_bank_deaths", FetchOutcome.FAILED, failures=3, detail="it answers 404")
    seen(journal, "bab_el_mandeb", FetchOutcome.UNCONFIGURED, answered_at=None)
    page = open_page("sources")
    told = {cells[0].split(" (")[0]: cells for cells in cells_of(html_of(page))}
    first = [cells[1].split("run")[0] for cells in cells_of(html_of(page))]
    assert first[:5] == ["✕ failed, 3 times in a row", "△ not configured", "● new", "○ unchanged", "□ empty"]
    assert "2 of 9 answered" in text_of(page)
    assert "2 of 9 sources need a look" in text_of(page)
    official = next(cells for name, cells in told.items() if name.startswith("Home Front Command"))
    assert official[2:4] == ["3\N{NARROW NO-BREAK SPACE}d", "60\N{NARROW NO-BREAK SPACE}min"]
    assert "Hizballah" in official[5]


@pytest.mark.slow
def test_a_source_that_is_overdue_needs_a_look_though_it_did_not_fail(journal: Journal) -> None:
    seen(journal, "sirens_official", FetchOutcome.EMPTY, answered_at=now() - 9 * HOUR)
    page = open_page("sources")
    assert "□ empty, overdue" in text_of(page)
    page.checkbox[0].check().run()
    assert 'data-sources="1"' in html_of(page)


@pytest.mark.slow
def test_what_a_machine_proposed_is_counted_beside_its_source(journal: Journal) -> None:
    report = {"indicator": "golan_front_activity", "level": "2"}
    proposed = Proposed(
        pack=PACK,
        subject="golan_front_activity",
        waits=Waits.REVIEW,
        report=report,
        source="sirens_official",
        author="collector sirens_official",
    )
    ActStore(journal).propose([proposed], via="collector")
    (official,) = (cells for cells in rows() if cells[0].startswith("Home Front Command"))
    assert official[6] == "propose1 in the tray"


@pytest.mark.slow
def test_the_text_of_a_source_is_never_markup(journal: Journal) -> None:
    seen(journal, "iaea_stock", FetchOutcome.FAILED, detail="<script>alert(1)</script>")
    assert "<script>alert(1)" not in html_of(open_page("sources"))


@pytest.mark.slow
def test_the_demo_says_that_it_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, fill_demo(tmp_path), demo=True)
    assert "no source is asked" in text_of(open_page("sources"))


@pytest.mark.slow
def test_a_pack_without_sources_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, file_url(tmp_path / "journal.db"), pack="volcano-unrest")
    assert "sources.yml" in text_of(open_page("sources"))


def test_the_source_behind_a_stale_indicator_is_named_on_watch_why_and_the_desk(journal: Journal) -> None:
    """Gaza's casualties are the only source of how long and how hard the war goes on."""
    seen(journal, "gaza_deaths", FetchOutcome.FAILED, failures=3, answered_at=now() - 2 * DAY)
    old = a_submission(pack=PACK, indicator="war_duration_intensity", observed_at=now() - 200 * DAY)
    journal.append([old], via="test")
    for page in ("watch", "why", "desk"):
        opened = open_page(page)
        if page == "why":
            (chosen,) = (one for one in opened.selectbox if one.key and one.key.startswith("evidence_"))
            chosen.set_value("war_duration_intensity").run()
        (line,) = set(re.findall(r'data-dead="gaza_deaths">(.*?)</div>', html_of(opened)))
        assert 'href="sources"' in line
        assert "failed 3 times in a row" in line


def test_of_a_source_that_is_sent_here_nothing_was_received_yet() -> None:
    """It is never asked, so nobody can say that it never was."""
    sent: Any = SimpleNamespace(title="Office", page="", publisher="A", originator="A", grade="B2", accept="review")
    waits, asked = (
        SourceHealth(source=sent, state=None, next_due=due, overdue=False, indicators=()) for due in (None, now())
    )
    look: Any = SimpleNamespace(now=now(), zone=ZoneInfo("UTC"))
    assert cells_of(sources.table([waits], look))[0][1] == "· nothing received yet"
    assert cells_of(sources.table([asked], look))[0][1] == "· never asked"

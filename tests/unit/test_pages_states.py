"""Every page says something true and useful, whatever the journal and the pack are like."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from operator import ne
from pathlib import Path
from time import sleep
from typing import Any
from unittest.mock import Mock

import pytest

from dashboard import data, data_history, texts
from iw_monitor.model.observation import Grade, Method, Submission
from iw_monitor.pack.find import find_pack
from iw_monitor.pack.watch import PAUSE
from iw_monitor.store.journal import Journal
from tests.builders import MONDAY
from tests.unit.pages_site import SCREENS, fill_demo, html_of, now_of, open_page, text_of, use

PACK = "multi-front"
HOSTILE = "<script>alert('1')</script><img src=x onerror=alert(2)>"


def a_report(**changes: Any) -> Submission:
    ordinary: dict[str, Any] = {
        "pack": PACK,
        "indicator": "hizballah_activity",
        "level": 3,
        "grade": Grade(reliability="B", credibility=2),
        "observed_at": datetime.now(UTC) - timedelta(hours=1),
        "statement": "Forty launches in a day.",
        "author": "ada",
        "method": Method.EDITOR,
        "source_name": "Radio",
    }
    return Submission(**{**ordinary, **changes})


def journal_of(folder: Path, *reports: Submission) -> str:
    url = f"sqlite:///{folder / 'journal.db'}"
    with Journal.open(url, clock=lambda: datetime.now(UTC)) as journal:
        journal.append(list(reports), via="cli") if reports else None
    return url


OF_THE_SITE = ("method", "alerts", "log", "reports", "sources", "runs")  # they say what is not there in their own words


@pytest.mark.parametrize("name", SCREENS)
def test_an_empty_journal(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, journal_of(tmp_path))
    page = open_page(name)
    said = text_of(page)
    assert texts.NO_DATA in said
    assert name in OF_THE_SITE or texts.EMPTY_TITLE in said or "Never reported." in said


@pytest.mark.slow
@pytest.mark.parametrize("name", SCREENS)
def test_one_report(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, journal_of(tmp_path, a_report()))
    page = open_page(name)
    assert "newest report" in text_of(page)
    assert now_of().headline.level is None  # one report is no assessment
    assert texts.EMPTY_TITLE not in text_of(page)


def test_one_report_is_no_assessment_and_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, journal_of(tmp_path, a_report()))
    said = text_of(open_page())
    assert "no level is shown" in said
    assert "21 unknown" in said


@pytest.mark.slow
@pytest.mark.parametrize("name", SCREENS)
def test_ten_years_of_reports(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = datetime.now(UTC)
    reports = [
        a_report(indicator=indicator, level=number % 5, observed_at=now - timedelta(days=30 * number))
        for number in range(122)
        for indicator in ("hizballah_activity", "us_carrier_presence", "houthi_activity")
    ]
    use(monkeypatch, journal_of(tmp_path, *reports))
    page = open_page(name, known="published")
    if name == "timeline":
        assert 100 < len(page.select_slider[0].options) <= data_history.MOST_FRAMES + 2


@pytest.mark.slow
@pytest.mark.parametrize("name", SCREENS)
def test_a_pack_without_history(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = tmp_path / PACK
    shutil.copytree(find_pack(PACK), pack, ignore=shutil.ignore_patterns("history"))
    use(monkeypatch, journal_of(tmp_path, a_report()), pack=str(pack))
    page = open_page(name)
    if name == "timeline":
        assert texts.NO_OUTCOMES in text_of(page)


def test_outcomes_that_cannot_be_read_are_named_and_the_page_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / PACK
    shutil.copytree(find_pack(PACK), pack)
    (pack / "history" / "outcomes.csv").write_text("date,problem\nsoon,war\n", encoding="utf-8")
    use(monkeypatch, journal_of(tmp_path, a_report()), pack=str(pack))
    assert "the header lacks" in text_of(open_page("timeline"))


def test_a_broken_edit_of_the_pack_keeps_the_last_good_one_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = tmp_path / PACK
    shutil.copytree(find_pack(PACK), pack)
    use(monkeypatch, journal_of(tmp_path, a_report()), pack=str(pack))
    page = open_page()
    file = pack / "pack.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("prior: -13", "prior: much"), encoding="utf-8")
    sleep(PAUSE)
    page.run()
    assert not page.exception
    assert texts.BROKEN in text_of(page)
    assert "pack.yml" in text_of(page)
    assert "Convergence of the fronts" in text_of(page)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["watch", "why", "indicators"])
def test_what_people_write_is_never_taken_for_marks(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    report = a_report(
        statement=HOSTILE,
        author=HOSTILE,
        source_name=HOSTILE,
        originator=HOSTILE,
        note=HOSTILE,
        source_url="javascript:alert(1)",
    )
    use(monkeypatch, journal_of(tmp_path, report))
    page = open_page(name, indicator="hizballah_activity", problem="hizballah_entry")
    if name == "why":
        page.selectbox[0].select("hizballah_activity").run()
    html = html_of(page)
    assert "<script" not in html
    assert "<img src=x" not in html
    assert 'href="javascript:' not in html
    assert name == "watch" or "alert(" in text_of(page)


def test_a_retracted_report_stays_listed_struck_through_with_its_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = journal_of(tmp_path, a_report())
    with Journal.open(url, clock=lambda: datetime.now(UTC)) as journal:
        wrong = journal.observations(PACK)[0].id
        journal.retract(wrong, pack=PACK, reason="It was another town.", author="ben", via="cli")
    use(monkeypatch, url)
    page = open_page("indicators", indicator="hizballah_activity")
    assert 'class="iw-struck"' in html_of(page)
    assert "retracted: It was another town. (ben)" in text_of(page)


def test_a_report_worth_too_little_is_said_to_wait_in_the_tray(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, journal_of(tmp_path, a_report(grade=Grade(reliability="E", credibility=5))))
    assert texts.NOT_SCORED in text_of(open_page("indicators", indicator="hizballah_activity"))


def test_a_journal_that_cannot_be_opened_is_named_and_nothing_else_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = tmp_path / "foreign.db"
    foreign.write_bytes(b"not a database at all" * 100)
    use(monkeypatch, f"sqlite:///{foreign}")
    page = open_page()
    assert texts.CANNOT_OPEN in text_of(page)
    foreign.unlink()
    page.run()
    assert texts.EMPTY_TITLE in text_of(page)  # mended, it opens by itself


def test_a_new_report_shows_at_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = journal_of(tmp_path)
    use(monkeypatch, url)
    page = open_page()
    ahead = data.phase()
    before = data.beat(ahead)
    with Journal.open(url, clock=lambda: datetime.now(UTC)) as journal:
        journal.append([a_report()], via="cli")
    assert data.beat(ahead) != before
    page.run()
    assert texts.EMPTY_TITLE not in text_of(page)
    assert 'data-indicator="hizballah_activity"' in html_of(page)


def test_a_page_asks_the_journal_where_it_stands_once_for_all_indicators(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, journal_of(tmp_path, a_report()))
    page = open_page()
    asked = Mock(wraps=data.site().journal.position)
    monkeypatch.setattr(data.site().journal, "position", asked)
    page.run()
    assert not page.exception
    assert 0 < asked.call_count < len(data.site().pack.scored)


def test_pages_opened_at_one_moment_are_drawn_anew_once_a_minute_and_each_at_another_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use(monkeypatch, journal_of(tmp_path))
    phases = [data.phase() for _ in range(120)]
    beats = []
    for seconds in range(61):
        monkeypatch.setattr(data, "now", lambda after=seconds: MONDAY + timedelta(seconds=after))
        beats.append([data.beat(ahead) for ahead in phases])
    anew = [sum(before != after for before, after in pairwise(each)) for each in zip(*beats, strict=True)]
    at_once = [sum(map(ne, before, after)) for before, after in pairwise(beats)]
    assert set(anew) == {1}
    assert max(at_once) <= 4  # two in a second is the mean


@pytest.mark.slow
def test_the_demo_fills_its_own_journal_where_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, "", demo=True)
    assert now_of().headline.level is not None
    assert texts.DEMO in text_of(open_page())


def test_a_demo_journal_shows_the_same_numbers_as_the_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, fill_demo(tmp_path), demo=True)
    assert data.look({}).at == data.site().assess()

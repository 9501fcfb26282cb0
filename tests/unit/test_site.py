"""The site wires pack, journal and engine: what is recorded is assessed, and nothing is computed twice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Thread
from time import sleep

import pytest

from iw_monitor.assess.engine import assess, replay
from iw_monitor.collect import codes as report_codes
from iw_monitor.errors import ConflictError, InputError, PackError, StoreError
from iw_monitor.model.observation import REQUIRED_COLUMNS, Known, Method
from iw_monitor.service import codes as request_codes
from iw_monitor.service.demo import open_demo, reopen_demo
from iw_monitor.service.editing import SAW_NOTHING
from iw_monitor.service.instants import MOST_INSTANTS
from iw_monitor.service.memo import Memo
from iw_monitor.service.site import Site, open_site
from iw_monitor.store.place import file_url
from tests.builders import DAY, HOUR, MONDAY, AClock, AWatch, a_pack, a_raw_report, a_site, an_indicator


@pytest.fixture
def clock() -> AClock:
    return AClock()


@pytest.fixture
def site(clock: AClock) -> Iterator[Site]:
    here = a_site(clock=clock)
    yield here
    here.close()


def codes(caught: pytest.ExceptionInfo[InputError]) -> list[str]:
    return [one.code for one in caught.value.findings]


# --- Recording ---


def test_what_is_recorded_is_in_the_journal_with_its_author_and_way(site: Site) -> None:
    done = site.record(a_raw_report(), author="ada", via="page")
    assert site.observations() == (done,)
    assert (done.author, done.method, done.recorded_at) == ("ada", Method.EDITOR, MONDAY)


def test_a_report_by_the_api_says_so(site: Site) -> None:
    assert site.record(a_raw_report(), author="ada", via="api").method is Method.API


def test_a_wrong_report_is_refused_and_nothing_is_written(site: Site) -> None:
    with pytest.raises(InputError) as caught:
        site.record(a_raw_report(level="7", statement=""), author="ada", via="page")
    assert sorted(codes(caught)) == ["C103", "C108"]
    assert site.journal.position() == 0


def test_examining_a_report_records_nothing(site: Site) -> None:
    assert site.examine(a_raw_report(), author="ada").submission is not None
    assert site.journal.position() == 0


def test_a_report_that_overlooks_a_colleagues_is_refused_with_both(site: Site) -> None:
    first = site.record(a_raw_report(), author="ada", via="page", seen=SAW_NOTHING)
    with pytest.raises(ConflictError, match=first.id):
        site.record(a_raw_report(level="3"), author="ben", via="page", seen=SAW_NOTHING)
    assert site.record(a_raw_report(level="3"), author="ben", via="page", seen=first.id).level == 3


def test_a_report_graded_too_low_is_kept_and_not_scored(site: Site) -> None:
    done = site.record(a_raw_report(credibility="5"), author="ada", via="page")
    assert not site.is_scored(done)
    assert site.assess().unconfirmed == (done.id,)


# --- Confirming ---


def test_confirming_repeats_level_grade_and_originator_and_refreshes_the_age(site: Site, clock: AClock) -> None:
    first = site.record(a_raw_report(), author="ada", via="page")
    clock.at += 9 * DAY
    done = site.confirm("port_traffic", author="ben", via="page", note="looked at the quay")
    assert (done.level, done.grade, done.originator) == (first.level, first.grade, first.originator)
    assert (done.method, done.observed_at, done.author) == (Method.CONFIRM, clock.at, "ben")
    indicator = site.assess().indicator("port_traffic")
    assert indicator.age_days == pytest.approx(0)
    assert indicator.quality == pytest.approx(0.7)  # B2, once: one originator counts once


def test_confirming_means_what_is_scored_and_not_a_rumour_in_the_tray(site: Site, clock: AClock) -> None:
    site.record(a_raw_report(level="2"), author="ada", via="page")
    clock.at += HOUR
    site.record(a_raw_report(level="4", credibility="6", observed_at="2024-05-06T00:30Z"), author="ada", via="page")
    assert site.confirm("port_traffic", author="ben", via="page").level == 2


def test_what_has_long_been_silent_can_still_be_confirmed(site: Site, clock: AClock) -> None:
    site.record(a_raw_report(level="3"), author="ada", via="page")
    clock.at += 400 * DAY
    assert site.confirm("port_traffic", author="ben", via="page").level == 3


def test_an_indicator_that_is_context_only_can_be_confirmed(site: Site) -> None:
    site.record(a_raw_report(indicator="fish_prices"), author="ada", via="page")
    assert site.confirm("fish_prices", author="ben", via="page").indicator == "fish_prices"


def test_nothing_can_be_confirmed_where_nothing_stands(site: Site) -> None:
    site.record(a_raw_report(credibility="6"), author="ada", via="page")
    with pytest.raises(InputError) as caught:
        site.confirm("port_traffic", author="ben", via="page")
    assert codes(caught) == ["S105"]


def test_confirming_an_unknown_indicator_names_the_nearest(site: Site) -> None:
    with pytest.raises(InputError, match="Write port_traffic"):
        site.confirm("port_trafic", author="ben", via="page")


# --- Retracting ---


def test_a_retracted_report_stays_and_counts_no_more(site: Site) -> None:
    done = site.record(a_raw_report(), author="ada", via="page")
    assert site.assess().indicator("port_traffic").level == 2
    site.retract(done.id, reason="of another port", author="ben", via="page")
    assert site.observations() == (done,)
    assert site.assess().indicator("port_traffic").level is None


@pytest.mark.parametrize(("reason", "author"), [(" ", "ben"), ("why", " "), ("a\x1b[31mb", "ben")])
def test_a_retraction_needs_a_reason_and_a_name_that_can_be_shown(site: Site, reason: str, author: str) -> None:
    done = site.record(a_raw_report(), author="ada", via="page")
    with pytest.raises(InputError):
        site.retract(done.id, reason=reason, author=author, via="page")


def test_what_does_not_exist_or_is_retracted_cannot_be_retracted(site: Site) -> None:
    done = site.record(a_raw_report(), author="ada", via="page")
    site.retract(done.id, reason="of another port", author="ben", via="page")
    for identifier in (done.id, "nothing"):
        with pytest.raises(InputError):
            site.retract(identifier, reason="again", author="ben", via="page")


# --- Importing ---

ROW = "{},port_traffic,{},Fewer ships.,Log,,Port authority,B,2,seen\n"


def a_file(folder: Path, *rows: tuple[str, int]) -> Path:
    file = folder / "week.csv"
    file.write_text(",".join(REQUIRED_COLUMNS) + "\n" + "".join(ROW.format(*row) for row in rows))
    return file


def test_a_dry_run_says_what_would_be_added_and_writes_nothing(site: Site, tmp_path: Path) -> None:
    result = site.import_csv(a_file(tmp_path, ("2024-05-01", 1), ("2024-05-02", 2)), author="ada", dry_run=True)
    assert (result.added, result.unchanged, result.dry_run) == (2, 0, True)
    assert [(one.indicator, one.added) for one in result.indicators] == [("port_traffic", 2)]
    assert site.journal.position() == 0


def test_importing_the_same_file_twice_adds_nothing(site: Site, tmp_path: Path) -> None:
    file = a_file(tmp_path, ("2024-05-01", 1), ("2024-05-02", 2))
    assert site.import_csv(file, author="ada").added == 2
    again = site.import_csv(file, author="ben")
    assert (again.added, again.unchanged) == (0, 2)
    assert site.journal.position() == 2


def test_only_what_is_new_in_a_file_is_added(site: Site, tmp_path: Path) -> None:
    site.import_csv(a_file(tmp_path, ("2024-05-01", 1)), author="ada")
    result = site.import_csv(a_file(tmp_path, ("2024-05-01", 1), ("2024-05-02", 2)), author="ada")
    assert (result.added, result.unchanged) == (1, 1)


def test_a_row_of_today_imported_again_later_adds_nothing(site: Site, clock: AClock, tmp_path: Path) -> None:
    file = a_file(tmp_path, ("2024-05-06", 1))
    for wait in (9 * HOUR, 3 * HOUR, DAY, 30 * DAY):
        clock.at += wait
        site.import_csv(file, author="ada")
    assert site.journal.position() == 1
    assert site.import_csv(a_file(tmp_path, ("2024-05-06", 2)), author="ada").added == 1


def test_what_was_retracted_may_be_imported_again(site: Site, tmp_path: Path) -> None:
    file = a_file(tmp_path, ("2024-05-01", 1))
    site.import_csv(file, author="ada")
    site.retract(site.observations()[0].id, reason="too early", author="ben", via="page")
    assert site.import_csv(file, author="ada").added == 1


def test_one_wrong_row_keeps_the_whole_file_out(site: Site, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        site.import_csv(a_file(tmp_path, ("2024-05-01", 1), ("2024-05-02", 9)), author="ada")
    assert codes(caught) == ["C103"]
    assert site.journal.position() == 0


def test_an_import_tells_its_progress(site: Site, tmp_path: Path) -> None:
    told: list[tuple[str, int, int | None]] = []
    rows = [(f"2024-05-0{1 + i % 5}T{i // 60 % 24:02}:{i % 60:02}Z", i % 5) for i in range(600)]
    site.import_csv(a_file(tmp_path, *rows), author="ada", on_progress=lambda *one: told.append(one))
    assert told[0] == ("read", 500, None)
    assert told[-1] == ("write", 600, 600)


# --- Assessing ---


def test_the_site_says_what_the_engine_says(site: Site, clock: AClock) -> None:
    for level in "134":
        site.record(a_raw_report(level=level, observed_at=clock.at.isoformat()), author="ada", via="page")
        clock.at += 3 * DAY
    instants = [MONDAY + step * DAY for step in range(10)]
    for known in Known:
        expected = replay(site.pack, site.reports(), instants, known=known)
        assert site.replay(MONDAY, MONDAY + 9 * DAY, every=DAY, known=known) == expected
        for instant in instants:
            assert site.assess(instant, known) == assess(site.pack, site.reports(), instant, known=known)


def test_an_empty_journal_is_no_assessment(site: Site) -> None:
    assessment = site.assess()
    assert not assessment.headline.assessed
    assert assessment.coverage == 0


def test_a_new_report_is_seen_at_once(site: Site, clock: AClock) -> None:
    clock.at += timedelta(seconds=3)
    assert site.assess().indicator("port_traffic").level is None
    clock.at += timedelta(seconds=4)
    site.record(a_raw_report(), author="ada", via="page")
    assert site.assess().indicator("port_traffic").level == 2


def test_a_look_within_ten_seconds_is_answered_from_memory(site: Site, clock: AClock) -> None:
    site.record(a_raw_report(), author="ada", via="page")
    clock.at += timedelta(seconds=20)
    first = site.assess()
    clock.at += timedelta(seconds=9)
    assert site.assess() is first
    clock.at += timedelta(seconds=1)
    assert site.assess().as_of == clock.at


def test_reports_of_another_process_are_seen(tmp_path: Path) -> None:
    clock = AClock()
    one = open_site(clock=clock, url=file_url(tmp_path / "journal.db"))
    other = open_site(clock=clock, url=file_url(tmp_path / "journal.db"))
    before = one.revision()
    raw = a_raw_report(indicator="hizballah_activity")
    done = other.record(raw, author="ada", via="page")
    assert one.revision() != before
    assert one.assess().indicator("hizballah_activity").level == 2
    other.retract(done.id, reason="of another border", author="ben", via="page")
    assert one.assess().indicator("hizballah_activity").level is None
    one.close()
    other.close()


def test_the_revision_stays_while_nothing_changes_and_changes_with_the_pack() -> None:
    watch = AWatch(a_pack())
    site = a_site(watch=watch)
    before = site.revision()
    assert site.revision() == before
    watch.pack = a_pack(indicators=[an_indicator(cadence="P1D")])
    assert site.revision() != before


def test_an_edit_of_the_pack_is_assessed_at_once() -> None:
    watch = AWatch(a_pack(indicators=[an_indicator()]))
    site = a_site(watch=watch)
    site.record(a_raw_report(level="4"), author="ada", via="page")
    before = site.assess().problem("blockade").points
    watch.pack = a_pack(indicators=[an_indicator(points={"blockade": 9.0})])
    assert site.assess().problem("blockade").points > before


def test_the_future_cannot_be_assessed(site: Site) -> None:
    with pytest.raises(InputError, match="lies in the future"):
        site.assess(MONDAY + timedelta(seconds=1))


def test_a_naive_instant_is_refused(site: Site) -> None:
    with pytest.raises(ValueError, match="has no time zone"):
        site.assess(MONDAY.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("start", "end", "every", "code"),
    [
        (MONDAY, MONDAY - DAY, DAY, "S102"),
        (MONDAY - DAY, MONDAY + DAY, DAY, "S101"),
        (MONDAY - DAY, MONDAY, timedelta(0), "S103"),
        (MONDAY - DAY, MONDAY, -DAY, "S103"),
        (MONDAY - MOST_INSTANTS * HOUR, MONDAY, HOUR, "S104"),
    ],
)
def test_an_absurd_range_is_refused(site: Site, start: datetime, end: datetime, every: timedelta, code: str) -> None:
    with pytest.raises(InputError) as caught:
        site.replay(start, end, every=every)
    assert codes(caught) == [code]


def test_a_replay_holds_both_ends(site: Site) -> None:
    series = site.replay(MONDAY - 2 * DAY, MONDAY, every=DAY)
    assert [one.as_of for one in series] == [MONDAY - 2 * DAY, MONDAY - DAY, MONDAY]


def test_a_pack_that_cannot_be_used_is_refused_before_the_journal_is_made(tmp_path: Path) -> None:
    (tmp_path / "pack.yml").write_text("id: [")
    with pytest.raises(PackError):
        open_site(clock=AClock(), pack=str(tmp_path), url=file_url(tmp_path / "journal.db"))
    assert not (tmp_path / "journal.db").exists()


# --- The demo ---


def test_the_demo_stands_at_its_last_report_and_is_read_as_published(tmp_path: Path) -> None:
    site = open_demo(tmp_path)
    assert site.demo
    assert site.now() == datetime(2024, 3, 31, 23, 59, tzinfo=UTC)
    assert site.assess().known is Known.PUBLISHED
    assert site.assess().headline.assessed
    assert {one.author for one in site.observations()} == {"demo"}
    site.close()


def test_the_demo_opened_again_says_the_same(tmp_path: Path) -> None:
    first = open_demo(tmp_path)
    again = reopen_demo(first.journal.url)
    assert again.now() == first.now()
    assert again.assess() == first.assess()
    first.close()
    again.close()


def test_a_demo_that_was_never_filled_is_refused(tmp_path: Path) -> None:
    open_site(clock=AClock(), url=file_url(tmp_path / "journal.db")).close()
    with pytest.raises(StoreError, match="is empty"):
        reopen_demo(file_url(tmp_path / "journal.db"))


@pytest.mark.parametrize(
    ("package", "meanings"), [("collect", report_codes.MEANINGS), ("service", request_codes.MEANINGS)]
)
def test_every_code_has_a_meaning_and_is_used(repository: Path, package: str, meanings: dict[str, str]) -> None:
    files = (repository / "src" / "iw_monitor" / package).glob("*.py")
    used = {code for one in files if one.name != "codes.py" for code in re.findall(r'"([CS]\d{3})"', one.read_text())}
    assert used == meanings.keys()


# --- Memory ---


def eight_at_once(ask: Callable[[], object]) -> None:
    """Let eight threads ask, and fail when one of them is never answered."""
    threads = [Thread(target=ask, daemon=True) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(timeout=10)
    assert not any(one.is_alive() for one in threads), "somebody still waits"


def test_what_many_ask_for_at_once_is_made_once() -> None:
    memo: Memo[int] = Memo(most=2)
    made: list[int] = []

    def make() -> int:
        sleep(0.02)
        made.append(1)
        return 7

    eight_at_once(lambda: memo.get("key", make))
    assert made == [1]


def test_only_what_was_asked_for_last_is_kept() -> None:
    memo: Memo[str] = Memo(most=2)
    for key in ("a", "b", "a", "c"):
        memo.get(key, key.upper)
    assert memo.get("a", lambda: "made again") == "A"
    assert memo.get("b", lambda: "made again") == "made again"


def test_those_who_waited_for_what_failed_try_it_themselves() -> None:
    memo: Memo[int] = Memo(most=2)
    tries, found = [7, 0, 0], []  # two fail, then one does not

    def make() -> int:
        sleep(0.02)
        return 7 // tries.pop()

    def ask() -> None:
        with suppress(ZeroDivisionError):
            found.append(memo.get("key", make))

    eight_at_once(ask)
    assert found == [1] * 6


def test_what_failed_is_tried_again() -> None:
    memo: Memo[int] = Memo(most=2)

    def fail() -> int:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        memo.get("key", fail)
    assert memo.get("key", lambda: 7) == 7

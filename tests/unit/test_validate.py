"""Every report passes one validation; each finding says what is wrong and what to do."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from iw_monitor.collect.reading import Where
from iw_monitor.collect.validate import Examined, RawReport, examine, validate
from iw_monitor.errors import InputError
from iw_monitor.model.observation import Basis, Method, Submission
from tests.builders import MONDAY, a_pack, a_raw_report, an_indicator, some_indicators

PACK = a_pack()


def examined(raw: RawReport, *, now: datetime = MONDAY) -> Examined:
    return examine(PACK, raw, now=now, author="ada", method=Method.EDITOR)


def accepted(*, now: datetime = MONDAY, **changes: str) -> Submission:
    return validate(PACK, a_raw_report(**changes), now=now, author="ada", method=Method.EDITOR)


def codes(**changes: str) -> list[str]:
    return [one.code for one in examined(a_raw_report(**changes)).findings]


def the_only_finding(**changes: str) -> str:
    (finding,) = examined(a_raw_report(**changes)).findings
    return str(finding)


def test_a_report_with_nothing_wrong_becomes_a_submission() -> None:
    submission = accepted(source_url="https://example.org/log?day=5", reading="-1.5e3", unit="ships", note="by hand")
    assert submission.indicator == "port_traffic"
    assert (submission.level, str(submission.grade), submission.reading) == (2, "B2", -1500.0)
    assert submission.observed_at == datetime(2024, 5, 5, 6, tzinfo=UTC)
    assert (submission.pack, submission.pack_hash) == ("harbour", PACK.hash)
    assert (submission.author, submission.method, submission.basis) == ("ada", Method.EDITOR, Basis.SEEN)


def test_what_is_wrong_is_said_all_at_once() -> None:
    wrong = RawReport(
        indicator="port_trafic",
        level="7",
        statement=" ",
        observed_at="yesterday",
        reliability="X",
        credibility="0",
        source_url="ftp://example.org",
        basis="heard",
        published_at="2024-05-05T06:00",
        reading="many",
    )
    with pytest.raises(InputError) as caught:
        validate(PACK, wrong, now=MONDAY, author=" ", method=Method.API)
    assert sorted(one.code for one in caught.value.findings) == sorted(
        ["C101", "C103", "C108", "C104", "C111", "C112", "C114", "C115", "C105", "C116", "C108"]
    )


def test_a_finding_says_file_line_column_problem_and_remedy() -> None:
    raw = a_raw_report(level="7")
    result = examine(PACK, raw, now=MONDAY, author="ada", method=Method.IMPORT, where=Where("week.csv", 12))
    assert str(result.findings[0]) == (
        "week.csv:12: C103 level: '7' is not a whole number from 0 to 4. "
        "Give 0, 1, 2, 3 or 4, by the indicator's anchors."
    )


def test_an_unknown_indicator_is_answered_with_the_nearest_name() -> None:
    assert "Write port_traffic if that was meant." in the_only_finding(indicator="Port-Trafic")


def test_an_indicator_like_no_other_is_answered_with_all_names() -> None:
    assert "Use one of: port_traffic, ferry_strikes" in the_only_finding(indicator="zzz")


def test_a_draft_takes_no_reports() -> None:
    assert "insurance_rates is a draft" in the_only_finding(indicator="insurance_rates")


def test_a_retired_indicator_is_refused_with_the_reason_and_the_successor() -> None:
    said = the_only_finding(indicator="tide_gauge")
    assert "The tide gauge was taken away." in said
    assert "Report on port_traffic instead" in said


def test_a_muted_indicator_takes_reports_and_says_they_are_not_scored() -> None:
    pack = a_pack(indicators=(an_indicator(status="muted"), *some_indicators()[1:]))
    result = examine(pack, a_raw_report(), now=MONDAY, author="ada", method=Method.EDITOR)
    assert result.submission is not None
    assert [one.code for one in result.issues] == ["C202"]


def test_an_indicator_that_is_context_only_takes_reports() -> None:
    assert accepted(indicator="fish_prices").indicator == "fish_prices"


@pytest.mark.parametrize(
    "level", ["7", "5", "-1", "NaN", "2.0", "2,0", "two", "1_0", "0x2", "+2", "02", "\u00b2", "inf"]
)
def test_a_level_is_a_whole_number_from_0_to_4(level: str) -> None:
    assert codes(level=level) in (["C103"], ["C117"])


@pytest.mark.parametrize(("level", "plain"), [("\u0663", "3"), ("\uff13", "3"), ("\u06f4", "4")])
def test_foreign_digits_are_refused_and_shown_as_plain_ones(level: str, plain: str) -> None:
    assert f"Write '{plain}'" in the_only_finding(level=level)


@pytest.mark.parametrize("column", ["credibility", "reading", "observed_at", "published_at"])
def test_foreign_digits_are_refused_in_every_number_and_time(column: str) -> None:
    value = "\u0662\u0660\u0662\u0664-\u0660\u0661-\u0663\u0661" if column.endswith("_at") else "\u0662"
    assert codes(**{column: value}) == ["C117"]


@pytest.mark.parametrize("level", ["0", "1", "2", "3", "4", " 3 "])
def test_each_level_is_accepted(level: str) -> None:
    assert accepted(level=level).level == int(level)


NEEDED = ["indicator", "level", "statement", "observed_at", "reliability", "credibility", "basis"]


@pytest.mark.parametrize("column", NEEDED)
def test_what_must_be_given_is_missed(column: str) -> None:
    assert codes(**{column: "  "}) == ["C108"]


def test_a_time_without_a_zone_is_refused_with_two_ways_to_mend_it() -> None:
    said = the_only_finding(observed_at="2024-01-31T10:00")
    assert "C105" in said
    assert "2024-01-31T10:00Z" in said


@pytest.mark.parametrize(
    "time",
    [
        "31.01.2024",
        "2024-02-30",
        "2024-1-31",
        "20240131",
        "2024-W05-1",
        "2024-01-31T24:61Z",
        "2024-01-31T10Z",
        "2024-01-31T10:00:60Z",
        "2024-01-31T10:00+25:00",
        "now",
        "1706695200",
        "2024-01-31T10:00ZZ",
    ],
)
def test_what_is_not_a_time_is_refused(time: str) -> None:
    assert codes(observed_at=time) == ["C104"]


@pytest.mark.parametrize("time", ["0001-01-01T00:00+14:00", "9999-12-31T23:59-14:00"])
def test_a_time_at_the_edge_of_the_calendar_is_a_finding_and_no_overflow(time: str) -> None:
    assert codes(observed_at=time) == ["C104"]


def test_a_zone_is_turned_into_utc() -> None:
    assert accepted(observed_at="2024-05-05 09:30:15.25+03:00").observed_at == datetime(
        2024, 5, 5, 6, 30, 15, 250_000, tzinfo=UTC
    )


def test_a_bare_date_is_2359_utc_of_that_day() -> None:
    assert accepted(observed_at="2024-05-03").observed_at == datetime(2024, 5, 3, 23, 59, tzinfo=UTC)


def test_a_bare_date_of_today_is_now() -> None:
    noon = MONDAY + timedelta(hours=12)
    submission = accepted(now=noon, observed_at="2024-05-06", published_at="2024-05-06")
    assert (submission.observed_at, submission.published_at) == (noon, noon)


def test_a_bare_date_of_today_in_the_last_minute_is_2359() -> None:
    late = MONDAY + timedelta(hours=23, minutes=59, seconds=30)
    assert accepted(now=late, observed_at="2024-05-06").observed_at == MONDAY + timedelta(hours=23, minutes=59)


@pytest.mark.parametrize("column", ["observed_at", "published_at"])
@pytest.mark.parametrize("time", ["2024-05-06T00:01Z", "2024-05-07", "9999-12-31"])
def test_a_time_in_the_future_is_refused(column: str, time: str) -> None:
    assert codes(**{column: time}) == ["C106"]


def test_a_time_before_1970_is_refused() -> None:
    assert codes(observed_at="1024-05-05") == ["C107"]


def test_a_time_long_before_the_pack_is_kept_with_an_issue() -> None:
    result = examined(a_raw_report(observed_at="2004-05-05"))
    assert result.submission is not None
    assert [one.code for one in result.issues] == ["C203"]


def test_published_before_observed_is_kept_with_an_issue() -> None:
    result = examined(a_raw_report(observed_at="2024-05-05T06:00Z", published_at="2024-05-04"))
    assert result.submission is not None
    assert [one.code for one in result.issues] == ["C201"]


def test_a_bare_date_and_an_hour_of_the_same_day_do_not_contradict() -> None:
    assert codes(observed_at="2024-05-05", published_at="2024-05-05T06:00Z") == []


def test_a_statement_may_not_be_too_long() -> None:
    assert codes(statement="x" * 2001) == ["C109"]
    assert accepted(statement="x" * 2000).statement == "x" * 2000


@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\x1b[31m", "\x85", "\ud800", "\u202e", "\r"])
@pytest.mark.parametrize("column", ["statement", "source_name", "originator", "note", "unit"])
def test_characters_that_cannot_be_shown_are_refused(column: str, hidden: str) -> None:
    assert "C110" in codes(reading="1", **{column: f"a{hidden}b"})


def test_lines_are_allowed_in_a_statement_and_not_in_a_name() -> None:
    assert accepted(statement="one\r\ntwo").statement == "one\ntwo"
    assert codes(source_name="one\ntwo") == ["C110"]


def test_hebrew_and_arabic_names_with_their_marks_are_accepted() -> None:
    assert (
        accepted(
            source_name="\u200f\u05db\u05d0\u05df \u05d7\u05d3\u05e9\u05d5\u05ea",
            originator="\u0627\u0644\u0648\u0643\u0627\u0644\u0629\u200e",
        ).source_name
        == "\u200f\u05db\u05d0\u05df \u05d7\u05d3\u05e9\u05d5\u05ea"
    )


@pytest.mark.parametrize("level", ["2", "3", "4"])
def test_from_level_2_up_a_source_is_needed(level: str) -> None:
    assert codes(level=level, source_name=" ", originator="") == ["C113"]


def test_below_level_2_no_source_is_needed() -> None:
    assert codes(level="1", source_name="", originator="") == []


@pytest.mark.parametrize(("name", "originator"), [("", "Reuters"), ("Log", "")])
def test_an_originator_or_a_name_is_source_enough(name: str, originator: str) -> None:
    assert codes(source_name=name, originator=originator) == []


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://example.org/",
        "file:///etc/passwd",
        "data:text/html,x",
        "example.org/page",
        "https://",
        "https://a b.org/",
        "http://[::1",
        "https://me:secret@example.org/",
        "https://example.org:99999/",
        "//example.org",
        "https:\\\\example.org",
    ],
)
def test_an_address_is_http_or_https(url: str) -> None:
    assert codes(source_url=url) == ["C114"]


@pytest.mark.parametrize("url", ["https://example.org/\u05d0?b=1#c", "HTTP://example.org:8080", "http://[::1]/x", ""])
def test_a_web_address_or_none_is_accepted(url: str) -> None:
    assert accepted(source_url=url).source_url == url


@pytest.mark.parametrize("reliability", ["G", "AB", "1", "\u0392", "\u0412"])
def test_a_reliability_is_a_letter_from_a_to_f(reliability: str) -> None:
    assert codes(reliability=reliability) == ["C111"]


def test_a_letter_that_only_looks_right_is_named() -> None:
    assert "cyrillic capital letter ve" in the_only_finding(reliability="\u0412")


def test_a_small_letter_is_the_same_grade() -> None:
    assert str(accepted(reliability="b").grade) == "B2"


@pytest.mark.parametrize("credibility", ["0", "7", "2.0", "A", "12"])
def test_a_credibility_is_a_number_from_1_to_6(credibility: str) -> None:
    assert codes(credibility=credibility) == ["C112"]


@pytest.mark.parametrize("basis", ["heard", "seen?", "1"])
def test_a_basis_is_seen_or_memory(basis: str) -> None:
    assert codes(basis=basis) == ["C115"]


@pytest.mark.parametrize("reading", ["nan", "inf", "-Infinity", "1e999", "1,5", "1_000", "1 000", "0x10", "five"])
def test_a_reading_is_a_finite_number(reading: str) -> None:
    assert codes(reading=reading) == ["C116"]


def test_a_unit_without_a_reading_is_kept_with_an_issue() -> None:
    assert codes(unit="ships") == ["C204"]


def test_a_very_long_wrong_value_is_not_repeated_in_full() -> None:
    assert len(the_only_finding(level="9" * 100_000)) < 300

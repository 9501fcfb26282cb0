"""A file of observations is read all or nothing, and everything wrong in it is said at once, with line and column."""

from __future__ import annotations

import csv
import time
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from iw_monitor.collect import csv_file
from iw_monitor.collect.csv_file import HEADER, ObservationFile, ReadFile, read_observations
from iw_monitor.errors import InputError
from iw_monitor.model.observation import REQUIRED_COLUMNS
from tests.builders import MONDAY, a_pack

PACK = a_pack()
HEAD = ",".join(REQUIRED_COLUMNS)
ROW = "2024-05-05,port_traffic,2,A third fewer ships.,Harbour log,,Port authority,B,2,seen"


def read(path: Path, *, ignore_extra: bool = False, now: datetime = MONDAY) -> ReadFile:
    return read_observations(path, PACK, now=now, author="ada", ignore_extra=ignore_extra)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "week.csv"


def findings(path: Path, *, ignore_extra: bool = False) -> list[tuple[int, str, str]]:
    with pytest.raises(InputError) as caught:
        read(path, ignore_extra=ignore_extra)
    return [(one.line, one.code, one.field) for one in caught.value.findings]


def test_rows_become_submissions_in_their_order(file: Path) -> None:
    file.write_text(f"{HEAD}\n{ROW}\n{ROW.replace(',2,A', ',3,A')}\n")
    assert [one.level for one in read(file).submissions] == [2, 3]


def test_columns_may_stand_in_any_order_with_the_optional_ones_among_them(file: Path) -> None:
    with file.open("w", newline="") as target:
        writer = csv.DictWriter(target, fieldnames=sorted(HEADER))
        writer.writeheader()
        writer.writerow(dict(zip(REQUIRED_COLUMNS, ROW.split(","), strict=True)) | {"reading": "12", "unit": "ships"})
    (submission,) = read(file).submissions
    assert (submission.reading, submission.unit, submission.originator) == (12.0, "ships", "Port authority")


@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_byte_order_mark_and_both_line_ends_are_read(file: Path, start: str, end: str) -> None:
    file.write_bytes(f"{start}{HEAD}{end}{ROW}{end}{end}".encode())
    assert read(file).submissions[0].basis == "seen"


def test_the_line_ends_of_the_file_do_not_change_what_is_read(tmp_path: Path) -> None:
    text = f"{HEAD}\n{ROW.replace('A third fewer ships.', chr(34) + 'One' + chr(10) + 'two.' + chr(34))}\n"
    (tmp_path / "unix.csv").write_bytes(text.encode())
    (tmp_path / "dos.csv").write_bytes(text.replace("\n", "\r\n").encode())
    assert read(tmp_path / "unix.csv").submissions == read(tmp_path / "dos.csv").submissions


def test_a_finding_names_the_line_on_which_its_row_begins(file: Path) -> None:
    quoted = ROW.replace("A third fewer ships.", '"One,\ntwo\nthree."')
    file.write_text(f"{HEAD}\n{quoted}\n\n{ROW.replace(',2,A', ',9,A')}\n{quoted.replace('port', 'pot')}\n")
    assert findings(file) == [(6, "C103", "level"), (7, "C101", "indicator")]


def test_all_findings_of_all_rows_are_said_at_once(file: Path) -> None:
    file.write_text(f"{HEAD}\n" + "2024-05-05,nothing,9,,,,,Z,0,heard\n" * 3)
    assert len(findings(file)) == 18
    assert {line for line, _, _ in findings(file)} == {2, 3, 4}


def test_an_empty_file_is_refused(file: Path) -> None:
    file.write_text("")
    assert findings(file) == [(0, "C003", "")]


def test_a_header_alone_is_a_file_without_reports(file: Path) -> None:
    file.write_text(HEAD)
    assert read(file).submissions == ()


def test_a_missing_column_is_named(file: Path) -> None:
    file.write_text(HEAD.replace(",basis", "").replace("level,", "") + "\n")
    assert findings(file) == [(1, "C004", "level"), (1, "C004", "basis")]


def test_an_unknown_column_is_refused_with_the_column_that_was_meant(file: Path) -> None:
    file.write_text(HEAD.replace("credibility", "credibilty") + "\n")
    with pytest.raises(
        InputError, match=r"'credibilty' is not a column of observations\. Write credibility if that was meant\."
    ):
        read(file)


def test_an_unknown_column_is_left_out_when_asked_and_named(file: Path) -> None:
    file.write_text(f"{HEAD},mood\n{ROW},grim\n")
    assert findings(file) == [(1, "C005", "")]
    result = read(file, ignore_extra=True)
    assert len(result.submissions) == 1
    assert "'mood'" in str(result.issues[0])


def test_a_column_that_stands_twice_is_refused(file: Path) -> None:
    file.write_text(f"{HEAD},level\n{ROW},3\n")
    assert findings(file) == [(1, "C006", "level")]


@pytest.mark.parametrize("row", [ROW + ",more", ROW.rpartition(",")[0], "2024-05-05"])
def test_a_row_has_as_many_cells_as_the_header(file: Path, row: str) -> None:
    file.write_text(f"{HEAD}\n{ROW}\n{row}\n")
    assert findings(file) == [(3, "C007", "")]


def test_semicolons_are_recognised(file: Path) -> None:
    file.write_text(f"{HEAD}\n{ROW}\n".replace(",", ";"))
    with pytest.raises(InputError, match="Separate the cells by commas, not by semicolons"):
        read(file)


@pytest.mark.parametrize("text", ["Größe".encode("latin-1"), b"\xff\xfeo\x00b\x00"])
def test_what_is_not_utf8_is_refused_with_its_line(file: Path, text: bytes) -> None:
    file.write_bytes(f"{HEAD}\n".encode() + f"{ROW}\n".encode() * 2_000 + text + b"\n")
    assert (2002, "C002", "") in findings(file)


def test_a_quote_that_is_never_closed_is_refused_where_it_begins(file: Path) -> None:
    file.write_text(f'{HEAD}\n{ROW}\n2024-05-05,port_traffic,2,"A third\n' + f"{ROW}\n" * 3)
    assert findings(file) == [(3, "C008", "")]


def test_a_binary_file_is_refused_and_not_read_into_memory(file: Path) -> None:
    file.write_bytes(b"\x00" * (3 << 20))
    assert [code for _, code, _ in findings(file)] == ["C008"]


def test_a_nul_in_a_cell_is_a_finding(file: Path) -> None:
    row = ROW.replace("third", "th\0ird")
    file.write_text(f"{HEAD}\n{row}\n")
    assert findings(file) == [(2, "C110", "statement")]


def test_a_folder_or_a_missing_file_is_a_finding(tmp_path: Path) -> None:
    assert findings(tmp_path) == [(0, "C001", "")]
    assert findings(tmp_path / "none.csv") == [(0, "C001", "")]


def test_a_row_that_repeats_another_is_taken_once(file: Path) -> None:
    file.write_text(f"{HEAD}\n{ROW}\n{ROW}\n")
    result = read(file)
    assert len(result.submissions) == 1
    assert [(one.line, one.code) for one in result.issues] == [(3, "C205")]


def test_what_was_retracted_in_an_audit_export_does_not_come_back_to_life(file: Path) -> None:
    other = ROW.replace("third", "half")
    file.write_text(f"{HEAD},retracted_at\n{ROW},2024-05-05T12:00:00Z\n{other},\n")
    result = read(file, ignore_extra=True)
    assert [one.statement for one in result.submissions] == ["A half fewer ships."]
    assert [one.code for one in result.issues] == ["C207", "C206"]


def test_of_very_many_issues_the_first_are_listed_and_the_rest_is_counted(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_file, "MOST_FINDINGS", 2)
    file.write_text(f"{HEAD}\n" + f"{ROW}\n" * 6)
    issues = read(file).issues
    assert [(one.line, one.code) for one in issues] == [(3, "C205"), (4, "C205"), (0, "C208")]
    assert issues[-1].problem.startswith("3 more issues")


def test_rows_are_given_while_the_file_is_read(file: Path) -> None:
    file.write_text(f"{HEAD}\n" + f"{ROW}\n" * 5000)
    told: list[int] = []
    rows = ObservationFile(file, PACK, now=MONDAY, author="ada", on_progress=told.append).rows()
    assert next(rows).line == 2
    assert told == []


def test_from_the_first_error_on_nothing_is_given_and_everything_is_still_said(file: Path) -> None:
    wrong = ROW.replace(",2,A", ",7,A")
    file.write_text("\n".join([HEAD, ROW, wrong, ROW.replace("third", "half"), wrong, wrong]))
    given: list[int] = []
    with pytest.raises(InputError) as caught:
        given.extend(row.line for row in ObservationFile(file, PACK, now=MONDAY, author="ada").rows())
    assert given == [2]
    assert [(one.line, one.code) for one in caught.value.findings] == [(3, "C103"), (5, "C103"), (6, "C103")]


def test_reading_stops_when_too_much_is_wrong(file: Path) -> None:
    file.write_text(f"{HEAD}\n" + "x,x,x,x,x,x,x,x,x,x\n" * 20_000)
    said = findings(file)
    assert csv_file.MOST_FINDINGS < len(said) < csv_file.MOST_FINDINGS + 20
    assert said[-1][1] == "C009"


def test_a_header_of_a_hundred_thousand_names_is_answered_quickly_and_briefly(file: Path) -> None:
    file.write_text(",".join(f"c{number}" for number in range(100_000)) + "\n")
    start = time.monotonic()
    assert len(findings(file)) < 50
    assert time.monotonic() - start < 5


def test_progress_is_told(file: Path) -> None:
    day = "2024-05-{:02}T{:02}:{:02}Z,port_traffic,1,Calm.,,,,B,2,seen\n"
    file.write_text(f"{HEAD}\n" + "".join(day.format(1 + i % 5, i // 60 % 24, i % 60) for i in range(1200)))
    told: list[int] = []
    read_observations(file, PACK, now=MONDAY + timedelta(days=9), author="ada", on_progress=told.append)
    assert told == [500, 1000]

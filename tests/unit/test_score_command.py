"""``iw-monitor score``: what it prints, what it refuses, and the page that shows it."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path
from shutil import copytree, ignore_patterns
from time import process_time

import pytest
from typer.testing import CliRunner

from iw_monitor.cli.judging import whole_days
from iw_monitor.cli.program import app
from iw_monitor.errors import InputError, IwError
from iw_monitor.service.outcomes import HEADER, read_outcome_file

Run = Callable[..., str]
EVENT = "2023-10-19,front_convergence,onset,x,y,,seen"


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def run(*arguments: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["score", *arguments])
        if isinstance(result.exception, IwError):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.stdout if code == 0 else result.output

    return run


@pytest.fixture
def history(repository: Path) -> Path:
    return repository / "indicators" / "multi-front" / "history"


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    """Return a maker of outcome files."""

    def made(*rows: str, header: str = ",".join(HEADER)) -> str:
        path = tmp_path / "outcomes.csv"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return str(path)

    return made


# --- What it prints ---


def test_the_history_of_the_pack_is_scored_without_a_journal_within_ten_seconds(run: Run) -> None:
    begun = process_time()
    said = run("--history")
    assert process_time() - begun < 10  # of computing: what else the machine does is not ours
    for heading in ("WHAT THE SCORES REST ON", "WHAT THE LEVELS DID", "EVENTS", "WARNINGS", "NOTES"):
        assert heading in said
    assert said.count("WITHHELD") == 15  # four problems and all of them, three horizons, one event
    assert "persistence                                      1 LOW     -  MISSED" in said


@pytest.mark.slow
def test_a_journal_with_the_history_imported_has_the_same_scores(run: Run, history: Path, tmp_path: Path) -> None:
    journal = str(tmp_path / "journal.db")
    done = CliRunner().invoke(app, ["import", str(history / "observations.csv"), "--db", journal])
    assert done.exit_code == 0, done.output
    from_journal = json.loads(run("--outcomes", str(history / "outcomes.csv"), "--db", journal, "--json"))
    assert from_journal == json.loads(run("--history", "--json"))


def test_horizons_and_days_are_chosen(run: Run) -> None:
    arguments = ("--history", "--json", "--horizon", "10d", "--horizon", "P3D", "--from", "2023-10-01")
    card = json.loads(run(*arguments, "--to", "2024-01-15"))
    assert (card["horizons_days"], card["from"], card["to"]) == ([3, 10], "2023-10-01", "2024-01-15")
    assert {one["horizon_days"] for one in card["scores"]} == {3, 10}
    assert card["bootstrap"]["block_days"] == {"3": 3, "10": 10}


def test_json_holds_null_and_reasons_for_what_is_withheld(run: Run) -> None:
    card = json.loads(run("--history", "--json"))
    one = card["scores"][0]
    assert one["rows"] == []
    assert one["withheld"] == ["0 events (3 needed)"]
    assert one["counts"]["scored"] == 206


def test_enough_events_print_every_score(run: Run, file: Callable[..., str]) -> None:
    days = ("2023-10-05", "2023-11-10", "2023-12-20", "2024-02-10")
    said = run("--history", "--outcomes", file(*(f"{day},iran_direct,onset,x,y,,seen" for day in days)))
    assert "SCORES within 7 days · Iran directly" in said
    for word in ("Brier", "REL", "RES", "UNC", "log", "POD", "FAR", "skill against", "Calibration"):
        assert word in said


# --- What it refuses ---


def test_everything_that_is_wrong_with_the_outcomes_is_said_at_once(run: Run, file: Callable[..., str]) -> None:
    path = file("19.10.2023,front_convergence,onset,x,y,,seen", "2023-10-20,,onset,x,y,,seen", "2023-10-21,a,b,x,y,,z")
    with pytest.raises(InputError) as wrong:
        run("--history", "--outcomes", path)
    assert [(one.line, one.field) for one in wrong.value.findings] == [(2, "date"), (3, "problem"), (4, "phase")]
    assert all(one.file == path for one in wrong.value.findings)


def test_an_onset_of_what_has_not_ended_is_refused(file: Callable[..., str]) -> None:
    with pytest.raises(InputError, match="only 20 days after its event of 2023-10-19"):
        read_outcome_file(Path(file(EVENT, "2023-11-08,front_convergence,onset,x,y,,seen")))
    assert len(read_outcome_file(Path(file(EVENT, "2023-11-09,front_convergence,onset,x,y,,seen")))) == 2


def test_a_missing_column_is_named(run: Run, file: Callable[..., str]) -> None:
    with pytest.raises(InputError, match="the header lacks phase, description"):
        run("--history", "--outcomes", file(header="date,problem,source_name,source_url,basis"))


def test_what_is_no_text_is_refused(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "outcomes.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(InputError, match="not a CSV file in UTF-8"):
        run("--history", "--outcomes", str(path))


def test_outcomes_without_an_event_of_the_pack_are_refused(run: Run, file: Callable[..., str]) -> None:
    with pytest.raises(InputError, match="it names no event"):
        run("--history", "--outcomes", file())
    with pytest.raises(InputError, match="none of its rows is about a problem of the pack"):
        run("--history", "--outcomes", file("2023-10-19,front_convergance,onset,x,y,,seen"))


def test_outcomes_of_another_time_are_refused(run: Run, file: Callable[..., str]) -> None:
    with pytest.raises(InputError, match="do not overlap"):
        run("--history", "--outcomes", file("2020-10-19,front_convergence,onset,x,y,,seen"))
    with pytest.raises(InputError, match="do not overlap"):
        run("--history", "--from", "2024-02-01", "--to", "2024-01-01")


def test_an_empty_journal_is_refused(run: Run, history: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing that is scored was ever reported"):
        run("--outcomes", str(history / "outcomes.csv"), "--db", str(tmp_path / "empty.db"))


def test_a_pack_without_a_history_is_refused(run: Run, repository: Path, tmp_path: Path) -> None:
    pack = tmp_path / "multi-front"
    copytree(repository / "indicators" / "multi-front", pack, ignore=ignore_patterns("history"))
    with pytest.raises(InputError, match="the pack multi-front has none"):
        run("--history", "--pack", str(pack))


def test_without_outcomes_or_history_there_is_nothing_to_score(run: Run) -> None:
    assert "--history" in run(code=2)


def test_a_missing_file_is_said_plainly(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["score", "--history", "--outcomes", str(tmp_path / "none.csv")])
    assert isinstance(result.exception, FileNotFoundError)  # main says it in one line


@pytest.mark.parametrize("wrong", ["5h", "0d", "tomorrow", "99999d"])
def test_a_horizon_is_a_number_of_days(run: Run, wrong: str) -> None:
    assert "Invalid value" in run("--history", "--horizon", wrong, code=2)


def test_a_horizon_may_be_written_in_weeks() -> None:
    assert whole_days("2w") == 14


def test_a_day_is_a_day(run: Run) -> None:
    assert "is not a day" in run("--history", "--from", "yesterday", code=2)


def test_a_history_has_only_one_reading(run: Run) -> None:
    assert "leave out --known" in run("--history", "--known", "recorded", code=2)


# --- The page ---


def test_the_page_shows_what_the_command_says(repository: Path) -> None:
    renew = runpy.run_path(str(repository / "docs" / "renew_scorecard.py"))
    page = (repository / "docs" / "scorecard.md").read_text(encoding="utf-8")
    assert page == renew["renewed"](page, "score", renew["score"]()), "renew it with: python docs/renew_scorecard.py"

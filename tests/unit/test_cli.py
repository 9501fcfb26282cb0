"""The command line, run inside the test: what each verb prints, refuses and leaves in the journal."""

from __future__ import annotations

import csv
import io
import json
import re
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from iw_monitor.cli.options import duration, end_of_day_or_instant, start_of_day_or_instant
from iw_monitor.cli.program import app
from iw_monitor.cli.saying import MOST_SHOWN
from iw_monitor.cli.serving import next_free_port, refuse_other_machines
from iw_monitor.collect.csv_file import HEADER
from iw_monitor.errors import InputError, IwError
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.observation import REQUIRED_COLUMNS, Known
from iw_monitor.publish.as_csv import AUDIT_COLUMNS
from iw_monitor.service.demo import HISTORY
from iw_monitor.service.site import Site, open_site
from iw_monitor.store.place import file_url
from tests.builders import DAY

REPLAY_HEADER = "at,problem,points,points_low,points_high,probability,level,recommended_level,coverage,confidence"
END = datetime(2024, 3, 31, tzinfo=UTC)
Run = Callable[..., str]


@pytest.fixture(scope="module")
def history(repository: Path) -> Path:
    return repository / "indicators" / "multi-front" / HISTORY


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, history: Path) -> Path:
    """Return a journal filled from the history; tests that write take their own."""
    journal = tmp_path_factory.mktemp("filled") / "journal.db"
    result = CliRunner().invoke(app, ["import", str(history), "--db", str(journal)])
    assert result.exit_code == 0, result.output
    return journal


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal.db"


@pytest.fixture
def run(journal: Path) -> Run:
    def run(*arguments: str, db: Path | None = None, code: int = 0) -> str:
        result = CliRunner().invoke(app, [*arguments, "--db", str(db or journal)])
        if isinstance(result.exception, IwError):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.stdout

    return run


RECORD = ("record", "hizballah_activity", "3", "--statement", "Forty launches.", "--source", "Wire", "--author", "ada")
GRADED = ("--reliability", "B", "--credibility", "2")


# --- Reporting ---


def test_record_prints_the_id_by_which_it_can_be_retracted(run: Run) -> None:
    identifier = run(*RECORD, *GRADED).splitlines()[-1]
    assert run("retract", identifier, "--reason", "of another day", "--author", "ben").startswith(
        f"Retracted {identifier}"
    )
    assert "1 entries" not in run("verify")


def test_record_refuses_everything_wrong_at_once(run: Run) -> None:
    with pytest.raises(InputError) as caught:
        run("record", "hizballah_activty", "7", "--statement", "", "--reliability", "Q", "--credibility", "0")
    assert sorted(one.code for one in caught.value.findings) == ["C101", "C103", "C108", "C111", "C112"]


def test_record_and_confirm_reach_the_assessment(run: Run) -> None:
    run(*RECORD, *GRADED)
    assert run("confirm", "hizballah_activity", "--author", "ben").startswith("Confirmed hizballah_activity at level 3")
    (indicator,) = (
        one for one in json.loads(run("assess", "--json"))["indicators"] if one["id"] == "hizballah_activity"
    )
    assert (indicator["level"], indicator["status"], len(indicator["observations"])) == (3, "fresh", 2)


def test_a_report_somebody_has_overtaken_is_refused(run: Run) -> None:
    first = run(*RECORD, *GRADED).splitlines()[-1]
    run(*RECORD, *GRADED, "--seen", first)
    with pytest.raises(IwError, match="somebody else in between"):
        run(*RECORD, *GRADED, "--seen", first)


def test_the_author_comes_from_the_environment(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IW_AUTHOR", "carol")
    assert "by carol" in run(*RECORD[:-2], *GRADED)


# --- Importing and exporting ---


def test_import_shows_the_difference_and_the_second_time_that_there_is_none(run: Run, history: Path) -> None:
    assert "Nothing was written." in run("import", str(history), "--dry-run")
    lines = run("import", str(history)).splitlines()
    assert lines[-1].split() == ["in", "all", "343", "0"]
    assert "adds nothing: all 343 observations are in the journal already" in run("import", str(history))


def test_a_bad_file_is_refused_with_every_finding_and_leaves_the_journal_alone(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(",".join(REQUIRED_COLUMNS) + "\n" + "x,y,z,,,,,,,\n" * (MOST_SHOWN + 10))
    with pytest.raises(InputError) as caught:
        run("import", str(file))
    assert len(caught.value.findings) == (MOST_SHOWN + 10) * 7
    assert "0 entries" in run("verify")


def test_what_is_exported_is_what_import_reads(run: Run, filled: Path, tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text(run("export", db=filled))
    assert file.read_text().splitlines()[0] == ",".join(HEADER)
    assert "adds nothing" in run("import", str(file), db=filled)
    assert run("import", str(file)).splitlines()[-1].split() == ["in", "all", "343", "0"]
    assert run("export") == run("export", db=filled)


@pytest.mark.slow
def test_the_full_export_is_for_an_audit(run: Run, tmp_path: Path) -> None:
    identifier = run(*RECORD, *GRADED).splitlines()[-1]
    run("retract", identifier, "--reason", "of another day", "--author", "ben")
    assert len(run("export").splitlines()) == 1
    (row,) = csv.DictReader(io.StringIO(run("export", "--full")))
    assert tuple(row) == HEADER + AUDIT_COLUMNS
    assert (row["id"], row["retracted_by"], row["retraction_reason"]) == (identifier, "ben", "of another day")
    assert len(row["hash"]) == 64
    file = tmp_path / "full.csv"
    file.write_text(run("export", "--full"))
    assert "adds nothing" in run("import", str(file), "--ignore-extra")


def test_a_spreadsheet_gets_no_formula_and_the_plain_export_stays_exact(run: Run) -> None:
    formula = "=HYPERLINK(0)"
    run(*RECORD[:4], formula, *RECORD[5:], *GRADED, "--note", "@x", "--originator", "+1", "--reading", "-5")
    (plain,) = csv.DictReader(io.StringIO(run("export")))
    (harmless,) = csv.DictReader(io.StringIO(run("export", "--spreadsheet")))
    assert (plain["statement"], plain["note"], plain["originator"]) == (formula, "@x", "+1")
    assert (harmless["statement"], harmless["note"], harmless["originator"]) == (f"'{formula}", "'@x", "'+1")
    assert plain["reading"] == harmless["reading"] == "-5.0"


# --- Looking ---


@pytest.fixture(scope="module")
def site(filled: Path) -> Iterator[Site]:
    """Return the site of the filled journal, asked without the command line."""
    opened = open_site(clock=lambda: datetime.now(UTC), url=file_url(filled), read_only=True)
    yield opened
    opened.close()


def conclusion(site: Site, day: datetime = END) -> Assessment:
    return site.assess(day.replace(hour=23, minute=59), Known.PUBLISHED)


def test_assess_writes_the_pieces_of_every_problem(run: Run, filled: Path, tmp_path: Path) -> None:
    file = tmp_path / "pieces.csv"
    run("assess", "--as-of", "2024-03-31", "--known", "published", "--pieces", str(file), db=filled)
    rows = list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8"))))
    for problem in {row["problem"] for row in rows}:
        counted = {
            row["id"]: float(row["counted"]) for row in rows if row["problem"] == problem and row["kind"] != "points"
        }
        (points,) = [float(row["counted"]) for row in rows if (row["problem"], row["kind"]) == (problem, "points")]
        assert sum(counted.values()) == pytest.approx(points, abs=1e-9)


def test_assess_json_has_exactly_the_keys_of_the_contract_in_their_order(run: Run, filled: Path) -> None:
    whole = json.loads(run("assess", "--as-of", "2024-03-31", "--known", "published", "--json", db=filled))
    assert " ".join(whole) == (
        "schema_version pack pack_hash as_of known headline problems indicators coverage unconfirmed"
    )
    assert list(whole["headline"]) == ["status", "level", "word", "problem"]
    assert " ".join(whole["problems"][0]) == (
        "id title prior points points_low points_high probability probability_low probability_high level "
        "recommended_level declared_level stability coverage confidence tripwires interactions contributions"
    )
    assert list(whole["problems"][0]["interactions"][0]) == ["id", "family", "raw", "counted"]
    assert list(whole["problems"][0]["contributions"][0]) == ["indicator", "family", "raw", "softened", "counted"]
    assert " ".join(whole["indicators"][0]) == (
        "id title level status observed_at age_days quality age_factor zero_point observations"
    )
    assert (whole["schema_version"], whole["as_of"], whole["known"]) == ("1", "2024-03-31T23:59:00Z", "published")


def test_assess_json_says_what_the_engine_concluded(run: Run, filled: Path, site: Site) -> None:
    whole = json.loads(run("assess", "--as-of", "2024-03-31", "--known", "published", "--json", db=filled))
    expected = conclusion(site)
    assert (whole["headline"]["level"], whole["headline"]["status"]) == (expected.headline.level, "assessed")
    for said, problem in zip(whole["problems"], expected.problems, strict=True):
        assert (said["points"], said["level"], said["coverage"]) == (problem.points, problem.level, problem.coverage)
        parts = [*said["contributions"], *said["interactions"]]
        assert said["prior"] + sum(one["counted"] for one in parts) == pytest.approx(problem.points_unclipped, abs=1e-9)
        assert len(said["tripwires"]) == len(set(said["tripwires"])) == len({one.id for one in problem.floors})


def test_assess_json_of_nothing_says_no_assessment_and_null(run: Run) -> None:
    whole = json.loads(run("assess", "--json"))
    assert (whole["headline"]["status"], whole["headline"]["level"]) == ("no_assessment", None)
    assert {(one["level"], one["recommended_level"]) for one in whole["problems"]} == {(None, None)}


def test_assess_as_text_says_level_interval_confidence_cause_and_gaps(run: Run, filled: Path, site: Site) -> None:
    text = run("assess", "--as-of", "2024-03-31", "--known", "published", db=filled)
    expected = conclusion(site)
    assert f"LEVEL {expected.headline.level} {expected.headline.word}" in text
    assert "As of 312359Z MAR 24, as published" in text
    for problem in expected.problems:
        assert problem.title in text
        assert f"{problem.points:+.1f}" in text
    flat = " ".join(text.split())
    assert flat.count("Within 30 days:") == flat.count("Confidence is") == len(expected.problems)
    assert "Set by the sum of evidence" in flat
    assert "Gaps\nStale: " in text
    assert max(map(len, text.splitlines())) <= 80


@pytest.mark.slow
def test_likelihood_and_confidence_never_share_a_sentence(run: Run, filled: Path) -> None:
    for day in ("2023-10-18", "2024-01-03", "2024-03-31"):
        flat = " ".join(run("assess", "--as-of", day, "--known", "published", db=filled).split())
        for sentence in flat.split(". "):
            assert not ("Within 30 days" in sentence and "onfidence" in sentence)


def test_assess_as_text_of_nothing_says_no_assessment_and_no_level(run: Run) -> None:
    text = run("assess")
    assert "\nNO ASSESSMENT\n" in text
    assert "No indicator was ever reported." in text
    assert "LEVEL" not in text


def test_replay_prints_the_rows_of_the_contract(run: Run, filled: Path, site: Site) -> None:
    text = run("replay", "--from", "2024-01-01", "--to", "2024-01-03", "--known", "published", db=filled)
    assert text.splitlines()[0] == REPLAY_HEADER
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [one["at"] for one in rows[::4]] == [f"2024-01-0{day}T00:00:00Z" for day in (1, 2, 3)]
    for row in rows:
        problem = site.assess(datetime.fromisoformat(row["at"]), Known.PUBLISHED).problem(row["problem"])
        assert (float(row["points"]), row["level"]) == (problem.points, str(problem.level))


def test_replay_leaves_the_level_empty_where_there_is_no_assessment(run: Run) -> None:
    rows = list(csv.DictReader(io.StringIO(run("replay", "--from", "2024-01-01", "--to", "2024-01-01"))))
    assert {(one["level"], one["recommended_level"]) for one in rows} == {("", "")}
    whole = json.loads(run("replay", "--from", "2024-01-01", "--to", "2024-01-01", "--format", "json"))
    assert list(whole["rows"][0]) == REPLAY_HEADER.split(",")
    assert whole["rows"][0]["level"] is None


@pytest.mark.parametrize(("every", "rows"), [("12h", 3), ("P1D", 2), ("1d", 2), ("PT6H", 5), ("360m", 5)])
def test_replay_takes_steps_of_any_length(run: Run, every: str, rows: int) -> None:
    text = run("replay", "--from", "2024-01-01", "--to", "2024-01-02", "--every", every)
    assert len(text.splitlines()) == 1 + 4 * rows


@pytest.mark.parametrize(
    "arguments",
    [
        ("assess", "--as-of", "2024-01-31T10:00"),
        ("assess", "--as-of", "soon"),
        ("assess", "--known", "guessed"),
        ("replay", "--from", "2024-01-01", "--to", "2024-01-02", "--every", "0d"),
        ("replay", "--from", "2024-01-01", "--to", "2024-01-02", "--every", "P"),
        ("replay", "--from", "2024-01-01"),
        ("record", "hizballah_activity"),
        ("retract", "some-id"),
        ("import",),
        ("asses",),
    ],
)
def test_wrong_usage_ends_with_2(run: Run, arguments: tuple[str, ...]) -> None:
    run(*arguments, code=2)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("assess", "--as-of", "2999-01-01"), "S101"),
        (("replay", "--from", "2024-01-02", "--to", "2024-01-01"), "S102"),
        (("replay", "--from", "1980-01-02", "--to", "2024-01-01", "--every", "1m"), "S104"),
        (("confirm", "nothing"), "C101"),
        (("confirm", "iran_rhetoric"), "S105"),
    ],
)
def test_what_cannot_be_met_is_refused_with_a_finding(run: Run, arguments: tuple[str, ...], code: str) -> None:
    with pytest.raises(InputError) as caught:
        run(*arguments)
    assert [one.code for one in caught.value.findings] == [code]


# --- Packs and operation ---


def test_check_says_that_the_shipped_pack_has_no_errors(repository: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(repository / "indicators" / "multi-front"), "--format", "json"])
    assert result.exit_code == 0
    assert "no errors" in result.stderr
    assert all(one["severity"] == "issue" for one in json.loads(result.stdout))


def test_check_says_what_is_wrong_with_a_pack_and_ends_with_1(tmp_path: Path) -> None:
    (tmp_path / "pack.yml").write_text("id: [\n")
    result = CliRunner().invoke(app, ["check", str(tmp_path)])
    assert result.exit_code == 1
    assert "pack.yml:" in result.stdout


def test_schema_writes_files_for_editors(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["schema", "--out", str(tmp_path / "schema")])
    files = [Path(line) for line in result.stdout.splitlines()]
    assert "indicator.schema.json" in {one.name for one in files}
    assert all(json.loads(one.read_text())["$schema"] for one in files)


def test_migrate_makes_a_journal_and_verify_finds_it_whole(run: Run, journal: Path) -> None:
    assert "is up to date" in run("migrate")
    assert journal.exists()
    assert "the chain is whole" in run("verify")


def test_verify_prints_the_number_and_hash_that_a_backup_says_to_keep(run: Run, tmp_path: Path, history: Path) -> None:
    run("import", str(history))
    *_, kept = run("backup", str(tmp_path / "kept.zip")).split(":")
    *_, found = run("verify").split(":")
    assert found == kept
    assert found.split()[0] == "343"


# --- Options ---


def test_the_help_writes_a_usual_duration_as_one_is_given(repository: Path) -> None:
    reference = (repository / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    assert "[default: (90d)]" in reference
    assert not re.search(r"default: [^|]*\d:\d\d:\d\d", reference)


def test_a_bare_date_means_its_end_for_one_instant_and_its_start_for_a_range() -> None:
    assert end_of_day_or_instant("2024-03-31") == END + timedelta(hours=23, minutes=59)
    assert start_of_day_or_instant("2024-03-31") == END
    assert end_of_day_or_instant("2024-03-31T02:00+02:00") == start_of_day_or_instant("2024-03-31T00:00Z") == END


def test_a_bare_date_of_today_means_now() -> None:
    before = datetime.now(UTC)
    assert before <= end_of_day_or_instant(f"{before:%Y-%m-%d}") <= datetime.now(UTC) + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("text", "length"),
    [("1d", DAY), ("P1D", DAY), ("2w", 14 * DAY), ("P1DT6H30M", timedelta(hours=30.5)), ("90s", timedelta(seconds=90))],
)
def test_durations_are_written_short_or_by_iso(text: str, length: timedelta) -> None:
    assert duration(text) == length


@pytest.mark.parametrize("text", ["", "d", "1", "-1d", "1.5d", "P", "PT", "P0D", "0h", "1y", "one day", "1234567d"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        duration(text)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_the_demo_is_for_this_machine_alone(host: str) -> None:
    with pytest.raises(typer.BadParameter, match="the demo has no sign-in"):
        refuse_other_machines(host)


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_this_machine_is_served(host: str) -> None:
    refuse_other_machines(host)


def test_a_port_that_is_taken_is_passed_over() -> None:
    first = next_free_port("127.0.0.1")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first))
        taken.listen(1)
        assert next_free_port("127.0.0.1") > first

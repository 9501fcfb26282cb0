"""The whole site on every engine: its verbs, a move with equal assessments, two web processes with one truth."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iw_monitor.cli.program import app
from iw_monitor.model.assessment import Assessment
from iw_monitor.model.observation import Known
from iw_monitor.service.moving import export_journal, import_journal
from iw_monitor.service.site import open_site
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from tests.builders import DAY, HOUR, MONDAY, a_submission
from tests.store.conftest import Clock
from tests.store.server import Server

pytestmark = pytest.mark.slow  # processes of their own, each of which starts from nothing


CHILD = Path(__file__).with_name("child.py")
END = datetime(2024, 3, 31, 23, 59, tzinfo=UTC)  # of the history
PACK = "multi-front"


@pytest.fixture(scope="module")
def history(repository: Path) -> Path:
    return repository / "indicators" / PACK / "history" / "observations.csv"


Run = Callable[..., str]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a way to run a command on a database that only the environment names."""

    def running(url: str, *arguments: str, given: str | None = None, code: int = 0) -> str:
        monkeypatch.setenv("IW_DATABASE_URL", url)
        result = CliRunner().invoke(app, arguments, input=given)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.stdout

    return running


# --- The verbs ---


def test_the_address_is_all_that_changes_for_the_command_line(lasting_url: str, run: Run, history: Path) -> None:
    assert "343" in run(lasting_url, "import", str(history), "--author", "ada")
    assert "adds nothing" in run(lasting_url, "import", str(history), "--author", "ada")
    assert "343 entries checked, the chain is whole" in run(lasting_url, "verify")
    assert "is up to date" in run(lasting_url, "migrate")
    recorded = ("record", "hizballah_activity", "3", "--statement", "Forty launches.", "--source", "Wire")
    identifier = run(lasting_url, *recorded, "--reliability", "B", "--credibility", "2", "--author", "ada")
    identifier = identifier.splitlines()[-1]
    assert run(lasting_url, "retract", identifier, "--reason", "of another day", "--author", "ben")
    assert "345 entries" in run(lasting_url, "verify")
    assert len(run(lasting_url, "export").splitlines()) == 344
    assert identifier in run(lasting_url, "export", "--full")
    assert run(lasting_url, "assess", "--as-of", "2024-03-31T23:59Z", "--known", "published")


@pytest.mark.postgres
def test_what_is_assessed_does_not_depend_on_the_engine(
    server: Server, database: str, file: Path, run: Run, history: Path
) -> None:
    file.parent.mkdir()
    said = []
    for url in (file_url(file), server.url(database)):
        run(url, "import", str(history), "--author", "ada")
        replay = ("replay", "--from", "2024-02-01", "--to", "2024-03-31", "--every", "7d", "--known", "published")
        said.append((run(url, *replay), run(url, "assess", "--as-of", "2024-03-31T23:59Z", "--known", "published")))
    assert said[0] == said[1]
    assert len(said[0][0].splitlines()) > 30


# --- Moving ---

INSTANTS = [END - 60 * DAY, END - 20 * DAY, END, END + DAY, END + 2 * DAY + HOUR]


def assessments(url: str, now: datetime) -> dict[tuple[datetime, Known], Assessment]:
    """Return what a site concludes of several instants, in both readings of what was known."""
    with closing(open_site(clock=lambda: now, pack=PACK, url=url)) as site:
        return {(when, known): site.assess(when, known) for when in INSTANTS for known in Known}


@pytest.fixture
def lived_in(tmp_path: Path, history: Path, clock: Clock) -> str:
    """Return the address of a site that recorded its history along the way, with a withdrawal and a late report."""
    url = file_url(tmp_path / "site.db")
    clock.now = END - 30 * DAY
    with closing(open_site(clock=clock, pack=PACK, url=url)) as site:
        text = history.read_text(encoding="utf-8").splitlines()
        early = [text[0], *(line for line in text[1:] if line[:10] < "2024-02-20")]
        (tmp_path / "early.csv").write_text("\n".join(early), encoding="utf-8")
        site.import_csv(tmp_path / "early.csv", author="ada")
        clock.now = END
        site.import_csv(history, author="ada")
        clock.now = END + DAY
        newest = site.journal.latest(PACK, "hizballah_activity")
        assert newest is not None
        site.journal.retract(newest.id, pack=PACK, reason="of another day", author="ben", via="cli")
        site.journal.append(
            [a_submission(pack=PACK, indicator="hizballah_activity", level=4, observed_at=END)], via="page"
        )
        clock.now = END + 3 * DAY
    return url


def moved(source: str, target: str, clock: Clock) -> None:
    text = io.StringIO()
    with Journal.open(source, clock=clock) as one, Journal.open(target, clock=clock) as other:
        export_journal(one, text)
        import_journal(other, io.BytesIO(text.getvalue().encode()), "site.jsonl")


@pytest.mark.postgres
def test_a_site_moved_there_and_back_concludes_the_same_in_both_readings_at_every_instant(
    lived_in: str, server: Server, database: str, clock: Clock, tmp_path: Path
) -> None:
    before = assessments(lived_in, clock.now)
    assert before[END, Known.RECORDED] != before[END + 2 * DAY + HOUR, Known.RECORDED]
    there, back = server.url(database), file_url(tmp_path / "back.db")
    moved(lived_in, there, clock)
    assert assessments(there, clock.now) == before
    moved(there, back, clock)
    assert assessments(back, clock.now) == before


def test_a_move_goes_through_a_pipe_of_two_commands(lived_in: str, lasting_url: str, run: Run) -> None:
    text = run(lived_in, "export", "--journal", "-")
    assert "entries imported, the chain is whole" in run(lasting_url, "import", "--journal", "-", given=text)
    assert run(lasting_url, "export", "--journal", "-") == text
    assert run(lasting_url, "export", "--full") == run(lived_in, "export", "--full")


def test_observations_moved_as_csv_conclude_the_same_as_published_and_are_known_only_from_then_on(
    lived_in: str, lasting_url: str, run: Run, clock: Clock, tmp_path: Path
) -> None:
    file = tmp_path / "observations.csv"
    file.write_text(run(lived_in, "export"), encoding="utf-8")
    with closing(open_site(clock=clock, pack=PACK, url=lasting_url)) as site:
        site.import_csv(file, author="ada")
    before, after = assessments(lived_in, clock.now), assessments(lasting_url, clock.now)
    when = INSTANTS[-1]
    assert concluded(after[when, Known.PUBLISHED]) == concluded(before[when, Known.PUBLISHED])
    # As recorded, the new journal had heard of nothing before the move.
    assert concluded(after[END, Known.RECORDED]) != concluded(before[END, Known.RECORDED])
    assert {one.coverage for one in after[END, Known.RECORDED].problems} == {0.0}


def concluded(assessment: Assessment) -> list[tuple[str, float, float, object]]:
    return [(one.id, one.points, one.coverage, one.recommended_level) for one in assessment.problems]


# --- Two web processes and a writer ---


@pytest.fixture
def looking(lasting_url: str, child_environment: dict[str, str]) -> Iterator[list[subprocess.Popen[str]]]:
    """Run two processes that look at the site as web processes do."""
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                subprocess.Popen(
                    [sys.executable, CHILD, "look-at-site", lasting_url, PACK],
                    env=child_environment,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    text=True,
                )
            )
            for _ in range(2)
        ]


def ask(process: subprocess.Popen[str], line: str = "") -> None:
    assert process.stdin is not None
    process.stdin.write(line)
    process.stdin.flush()


def told(process: subprocess.Popen[str]) -> list[str]:
    assert process.stdout is not None
    return process.stdout.readline().split()


def test_two_web_processes_and_a_writer_on_one_database_show_one_truth(
    looking: list[subprocess.Popen[str]], lasting_url: str
) -> None:
    assert [told(process) for process in looking] == [["open"], ["open"]]
    truths = set()
    with Journal.open(lasting_url, clock=lambda: MONDAY) as writer:
        for level in (1, 3, 4):
            target = writer.position() + 20
            for process in looking:
                ask(process, f"{target}\n")
            for _ in range(20):
                writer.append([a_submission(pack=PACK, indicator="hizballah_activity", level=level)], via="page")
            (*seen, truth), (*others, other) = (told(process) for process in looking)
            assert (seen[-1], truth) == (others[-1], other)
            for revisions in (seen, others):
                positions = [int(one.split("-")[1]) for one in revisions]
                assert positions == sorted(set(positions))
            truths.add(truth)
    assert len(truths) == 3
    for process in looking:
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(timeout=20) == 0

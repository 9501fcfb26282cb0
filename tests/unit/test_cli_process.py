"""The command line as its user meets it: a process with exit codes, streams and signals, and never a traceback."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.request import urlopen

import pytest

from iw_monitor.model.observation import REQUIRED_COLUMNS
from iw_monitor.service.demo import HISTORY

PROGRAM = (sys.executable, "-m", "iw_monitor.cli")
QUIET = 130  # what a shell shows for Ctrl-C


def run(*arguments: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [*PROGRAM, *arguments],
        capture_output=True,
        text=True,
        timeout=90,
        check=False,
        env={**os.environ, **(env or {})},
    )
    assert "Traceback" not in done.stderr + done.stdout
    return done


@pytest.fixture
def journal(tmp_path: Path) -> str:
    return str(tmp_path / "journal.db")


@pytest.fixture(scope="module")
def history(repository: Path) -> str:
    return str(repository / "indicators" / "multi-front" / HISTORY)


def a_file(folder: Path, *, rows: int, level: str = "1") -> Path:
    file = folder / "reports.csv"
    row = "2024-0{}-{:02}T{:02}:{:02}Z,port,{},Calm.,,,,B,2,seen\n".replace("port", "houthi_activity")
    with file.open("w") as target:
        target.write(",".join(REQUIRED_COLUMNS) + "\n")
        for number in range(rows):
            days, minutes = divmod(number, 1440)
            target.write(row.format(1 + days // 28, 1 + days % 28, minutes // 60, minutes % 60, level))
    return file


def test_the_first_word_comes_quickly_because_slow_libraries_are_not_loaded() -> None:
    listing = "import sys; from iw_monitor.cli import main; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", listing], capture_output=True, text=True, timeout=60, check=True)
    slow = {"alembic", "altair", "numpy", "pandas", "pydantic", "rich", "ruamel", "sqlalchemy", "streamlit"}
    assert not slow & set(loaded.stdout.split())


def test_help_is_plain_text_on_stdout_and_lists_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    listed = {line.split()[0] for line in done.stdout.partition("Commands:")[2].splitlines() if line.strip()}
    assert {"demo", "web", "check", "import", "record", "confirm", "retract", "assess", "replay"} <= listed
    assert {"export", "verify", "migrate", "schema"} <= listed


def test_the_version_is_printed() -> None:
    assert run("--version").stdout.startswith("iw-monitor ")


def test_no_command_at_all_is_wrong_usage() -> None:
    assert run().returncode == 2


@pytest.mark.slow
def test_the_whole_way_of_the_readme(journal: str, history: str) -> None:
    settings = {"IW_DATABASE_URL": f"sqlite:///{journal}", "IW_AUTHOR": "ada"}
    assert run("import", history, env=settings).returncode == 0
    done = run("replay", "--from", "2024-03-30", "--to", "2024-03-31", "--known", "published", env=settings)
    assert done.returncode == 0
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) == 1 + 2 * 4
    assert run("verify", env=settings).stdout.splitlines()[0].endswith("343 entries checked, the chain is whole.")


def test_wrong_input_is_said_on_stderr_and_ends_with_1(tmp_path: Path, journal: str) -> None:
    done = run("import", str(a_file(tmp_path, rows=60, level="7")), "--db", journal)
    assert (done.returncode, done.stdout) == (1, "")
    lines = done.stderr.splitlines()
    assert lines[0].endswith(
        "reports.csv:2: C103 level: '7' is not a whole number from 0 to 4. "
        "Give 0, 1, 2, 3 or 4, by the indicator's anchors."
    )
    assert len(lines) == 51
    assert lines[-1] == "... and 10 more."


@pytest.mark.slow
@pytest.mark.parametrize(
    "arguments",
    [
        ("assess", "--pack", "nowhere"),
        ("assess", "--db", "mysql://localhost/x"),
        ("assess", "--db", "/"),
        ("import", "nothing.csv"),
        ("import", "/"),
        ("verify", "--db", "/nowhere/at/all.db"),
        ("retract", "xx", "--reason", "why"),
        ("check", "/nowhere"),
        ("schema", "--out", "/dev/null/schema"),
        ("record", "houthi_activity", "1", "--statement", "\udcff", "--reliability", "B", "--credibility", "2"),
    ],
)
def test_what_cannot_work_ends_with_1_and_a_sentence(arguments: tuple[str, ...]) -> None:
    done = run(*arguments)
    assert done.returncode == 1, done
    assert done.stderr.strip()


@pytest.mark.slow
def test_a_damaged_journal_is_refused_and_left_alone(journal: str) -> None:
    Path(journal).write_bytes(b"not a database, but somebody's notes" * 100)
    before = Path(journal).read_bytes()
    for command in (["assess"], ["verify"], ["migrate"], ["export"]):
        assert run(*command, "--db", journal).returncode == 1
    assert Path(journal).read_bytes() == before


@pytest.mark.slow
def test_results_go_to_stdout_as_utf8_whatever_the_locale(journal: str) -> None:
    settings = {"LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    done = subprocess.run(
        [*PROGRAM, "assess", "--json", "--db", journal],
        capture_output=True,
        timeout=90,
        check=True,
        env={**os.environ, **settings},
    )
    assert any("Israeli\u2013Saudi" in one["title"] for one in json.loads(done.stdout.decode())["indicators"])


@pytest.mark.slow
def test_a_reader_who_leaves_early_causes_no_noise(journal: str, history: str) -> None:
    run("import", history, "--db", journal)
    command = f"'{sys.executable}' -m iw_monitor.cli export --db '{journal}' | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, timeout=90, check=True)
    assert done.stdout.startswith("observed_at,")
    assert done.stderr.replace("343 observations exported.\n", "") == ""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="named pipes do not exist on this platform")
def test_ctrl_c_in_an_import_is_quiet_and_leaves_the_journal_as_it_was(tmp_path: Path, journal: str) -> None:
    run("migrate", "--db", journal)
    rows = a_file(tmp_path, rows=1_000).read_text()
    never_ending = tmp_path / "pipe.csv"
    os.mkfifo(never_ending)
    command = [*PROGRAM, "import", str(never_ending), "--db", journal]
    with (
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as importing,
        never_ending.open("w") as pipe,  # waits until the other side reads
    ):
        pipe.write(rows)
        pipe.flush()
        importing.send_signal(signal.SIGINT)
        out, err = importing.communicate(timeout=60)
    assert (importing.returncode, out, err) == (QUIET, "", "")
    assert "0 entries checked" in run("verify", "--db", journal).stdout


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals do not exist on this platform")
def test_a_long_import_draws_a_progress_bar_on_a_terminal(tmp_path: Path, journal: str) -> None:
    import pty

    master, slave = pty.openpty()
    command = [*PROGRAM, "import", str(a_file(tmp_path, rows=4_000)), "--db", journal]
    settings = {**os.environ, "TERM": "xterm", "COLUMNS": "80"}
    drawn = b""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=slave, env=settings) as importing:
        os.close(slave)
        while chunk := _read(master):
            drawn += chunk
    os.close(master)
    assert importing.returncode == 0
    assert b"Writing" in drawn
    assert b"4000/4000" in drawn


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # what Linux says when the other side has gone
        return b""


@pytest.mark.slow
def test_the_demo_serves_until_it_is_stopped_and_takes_its_journal_away(tmp_path: Path) -> None:
    port = 8640 + os.getpid() % 1000
    settings = {**os.environ, "TMPDIR": str(tmp_path)}
    command = [*PROGRAM, "demo", "--no-browser", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=settings) as demo:
        try:
            assert demo.stdout is not None
            assert f"http://127.0.0.1:{port}" in demo.stdout.readline()
            with urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10) as answer:
                assert json.load(answer) == {"status": "alive"}
            assert [one.name for one in tmp_path.glob("iw-monitor-demo-*/*.db")] == ["demo.db"]
        finally:
            demo.send_signal(signal.SIGTERM)
            _, err = demo.communicate(timeout=60)
    assert "the clock stands at 2024-03-31 23:59 UTC" in err
    assert "Traceback" not in err
    assert not list(tmp_path.glob("iw-monitor-demo-*"))

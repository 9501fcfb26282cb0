"""The house around the code: map, decisions, dependencies, licence, what is shipped, and what tests run in."""

from __future__ import annotations

import os
import re
import runpy
import shutil
import socket
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
CODE = ("src", "dashboard", "tests", "bench", "docs")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def code_files() -> Iterator[Path]:
    yield ROOT / "bootstrap.py"
    for folder in CODE:
        yield from (path for path in (ROOT / folder).rglob("*.py") if "__pycache__" not in path.parts)


# --- Documents ---


def test_the_map_has_one_line_for_each_file_in_the_words_of_the_file() -> None:
    renew = runpy.run_path(str(ROOT / "docs" / "renew_map.py"))
    fresh = list(renew["lines"]())
    written = (ROOT / "docs" / "map.md").read_text(encoding="utf-8").splitlines()
    assert written == fresh, "renew it with: python docs/renew_map.py"


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "decisions").glob("0*.md")), ids=lambda page: page.stem)
def test_a_decision_says_status_context_decision_and_consequences(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == ["Status", "Context", "Decision", "Consequences"]
    assert f"]({page.name})" in (page.parent / "README.md").read_text(encoding="utf-8")


def linked_files(page: Path) -> list[str]:
    return re.findall(r"\]\((?!https?:)([^)#]+)\)", page.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "page", sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]), ids=lambda page: page.name
)
def test_no_document_links_to_nothing(page: Path) -> None:
    assert [link for link in linked_files(page) if not (page.parent / link).exists()] == []


def test_the_readme_leads_with_the_two_commands() -> None:
    top = (ROOT / "README.md").read_text(encoding="utf-8").partition("## The way of the data")[0]
    assert "python3 bootstrap.py demo" in top
    assert "python3 bootstrap.py test" in top


def test_ci_runs_the_readmes_test_command_and_leaves_nothing_out() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert "IW_REQUIRE_ALL=1 python3 bootstrap.py test" in script
    assert os.access(ROOT / ".ci" / "run", os.X_OK)


def test_the_licence_is_apache_2_in_full() -> None:
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "Version 2.0, January 2004" in text
    assert "END OF TERMS AND CONDITIONS" in text


# --- Dependencies ---


def name_of(requirement: str) -> str:
    return re.split(r"[\s<>=!~\[;]", requirement, maxsplit=1)[0].lower().replace("_", "-").replace(".", "-")


def test_every_dependency_has_its_reason_in_the_decisions(project: dict[str, Any]) -> None:
    page = (ROOT / "docs" / "decisions" / "0001-dependencies.md").read_text(encoding="utf-8").lower().replace(".", "-")
    named = set(re.findall(r"[a-z0-9-]+", page))
    asked = [*project["project"]["dependencies"], *project["project"]["optional-dependencies"]["dev"]]
    assert [name for name in map(name_of, asked) if name not in named] == []


def locked(name: str) -> set[tuple[str, str]]:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    return {(found[0], found[1]) for found in re.findall(r"^([a-z0-9.-]+)==(\S+)", text, re.MULTILINE)}


def test_the_locks_hold_every_dependency_and_agree(project: dict[str, Any]) -> None:
    base, dev = locked("base.txt"), locked("dev.txt")
    assert {*map(name_of, project["project"]["dependencies"]), "hatchling", "editables"} <= dict(base).keys()
    assert set(map(name_of, project["project"]["optional-dependencies"]["dev"])) <= dict(dev).keys()
    assert base <= dev
    assert base < locked("server.txt") < dev  # an image holds what the tests ran with
    assert "psycopg" in dict(locked("server.txt"))


def test_no_check_is_switched_off_in_place() -> None:
    silencer = re.compile(r"#\s*(noqa|type:\s*ignore|ruff:|mypy:|pragma)")  # exemptions stand in pyproject.toml
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in code_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if silencer.search(line) and "silencer" not in line
    ]
    assert found == []


# --- What is shipped ---


@pytest.mark.slow
def test_the_wheel_carries_the_dashboard_and_the_packs(tmp_path: Path) -> None:
    pytest.importorskip("hatchling", reason="needs hatchling: python3 bootstrap.py test installs it")
    copy = tmp_path / "copy"
    left_behind = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "dist", "test-artifacts")
    shutil.copytree(ROOT, copy, ignore=left_behind)
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(tmp_path / "dist"), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    shipped = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}
    assert {
        "iw_monitor/__init__.py",
        "iw_monitor/web/app.py",
        "iw_monitor/_ship/dashboard/app.py",
        "iw_monitor/_ship/dashboard/screens/watch.py",
        "iw_monitor/_ship/indicators/multi-front/pack.yml",
        "iw_monitor/_ship/indicators/multi-front/history/observations.csv",
    } <= shipped
    assert [name for name in shipped if "__pycache__" in name or name.startswith(("tests/", "docs/"))] == []
    assert {path.suffix for path in (tmp_path / "dist").iterdir()} == {".whl", ".gz"}


# --- What tests run in ---


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 80)])
def test_no_test_can_leave_the_machine(address: tuple[str, int]) -> None:
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as leaving, pytest.raises(BaseException, match="tests never go online"):
        leaving.connect(address)


def test_no_test_can_look_a_name_up() -> None:
    with pytest.raises(BaseException, match="tests never go online"):
        socket.getaddrinfo("example.org", 80)


def test_the_home_is_empty_and_nobody_elses() -> None:
    assert Path.home() == Path(os.environ["HOME"])
    assert "pytest" in str(Path.home())
    assert "IW_PACK" not in os.environ


SKIPS = """
import pytest

def test_that_passes() -> None: pass

def test_that_needs_something() -> None: pytest.skip({reason!r})
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("require_all", "reason", "code"),
    [
        ("", "needs a browser", 0),
        ("1", "needs a browser", 1),
        ("1", "needs ../shared/data, which this copy does not have", 0),
    ],
)
def test_a_run_that_was_to_leave_nothing_out_fails_when_a_part_is_missing(
    tmp_path: Path, require_all: str, reason: str, code: int
) -> None:
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_it.py").write_text(SKIPS.format(reason=reason), encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        str(tmp_path),
        str(tmp_path),
    ]
    environment = {**os.environ, "IW_REQUIRE_ALL": require_all}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout
    assert ("left out although IW_REQUIRE_ALL=1" in done.stdout) is bool(code)

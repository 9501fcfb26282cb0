"""bootstrap.py: which Python it takes, when it installs, what it hides, and what a lock may hold."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def bootstrap(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Return bootstrap.py as a module that takes an empty folder for the project's."""
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", ROOT / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "requirements").mkdir()
    (tmp_path / ".venv").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]", encoding="utf-8")
    for lock in ("base", "dev", "installer"):
        (tmp_path / "requirements" / f"{lock}.txt").write_text(f"{lock}==1 \\\n", encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setattr(module, "REQUIREMENTS", tmp_path / "requirements")
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "installed.json")
    monkeypatch.setattr(module, "PYTHON", Path(sys.executable))
    return module


def installed_from(bootstrap: ModuleType, lock: str) -> None:
    bootstrap.STAMP.write_text(json.dumps({lock: bootstrap.wanted(lock)}), encoding="utf-8")


@pytest.mark.parametrize(
    ("version", "fits"), [((3, 10), False), ((3, 11), True), ((3, 13), True), ((3, 14), False), ((2, 7), False)]
)
def test_python_3_11_to_3_13_fit(bootstrap: ModuleType, version: tuple[int, int], fits: bool) -> None:
    assert bootstrap.fits(version) is fits


def test_it_can_be_read_by_an_old_python_that_it_then_refuses() -> None:
    import ast

    ast.parse((ROOT / "bootstrap.py").read_text(encoding="utf-8"), feature_version=(3, 6))


def test_an_environment_made_from_the_same_lock_is_used_as_it_is(bootstrap: ModuleType) -> None:
    assert not bootstrap.is_ready("base")
    installed_from(bootstrap, "base")
    assert bootstrap.is_ready("base")


def test_what_tests_need_is_enough_for_the_demo_and_not_the_other_way_round(bootstrap: ModuleType) -> None:
    installed_from(bootstrap, "dev")
    assert bootstrap.is_ready("base")
    installed_from(bootstrap, "base")
    assert not bootstrap.is_ready("dev")


@pytest.mark.parametrize("changed", ["pyproject.toml", "requirements/base.txt"])
def test_a_changed_lock_or_project_is_installed_again(bootstrap: ModuleType, changed: str) -> None:
    installed_from(bootstrap, "base")
    (bootstrap.ROOT / changed).write_text("something else", encoding="utf-8")
    assert not bootstrap.is_ready("base")


def test_a_moved_folder_is_installed_again(bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    installed_from(bootstrap, "base")
    moved = bootstrap.ROOT.rename(bootstrap.ROOT.parent / "moved")
    monkeypatch.setattr(bootstrap, "ROOT", moved)
    monkeypatch.setattr(bootstrap, "STAMP", moved / ".venv" / "installed.json")
    assert not bootstrap.is_ready("base")


@pytest.mark.parametrize("stamp", ["", "[]", "{not json", '{"base": {}}'])
def test_a_half_made_environment_is_not_trusted(bootstrap: ModuleType, stamp: str) -> None:
    bootstrap.STAMP.write_text(stamp, encoding="utf-8")
    assert not bootstrap.is_ready("base")


def test_an_environment_whose_python_is_gone_is_not_trusted(
    bootstrap: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    installed_from(bootstrap, "base")
    monkeypatch.setattr(bootstrap, "PYTHON", bootstrap.ROOT / "no-such-python")
    assert not bootstrap.is_ready("base")


def test_where_packages_come_from_is_never_printed(bootstrap: ModuleType) -> None:
    said = "Looking in indexes: https://me:secret@mirror.example/simple, file:///opt/x (and HTTP://other.example)"
    assert bootstrap.without_addresses(said) == "Looking in indexes: (address) (address) (and (address))"


def test_a_program_that_fails_is_quoted_without_addresses(bootstrap: ModuleType) -> None:
    with pytest.raises(bootstrap.BootstrapError, match=r"^no package at \(address\)$"):
        bootstrap.quietly(sys.executable, "-c", "import sys; sys.exit('no package at https://mirror.example/simple/')")


HASH = "    --hash=sha256:" + "0" * 64


def test_a_lock_holds_names_versions_conditions_and_hashes(bootstrap: ModuleType) -> None:
    lock = ["alembic==1.20.1 \\", f"{HASH} \\", HASH, "numpy==2.5.5 ; python_full_version >= '3.12' \\", HASH]
    (bootstrap.REQUIREMENTS / "base.txt").write_text("\n".join(lock), encoding="utf-8")
    assert not [line for line in bootstrap.lines_with_addresses() if "base.txt" in line]


@pytest.mark.parametrize(
    "line",
    [
        "--index-url https://mirror.example/simple",
        "--find-links /opt/wheels",
        "mine @ file:///home/me/mine",
        "alembic @ https://mirror.example/alembic.whl",
        "-e .",
        "# made on build.example",
        "alembic",
    ],
)
def test_a_lock_that_names_a_place_or_leaves_a_version_open_is_refused(bootstrap: ModuleType, line: str) -> None:
    (bootstrap.REQUIREMENTS / "base.txt").write_text(line + "\n", encoding="utf-8")
    assert f"requirements/base.txt:1: {line}" in bootstrap.lines_with_addresses()


def test_the_locks_of_this_copy_name_no_place() -> None:
    spec = importlib.util.spec_from_file_location("bootstrap_of_this_copy", ROOT / "bootstrap.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.lines_with_addresses() == []


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["--help"], 0), (["nonsense"], 2)])
def test_asked_for_nothing_it_says_what_can_be_asked(arguments: list[str], code: int) -> None:
    command = [sys.executable, str(ROOT / "bootstrap.py"), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert "python3 bootstrap.py demo" in done.stdout

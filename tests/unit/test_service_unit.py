"""The unit for systemd: systemd itself finds nothing wrong with it, and calls what it leaves open little."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

MOST_EXPOSED = 20  # tenths, of 100: systemd calls up to 24 "OK", and a unit without any limits has 96


@pytest.fixture
def analyse() -> str:
    """Return the path of systemd's own judge of units, or skip by name."""
    found = shutil.which("systemd-analyze")
    if found is None:
        pytest.skip("needs systemd-analyze: install systemd")
    return found


@pytest.fixture
def unit(repository: Path, tmp_path: Path) -> Path:
    """Return the unit with a program in it that is there."""
    text = (repository / "deploy" / "iw-monitor.service").read_text(encoding="utf-8")
    assert text.count("/opt/iw-monitor/bin/iw-monitor up") == 1
    file = tmp_path / "iw-monitor.service"
    file.write_text(text.replace("/opt/iw-monitor/bin/iw-monitor", sys.executable), encoding="utf-8")
    return file


def test_systemd_finds_nothing_wrong_with_it(analyse: str, unit: Path) -> None:
    done = subprocess.run([analyse, "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_it_leaves_little_open(analyse: str, unit: Path) -> None:
    asked = [analyse, "security", "--offline=yes", f"--threshold={MOST_EXPOSED}", str(unit)]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]

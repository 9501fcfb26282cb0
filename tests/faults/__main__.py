"""The one command: tries every fault (or what is named), and in full writes what it came to into docs/faults.md."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bench.machine import load, measured_on, pace
from bench.table import page_with
from tests.faults.figures import Outcome, printed

FOLDER = Path(__file__).resolve().parent
PAGE = FOLDER.parents[1] / "docs" / "faults.md"
HEAD = """# Faults

Written by `python3 bootstrap.py faults --full`: processes killed and paused, clocks set wrong, disks filled and
damaged, input spoilt, channels and sources silent. Each section is a test of `tests/faults`, with what it counted.
**Bold** is what must be zero; where it is not, that is said.

`python3 bootstrap.py faults --full tests/faults/test_disks.py` renews the sections of that file, `-k` chooses among
them; a section is written as soon as its test has ended. Without `--full` a short form is tried, printed and not
written: it belongs to the long tests that continuous integration runs.
"""


class Writer:
    """Renews a section of the page as soon as its test has ended."""

    def __init__(self) -> None:
        self.load, self.pace = load(), pace()

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Take up what a test counted, and that it failed."""
        told = tuple(str(value) for key, value in report.user_properties if key == "figures")
        if report.failed or (report.when == "call" and told):
            name = report.nodeid.partition("::")[2]
            write(Outcome(test=name, told=told, held=not report.failed), measured_on(self.load, self.pace))


def write(outcome: Outcome, where: str) -> None:
    """Renew its section."""
    held = PAGE.read_text(encoding="utf-8") if PAGE.exists() else ""
    PAGE.write_text(page_with(HEAD, held, outcome.text(where)), encoding="utf-8")


def take_over(output: Path) -> None:
    """Renew the sections of what a run in full, whose output was saved on this machine, said that it came to."""
    ended = datetime.fromtimestamp(output.stat().st_mtime, UTC)
    for outcome in printed(output.read_text(encoding="utf-8")):
        write(outcome, measured_on(0.0, None, ended.date()))
        print(f"renewed: {outcome.title}")


def main(arguments: Sequence[str]) -> int:
    """Try the faults; return pytest's exit code."""
    asked, rest = _parsed(arguments)
    if asked.printed:
        for output in asked.printed:
            take_over(output)
        return 0
    names_some = any(Path(one).resolve().is_relative_to(FOLDER) for one in rest)
    # One after the other: they share a week that took a while to live through.
    command = ["-m", "slow", *rest, *([] if names_some else [str(FOLDER)])]
    if not asked.full:
        return int(pytest.main(command))
    os.environ["IW_THOROUGH"] = "1"
    return int(pytest.main(command, plugins=[Writer()]))


def _parsed(arguments: Sequence[str]) -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="python3 bootstrap.py faults",
        description=__doc__,
        epilog="Everything else is given to pytest.",
        allow_abbrev=False,
    )
    parser.add_argument("--full", action="store_true", help="all of it, for hours, into docs/faults.md")
    parser.add_argument(
        "--printed",
        nargs="+",
        type=Path,
        metavar="FILE",
        help="try nothing: take what runs in full printed, saved to files, into docs/faults.md",
    )
    return parser.parse_known_args(arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

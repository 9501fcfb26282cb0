"""The tools of an audit: programs of other people, run from a folder of their own so that nothing of ours sees them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

FINE, WRONG, OPEN = 0, 1, 3  # how an audit ends; open: somebody has to look, since a program could not tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What a program said."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Runs programs in the project's folder."""

    root: Path

    def python(self, module: str, *arguments: str, within: Path | None = None) -> Ran:
        """Run one of the tools, which are Python programs, in the project's folder or within another."""
        tools = str(self.root / ".venv" / "audit")
        environment = {**os.environ, "PYTHONPATH": tools}
        return self._run([sys.executable, "-m", module, *arguments], environment, within or self.root)

    def git(self, *arguments: str) -> Ran:
        """Ask git about the project."""
        return self._run(["git", *arguments], dict(os.environ), self.root)

    def _run(self, command: list[str], environment: dict[str, str], within: Path) -> Ran:
        done = subprocess.run(
            command,
            cwd=within,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        return Ran(code=done.returncode, out=done.stdout, err=done.stderr)


def worst(codes: Iterable[int]) -> int:
    """Return how several parts of an audit end together."""
    ended = set(codes)
    return next((one for one in (WRONG, OPEN) if one in ended), FINE)


def pinned(root: Path) -> dict[str, set[str]]:
    """Return every package that a lock names, with its versions."""
    found: dict[str, set[str]] = {}
    for lock in sorted((root / "requirements").glob("*.txt")):
        for line in lock.read_text(encoding="utf-8").splitlines():
            name, separator, version = line.partition(" ")[0].partition("==")
            if separator and not line.startswith(" "):
                found.setdefault(name.partition("[")[0], set()).add(version)
    return found

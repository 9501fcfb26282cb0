"""Secrets that lie where everybody can read them: in the files as they are, and in every line that was ever added.

What has the shape of a key of some service is wrong wherever it stands or once stood. What only looks like a secret,
being called one or being random, is a guess: it is left open until ``known.json`` says with a reason that it is none.
Tests are full of passwords that open nothing; nobody guesses there, nor in what once was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from audit.tools import FINE, OPEN, WRONG, Tools

KNOWN = "audit/known.json"
# Numbers and hashes by the thousand, none of which opens anything.
PASSED_OVER = ("requirements/", "audit/known.json", "indicators/schema/")
TABLES = (".csv", ".png", ".ttf", ".svg")
# Kinds that are only guesses, and which part of the tool makes them.
GUESSES = {
    "Secret Keyword": "KeywordDetector",
    "Base64 High Entropy String": "Base64HighEntropyString",
    "Hex High Entropy String": "HexHighEntropyString",
    "Basic Auth Credentials": "BasicAuthDetector",
    "Public IP (ipv4)": "IPPublicDetector",
}


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """What looks like a secret: where, what kind, and the hash by which it is known without being told."""

    file: str
    kind: str
    hash: str


def leaks(tools: Tools, say: Callable[[str], None]) -> int:
    """Say what looks like a secret and is not known to be none."""
    known = {Leak(one["file"], one["kind"], one["hash"]) for one in _known(tools.root)}
    ours, tests = _files(tools)
    once, lines = _once(tools)
    found = _scan(tools, tools.root, ours) | _scan(tools, tools.root, tests, guess=False) | once
    keys = {one for one in found if one.kind not in GUESSES}
    guesses = found - keys - known
    for one in sorted(keys):
        say(f"SECRET       {one.file}: {one.kind}")
    for one in sorted(guesses):
        say(f"SECRET?      {one.file}: {one.kind}; if it is none, say so in {KNOWN} with its hash {one.hash}")
    say(f"leaks        {len(ours) + len(tests)} files and {lines} lines ever added, {len(known)} known to be no secret")
    if keys:
        return WRONG
    return OPEN if guesses else FINE


def _known(root: Path) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads((root / KNOWN).read_text(encoding="utf-8"))
    return found


def _files(tools: Tools) -> tuple[list[str], list[str]]:
    """Return the files that are looked at: ours, and those of tests."""
    listed = tools.git("ls-files", "-z").out.split("\0")
    read = [one for one in listed if one and not one.startswith(PASSED_OVER) and not one.endswith(TABLES)]
    return [one for one in read if not one.startswith("tests/")], [one for one in read if one.startswith("tests/")]


def _scan(tools: Tools, root: Path, files: list[str], *, guess: bool = True) -> set[Leak]:
    left = [] if guess else [part for one in GUESSES.values() for part in ("--disable-plugin", one)]
    ran = tools.python("detect_secrets", "scan", *left, *files, within=root)
    if ran.code != 0:
        raise SystemExit(f"detect-secrets failed: {ran.err.strip()[-400:]}")
    found = json.loads(ran.out)["results"]
    return {Leak(file, one["type"], one["hashed_secret"]) for file, several in found.items() for one in several}


def _once(tools: Tools) -> tuple[set[Leak], int]:
    """Return what has the shape of a key in any line that was ever added, and how many lines there were."""
    with TemporaryDirectory(prefix="iw-audit-") as name:
        folder, files, count = Path(name), [], 0
        for commit, lines in _added(tools):
            (folder / commit).write_text("\n".join(lines), encoding="utf-8")
            files.append(commit)
            count += len(lines)
        return _scan(tools, folder, files, guess=False) if files else set(), count


def _added(tools: Tools) -> Iterator[tuple[str, list[str]]]:
    """Yield every commit with the lines it added."""
    log = tools.git("log", "--format=%x00%h", "--patch", "--unified=0", "--no-color", "--no-ext-diff").out
    for part in log.split("\0")[1:]:
        commit, _, patch = part.partition("\n")
        added = [line[1:] for line in patch.split("\n") if line.startswith("+") and not line.startswith("+++")]
        if added:
            yield commit, added

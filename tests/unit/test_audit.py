"""The audit of what the project is made of: what nobody answered is never held for nothing found."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from audit.advisories import advisories, read
from audit.leaks import Leak, leaks
from audit.tools import FINE, OPEN, WRONG, Ran, Tools, pinned, worst

FAULTY = {"id": "PYSEC-2019-217", "aliases": ["CVE-2019-10906"], "fix_versions": ["2.10.1"]}
# As pip-audit 2.9 answers where the index does not know the package: no fault, and exit code 0.
NOT_KNOWN = {"name": "jinja2", "skip_reason": "Dependency not found on PyPI and could not be audited: jinja2 (2.10)"}


@dataclass(frozen=True, kw_only=True)
class Answering(Tools):
    """Tools that answer what a test says."""

    answer: Callable[[list[str]], str]
    asked: list[list[str]] = field(default_factory=list)

    def _run(self, command: list[str], environment: dict[str, str], within: Path) -> Ran:
        self.asked.append(command)
        return Ran(code=0, out=self.answer(command), err="")


def packages(root: Path) -> Path:
    (root / "requirements").mkdir()
    (root / "requirements" / "base.txt").write_text("alpha==1 \\\n    --hash=sha256:00\nbeta[x]==2 ; a \\\n", "utf-8")
    (root / "requirements" / "audit.txt").write_text("alpha==3 \\\n", "utf-8")
    return root


def told(root: Path, *, of: Callable[[str, list[str]], list[dict[str, Any]]]) -> tuple[int, list[str]]:
    """Audit, with services that say of packages what ``of`` says."""

    def answer(command: list[str]) -> str:
        wanted = Path(command[command.index("-r") + 1]).read_text(encoding="utf-8").splitlines()
        return json.dumps({"dependencies": of(command[command.index("-s") + 1], wanted)})

    said: list[str] = []
    return advisories(Answering(root=root, answer=answer), said.append), said


def test_every_package_of_every_lock_is_asked_for_in_every_version(tmp_path: Path) -> None:
    assert pinned(packages(tmp_path)) == {"alpha": {"1", "3"}, "beta": {"2"}}


def test_a_service_that_finds_nothing_where_everybody_knows_a_fault_was_not_asked(tmp_path: Path) -> None:
    code, said = told(packages(tmp_path), of=lambda *_: [NOT_KNOWN])
    assert code == OPEN
    assert said == ["NOT AUDITED  3 packages: neither OSV nor PyPI could be asked from here."]


@pytest.mark.parametrize("out", ["", "no route to host", "[]", "{}", '{"dependencies": null}'])
def test_what_cannot_be_read_says_nothing_of_any_package(out: str) -> None:
    assert read(out) == read('{"dependencies": []}')


def _of_osv(service: str, wanted: list[str]) -> list[dict[str, Any]]:
    if service != "osv":
        return []
    pairs = [one.split("==") for one in wanted]
    faulty = {"jinja2": [FAULTY], "beta": [FAULTY]}
    return [{"name": name, "version": version, "vulns": faulty.get(name, [])} for name, version in pairs]


def test_faults_are_told_with_the_version_that_mends_them(tmp_path: Path) -> None:
    code, said = told(packages(tmp_path), of=_of_osv)
    assert code == WRONG
    assert said == [
        "FAULT        beta 2: PYSEC-2019-217, CVE-2019-10906; mended in 2.10.1",
        "advisories   3 of 3 packages asked of OSV, 1 faults",
    ]


def test_a_package_that_a_service_does_not_know_is_named(tmp_path: Path) -> None:
    def of(service: str, wanted: list[str]) -> list[dict[str, Any]]:
        known = _of_osv(service, [one for one in wanted if not one.startswith("beta")])
        return [*known, {"name": "beta", "skip_reason": "not found"}] if "beta==2" in wanted else known

    code, said = told(packages(tmp_path), of=of)
    assert code == OPEN
    assert said[0] == "NOT AUDITED  beta: OSV does not know it"


def test_what_is_wrong_weighs_more_than_what_is_open() -> None:
    assert [worst([FINE, FINE]), worst([OPEN, FINE]), worst([OPEN, WRONG, FINE])] == [FINE, OPEN, WRONG]


def looked_over(root: Path, *, ours: Leak | None = None, once: Leak | None = None) -> tuple[int, list[str]]:
    """Look for leaks where the scanner finds these: in a file as it is, and in a commit."""
    (root / "audit").mkdir()
    known = [{"file": "docs/a.md", "kind": "Secret Keyword", "hash": "1", "why": "an example"}]
    (root / "audit" / "known.json").write_text(json.dumps(known), encoding="utf-8")

    def answer(command: list[str]) -> str:
        if "ls-files" in command:
            return "src/a.py\0tests/b.py\0requirements/base.txt\0"
        if "log" in command:
            return "\0abc123\n+++ b/src/a.py\n+key = 1\n-gone\n"
        assert "requirements/base.txt" not in command
        found = once if "abc123" in command else ours if "src/a.py" in command else None
        at = {} if found is None else {found.file: [{"type": found.kind, "hashed_secret": found.hash}]}
        return json.dumps({"results": at})

    said: list[str] = []
    return leaks(Answering(root=root, answer=answer), said.append), said


def test_a_key_is_wrong_where_it_stands_and_where_it_once_stood(tmp_path: Path) -> None:
    code, said = looked_over(tmp_path, once=Leak("abc123", "AWS Access Key", "2"))
    assert (code, said[0]) == (WRONG, "SECRET       abc123: AWS Access Key")


def test_a_guess_is_left_open_until_a_reason_says_that_it_is_none(tmp_path: Path) -> None:
    code, said = looked_over(tmp_path, ours=Leak("docs/a.md", "Secret Keyword", "7"))
    assert code == OPEN
    assert said[0].startswith("SECRET?      docs/a.md: Secret Keyword; if it is none, say so in audit/known.json")


def test_what_is_known_to_be_none_is_none(tmp_path: Path) -> None:
    code, said = looked_over(tmp_path, ours=Leak("docs/a.md", "Secret Keyword", "1"))
    assert (code, said) == (FINE, ["leaks        2 files and 1 lines ever added, 1 known to be no secret"])


def test_every_guess_that_is_known_to_be_none_has_its_reason_and_its_file(repository: Path) -> None:
    known = json.loads((repository / "audit" / "known.json").read_text(encoding="utf-8"))
    assert all(one["why"] and (repository / one["file"]).is_file() for one in known)

"""Each code has a broken pack that yields exactly it, where it stands; and every broken pack is said clearly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from iw_monitor.errors import Finding, PackError, Severity
from iw_monitor.pack import codes
from iw_monitor.pack.load import check_pack, load_pack
from tests.packs.broken import BASE, BrokenPack, broken_packs

BROKEN = broken_packs()
JARGON = re.compile(
    r"pydantic|https?://|Input should|Traceback|NoneType|\bdict\b|\bstr\b|\bint\b|<class|Error\b|datetime\."
)

# What is not there stands in no line: the finding names the line of the table that lacks it.
IS_ABSENT = re.compile(r"is missing|has no|is not said|states no")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A broken pack as it lies in a folder, and what is found in it."""

    broken: BrokenPack
    folder: Path
    findings: tuple[Finding, ...]


@pytest.fixture(scope="module", params=BROKEN, ids=lambda one: one.name)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Make a broken pack once, and check it once."""
    broken: BrokenPack = request.param
    folder = tmp_path_factory.mktemp("parent") / "port"
    broken.make(folder)
    before = load_pack(BASE).pack if broken.is_compared else None
    return Made(broken=broken, folder=folder, findings=check_pack(folder, today=broken.today, against=before))


def _where(finding: Finding, folder: Path) -> str:
    inside = Path(finding.file).relative_to(folder).as_posix()
    return f"{inside}:{finding.line} {finding.field}".strip()


def test_the_pack_that_they_are_made_from_is_good() -> None:
    assert check_pack(BASE) == ()


def test_a_broken_pack_yields_exactly_its_code_where_it_stands(made: Made) -> None:
    assert {one.code for one in made.findings} == {made.broken.code}
    assert [_where(one, made.folder) for one in made.findings] == list(made.broken.finds)


def test_a_finding_is_a_sentence_without_jargon_and_with_a_remedy(made: Made) -> None:
    for one in made.findings:
        said = f"{one.problem}. {one.remedy}."
        assert one.problem and one.remedy
        assert not one.problem.endswith((".", "?")) and not one.remedy.endswith(".")
        assert not JARGON.search(said.replace("http://example.org/port", "")), said
        assert "\n" not in str(one)


def test_the_line_of_a_finding_is_the_line_of_its_field(made: Made) -> None:
    for one in made.findings:
        key = one.field.rpartition(".")[2]
        if key and not key.isdecimal() and not IS_ABSENT.search(one.problem):
            line = Path(one.file).read_text(encoding="utf-8").splitlines()[one.line - 1]
            assert key in line


@pytest.mark.slow
def test_errors_keep_a_pack_from_loading_and_issues_do_not(made: Made) -> None:
    if any(one.severity is Severity.ERROR for one in made.findings):
        with pytest.raises(PackError) as raised:
            load_pack(made.folder, today=made.broken.today, cases=True)
        assert raised.value.findings == made.findings
    else:
        issues = load_pack(made.folder, today=made.broken.today, cases=True).issues
        assert issues == (() if made.broken.is_compared else made.findings)


def test_every_code_has_a_broken_pack_and_every_broken_pack_a_code() -> None:
    assert {one.code for one in codes.ALL} == {one.code for one in BROKEN}


def test_codes_are_unique_and_issues_are_the_ninth_hundred() -> None:
    assert len({one.code for one in codes.ALL}) == len(codes.ALL)
    assert all((one.severity is Severity.ISSUE) == one.code.startswith("P9") for one in codes.ALL)

"""docs/sources.md and docs/writing-a-collector.md: their sources load, their commands run, their plug-in works."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from typer.testing import CliRunner

from iw_monitor.cli.program import app
from iw_monitor.collect.fetching import Around, Held
from iw_monitor.collect.kinds import fetch, parse
from iw_monitor.errors import CollectError, UnconfiguredError
from iw_monitor.model.collecting import FetchOutcome
from iw_monitor.model.pack.sources import Accept, Source
from iw_monitor.pack.load import load_pack
from tests.collect.sources import NOW

FOR_PACKS, FOR_PROGRAMS = "sources.md", "writing-a-collector.md"
LOG = "day,ships_missing\n" + "".join(f"2026-01-{day:02},0.4\n" for day in range(1, 10))


def blocks(repository: Path, page: str, language: str) -> list[str]:
    text = (repository / "docs" / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.+?)```", text, re.DOTALL)


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the pack that new-pack writes."""
    folder = tmp_path_factory.mktemp("pages")
    CliRunner().invoke(app, ["new-pack", "port-watch", "--in", str(folder / "packs")])
    return folder / "packs" / "port-watch"


@pytest.fixture
def packs(skeleton: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the skeleton below the working folder, as the pages have it."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(skeleton, tmp_path / "packs" / "port-watch"))


@pytest.mark.parametrize("page", [FOR_PACKS, FOR_PROGRAMS])
def test_every_source_of_the_pages_loads_with_a_pack(repository: Path, packs: Path, page: str) -> None:
    found = blocks(repository, page, "yaml")
    assert found
    for block in found:
        (packs / "sources.yml").write_text(block, encoding="utf-8")
        assert len(load_pack(packs).sources) == block.count("- id:")


def test_the_page_names_every_kind_every_way_to_accept_and_every_outcome(repository: Path) -> None:
    text = (repository / "docs" / FOR_PACKS).read_text(encoding="utf-8")
    kinds = {get_args(one.model_fields["kind"].annotation)[0] for one in get_args(Source)}
    told = {one.value.replace("unconfigured", "not configured") for one in FetchOutcome}
    text = text.partition("## 7.")[0]
    listed = set(re.findall(r"^\| `?([a-z_ ]+?)`?(?: \(the usual\))? \|", text, re.MULTILINE))
    heads = {"kind", "accept", "outcome"}
    assert listed == {*kinds, *Accept, *told, *heads}


@pytest.mark.slow
def test_every_source_of_the_article_says_what_it_was_tried_on_and_every_named_test_is_there(repository: Path) -> None:
    text = (repository / "docs" / FOR_PACKS).read_text(encoding="utf-8").partition("## 7.")[2]
    sources = {one.id for one in load_pack(repository / "indicators" / "multi-front").sources}
    tests = "".join(one.read_text(encoding="utf-8") for one in (repository / "tests" / "collect").glob("test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", text))
    assert set(re.findall(r"`([a-z_]+)`", text)) - named == {*sources}
    assert len(named) > 20
    assert {one for one in named if f"def {one}(" not in tests} == set()


def test_the_commands_of_the_page_run_on_its_first_source(repository: Path, packs: Path) -> None:
    (packs / "sources.yml").write_text(blocks(repository, FOR_PACKS, "yaml")[0], encoding="utf-8")
    Path("log.csv").write_text(LOG, encoding="utf-8")
    said = []
    for line in "".join(blocks(repository, FOR_PACKS, "sh")).splitlines():
        _, *arguments = shlex.split(line)
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 0, (arguments, result.output)
        said.append(result.stdout)
    # Seven days of 0.4 lie between 0.33 and 0.5; with nothing that stands, one step cannot be told.
    assert "proposed  first_sign level 2" in said[-1]
    assert "nothing stands that it could be compared with" in said[-1]


# --- The plug-in ---


@pytest.fixture
def installed(repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Lay the page's package out as an installer would."""
    (code,) = blocks(repository, FOR_PROGRAMS, "python")
    (tmp_path / "tide_gauges.py").write_text(code, encoding="utf-8")
    about = tmp_path / "tide_gauges-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: tide-gauges\nVersion: 1.0\n", encoding="utf-8")
    points = "[iw_monitor.collectors]\ntide_gauges = tide_gauges:collector\nno_collector = tide_gauges:fetch\n"
    (about / "entry_points.txt").write_text(points, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("tide_gauges", None)


def the_tide(repository: Path, packs: Path, **changes: Any) -> Source:
    (block,) = blocks(repository, FOR_PROGRAMS, "yaml")
    (packs / "sources.yml").write_text(block, encoding="utf-8")
    return load_pack(packs).sources[0].model_copy(update=changes)


@pytest.mark.usefixtures("installed")
def test_the_plug_in_of_the_page_reads_what_was_known_and_says_what_it_could_not(repository: Path, packs: Path) -> None:
    source = the_tide(repository, packs)
    parsed = parse((b"2023-11-29 1.2\nsorry\n2023-12-01 9\n",), source, {}, now=NOW)
    assert [one.value for one in parsed.readings] == [1.2]
    assert (parsed.withheld, parsed.damage) == (1, ("line 2 is no day and height",))
    with pytest.raises(CollectError, match="the layout may have changed"):
        parse((b"<html>sorry</html>",), source, {}, now=NOW)


@pytest.mark.usefixtures("installed")
def test_what_a_plug_in_stumbles_over_costs_its_own_source_alone(repository: Path, packs: Path) -> None:
    unsaid = the_tide(repository, packs, options={})
    with pytest.raises(CollectError, match=r"the plug-in tide_gauges failed \(KeyError\)"):
        fetch(unsaid, Held(), Around())
    with pytest.raises(CollectError, match="the plug-in no_collector is no Collector"):
        fetch(the_tide(repository, packs, plugin="no_collector"), Held(), Around())


def test_a_plug_in_that_is_not_installed_is_not_configured(repository: Path, packs: Path) -> None:
    with pytest.raises(UnconfiguredError, match="the plug-in tide_gauges is not installed"):
        fetch(the_tide(repository, packs), Held(), Around())

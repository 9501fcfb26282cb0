"""Several packs of one process: each a site of its own, a broken one costs itself only, and mending is noticed."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iw_monitor.cli.program import app
from iw_monitor.errors import Finding, InputError
from iw_monitor.service.site import Site
from iw_monitor.service.sites import Sites, opened_sites
from tests.builders import AWatch, a_pack, a_site

WRONG = Finding(code="P104", file="pack.yml", line=4, field="ratings", problem="is not a problem", remedy="Mend it")


@dataclass
class Opener:
    """Opens sites by the name of their folder; those named as broken it refuses."""

    broken: set[str] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)
    tried: list[str] = field(default_factory=list)

    def __call__(self, pack: str) -> Site:
        name = Path(pack).name
        self.tried.append(name)
        if name in self.broken:
            raise InputError([WRONG])
        return a_site(watch=AWatch(a_pack(file={"id": self.ids.get(name, name)})))


@pytest.fixture
def folders(tmp_path: Path) -> list[str]:
    """Return two folders of packs."""
    for name in ("harbour", "dunes"):
        (tmp_path / name).mkdir()
    return [str(tmp_path / "harbour"), str(tmp_path / "dunes")]


def test_each_pack_is_a_site_of_its_own_in_the_order_in_which_they_were_named(folders: list[str]) -> None:
    with opened_sites(folders, Opener()) as sites:
        assert [one.pack.id for one in sites.usable()] == ["harbour", "dunes"]
        assert sites.are_several
        assert sites.findings() == ()


def test_a_pack_that_is_broken_costs_itself_only_and_says_what_is_wrong(folders: list[str]) -> None:
    with opened_sites(folders, Opener(broken={"harbour"})) as sites:
        broken, good = sites.held()
        assert (broken.name, broken.site, broken.findings) == ("harbour", None, (WRONG,))
        assert good.site is not None


def test_a_broken_pack_is_tried_again_when_its_files_change_and_not_before(folders: list[str]) -> None:
    opener = Opener(broken={"dunes"})
    with opened_sites(folders, opener) as sites:
        opener.broken.clear()
        assert sites.held()[1].site is None
        assert opener.tried == ["harbour", "dunes"]
        Path(folders[1], "pack.yml").write_text("id: dunes", encoding="utf-8")
        assert sites.held()[1].site is not None
        assert sites.findings() == ()


def test_of_two_packs_with_one_id_the_first_is_held(folders: list[str]) -> None:
    with opened_sites(folders, Opener(ids={"dunes": "harbour"})) as sites:
        first, second = sites.held()
        assert first.site is not None
        assert second.site is None
        assert [one.code for one in second.findings] == ["S126"]


def test_where_no_pack_can_be_used_everything_that_is_wrong_is_said_at_once(folders: list[str]) -> None:
    with pytest.raises(InputError) as refused, opened_sites(folders, Opener(broken={"harbour", "dunes"})):
        pass
    assert refused.value.findings == (WRONG, WRONG)


def test_a_single_pack_needs_nobody_to_say_which(folders: list[str]) -> None:
    assert not Sites(folders[:1], Opener()).are_several


def test_where_the_environment_names_several_a_command_about_one_means_the_first(tmp_path: Path) -> None:
    several = {"IW_PACK": os.pathsep.join(("volcano-unrest", "multi-front"))}
    result = CliRunner().invoke(app, ["assess", "--json", "--db", str(tmp_path / "journal.db")], env=several)
    assert json.loads(result.stdout)["pack"] == "volcano-unrest"

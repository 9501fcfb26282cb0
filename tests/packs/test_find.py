"""Finding a pack by folder or by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from iw_monitor import resources
from iw_monitor.errors import InputError
from iw_monitor.pack.find import find_pack, shipped_packs
from tests.packs.broken import BASE


def test_a_folder_is_a_pack_by_itself() -> None:
    assert find_pack(str(BASE)) == BASE


def test_a_shipped_pack_is_found_by_its_name_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert (find_pack("multi-front") / "pack.yml").is_file()
    assert "multi-front" in shipped_packs()


def test_the_schemas_are_not_a_pack() -> None:
    assert "schema" not in shipped_packs()


@pytest.mark.parametrize("name", ["multi-frnt", "", "nul\0l", "/nowhere/at/all", "\udcff"])
def test_what_is_neither_is_refused_with_the_names_there_are(name: str) -> None:
    with pytest.raises(InputError, match="multi-front") as raised:
        find_pack(name)
    assert [one.code for one in raised.value.findings] == ["P001"]
    str(raised.value).encode()


def test_an_installed_program_finds_what_is_packed_inside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "lib" / "site-packages" / "iw_monitor"
    (package / "_ship" / "indicators" / "multi-front").mkdir(parents=True)
    (package / "_ship" / "indicators" / "multi-front" / "pack.yml").write_text("id: x", encoding="utf-8")
    monkeypatch.setattr(resources, "_PACKAGE", package)
    assert shipped_packs() == {"multi-front": package / "_ship" / "indicators" / "multi-front"}


def test_an_installation_without_its_folders_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "_PACKAGE", tmp_path / "a" / "b" / "iw_monitor")
    with pytest.raises(FileNotFoundError, match="install iw-monitor again"):
        resources.shipped_folder("dashboard")
    assert shipped_packs() == {}

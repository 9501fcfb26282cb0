"""Beginning a pack: the skeleton can be checked and tested at once, and the page of fields is fresh."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from iw_monitor.assess.cases import run_case
from iw_monitor.cli.program import app
from iw_monitor.errors import Severity
from iw_monitor.pack.fields import fields_page
from iw_monitor.pack.load import check_pack, load_pack
from iw_monitor.pack.new import write_skeleton
from iw_monitor.pack.schema import schemas
from tests.packs.test_schema import complaints

TODAY = date(2026, 2, 28)


@pytest.fixture(scope="module")
def skeleton(tmp_path_factory: pytest.TempPathFactory) -> Path:
    parent = tmp_path_factory.mktemp("parent") / "packs"
    write_skeleton("port-watch", parent, today=TODAY)
    return parent / "port-watch"


def test_a_new_pack_has_no_error_and_its_issues_are_what_is_to_be_written(skeleton: Path) -> None:
    found = check_pack(skeleton, today=TODAY)
    assert [one for one in found if one.severity is Severity.ERROR] == []
    assert {one.code for one in found} == {"P903", "P912"}  # two signs are few, and every TODO is one


def test_the_cases_of_a_new_pack_hold_and_one_stays_calm(skeleton: Path) -> None:
    loaded = load_pack(skeleton, cases=True)
    results = [run_case(loaded.pack, name, case) for name, case in loaded.cases.items()]
    assert [one.holds for one in results] == [True, True]
    assert all(one.floors == () for one in loaded.cases["one_sign_stays_calm"].expect)


def test_a_new_pack_bears_its_name_begins_today_and_fits_the_schemas(skeleton: Path) -> None:
    pack = load_pack(skeleton).pack
    assert (pack.id, pack.t0.date()) == ("port-watch", TODAY)
    assert pack.file.assumptions[0].review_by == date(2026, 8, 27)
    assert "__" not in "".join(one.read_text(encoding="utf-8") for one in skeleton.rglob("*.yml"))
    assert [(one.name, complaints(one)) for one in skeleton.rglob("*.yml") if complaints(one)] == []


def test_the_command_writes_it_and_never_over_another(tmp_path: Path) -> None:
    first = CliRunner().invoke(app, ["new-pack", "port-watch", "--in", str(tmp_path)])
    assert first.exit_code == 0 and "pack.yml" in first.stdout
    again = CliRunner().invoke(app, ["new-pack", "port-watch", "--in", str(tmp_path)])
    assert isinstance(again.exception, FileExistsError)  # main() says it as a sentence
    assert CliRunner().invoke(app, ["test", str(tmp_path / "port-watch")]).exit_code == 0


@pytest.mark.parametrize("name", ["Port", "p", "port watch", "../port", "9port", "port_watch", "p" * 64])
def test_a_name_that_no_pack_may_have_is_refused(name: str, tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["new-pack", name, "--in", str(tmp_path)]).exit_code == 2
    with pytest.raises(ValueError, match="small letters"):
        write_skeleton(name, tmp_path, today=TODAY)
    assert list(tmp_path.iterdir()) == []


def test_a_name_with_folders_before_it_is_pointed_to_the_option_for_them(tmp_path: Path) -> None:
    typed = CliRunner().invoke(app, ["new-pack", "packs/port-watch"], env={"COLUMNS": "200", "NO_COLOR": "1"})
    assert typed.exit_code == 2
    assert "iw-monitor new-pack port-watch --in packs" in typed.stderr
    no_better = CliRunner().invoke(app, ["new-pack", "packs/Port"], env={"COLUMNS": "200"})
    assert (no_better.exit_code, "--in" in no_better.stderr) == (2, False)


def test_the_page_of_fields_is_fresh_and_names_every_key(repository: Path) -> None:
    page = (repository / "docs" / "reference" / "fields.md").read_text(encoding="utf-8")
    assert page == fields_page(), "renew it: python -m tests.packs.renew"
    for schema in schemas().values():
        for part in (schema, *schema.get("$defs", {}).values()):
            assert all(f"| `{key}` |" in page for key in part.get("properties", {}))

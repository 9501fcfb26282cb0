"""Loading a pack: what is read, in which order, and that everything wrong is found at once."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from iw_monitor.errors import PackError, Severity
from iw_monitor.model.pack import Kind
from iw_monitor.pack.folder import READ_LATER
from iw_monitor.pack.load import check_pack, load_pack
from tests.packs.broken import BASE


@pytest.fixture
def port(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "port"))


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_good_pack_is_read_as_it_is_written() -> None:
    loaded = load_pack(BASE)
    pack = loaded.pack
    traffic = pack.indicator("port_traffic")
    assert loaded.folder == BASE
    assert (pack.id, pack.t0) == ("port", datetime(2024, 1, 1, tzinfo=UTC))
    assert (traffic.kind, traffic.half_life, traffic.anchors[4]) == (
        Kind.EVENT,
        timedelta(days=7),
        "none for three days",
    )
    assert pack.file.assumptions[0].review_by == date(2024, 7, 1)
    assert pack.method.grades.credibility[6] is None


def test_leading_indicators_come_first_and_the_rest_by_family_and_id() -> None:
    ids = [one.id for one in load_pack(BASE).pack.indicators]
    assert ids == ["port_traffic", "war_insurance", "coast_patrols", "mine_notices"]


def test_the_order_of_leading_indicators_is_the_order_in_the_pack(port: Path) -> None:
    edit(port / "pack.yml", "leading: [port_traffic]", "leading: [mine_notices, port_traffic]")
    ids = [one.id for one in load_pack(port).pack.indicators]
    assert ids == ["mine_notices", "port_traffic", "war_insurance", "coast_patrols"]


def test_layout_and_comments_do_not_change_the_hash_and_words_do(port: Path) -> None:
    before = load_pack(port).pack.hash
    edit(port / "pack.yml", "id: port\n", "# a comment\n\nid: port\n")
    assert load_pack(port).pack.hash == before
    edit(port / "pack.yml", "title: Northern port", "title: Southern port")
    assert load_pack(port).pack.hash != before


def test_everything_that_is_wrong_is_found_at_once(port: Path) -> None:
    edit(port / "pack.yml", "version: 1.0.0", "version: 1.0")
    edit(port / "pack.yml", "time_zone: Europe/Helsinki", "time_zone: Mars/Olympus")
    edit(port / "pack.yml", "from_points: -1,", "from_points: -8,")
    edit(port / "method.yml", "clip: 20", "clip: twenty")
    edit(port / "method.yml", "percentiles: [5, 95]", "percentiles: [95, 5]")
    edit(port / "indicators/port_traffic.yml", "kind: E", "kind: Q")
    edit(port / "indicators/port_traffic.yml", "blockade: HL", "blokade: HL")
    edit(port / "indicators/mine_notices.yml", "family: force", "\tfamily: force")
    edit(port / "indicators/coast_patrols.yml", "front: sea", "front: sea\nfront: land")
    (port / "indicators/war_insurance.yml").write_bytes(b"\0\1\2")
    found = sorted(one.code for one in check_pack(port) if one.severity is Severity.ERROR)
    assert found == ["P006", "P010", "P012", "P104", "P203", "P203", "P205", "P303", "P311", "P321"]


def test_findings_are_sorted_by_file_line_and_code(port: Path) -> None:
    edit(port / "pack.yml", "version: 1.0.0", "version: one")
    edit(port / "pack.yml", "handling: TLP:CLEAR", "handling: TLP:WHITE")
    edit(port / "method.yml", "clip: 20", "clip: -20")
    places = [(one.file, one.line, one.code) for one in check_pack(port)]
    assert len(places) == 3
    assert places == sorted(places)


def test_a_broken_pack_file_does_not_make_every_name_in_the_indicators_wrong(port: Path) -> None:
    (port / "pack.yml").write_text("id: [", encoding="utf-8")
    assert {one.code for one in check_pack(port)} == {"P011"}


def test_days_to_look_again_are_checked_only_if_it_is_known_which_day_it_is() -> None:
    assert check_pack(BASE) == ()
    assert [one.code for one in check_pack(BASE, today=date(2024, 7, 2))] == ["P904"]
    assert check_pack(BASE, today=date(2024, 7, 1)) == ()


def test_files_of_later_use_are_not_unknown(port: Path) -> None:
    later = [name for name in READ_LATER if "." in name]
    assert "README.md" in later
    for name in (*later, ".hidden"):
        (port / name).write_text("later", encoding="utf-8")
    (port / "history").mkdir()
    assert check_pack(port) == ()


def test_the_files_are_named_as_the_user_named_the_folder(port: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(port / "pack.yml", "version: 1.0.0", "version: one")
    monkeypatch.chdir(port.parent)
    assert [one.file for one in check_pack(Path("port"))] == ["port/pack.yml"]


def test_yaml_1_2_words_are_not_taken_for_truths_or_numbers(port: Path) -> None:
    edit(port / "indicators/port_traffic.yml", "0: usual traffic", "0: no")
    edit(port / "indicators/port_traffic.yml", "1: a tenth fewer", "1: 12:30:45")
    edit(port / "indicators/port_traffic.yml", "2: a third fewer", "2: 2024-01-31")
    anchors = load_pack(port).pack.indicator("port_traffic").anchors
    assert (anchors[0], anchors[1], anchors[2]) == ("no", "12:30:45", "2024-01-31")


@pytest.mark.parametrize("said", ["yes", "1", '"true"', "on"])
def test_only_true_and_false_are_truths(port: Path, said: str) -> None:
    edit(port / "indicators/port_traffic.yml", "t0: 1", f"t0: 1\nextension: {said}")
    assert [one.code for one in check_pack(port)] == ["P203"]


def test_windows_line_ends_and_a_byte_order_mark_are_read(port: Path) -> None:
    path = port / "pack.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert check_pack(port) == ()


def test_a_pack_in_a_linked_folder_is_read(port: Path) -> None:
    link = port.parent / "link"
    link.symlink_to(port)
    assert load_pack(link).pack.id == "port"


def test_a_link_inside_the_pack_is_read(port: Path) -> None:
    (port / "article.yml").rename(port / "history.md")
    (port / "article.yml").symlink_to("history.md")
    assert [one.code for one in check_pack(port)] == ["P908"]


def test_a_folder_that_may_not_be_read_is_a_finding(tmp_path: Path) -> None:
    for folder in (tmp_path / "absent", tmp_path / "nul\0l", Path(__file__)):
        assert [one.code for one in check_pack(folder)] == ["P001"]


def test_a_pipe_in_place_of_a_file_does_not_hang(port: Path) -> None:
    import os

    if not hasattr(os, "mkfifo"):
        pytest.skip("there are no pipes on this platform")
    (port / "article.yml").unlink()
    os.mkfifo(port / "article.yml")
    assert {one.code for one in check_pack(port)} == {"P003"}


def test_a_quote_may_run_over_lines(port: Path) -> None:
    edit(
        port / "indicators/port_traffic.yml",
        "{text: ships that stay away are the first sign, paragraph: 1, part: Signs}",
        "\n  text: >-\n    ships that stay away\n    are the first sign\n  paragraph: 1\n  part: Signs",
    )
    assert check_pack(port) == ()


def test_a_broken_pack_carries_its_issues_too(port: Path) -> None:
    edit(port / "pack.yml", "version: 1.0.0", "version: one")
    edit(port / "indicators/port_traffic.yml", "https://", "http://")
    with pytest.raises(PackError) as raised:
        load_pack(port)
    assert [one.code for one in raised.value.findings] == ["P911", "P207"]

"""A snapshot's files: the same content in every format, marked, stamped, and literal whatever it holds."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import xml.etree.ElementTree as Xml
from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdf
import pytest

from iw_monitor.errors import ReportError
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.instants import day_time_group
from iw_monitor.model.judgement import JudgementKind
from iw_monitor.model.observation import Known
from iw_monitor.model.snapshot import Format, Layout, Marking
from iw_monitor.publish.as_json import assessment_dict
from iw_monitor.publish.files import write_once
from iw_monitor.publish.report.as_cap import SPACE
from iw_monitor.publish.report.content import Shift, Snapshot
from iw_monitor.publish.report.difference import difference_text, read_snapshot
from iw_monitor.publish.report.rendering import rendered
from iw_monitor.service.judgements import Judging, RawJudgement
from iw_monitor.service.keeping import keep, kept, read_kept, refuse_above
from iw_monitor.service.log_book import LogBook
from iw_monitor.service.site import Site
from iw_monitor.store.journal import Journal
from tests.alerts import a_firing_site
from tests.builders import MONDAY
from tests.unit.reports_site import ARABIC, HEBREW, HOSTILE, TITLE, a_hostile_site, a_reported_site, a_snapshot

TEXTS = (Format.HTML, Format.MD, Format.JSON, Format.CSV, Format.STIX, Format.CAP)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return a_snapshot(exercise=True)


@pytest.fixture(scope="module")
def files(snapshot: Snapshot) -> dict[Format, bytes]:
    return rendered(snapshot, list(Format))


@pytest.fixture(scope="module")
def hostile() -> dict[Format, bytes]:
    return rendered(a_snapshot(a_hostile_site()), list(Format))


def pdf_text(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


# --- What stands on every file ---


@pytest.mark.parametrize("form", TEXTS)
def test_every_file_bears_its_marking_and_that_it_is_an_exercise(files: dict[Format, bytes], form: Format) -> None:
    text = files[form].decode()
    assert "TLP:" in text
    assert "exercise" in text.lower()


@pytest.mark.parametrize("form", [Format.HTML, Format.MD, Format.JSON, Format.CSV, Format.CAP])
def test_every_file_is_stamped_with_what_it_was_made_of(
    files: dict[Format, bytes], snapshot: Snapshot, form: Format
) -> None:
    text = files[form].decode()
    assert snapshot.content_hash in text
    assert snapshot.at.pack_hash in text


def test_every_page_of_the_pdf_bears_marking_exercise_and_stamp(files: dict[Format, bytes], snapshot: Snapshot) -> None:
    for page in pypdf.PdfReader(io.BytesIO(files[Format.PDF])).pages:
        text = page.extract_text()
        assert snapshot.marking.value in text
        assert "EXERCISE" in text
        assert snapshot.content_hash[:16] in text


def test_the_same_snapshot_is_the_same_bytes(files: dict[Format, bytes], snapshot: Snapshot) -> None:
    assert rendered(snapshot, list(Format)) == files


# --- Each format ---


def test_the_html_stands_alone_without_script_or_address(files: dict[Format, bytes]) -> None:
    text = files[Format.HTML].decode()
    assert not re.search(r"<script|<link|<img|<iframe|\bsrc=|@import|javascript:", text, re.IGNORECASE)
    assert not re.search(r"https?://(?!www\.w3\.org/)", text)
    assert "default-src 'none'" in text


def test_hebrew_and_arabic_are_set_in_the_pdf(files: dict[Format, bytes]) -> None:
    pages: Any = pypdf.PdfReader(io.BytesIO(files[Format.PDF])).pages
    used = [one.get_object() for page in pages for one in page["/Resources"]["/Font"].values()]
    fonts = {str(font["/BaseFont"]) for font in used}
    assert any("NotoSansHebrew" in name for name in fonts)
    assert any("NotoSansArabic" in name for name in fonts)
    assert HEBREW in files[Format.HTML].decode()
    assert ARABIC in files[Format.HTML].decode()


def test_a_letter_that_no_font_has_is_an_error_and_not_a_box() -> None:
    site = a_reported_site(file={"title": "Harbour 港"})
    with pytest.raises(ReportError, match="港"):
        rendered(a_snapshot(site), [Format.PDF])


def test_the_json_is_the_assessment_with_what_the_report_adds(files: dict[Format, bytes], snapshot: Snapshot) -> None:
    read = json.loads(files[Format.JSON])
    report = read.pop("report")
    assert read == json.loads(json.dumps(assessment_dict(snapshot.at)))
    assert report["content_hash"] == snapshot.content_hash
    assert report["journal_position"] == snapshot.position == 6


def test_the_content_hash_follows_from_the_json_alone(files: dict[Format, bytes]) -> None:
    read = json.loads(files[Format.JSON])
    stamped = read["report"].pop("content_hash")
    text = json.dumps(read, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert hashlib.sha256(text.encode()).hexdigest() == stamped


def test_the_png_is_a_picture(files: dict[Format, bytes]) -> None:
    assert files[Format.PNG].startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("marking", "scope"), [("TLP:CLEAR", "Public"), ("TLP:GREEN", "Restricted"), ("TLP:RED", "Restricted")]
)
def test_the_cap_says_who_may_have_it(marking: str, scope: str) -> None:
    made = rendered(a_snapshot(a_reported_site(file={"handling": marking})), [Format.CAP])
    assert Xml.fromstring(made[Format.CAP]).findtext(f"{{{SPACE}}}scope") == scope


def test_a_snapshot_of_nothing_says_that_it_is_no_assessment() -> None:
    site = a_hostile_site()
    early = a_snapshot(site, as_of=site.now().replace(year=2023), known=Known.PUBLISHED)
    made = rendered(early, list(Format))
    for form in (Format.HTML, Format.MD):
        assert "NO ASSESSMENT" in made[form].decode()
    alert = Xml.fromstring(made[Format.CAP])
    assert alert.findtext(f"{{{SPACE}}}info/{{{SPACE}}}severity") == "Unknown"
    assert json.loads(made[Format.JSON])["headline"]["status"] == "no_assessment"


# --- What others wrote stays literal ---


def test_hostile_text_is_text_in_html(hostile: dict[Format, bytes]) -> None:
    text = hostile[Format.HTML].decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "<script" not in text
    assert "\u202e" not in text


def test_hostile_text_is_text_in_the_pdf(hostile: dict[Format, bytes]) -> None:
    text = " ".join(pdf_text(hostile[Format.PDF]).split())
    assert '#import "x" *bold* [a](http://e.example)' in text


def test_hostile_text_is_text_in_markdown(hostile: dict[Format, bytes]) -> None:
    text = hostile[Format.MD].decode()
    assert "\\<script\\>" in text
    assert "\\*bold\\*" in text
    assert "\\[a\\]\\(http\\://e.example\\)" in text


def test_a_spreadsheet_computes_no_cell(hostile: dict[Format, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(hostile[Format.CSV].decode())))
    cells = [cell for row in rows for cell in row.values()]
    assert f"'{TITLE}" in cells
    assert not [cell for cell in cells if cell[:1] in "=+@" and cell]


@pytest.mark.parametrize("form", [Format.JSON, Format.STIX])
def test_programs_get_hostile_text_as_data(hostile: dict[Format, bytes], form: Format) -> None:
    assert json.loads(hostile[form])


def test_hostile_text_is_text_in_cap(hostile: dict[Format, bytes]) -> None:
    event = Xml.fromstring(hostile[Format.CAP]).findtext(f"{{{SPACE}}}info/{{{SPACE}}}event")
    assert event is not None
    assert "<script>alert(1)</script>" in event


# --- Kept once, and for good ---


def test_a_kept_snapshot_is_in_the_journal_with_the_hash_of_each_file(tmp_path: Path) -> None:
    site = a_reported_site()
    made = keep(site, a_snapshot(site), formats=[Format.MD, Format.JSON], folder=tmp_path)
    assert kept(site) == (made,)
    for one in made.record.files:
        content = (tmp_path / one.name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one.hash
        assert read_kept(made, one.format) == content
    assert site.journal.verify() == 7


def test_a_file_that_was_changed_is_not_given_out(tmp_path: Path) -> None:
    site = a_reported_site()
    made = keep(site, a_snapshot(site), formats=[Format.MD], folder=tmp_path)
    (tmp_path / made.record.files[0].name).write_text("all is calm")
    with pytest.raises(ReportError, match="its hash does not fit"):
        read_kept(made, Format.MD)


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"mine")
    with pytest.raises(ReportError, match="never written over"):
        write_once(tmp_path, {"a": b"new", "b": b"other"})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b"]
    assert (tmp_path / "b").read_bytes() == b"mine"


def test_files_are_taken_back_when_the_journal_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from iw_monitor.errors import DiskFullError
    from iw_monitor.store.snapshots import SnapshotStore

    def full(*_args: Any, **_named: Any) -> None:
        raise DiskFullError("there is no room")

    site = a_reported_site()
    monkeypatch.setattr(SnapshotStore, "keep", full)
    with pytest.raises(DiskFullError):
        keep(site, a_snapshot(site), formats=[Format.MD], folder=tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_kept_snapshot_moves_with_its_journal(tmp_path: Path) -> None:
    from iw_monitor.store.moving import Head, MovedJournal, line_of

    site = a_reported_site()
    made = keep(site, a_snapshot(site), formats=[Format.JSON], folder=tmp_path)
    position, newest = site.journal.head()
    lines = [Head(entries=position, hash=newest).line, *map(line_of, site.journal.entries())]
    with Journal.open("sqlite://", clock=site.now) as other:
        other.take_over(MovedJournal((line.encode() for line in lines), "moved"))
        from iw_monitor.store.snapshots import SnapshotStore

        assert SnapshotStore(other).all(site.pack.id) == (made,)


@pytest.mark.parametrize(("marking", "ceiling"), [("TLP:RED", "TLP:GREEN"), ("TLP:AMBER+STRICT", "TLP:AMBER")])
def test_what_is_marked_higher_than_its_target_is_refused(marking: str, ceiling: str) -> None:
    with pytest.raises(ReportError, match="may not go to the public feed"):
        refuse_above(Marking(marking), Marking(ceiling), "the public feed")


# --- The difference of two ---


def test_the_difference_of_two_snapshots_is_read_from_their_files(tmp_path: Path) -> None:
    site = a_reported_site()
    week = site.now().replace(day=1)
    for name, wanted in (("before", {"as_of": week}), ("after", {})):
        made = rendered(a_snapshot(site, **wanted), [Format.JSON])
        (tmp_path / name).write_bytes(made[Format.JSON])
    said = difference_text(read_snapshot(tmp_path / "before"), read_snapshot(tmp_path / "after"))
    assert "Port traffic: level 1 to 3" in said
    assert re.search(r"Port traffic: \d new, ", said)


@pytest.mark.parametrize("content", ["no json", "[]", '{"as_of": 1}', "[" * 5000])
def test_what_is_no_snapshot_is_said_in_a_sentence(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content)
    with pytest.raises(ReportError, match=r"Give the \.json of a snapshot"):
        read_snapshot(tmp_path / "x.json")


@pytest.mark.parametrize("layout", list(Layout))
def test_a_layout_looks_back_as_far_as_its_readers_were_away(layout: Layout) -> None:
    one = a_snapshot(layout=layout)
    assert one.at.as_of - one.start == layout.window


# --- Who says otherwise, and what a shift hands over ---


def state(site: Site, kind: JudgementKind, level: str, author: str, reason: str) -> None:
    actor = Actor(name=author, display_name=author.title(), roles={EVERY_PACK: Role.APPROVER}, via="local")
    said = RawJudgement(kind=kind, subject=site.pack.file.problems[0].id, level=level, reason=reason, until="48h")
    Judging(site=site, actor=actor, via="test").state(said)


def test_declared_levels_and_dissent_stand_in_every_report_beside_the_computed_level() -> None:
    site = a_reported_site()
    state(site, JudgementKind.DECLARATION, "4", "ben", "It is probable that two more ships leave")
    state(site, JudgementKind.DISSENT, "1", "cleo", "The ships rotate every spring")
    made = rendered(a_snapshot(site), [Format.HTML, Format.MD, Format.PDF])
    texts = [made[Format.HTML].decode(), made[Format.MD].decode(), " ".join(pdf_text(made[Format.PDF]).split())]
    for text in texts:
        assert "ben says 4" in text
        assert "cleo says 1" in text
        assert "Dissent." in text
        assert "Nobody dissents" not in text


def test_that_nobody_declares_or_dissents_is_said(files: dict[Format, bytes]) -> None:
    for form in (Format.HTML, Format.MD):
        assert "Nobody declares a level. Nobody dissents." in files[form].decode()


def test_a_handover_tells_what_fires_what_is_open_and_what_was_noted_and_nothing_later() -> None:
    site, _ = a_firing_site()
    book = LogBook(site, Actor(name="ben", display_name="Ben", roles={EVERY_PACK: Role.EDITOR}, via="local"))
    book.note("Is the date firm?", is_question=True)
    book.note(f"{HOSTILE.replace(chr(0x202E), '')} noted")
    made = rendered(a_snapshot(site, layout=Layout.HANDOVER), [Format.HTML, Format.MD, Format.JSON, Format.PDF])
    shift = json.loads(made[Format.JSON])["report"]["shift"]
    assert len(shift["firing"]) == 1
    assert shift["questions"] == [f"{day_time_group(site.now())} ben: Is the date firm?"]
    assert "Is the date firm?" in pdf_text(made[Format.PDF])
    assert "<script" not in made[Format.HTML].decode()
    before = a_snapshot(site, layout=Layout.HANDOVER, as_of=MONDAY - timedelta(days=1)).shift
    assert before == Shift(firing=(), questions=(), notes=())
    assert a_snapshot(site).shift is None

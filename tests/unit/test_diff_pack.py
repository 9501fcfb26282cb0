"""Two packs on one history: what they say is what each would have said alone."""

from __future__ import annotations

import csv
import io
import json
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from shutil import copytree

import numpy as np
import pytest
from typer.testing import CliRunner

from iw_monitor.assess.differing import PackDifference, pack_difference
from iw_monitor.assess.engine import assess
from iw_monitor.assess.reports import Reports
from iw_monitor.assess.scoring.track import turned
from iw_monitor.cli.program import app
from iw_monitor.errors import IwError
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.instants import microseconds
from iw_monitor.model.observation import Known
from iw_monitor.model.pack import Pack
from iw_monitor.pack.load import load_pack
from iw_monitor.publish.of_difference import difference_json, difference_text, write_difference
from iw_monitor.service.differing import difference_in_journal
from iw_monitor.service.windows import RawClosing, Windows
from tests.builders import DAY, MONDAY, AClock, AWatch, a_pack, a_site, a_submission, an_indicator, an_observation
from tests.packs.broken import BASE

OLD = a_pack(indicators=(an_indicator(points={"blockade": 9.0}),))
DRAFT = a_pack(
    indicators=(an_indicator(points={"blockade": 20.0}), an_indicator(id="new_one", points={"blockade": 3.0}))
)
ROWS = [
    an_observation(id=f"r{day}", level=4 if day >= 3 else 0, observed_at=when, recorded_at=when)
    for day in range(8)
    for when in [MONDAY + timedelta(days=day)]
]
INSTANTS = [MONDAY + timedelta(days=day, hours=12) for day in range(8)]


def reports_for(pack: Pack) -> Reports:
    return Reports.of(pack, ROWS)


def differing(a: Pack, b: Pack) -> PackDifference:
    times = np.array([microseconds(one) for one in INSTANTS], dtype=np.int64)
    return pack_difference(a, b, reports_for, times, Known.RECORDED)


def test_each_pack_says_what_it_says_alone() -> None:
    for one in differing(OLD, DRAFT).rows:
        for pack, said in ((OLD, one.a), (DRAFT, one.b)):
            alone = assess(pack, reports_for(pack), one.at).problem(one.problem)
            assert said.level == alone.recommended_level
            assert said.points == pytest.approx(alone.points)


def test_the_days_apart_are_those_on_which_the_levels_differ() -> None:
    found = differing(OLD, DRAFT)
    apart = {one.at for one in found.rows if one.differs}
    assert apart and len(apart) < len(INSTANTS)
    assert apart == {at for at in INSTANTS for run in found.apart if run.first <= at <= run.last}
    assert found.share("blockade") == len(apart) / len(INSTANTS)


def test_what_is_otherwise_in_the_draft_is_named() -> None:
    edits = {(one.what, one.name): (one.a, one.b) for one in differing(OLD, DRAFT).edits}
    assert edits == {
        ("link", "port_traffic → blockade"): (9.0, 20.0),
        ("link", "new_one → blockade"): (None, 3.0),
    }


def test_a_pack_does_not_differ_from_itself() -> None:
    found = differing(OLD, OLD)
    assert (found.apart, found.edits, found.share("blockade")) == ((), (), 0.0)
    assert "The two say the same." in difference_text(found)


def test_a_draft_that_applies_a_track_record_is_compared_with_what_people_closed(tmp_path: Path) -> None:
    """Ten days after T0, with windows of five days: one of them closed lowers the draft by its factor, and only it."""
    draft = copytree(BASE, tmp_path / "draft")
    for name, old, new in (("pack.yml", "horizon: P30D", "horizon: P5D"), ("pack.yml", "id: port\n", "id: draft\n")):
        said = (draft / name).read_text(encoding="utf-8")
        assert old in said
        (draft / name).write_text(said.replace(old, new), encoding="utf-8")
    with (draft / "method.yml").open("a", encoding="utf-8") as file:
        file.write("track_record: {applied: true}\n")
    pack = load_pack(draft).pack
    time = AClock(at=pack.t0)
    with closing(a_site(clock=time, watch=AWatch(turned(pack)))) as site:
        for one in pack.scored:
            report = a_submission(pack=pack.id, indicator=one.id, level=one.t0, observed_at=time.at)
            site.journal.append([report], via="test")
        time.at += 10 * DAY
        officer = Actor(name="ada", display_name="ada", roles={EVERY_PACK: Role.EDITOR}, via="local")
        raw = RawClosing(problem="blockade", window=f"{pack.t0:%Y-%m-%d}", outcome="did-not", reason="Ships came.")
        Windows(site=site, actor=officer, via="test").close(raw)
        found = difference_in_journal(site, str(draft), every=DAY, known=Known.PUBLISHED)
    lower = [one.at for one in found.rows if one.b.points < one.a.points]
    assert lower == [one.at for one in found.rows if one.at >= pack.t0 + 5 * DAY]  # as published: from its end on
    assert len(lower) < len(found.rows)


def test_text_json_and_csv_say_the_same() -> None:
    found = differing(OLD, DRAFT)
    plain = json.loads(difference_json(found))
    file = io.StringIO()
    write_difference(file, found)
    rows = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert plain["share_differing"]["blockade"] == sum(int(one["differs"]) for one in rows) / len(rows)
    assert len(plain["apart"]) == difference_text(found).count(" points)")


# --- The command ---


@pytest.mark.slow
def test_a_draft_is_compared_on_the_history_before_it_is_adopted(repository: Path, tmp_path: Path) -> None:
    draft = copytree(repository / "indicators" / "multi-front", tmp_path / "draft")
    said = (draft / "pack.yml").read_text(encoding="utf-8")
    (draft / "pack.yml").write_text(said.replace("prior: -10", "prior: -7", 1), encoding="utf-8")
    done = CliRunner().invoke(app, ["diff-pack", "multi-front", str(draft), "--history"])
    assert done.exit_code == 0, done.output
    assert "prior  hizballah_entry  -10 → -7" in done.output
    assert "hizballah_entry  2 GUARDED → 3 ELEVATED  (+3.0 points)" in done.output
    assert "iran_direct: 0% of the instants" in done.output


def test_packs_without_a_problem_in_common_are_refused() -> None:
    done = CliRunner().invoke(app, ["diff-pack", "multi-front", "volcano-unrest", "--history"])
    assert isinstance(done.exception, IwError)
    assert "no warning problem in common" in str(done.exception)


def test_an_empty_journal_is_refused(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["diff-pack", "multi-front", "multi-front", "--db", str(tmp_path / "empty.db")])
    assert isinstance(done.exception, IwError)
    assert "nothing was ever reported" in str(done.exception)

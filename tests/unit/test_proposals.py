"""The tray's proposals and the four-eyes rule: nothing counts before a person, who may not be the author, says yes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from iw_monitor.errors import AccessDeniedError, ConflictError, InputError
from iw_monitor.model.accounts import Role
from iw_monitor.model.judgement import Judgement, JudgementKind
from iw_monitor.model.observation import Method, Observation
from iw_monitor.model.proposal import Proposal, Waits
from iw_monitor.service.desk import Desk
from iw_monitor.service.judgements import Judging
from iw_monitor.service.proposals import Proposals
from iw_monitor.service.site import Site
from tests.builders import DAY, HOUR, MONDAY, AClock, AWatch, a_pack, a_raw_report, a_site, a_submission
from tests.unit.test_judging import APPROVER, EDITOR, SCRIPT, a_raw, officer

STRICT = a_pack(file={"four_eyes": {"report_from": 3, "declaration_from": 4}})
HEADER = "observed_at,indicator,level,statement,source_name,source_url,originator,reliability,credibility,basis\n"
ROW = "2024-05-05T0{hour}:00Z,port_traffic,{level},Half the berths are empty.,Log,,Port authority,B,2,seen\n"


def strict_site(clock: AClock | None = None) -> Site:
    return a_site(watch=AWatch(STRICT), clock=clock)


def as_one(site: Site, name: str = "ben", role: Role = EDITOR) -> Proposals:
    return Proposals(site=site, actor=officer(name, role), via="page")


def by_collector(site: Site, waits: Waits = Waits.REVIEW, **changes: str) -> Proposal:
    done = site.propose(
        a_raw_report(**changes), waits=waits, author="port_authority", via="collector", source="port_authority"
    )
    assert done is not None
    return done


def held(site: Site, name: str = "ada", **changes: str) -> Proposal:
    found = Desk.of(site, officer(name)).record(a_raw_report(**{"level": "3"} | changes), seen="")
    assert isinstance(found, Proposal)
    return found


# --- What collectors propose ---


def test_a_proposal_moves_nothing_until_a_person_accepts_it() -> None:
    site = a_site()
    before = site.assess()
    one = by_collector(site)
    assert site.assess() == before
    assert as_one(site).open() == (one,)
    decision, done = as_one(site).accept(one.id)
    assert isinstance(done, Observation)
    assert (done.author, done.method, done.statement) == ("ben", Method.COLLECTOR, a_raw_report().statement)
    assert (decision.author, decision.result, decision.reason) == ("ben", done.id, "Accepted as proposed.")
    assert as_one(site).open() == ()


def test_who_accepts_may_change_level_grade_and_statement_and_both_are_kept() -> None:
    site = a_site()
    one = by_collector(site, Waits.EVIDENCE, level="", reliability="", credibility="")
    assert one.report is not None
    assert "level" not in one.report
    with pytest.raises(InputError) as caught:
        as_one(site).accept(one.id)
    assert {finding.field for finding in caught.value.findings} == {"level", "reliability", "credibility"}
    changes = {"level": "1", "reliability": "C", "credibility": "3", "statement": "A tenth fewer left."}
    decision, done = as_one(site).accept(one.id, reason="Counted twice.", changes=changes)
    assert isinstance(done, Observation)
    assert (done.level, str(done.grade), done.statement) == (1, "C3", "A tenth fewer left.")
    assert decision.reason.startswith("Counted twice. (Changed: level – → 1; reliability – → C; credibility – → 3;")
    assert "statement A third fewer ships than usual left the northern port. → A tenth fewer left." in decision.reason


def test_a_piece_of_evidence_may_lack_its_level_and_nothing_else() -> None:
    site = a_site()
    with pytest.raises(InputError, match="statement"):
        by_collector(site, Waits.EVIDENCE, level="", statement="")
    with pytest.raises(InputError, match="level"):
        by_collector(site, Waits.REVIEW, level="")


def test_a_source_proposes_the_same_thing_once() -> None:
    site = a_site()
    by_collector(site)
    again = site.propose(
        a_raw_report(), waits=Waits.REVIEW, author="port_authority", via="collector", source="port_authority"
    )
    assert again is None
    assert len(site.proposals()) == 1


def test_the_second_who_decides_sees_what_the_first_decided() -> None:
    site = a_site()
    one = by_collector(site)
    as_one(site).reject(one.id, reason="An old log.")
    with pytest.raises(InputError, match="rejected by ben at 2024-05-06 00:00Z: An old log"):
        as_one(site, "cleo").accept(one.id)
    with pytest.raises(InputError, match="rejected by ben"):
        as_one(site, "cleo").reject(one.id, reason="me too")
    assert site.observations() == ()


def test_a_proposal_is_not_accepted_over_a_report_that_nobody_saw() -> None:
    site = a_site()
    one = by_collector(site)
    site.journal.append([a_submission(level=0)], via="page")
    with pytest.raises(ConflictError):
        as_one(site).accept(one.id, seen="")
    assert as_one(site).open() == (one,)


def test_rejecting_needs_a_reason_and_a_proposal_that_is_there() -> None:
    site = a_site()
    one = by_collector(site)
    with pytest.raises(InputError, match="reason"):
        as_one(site).reject(one.id, reason=" ")
    with pytest.raises(InputError, match="holds no proposal"):
        as_one(site).reject("nothing", reason="x")
    with pytest.raises(AccessDeniedError):
        Proposals(site=site, actor=None, via="page").accept(one.id)


# --- Four eyes ---


def test_a_report_of_a_level_that_needs_it_waits_for_a_second_officer() -> None:
    site = strict_site()
    assert isinstance(Desk.of(site, officer()).record(a_raw_report(level="2"), seen=""), Observation)
    one = held(site)
    assert (one.waits, one.author) == (Waits.FOUR_EYES, "ada")
    assert [now.level for now in site.observations()] == [2]
    with pytest.raises(AccessDeniedError, match="approver"):
        as_one(site, "ben").accept(one.id)
    with pytest.raises(AccessDeniedError, match="wrote this"):
        as_one(site, "ADA ", APPROVER).accept(one.id)
    assert not as_one(site, "ada", APPROVER).may_decide(one)
    _, done = as_one(site, "cleo", APPROVER).accept(one.id, reason="I read the log too.")
    assert isinstance(done, Observation)
    assert (done.author, done.level, done.method) == ("ada", 3, Method.EDITOR)


def test_nobody_records_such_a_report_alone_by_any_verb() -> None:
    site = strict_site()
    with pytest.raises(InputError, match="second officer"):
        site.record(a_raw_report(level="3"), author="ada", via="api")
    weak = held(site, credibility="6")
    as_one(site, "cleo", APPROVER).accept(weak.id)
    (tray,) = site.observations()
    for name, role in (("ben", EDITOR), ("ada", APPROVER)):
        with pytest.raises(AccessDeniedError):
            Desk.of(site, officer(name, role)).regrade(tray.id, reliability="A", credibility="1", reason="sure")
    with pytest.raises(InputError, match="second person"):
        site.regrade(tray.id, reliability="A", credibility="1", reason="sure", author="ada", via="api")
    one = by_collector(site, level="4")
    with pytest.raises(AccessDeniedError, match="approver"):
        as_one(site, "ben").accept(one.id)
    as_one(site, "ben").accept(one.id, changes={"level": "2"})


def test_no_change_is_confirmed_by_one_person() -> None:
    clock = AClock()
    site = strict_site(clock)
    as_one(site, "cleo", APPROVER).accept(held(site).id)
    clock.at = MONDAY + HOUR
    assert Desk.of(site, officer()).confirm("port_traffic", seen=None).level == 3


def test_a_declaration_that_needs_it_waits_and_then_bears_its_authors_name() -> None:
    clock = AClock()
    site = strict_site(clock)
    mine = Judging(site=site, actor=officer(), via="page")
    one = mine.state(a_raw(level="HIGH"))
    assert isinstance(one, Proposal)
    assert site.standing() == ()
    assert isinstance(mine.state(a_raw(level="3")), Judgement)
    assert isinstance(mine.state(a_raw(JudgementKind.DISSENT, level="5")), Judgement)
    clock.at = MONDAY + HOUR
    newest = mine.newest(a_raw())
    assert newest is not None
    _, done = as_one(site, "cleo", APPROVER).accept(one.id, seen=newest.id)
    assert isinstance(done, Judgement)
    assert (done.author, done.level, done.until) == ("ada", 4, MONDAY + 2 * DAY)
    assert site.assess().problem("blockade").declared_level == 4


def test_a_draft_whose_end_has_passed_is_no_longer_accepted() -> None:
    clock = AClock()
    site = strict_site(clock)
    one = Judging(site=site, actor=officer(), via="page").state(a_raw(until="1h"))
    clock.at = MONDAY + DAY
    with pytest.raises(InputError, match="past already"):
        as_one(site, "cleo", APPROVER).accept(one.id)


def test_who_wrote_a_draft_may_take_it_back_and_other_editors_may_not() -> None:
    site = strict_site()
    one = held(site)
    with pytest.raises(AccessDeniedError, match="approver"):
        as_one(site, "ben").reject(one.id, reason="no")
    assert not as_one(site, "ada").reject(one.id, reason="Wrong harbour.").accepted


def test_a_paste_with_rows_that_need_it_is_refused_row_by_row_and_the_owners_import_is_not(tmp_path: Path) -> None:
    site = strict_site()
    rows = HEADER + "".join(ROW.format(hour=n, level=level) for n, level in enumerate("2340"))
    with pytest.raises(InputError) as caught:
        Desk.of(site, officer()).bulk(rows.encode(), dry_run=True)
    assert [(one.code, one.line, one.file) for one in caught.value.findings] == [
        ("S113", 3, "pasted.csv"),
        ("S113", 4, "pasted.csv"),
    ]
    assert site.observations() == ()
    path = tmp_path / "rows.csv"
    path.write_text(rows, encoding="utf-8")
    assert site.import_csv(path, author="owner").added == 4
    assert Desk.of(site, officer()).bulk(rows.encode(), dry_run=True).unchanged == 4  # what is there already is no news


def test_a_script_is_kept_as_written() -> None:
    site = a_site()
    one = by_collector(site, statement=SCRIPT, source_name=SCRIPT)
    _, done = as_one(site).accept(one.id, reason=SCRIPT)
    assert isinstance(done, Observation)
    assert (done.statement, done.source_name) == (SCRIPT, SCRIPT)
    assert site.journal.verify() == 3


def test_what_it_would_become_is_known_before_it_is_decided() -> None:
    site = a_site()
    one = by_collector(site, Waits.EVIDENCE, level="")
    assert as_one(site).would_be(one, {}) is None
    found = as_one(site).would_be(one, {"level": "4"})
    assert found is not None
    assert replace(found, level=2).level == 2

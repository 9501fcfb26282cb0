"""Declaring, dissenting, overriding, estimating and withdrawing: beside what is computed, never in it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from iw_monitor.errors import AccessDeniedError, ConflictError, InputError
from iw_monitor.model.accounts import Actor, Role
from iw_monitor.model.judgement import Judgement, JudgementKind
from iw_monitor.service.judgements import Judging, RawJudgement, standing_override
from iw_monitor.service.site import Site
from tests.builders import DAY, HOUR, MONDAY, AClock, a_raw_report, a_site, a_submission

EDITOR, APPROVER = Role.EDITOR, Role.APPROVER
SCRIPT = "<script>alert('x')</script> & \"quotes\""


def officer(name: str = "ada", role: Role = EDITOR) -> Actor:
    return Actor(name=name, display_name=name.title(), roles={"harbour": role}, via="local")


def judging(site: Site, name: str = "ada", role: Role = EDITOR) -> Judging:
    return Judging(site=site, actor=officer(name, role), via="page")


def a_raw(kind: JudgementKind = JudgementKind.DECLARATION, **changes: str) -> RawJudgement:
    ordinary = {"subject": "blockade", "level": "4", "reason": "The pilots stay at home.", "until": "48h"}
    return RawJudgement(kind=kind, **ordinary | changes)


def an_override(**changes: str) -> RawJudgement:
    return a_raw(JudgementKind.OVERRIDE, **{"subject": "port_traffic", "level": "4"} | changes)


def stated(found: object) -> Judgement:
    assert isinstance(found, Judgement)
    return found


# --- Who may ---


@pytest.mark.parametrize("actor", [None, officer("eve", Role.VIEWER)])
def test_who_is_no_editor_states_and_withdraws_nothing(actor: Actor | None) -> None:
    site = a_site()
    mine = stated(judging(site).state(a_raw()))
    eve = Judging(site=site, actor=actor, via="page")
    with pytest.raises(AccessDeniedError):
        eve.state(a_raw())
    with pytest.raises(AccessDeniedError):
        eve.withdraw(mine.id, reason="no")
    assert not eve.may_withdraw(mine)
    assert site.judgements() == (mine,)


def test_one_withdraws_ones_own_and_an_approver_anybodys() -> None:
    site = a_site()
    first = stated(judging(site).state(a_raw()))
    with pytest.raises(AccessDeniedError, match="approver"):
        judging(site, "ben").withdraw(first.id, reason="I disagree.")
    judging(site, "cleo", APPROVER).withdraw(first.id, reason="The ships came back.")
    second = stated(judging(site).state(a_raw()))
    judging(site).withdraw(second.id, reason="I was wrong.")
    assert site.standing() == ()
    assert [one.withdrawal.author for one in site.judgements() if one.withdrawal] == ["cleo", "ada"]
    with pytest.raises(InputError, match="holds no judgement"):
        judging(site).withdraw("nothing", reason="x")
    with pytest.raises(InputError, match="reason"):
        judging(site, role=APPROVER).withdraw(second.id, reason=" ")


# --- Compare-and-set ---


def test_the_second_who_declares_sees_the_first_and_decides() -> None:
    site = a_site()
    first = stated(judging(site).state(a_raw(), seen=""))
    with pytest.raises(ConflictError) as caught:
        judging(site, "ben").state(a_raw(level="2"), seen="")
    assert caught.value.theirs == first.id
    assert judging(site, "ben").newest(a_raw()) == first
    judging(site, "ben").state(a_raw(level="2"), seen=first.id)
    assert [one.level for one in site.standing()] == [2]


def test_dissents_and_estimates_are_one_per_officer_and_never_in_each_others_way() -> None:
    site = a_site()
    for name, level in (("ada", "2"), ("ben", "5"), ("ada", "1")):
        mine = judging(site, name)
        newest = mine.newest(a_raw(JudgementKind.DISSENT))
        mine.state(a_raw(JudgementKind.DISSENT, level=level), seen=newest.id if newest else "")
    assert [(one.author, one.level) for one in site.standing()] == [("ben", 5), ("ada", 1)]
    estimate = RawJudgement(kind=JudgementKind.ESTIMATE, subject="blockade", probability="30 %", reason="Base rates.")
    judging(site).state(estimate, seen="")
    judging(site, "ben").state(replace(estimate, probability="0.6"), seen="")
    assert [one.probability for one in site.standing() if one.kind is JudgementKind.ESTIMATE] == [0.3, 0.6]


# --- Overrides ---


def test_an_override_changes_nothing_that_is_computed_and_says_what_it_would() -> None:
    site = a_site()
    site.journal.append([a_submission(level=1)], via="page")
    before = site.assess()
    mine = stated(judging(site).state(an_override()))
    assert site.assess() == before
    assert standing_override(site, "port_traffic") == mine
    assert standing_override(site, "ferry_strikes") is None
    (effect,) = judging(site).effect(an_override(), before)
    assert effect.points_before == pytest.approx(before.problem("blockade").points)
    supposed = site.suppose([a_submission(level=4, observed_at=MONDAY, originator="Somebody else")])
    assert effect.points == pytest.approx(supposed.after.problem("blockade").points)  # graded B2, seen now
    assert effect.change > 0


def test_a_report_of_a_collector_does_not_end_an_override_but_time_does() -> None:
    clock = AClock()
    site = a_site(clock=clock)
    judging(site).state(an_override(until="48h"))
    clock.at = MONDAY + HOUR
    site.record(a_raw_report(level="0"), author="port_authority", via="collector")
    assert standing_override(site, "port_traffic") is not None
    clock.at = MONDAY + 2 * DAY
    assert standing_override(site, "port_traffic") is None


@pytest.mark.parametrize("level", ["", "7", "four", "12"])
def test_a_level_that_is_none_has_no_effect_to_show(level: str) -> None:
    site = a_site()
    assert judging(site).effect(an_override(level=level), site.assess()) == ()


def test_an_override_of_what_is_not_scored_moves_nothing() -> None:
    site = a_site()
    (effect,) = judging(site).effect(an_override(subject="fish_prices"), site.assess())
    assert effect.change == 0


# --- When ---


def test_a_declaration_shows_at_once_on_a_running_clock() -> None:
    clock = AClock(MONDAY + DAY / 7)  # not on a whole ten seconds
    site = a_site(clock=clock)
    judging(site).state(a_raw())
    assert site.assess().problem("blockade").declared_level == 4


def test_the_past_shows_what_stood_then() -> None:
    clock = AClock()
    site = a_site(clock=clock)
    first = stated(judging(site).state(a_raw(until="P7D")))
    clock.at = MONDAY + DAY
    judging(site, "ben").state(a_raw(level="2"))
    assert site.assess(MONDAY).problem("blockade").declared_level == 4
    assert site.standing(MONDAY) == (first,)
    assert site.assess().problem("blockade").declared_level == 2


def test_a_script_in_a_reason_is_kept_as_written() -> None:
    site = a_site()
    assert stated(judging(site).state(a_raw(reason=SCRIPT))).reason == SCRIPT
    assert site.journal.verify() == 1

"""The desk behind the page: what is foretold comes true, roles are asked, nobody overwrites anybody."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from iw_monitor.errors import AccessDeniedError, ConflictError, InputError
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.observation import Known, Method, Observation
from iw_monitor.model.pack import Pack
from iw_monitor.service.desk import DEMO_VISITOR, Desk, Place
from iw_monitor.service.drafts import LAST_FOR, Drafts
from iw_monitor.service.drafts import Place as DraftPlace
from iw_monitor.service.site import Site
from tests.builders import DAY, HOUR, MONDAY, AClock, AWatch, a_pack, a_raw_report, a_site, a_submission

ADA = Actor(name="ada", display_name="Ada", roles={"harbour": Role.EDITOR}, via="local")
BEN = Actor(name="ben", display_name="Ben", roles={EVERY_PACK: Role.EDITOR}, via="local")
EVE = Actor(name="eve", display_name="Eve", roles={"harbour": Role.VIEWER}, via="local")
HIGH = {"evidence": {"source_from_level": 2, "high": {"from_level": 4, "originators": 2, "grade": "C2"}}}


def a_desk(site: Site | None = None, actor: Actor | None = ADA) -> Desk:
    return Desk.of(site or a_site(), actor)


def with_high(**changes: Any) -> Pack:
    return a_pack(file=HIGH | changes)


# --- Who may ---


@pytest.mark.parametrize("actor", [None, EVE])
def test_who_is_no_editor_can_do_nothing(actor: Actor | None) -> None:
    site = a_site()
    mine = a_desk(site).record(a_raw_report(), seen="")
    desk = a_desk(site, actor)
    assert not desk.may_write
    acts = (
        lambda: desk.record(a_raw_report(), seen=mine.id),
        lambda: desk.confirm("port_traffic", seen=mine.id),
        lambda: desk.retract(mine.id, reason="no"),
        lambda: desk.regrade(mine.id, reliability="A", credibility="1", reason="yes"),
        lambda: desk.bulk(b"observed_at", dry_run=True),
    )
    for act in acts:
        with pytest.raises(AccessDeniedError):
            act()
    assert site.journal.position() == 1


def test_an_editor_of_another_pack_is_no_editor_here() -> None:
    desk = a_desk(actor=replace(ADA, roles={"desert": Role.EDITOR}))
    with pytest.raises(AccessDeniedError, match="harbour"):
        desk.record(a_raw_report(), seen="")


def test_in_the_demo_every_visitor_writes_under_one_name_and_nowhere_else() -> None:
    live, demo = a_site(), a_site()
    demo.demo = True
    assert Desk.of(live, None).actor is None
    assert Desk.of(demo, None).actor is DEMO_VISITOR
    assert Desk.of(demo, ADA).actor is ADA


# --- What is foretold ---


def test_a_preview_foretells_exactly_what_recording_does_and_writes_nothing() -> None:
    site = a_site()
    desk = a_desk(site)
    raw = a_raw_report(level="4")
    preview = desk.preview(raw)
    assert site.journal.position() == 0
    assert preview.supposed is not None
    desk.record(raw, seen="")
    assert preview.supposed.after.problems == site.assess().problems
    assert preview.supposed.before.problem("blockade").points == -10  # the prior: at T0 all stand at 0


def test_the_effect_is_told_before_a_word_is_written_and_says_what_is_missing() -> None:
    preview = a_desk().preview(a_raw_report(statement="", source_name="", originator=""))
    assert {one.field for one in preview.errors} == {"statement", "source_name"}
    assert preview.supposed is not None


@pytest.mark.parametrize("missing", ["level", "reliability", "credibility", "observed_at"])
def test_without_level_grade_or_time_there_is_no_effect_to_tell(missing: str) -> None:
    preview = a_desk().preview(a_raw_report(**{missing: ""}))
    assert preview.supposed is None
    assert [one.field for one in preview.errors] == [missing]


def test_a_preview_of_a_weak_report_says_that_it_waits_in_the_tray() -> None:
    preview = a_desk().preview(a_raw_report(credibility="6"))
    assert preview.supposed is not None
    assert preview.supposed.after.unconfirmed == (preview.supposed.added[0].id,)
    assert preview.supposed.after.problems == preview.supposed.before.problems


def test_a_preview_is_right_in_the_reading_as_published_too() -> None:
    clock = AClock(MONDAY + timedelta(hours=23, minutes=59))
    site = a_site(clock=clock)
    site.known = Known.PUBLISHED
    preview = a_desk(site).preview(a_raw_report(level="4"))
    assert preview.supposed is not None
    a_desk(site).record(a_raw_report(level="4"), seen="")
    assert preview.supposed.after.problems == site.assess(clock.at).problems


def test_what_is_known_as_published_only_tonight_changes_nothing_now() -> None:
    site = a_site(clock=AClock(MONDAY + 12 * HOUR))
    site.known = Known.PUBLISHED  # without a time of publication a report is known at the end of its day
    preview = a_desk(site).preview(a_raw_report(level="4", observed_at="2024-05-06T06:00Z"))
    assert preview.supposed is not None
    assert preview.supposed.after.problems == preview.supposed.before.problems


def test_withdrawing_is_foretold_too() -> None:
    site = a_site()
    desk = a_desk(site)
    mine = desk.record(a_raw_report(level="4"), seen="")
    foretold = desk.preview_retraction(mine.id)
    desk.retract(mine.id, reason="It was another port.")
    assert foretold.after.indicator("port_traffic").level is None
    assert foretold.after.problem("blockade").points == site.assess().problem("blockade").points
    assert foretold.before.problem("blockade").points != foretold.after.problem("blockade").points


# --- High levels ---


def test_a_high_level_of_one_voice_is_recorded_and_flagged_until_a_second_one_says_it() -> None:
    site = a_site(watch=AWatch(with_high()))
    desk = a_desk(site)
    alone = a_raw_report(level="4", originator="Port authority")
    preview = desk.preview(alone)
    assert [(one.code, one.field) for one in preview.findings] == [("S107", "level")]
    assert preview.errors == ()
    first = desk.record(alone, seen="")
    assert _found(desk).originators == ("Port authority",)
    assert not _found(desk).is_enough
    second = a_raw_report(level="4", originator="Lighthouse", observed_at="2024-05-05T07:00Z")
    assert desk.preview(second).findings == ()
    desk.record(second, seen=first.id)
    assert _found(desk).is_enough


def _found(desk: Desk) -> Any:
    row = next(one for one in desk.queue(desk.site.assess()) if one.indicator.id == "port_traffic")
    return row.corroboration


@pytest.mark.parametrize(
    "second",
    [
        {"originator": " PORT authority "},  # the same voice
        {"originator": "Lighthouse", "reliability": "D"},
        {"originator": "Lighthouse", "credibility": "3"},
        {"originator": "Lighthouse", "reliability": "F"},  # cannot be judged
    ],
)
def test_what_is_not_another_good_voice_does_not_corroborate(second: dict[str, str]) -> None:
    site = a_site(watch=AWatch(with_high()))
    desk = a_desk(site)
    first = desk.record(a_raw_report(level="4"), seen="")
    desk.record(a_raw_report(level="4", observed_at="2024-05-05T07:00Z", **second), seen=first.id)
    assert not _found(desk).is_enough


def test_a_pack_that_demands_nothing_flags_nothing() -> None:
    desk = a_desk()
    assert desk.preview(a_raw_report(level="4")).findings == ()
    desk.record(a_raw_report(level="4"), seen="")
    assert _found(desk) is None


def test_the_pack_says_from_which_level_a_source_is_needed() -> None:
    nameless = {"source_name": "", "originator": ""}
    desk = a_desk(a_site(watch=AWatch(with_high(evidence={"source_from_level": 1}))))
    assert [one.code for one in desk.preview(a_raw_report(level="1", **nameless)).errors] == ["C113"]
    assert desk.preview(a_raw_report(level="0", **nameless)).errors == ()
    assert a_desk().preview(a_raw_report(level="1", **nameless)).errors == ()


# --- Two at once ---


def test_two_editors_who_saw_the_same_report_cannot_overwrite_each_other() -> None:
    site = a_site()
    first = a_desk(site).record(a_raw_report(), seen="")
    theirs = a_desk(site, BEN).record(a_raw_report(level="4", observed_at="2024-05-05T09:00Z"), seen=first.id)
    with pytest.raises(ConflictError) as conflict:
        a_desk(site).record(a_raw_report(level="1"), seen=first.id)
    assert conflict.value.theirs == theirs.id
    assert a_desk(site).since("port_traffic", first.id) == (theirs,)
    with pytest.raises(ConflictError):
        a_desk(site).confirm("port_traffic", seen=first.id)
    assert site.journal.position() == 2


def test_of_many_who_record_at_once_exactly_one_is_let_through() -> None:
    site = a_site()
    seen = a_desk(site).record(a_raw_report(), seen="").id
    done: list[str] = []

    def record(number: int) -> None:
        try:
            a_desk(site).record(a_raw_report(statement=f"Report {number}."), seen=seen)
        except ConflictError:
            return
        done.append(str(number))

    threads = [threading.Thread(target=record, args=(number,)) for number in range(6)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert len(done) == 1
    assert site.journal.position() == 2


# --- The queue ---


def test_the_queue_shows_what_asks_for_a_look_first_and_what_is_not_scored_last() -> None:
    site = a_site()
    a_desk(site).record(a_raw_report(), seen="")  # observed on Sunday: fresh
    rows = a_desk(site).queue(site.assess())
    assert [(one.indicator.id, one.place) for one in rows] == [
        ("patrol_boats", Place.ASKS),
        ("ferry_strikes", Place.ASKS),
        ("port_traffic", Place.CURRENT),
        ("fish_prices", Place.CONTEXT),
    ]


def test_the_queue_names_the_newest_report_as_the_journal_does() -> None:
    site = a_site()
    for hour in ("06", "09", "09", "03"):
        site.record(a_raw_report(observed_at=f"2024-05-05T{hour}:00Z"), author="ada", via="test")
    latest = site.journal.latest("harbour", "port_traffic")
    assert latest is not None
    assert a_desk(site).newest() == {"port_traffic": latest.id}
    site.retract(latest.id, reason="wrong", author="ada", via="test")
    before = site.journal.latest("harbour", "port_traffic")
    assert before is not None
    assert a_desk(site).newest() == {"port_traffic": before.id}


def test_ten_due_indicators_are_confirmed_one_after_the_other() -> None:
    clock = AClock()
    site = a_site(clock=clock)
    for name in ("port_traffic", "ferry_strikes", "patrol_boats"):
        site.record(a_raw_report(indicator=name), author="ada", via="test")
    clock.at += 9 * DAY
    desk = a_desk(site)
    for _ in range(3):
        first = desk.queue(site.assess())[0]
        assert first.place is Place.ASKS
        desk.confirm(first.indicator.id, seen=first.newest)
        clock.at += HOUR
    assert all(one.place is not Place.ASKS for one in desk.queue(site.assess()))


# --- Tray ---


def test_a_report_in_the_tray_is_graded_anew_in_one_act_with_a_reason() -> None:
    site = a_site()
    desk = a_desk(site)
    weak = desk.record(a_raw_report(level="3", credibility="6", note="heard at the quay"), seen="")
    assert isinstance(weak, Observation)
    assert desk.tray(site.assess()) == (weak,)
    with pytest.raises(InputError, match="reason"):
        desk.regrade(weak.id, reliability="B", credibility="2", reason=" ")
    new = a_desk(site, BEN).regrade(weak.id, reliability="B", credibility="2", reason="The log confirms it.")
    assert (new.statement, new.note, new.observed_at) == (weak.statement, weak.note, weak.observed_at)
    assert (str(new.grade), new.author) == ("B2", "ben")
    (gone,) = site.retractions()
    assert (gone.observation, gone.author, gone.reason) == (weak.id, "ben", "The log confirms it.")
    assert desk.tray(site.assess()) == ()
    assert site.assess().indicator("port_traffic").level == 3
    assert site.journal.verify() == 3


def test_what_was_graded_anew_cannot_be_graded_again_and_nothing_is_half_done() -> None:
    site = a_site()
    desk = a_desk(site)
    weak = desk.record(a_raw_report(credibility="6"), seen="")
    desk.regrade(weak.id, reliability="B", credibility="2", reason="The log confirms it.")
    with pytest.raises(InputError, match="already retracted"):
        desk.regrade(weak.id, reliability="A", credibility="1", reason="Once more.")
    with pytest.raises(InputError, match="holds no report"):
        desk.regrade("no-such-id", reliability="A", credibility="1", reason="Which?")
    assert site.journal.position() == 3


def test_a_report_in_the_tray_is_rejected_with_a_reason() -> None:
    site = a_site()
    desk = a_desk(site)
    weak = desk.record(a_raw_report(credibility="6"), seen="")
    desk.retract(weak.id, reason="The ship was at another quay.")
    assert desk.tray(site.assess()) == ()


# --- Bulk ---

HEADER = "observed_at,indicator,level,statement,source_name,source_url,originator,reliability,credibility,basis"
ROW = "2024-05-05T06:00Z,port_traffic,2,Fewer ships.,Harbour log,,,B,2,seen"


def test_a_paste_shows_its_difference_and_is_recorded_once() -> None:
    site = a_site()
    desk = a_desk(site)
    content = f"{HEADER}\n{ROW}\n".encode()
    assert (desk.bulk(content, dry_run=True).added, site.journal.position()) == (1, 0)
    assert desk.bulk(content, dry_run=False).added == 1
    again = desk.bulk(content, dry_run=False)
    assert (again.added, again.unchanged, site.journal.position()) == (0, 1, 1)
    assert site.observations()[0].author == "ada"


def test_one_wrong_row_keeps_everything_out_and_the_server_names_no_file_of_its_own() -> None:
    site = a_site()
    content = f"{HEADER}\n{ROW}\n{ROW.replace(',2,', ',9,')}\n".encode()
    with pytest.raises(InputError) as wrong:
        a_desk(site).bulk(content, dry_run=False)
    assert {one.file for one in wrong.value.findings} == {"pasted.csv"}
    assert site.journal.position() == 0


# --- Acts ---


def test_the_acts_on_an_indicator_say_who_when_how_and_what_came_of_it() -> None:
    clock = AClock()
    site = a_site(clock=clock)
    desk = a_desk(site)
    first = desk.record(a_raw_report(level="1"), seen="")
    clock.at += HOUR
    second = site.record(
        a_raw_report(level="3", observed_at="2024-05-05T09:00Z"), author="ben", via="cli", seen=first.id
    )
    clock.at += HOUR
    desk.retract(second.id, reason="Another port.")
    clock.at += HOUR
    desk.confirm("port_traffic", seen=first.id)
    told = [(one.kind, one.author, one.via, one.before, one.after) for one in desk.acts("port_traffic")]
    assert told == [
        ("observation", "ada", "page", 1, 1),
        ("retraction", "ada", "page", 3, 1),
        ("observation", "ben", "cli", 1, 3),
        ("observation", "ada", "page", None, 1),
    ]
    assert desk.acts("port_traffic")[0].observation.method is Method.CONFIRM
    assert desk.acts("ferry_strikes") == ()


# --- Drafts ---

HERE = DraftPlace("harbour", "ada", "port_traffic", "w1")


def test_a_draft_keeps_every_field_and_only_in_its_own_window() -> None:
    drafts = Drafts(AClock())
    drafts.put(HERE, {"statement": "Fewer", "level": "2"})
    drafts.put(HERE, {"statement": "Fewer ships"})
    assert drafts.get(HERE) == {"statement": "Fewer ships", "level": "2"}
    assert drafts.get(replace(HERE, window="w2")) == {}
    assert drafts.get(replace(HERE, author="ben")) == {}
    assert drafts.of("harbour", "ada") == (HERE,)
    drafts.drop(HERE)
    assert drafts.get(HERE) == {}


def test_a_draft_that_nobody_touched_for_two_weeks_is_dropped() -> None:
    clock = AClock()
    drafts = Drafts(clock)
    drafts.put(HERE, {"level": "2"})
    clock.at += LAST_FOR
    assert drafts.get(HERE) == {"level": "2"}
    clock.at += HOUR
    assert drafts.get(HERE) == {}


@pytest.mark.parametrize("known", list(Known))
def test_supposing_nothing_changes_nothing(known: Known) -> None:
    site = a_site()
    site.known = known
    site.record(a_raw_report(), author="ada", via="test")
    supposed = site.suppose()
    assert supposed.after == supposed.before


def test_supposing_several_at_once_foretells_a_batch() -> None:
    site = a_site()
    batch = [a_submission(level=3, pack_hash=site.pack.hash), a_submission(indicator="patrol_boats", level=2)]
    after = site.suppose(batch).after
    site.journal.append(batch, via="test")
    assert after.problems == site.assess(MONDAY).problems

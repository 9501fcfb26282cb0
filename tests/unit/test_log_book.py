"""The log book: notes and questions, everything done with before and after, taking back, and handing over."""

from __future__ import annotations

from datetime import timedelta

import pytest

from iw_monitor.errors import AccessDeniedError, InputError
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.judgement import JudgementKind
from iw_monitor.model.proposal import Waits
from iw_monitor.model.watch_log import LogKind
from iw_monitor.service.answering import AlertDesk
from iw_monitor.service.done import PARTS, Wanted
from iw_monitor.service.log_book import LogBook
from iw_monitor.service.proposals import Proposals
from iw_monitor.service.site import Site
from iw_monitor.store.accounts import AccountStore
from iw_monitor.store.records import EntryKind
from iw_monitor.telling.handover import sheet_text, sheet_values
from tests.alerts import a_firing_site
from tests.builders import DAY, HOUR, MONDAY, AClock, AWatch, a_judgement, a_pack, a_raw_report, a_site

TRIPWIRE = {
    "id": "T1",
    "title": "The port is closed",
    "when": {"all": ({"indicator": "port_traffic", "at_least": 3},)},
    "problem": "blockade",
    "floor": 4,
}


def somebody(name: str, role: Role = Role.EDITOR) -> Actor:
    return Actor(name=name, display_name=name.title(), roles={EVERY_PACK: role}, via="local")


@pytest.fixture
def clock() -> AClock:
    return AClock()


@pytest.fixture
def site(clock: AClock) -> Site:
    return a_site(clock=clock)


@pytest.fixture
def ada(site: Site) -> LogBook:
    return LogBook(site, somebody("ada"))


@pytest.fixture
def ben(site: Site) -> LogBook:
    return LogBook(site, somebody("ben"))


def report(site: Site, level: str, author: str = "ada", **changes: str) -> str:
    return site.record(a_raw_report(level=level, **changes), author=author, via="page").id


# --- Notes and questions ---


def test_a_question_stays_open_until_somebody_answers_it(ada: LogBook, ben: LogBook) -> None:
    asked = ada.note("Is the pilot boat out?", about="patrol_boats", is_question=True)
    assert ben.questions() == (asked,)
    answer = ben.answer(asked.id, "It is back in the harbour.")
    assert (answer.about, answer.answers, answer.author) == ("patrol_boats", asked.id, "ben")
    assert ada.questions() == ()
    assert [one.kind for one in ada.entries()] == [LogKind.QUESTION, LogKind.ANSWER]


def test_only_a_question_is_answered(ada: LogBook) -> None:
    noted = ada.note("Fog until noon.")
    with pytest.raises(InputError, match="no question"):
        ada.answer(noted.id, "Thanks.")


@pytest.mark.parametrize(("text", "about", "said"), [(" ", "", "is missing"), ("Fog.", "weather", "neither an")])
def test_a_note_says_something_about_something_of_the_pack(ada: LogBook, text: str, about: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        ada.note(text, about=about)


def test_a_viewer_reads_and_catches_up_and_writes_nothing(site: Site) -> None:
    book = LogBook(site, somebody("eve", Role.VIEWER))
    assert book.catch_up().kind is LogKind.CAUGHT_UP
    for act in (lambda: book.note("Hello."), book.hand_over, lambda: book.revert("x", reason="because")):
        with pytest.raises(AccessDeniedError):
            act()
    with pytest.raises(AccessDeniedError):
        LogBook(site, None).catch_up()


# --- When a watch began ---


def test_a_watch_begins_where_its_officer_last_handed_over_or_caught_up(
    ada: LogBook, ben: LogBook, clock: AClock
) -> None:
    assert ada.shift_began() is None
    ada.catch_up()
    clock.at = MONDAY + HOUR
    ada.hand_over()
    ben.catch_up()
    assert ada.shift_began() == MONDAY + HOUR
    clock.at = MONDAY + 2 * HOUR
    ben.catch_up()
    assert (ada.shift_began(), ben.shift_began()) == (MONDAY + HOUR, MONDAY + 2 * HOUR)


# --- Everything done ---


def test_each_act_stands_with_what_was_before_and_after_it(site: Site, ada: LogBook, clock: AClock) -> None:
    first = report(site, "1")
    clock.at = MONDAY + HOUR
    second = report(site, "3", author="ben", observed_at="2024-05-05T07:00Z")
    site.retract(second, reason="Wrong port.", author="ada", via="page")
    told = [(one.author, one.kind, one.subject, one.before, one.after, one.why) for one in ada.history(Wanted())]
    statement = a_raw_report().statement
    assert told == [
        ("ada", "retraction", "port_traffic", "3", "1", "Wrong port."),
        ("ben", "observation", "port_traffic", "1", "3", statement),
        ("ada", "observation", "port_traffic", None, "1", statement),
    ]
    assert ada.history(Wanted(limit=1))[0].of == second
    assert ada.history(Wanted(author="ada", part="reports"))[-1].id == first


def test_a_new_grade_is_told_in_the_order_in_which_it_was_given(site: Site, ada: LogBook) -> None:
    weak = report(site, "4", reliability="E")
    site.regrade(weak, reliability="B", credibility="2", reason="Seen by two.", author="ben", via="page")
    told = [(one.kind, one.before, one.after) for one in ada.history(Wanted(limit=2))]
    assert told == [("retraction", "4", "4"), ("observation", "4", "4")]


def test_a_declaration_stands_with_the_one_that_stood_before(site: Site, ada: LogBook, clock: AClock) -> None:
    site.acts.state(a_judgement(level=3), via="page")
    clock.at = MONDAY + HOUR
    other = site.acts.state(a_judgement(level=5, author="ben"), via="page")
    site.acts.withdraw(other.id, pack="harbour", reason="Too soon.", author="ben", via="page")
    told = [(one.kind, one.before, one.after, one.subject) for one in ada.history(Wanted(part="judgements"))]
    assert told == [
        ("withdrawal", "5", None, "blockade"),
        ("declaration", "3", "5", "blockade"),
        ("declaration", None, "3", "blockade"),
    ]


def test_history_is_narrowed_and_turned_page_by_page(site: Site, ada: LogBook) -> None:
    for _ in range(3):
        report(site, "2", indicator="port_traffic")
    report(site, "1", indicator="ferry_strikes")
    ada.note("Strike vote on Friday.", about="ferry_strikes")
    assert [one.kind for one in ada.history(Wanted(subject="ferry_strikes"))] == ["note", "observation"]
    newest = ada.history(Wanted(limit=2))
    rest = ada.history(Wanted(limit=50, before=newest[-1].sequence))
    assert [one.sequence for one in (*newest, *rest)] == [5, 4, 3, 2, 1]
    assert ada.history(Wanted(author="nobody")) == ()


def test_what_concerns_accounts_is_told_to_administrators_alone(site: Site, ada: LogBook) -> None:
    AccountStore(site.journal).add(
        "cleo", display_name="Cleo", roles={"*": Role.EDITOR}, password_hash="x", author="root", via="cli"
    )
    wanted = Wanted(part="accounts", accounts=True)
    with pytest.raises(AccessDeniedError):
        ada.history(wanted)
    (told,) = LogBook(site, somebody("root", Role.ADMIN)).history(wanted)
    assert (told.subject, told.before, told.why) == ("cleo", None, "created")
    assert told.after == "disabled: false, display_name: Cleo, roles: * editor"
    assert ada.history(Wanted()) == ()


def test_every_kind_of_entry_is_in_one_part_of_the_history() -> None:
    assert sorted(kind for kinds in PARTS.values() for kind in kinds) == sorted(EntryKind)


def test_a_decision_is_told_with_what_it_was_on(site: Site, ada: LogBook) -> None:
    one = site.propose(a_raw_report(), waits=Waits.REVIEW, author="log", via="collector", source="port_authority")
    assert one is not None
    Proposals(site=site, actor=somebody("ben"), via="page").reject(one.id, reason="An old log.")
    decided, proposed = ada.history(Wanted(part="proposals"))
    assert (decided.subject, decided.before, decided.after) == ("port_traffic", "waiting", "rejected")
    assert (decided.why, decided.of, proposed.id) == ("An old log.", one.id, one.id)


# --- Taking back ---


def test_taking_back_a_report_withdraws_it_and_taking_that_back_records_it_again(site: Site, ada: LogBook) -> None:
    first = report(site, "3")
    gone = ada.revert(first, reason="Wrong port.")
    assert site.assess().indicator("port_traffic").level is None
    again = ada.revert(gone, reason="It was the right port.")
    assert site.assess().indicator("port_traffic").level == 3
    (_, new) = site.observations()
    assert (new.id, new.author, new.level) == (again, "ada", 3)
    assert new.note == "Recorded again: It was the right port."
    assert len(site.retractions()) == 1
    with pytest.raises(InputError, match="already retracted"):
        ada.revert(first, reason="Twice.")


def test_taking_back_a_judgement_withdraws_it_and_taking_that_back_states_it_again(site: Site, ada: LogBook) -> None:
    one = site.acts.state(a_judgement(kind=JudgementKind.OVERRIDE, subject="port_traffic", level=4), via="page")
    gone = ada.revert(one.id, reason="Seen otherwise.")
    assert site.standing() == ()
    ada.revert(gone, reason="It held.")
    (again,) = site.standing()
    assert (again.level, again.until, again.reason) == (4, one.until, f"{one.reason}\nStated again: It held.")


def test_what_has_no_opposite_is_refused_by_name(site: Site, ada: LogBook) -> None:
    noted = ada.note("Fog.")
    with pytest.raises(InputError, match="log says what happened"):
        ada.revert(noted.id, reason="It cleared.")
    with pytest.raises(InputError, match="holds no entry"):
        ada.revert("no-such-id", reason="because")
    with pytest.raises(InputError, match="reason: is missing"):
        ada.revert(noted.id, reason=" ")


# --- Handing over ---


def sheet_of(book: LogBook, name: str) -> list[str]:
    values = sheet_values(book.sheet(MONDAY - DAY))
    return next(one["lines"] for one in values["sections"] if one["id"] == name)


def test_a_sheet_tells_what_the_next_officer_must_know(clock: AClock) -> None:
    site = a_site(clock=clock)
    ada = LogBook(site, somebody("ada"))
    report(site, "2", observed_at="2024-05-05T23:00Z")
    report(site, "4", reliability="E", observed_at="2024-05-05T23:30Z")
    site.acts.state(a_judgement(), via="page")
    ada.note("Pilots meet at noon.\nAsk the harbour master.", is_question=True)
    assert sheet_of(ada, "waiting") == ["1 reports in the tray, graded too low to be scored."]
    assert sheet_of(ada, "questions") == ["060000Z MAY 24 ada: Pilots meet at noon. Ask the harbour master."]
    assert "Ferry strikes (non-diagnostic alone): unknown, never reported." in sheet_of(ada, "stale")
    assert sheet_of(ada, "due") == ["Port traffic: 082300Z MAY 24."]
    assert sheet_of(ada, "judgement")[-1] == (
        "ada declares 4 HIGH for The northern port is blockaded until 080000Z MAY 24: "
        "The pilots were told to stay at home."
    )
    assert sheet_of(ada, "changes") == ["Nothing had been reported by 050000Z MAY 24."]


def test_a_tripwire_one_step_away_is_on_the_sheet(clock: AClock) -> None:
    site = a_site(clock=clock, watch=AWatch(a_pack(file={"tripwires": (TRIPWIRE,)})))
    ada = LogBook(site, somebody("ada"))
    report(site, "1")
    assert sheet_of(ada, "near") == ["None."]
    report(site, "2", observed_at="2024-05-05T07:00Z")
    assert sheet_of(ada, "near") == [
        "T1 The port is closed: Port traffic at 3 (now 2) would put The northern port is blockaded at 4 HIGH at least."
    ]
    report(site, "3", observed_at="2024-05-05T08:00Z")
    assert sheet_of(ada, "near") == ["None."]  # it is tripped


def test_a_handover_is_kept_as_it_stood_and_taken_once_by_another(
    site: Site, ada: LogBook, ben: LogBook, clock: AClock
) -> None:
    ada.note("Fog until noon.")
    handed = ada.hand_over(remark="A quiet night.")
    clock.at = MONDAY + HOUR
    report(site, "4")
    with pytest.raises(InputError, match="ada handed over and cannot take it"):
        ada.countersign(handed.id)
    taken = ben.countersign(handed.id, remark="Understood.")
    with pytest.raises(InputError, match="ben took it already"):
        LogBook(site, somebody("cleo")).countersign(handed.id)
    (kept,) = ada.handovers()
    assert (kept.sheet, kept.taken, kept.remark) == (handed.sheet, taken, "A quiet night.")
    assert "Fog until noon." in sheet_text(dict(kept.sheet))
    assert site.journal.verify() == 4


def test_a_sheet_cannot_begin_in_the_future(ada: LogBook) -> None:
    with pytest.raises(InputError, match="future"):
        ada.hand_over(since=MONDAY + timedelta(minutes=1))


def test_the_sheet_names_the_alerts_that_fire_and_that_nobody_is_at() -> None:
    site, clock = a_firing_site()
    ada = LogBook(site, somebody("ada"))
    assert lines_of(ada, "unacknowledged") == [
        "The port may close: Port traffic, level 3, FIRING since 060100Z MAY 24."
    ]
    AlertDesk(site, somebody("ada")).acknowledge("traffic/port_traffic", until=clock.at + HOUR, reason="Calling.")
    assert lines_of(ada, "unacknowledged") == ["Nothing fires that nobody is at."]


def lines_of(book: LogBook, section: str) -> list[str]:
    """Return the lines of one section of the sheet as it stands now."""
    values = sheet_values(book.sheet(None))
    return next(list(one["lines"]) for one in values["sections"] if one["id"] == section)

"""Reporting through the API: the page's checks, the page's audit, and once however often it is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from iw_monitor.errors import ConflictError, InputError
from iw_monitor.service.once import Answer, Request, once
from iw_monitor.store.answers import AnswerStore
from iw_monitor.store.journal import Journal
from iw_monitor.store.place import file_url
from tests.api_site import REPORT, House, a_house, findings
from tests.builders import HOUR, MONDAY, AClock, AWatch, a_pack, a_site, a_submission

CSV = {"content-type": "text/csv"}
HEADER = "observed_at,indicator,level,statement,source_name,source_url,originator,reliability,credibility,basis\n"


@pytest.fixture
def house() -> Iterator[House]:
    with a_house() as found:
        yield found


@pytest.fixture(scope="module")
def quiet() -> Iterator[House]:
    """Return a house for tests that change nothing in it: making one takes most of their time."""
    with a_house() as found:
        yield found


# --- The verbs ---


def test_a_report_is_recorded_in_the_name_of_the_tokens_owner(house: House) -> None:
    answer = house.writer().post("/observations", json=REPORT)
    assert answer.status_code == 201
    told = answer.json()
    assert (told["author"], told["method"], told["level"]) == ("ada", "api", 2)
    assert house.vias() == [("observation", "ada", "api")]
    assert house.writer().get(f"/observations/{told['id']}").json() == told


def test_confirm_regrade_and_retract_do_what_they_do_on_the_page(house: House) -> None:
    writer = house.writer()
    first = writer.post("/observations", json=REPORT).json()["id"]
    reviewed = writer.post("/indicators/port_traffic/confirm", json={"note": "Looked again.", "seen": first})
    assert (reviewed.status_code, reviewed.json()["method"], reviewed.json()["note"]) == (
        201,
        "confirm",
        "Looked again.",
    )
    grade = {"reliability": "A", "credibility": 1, "reason": "A second source."}
    anew = writer.post(f"/observations/{first}/regrade", json=grade).json()
    assert (anew["reliability"], anew["credibility"], anew["statement"]) == ("A", 1, REPORT["statement"])
    gone = writer.post(f"/observations/{anew['id']}/retract", json={"reason": "Wrong port."}).json()
    assert (gone["observation"], gone["reason"], gone["author"]) == (anew["id"], "Wrong port.", "ada")
    assert {(author, via) for _, author, via in house.vias()} == {("ada", "api")}
    assert house.site.journal.verify() == house.site.journal.position()


def test_a_report_that_needs_a_second_officer_waits_for_one_and_a_file_with_one_is_refused() -> None:
    strict = a_pack(file={"four_eyes": {"report_from": 3}})
    with a_house(site=a_site(watch=AWatch(strict))) as house:
        writer, key = house.writer(), {"Idempotency-Key": "b7a4"}
        answer = writer.post("/observations", json={**REPORT, "level": 3}, headers=key)
        told = answer.json()
        assert (answer.status_code, told["waits"], told["author"], told["via"]) == (202, "four eyes", "ada", "api")
        assert told["report"]["level"] == "3"
        again = writer.post("/observations", json={**REPORT, "level": 3}, headers=key)
        assert (again.status_code, again.text) == (202, answer.text)
        assert [one.id for one in house.site.proposals()] == [told["id"]]
        assert house.site.observations("port_traffic") == ()
        table = f"{HEADER}2024-05-05T06:00Z,port_traffic,3,Fewer ships.,Log,,,B,2,seen\n"
        refused = writer.post("/imports", content=table, headers=CSV)
        assert (refused.status_code, findings(refused)) == (422, [("S113", "level")])


def test_everything_wrong_with_a_report_is_said_at_once_in_the_words_of_the_page(house: House) -> None:
    wrong = {**REPORT, "indicator": "port_trafic", "level": 7, "observed_at": "2031-01-01", "reliability": "Z"}
    answer = house.writer().post("/observations", json=wrong)
    assert answer.status_code == 422
    assert findings(answer) == [
        ("C101", "indicator"),
        ("C103", "level"),
        ("C106", "observed_at"),
        ("C111", "reliability"),
    ]
    assert house.vias() == []


@pytest.mark.parametrize(
    ("changed", "field"),
    [({"level": "2"}, "level"), ({"levle": 2}, "levle"), ({"statement": None}, "statement"), ({"note": 3}, "note")],
)
def test_a_field_of_the_wrong_kind_or_name_is_refused(quiet: House, changed: dict[str, Any], field: str) -> None:
    answer = quiet.writer().post("/observations", json={**REPORT, **changed})
    assert answer.status_code == 422
    assert findings(answer) == [("R101", field)]


def test_nothing_can_be_done_to_a_report_that_is_not_there(house: House) -> None:
    writer = house.writer()
    assert writer.post("/observations/none/retract", json={"reason": "x"}).status_code == 404
    grade = {"reliability": "A", "credibility": 1, "reason": "x"}
    assert writer.post("/observations/none/regrade", json=grade).status_code == 404
    assert writer.post("/indicators/none/confirm", json={}).status_code == 404
    assert findings(writer.post("/indicators/port_traffic/confirm", json={})) == [("S105", "indicator")]


def test_a_file_is_imported_all_or_nothing_and_can_be_tried_first(house: House) -> None:
    writer = house.writer()
    good = f"{HEADER}2024-05-05T06:00Z,port_traffic,2,Fewer ships.,Log,,,B,2,seen\n"
    tried = writer.post("/imports", params={"dry_run": True}, content=good, headers=CSV).json()
    assert (tried["dry_run"], tried["added"], house.vias()) == (True, 1, [])
    bad = f"{good}2024-05-05T06:00Z,port_traffic,9,Fewer ships.,Log,,,B,2,seen\n"
    refused = writer.post("/imports", content=bad, headers=CSV)
    assert (refused.status_code, findings(refused)) == (422, [("C103", "level")])
    assert refused.json()["findings"][0]["line"] == 3
    assert house.vias() == []
    assert writer.post("/imports", content=good, headers=CSV).json()["indicators"] == {"port_traffic": 1}
    assert house.vias() == [("observation", "ada", "api")]


# --- Compare and set ---


def test_who_did_not_see_the_newest_report_is_shown_both_and_writes_nothing(house: House) -> None:
    writer = house.writer()
    first = writer.post("/observations", json={**REPORT, "seen": ""}).json()
    second = writer.post("/observations", json={**REPORT, "level": 3, "seen": first["id"]}).json()
    answer = writer.post("/observations", json={**REPORT, "level": 1, "seen": first["id"]})
    assert answer.status_code == 409
    both = answer.json()["conflict"]
    assert (both["seen"]["id"], both["theirs"]["id"]) == (first["id"], second["id"])
    assert (both["seen"]["level"], both["theirs"]["level"]) == (2, 3)
    assert len(house.vias()) == 2
    stale = writer.post("/indicators/port_traffic/confirm", json={"seen": first["id"]})
    assert (stale.status_code, len(house.vias())) == (409, 2)


# --- Once ---


def test_a_request_that_is_sent_again_is_answered_as_before_and_not_done_again(house: House) -> None:
    writer, key = house.writer(), {"Idempotency-Key": "b7a4"}
    first = writer.post("/observations", json=REPORT, headers=key)
    again = writer.post("/observations", json=REPORT, headers=key)
    assert (again.status_code, again.text) == (first.status_code, first.text)
    assert ("idempotency-replayed" in first.headers, again.headers["idempotency-replayed"]) == (False, "true")
    assert len(house.vias()) == 1


def test_the_same_key_for_another_request_is_refused(house: House) -> None:
    writer, key = house.writer(), {"Idempotency-Key": "b7a4"}
    writer.post("/observations", json=REPORT, headers=key)
    for other in ({**REPORT, "level": 3}, {**REPORT, "seen": ""}):
        answer = writer.post("/observations", json=other, headers=key)
        assert (answer.status_code, findings(answer)) == (422, [("S130", "Idempotency-Key")])
    elsewhere = writer.post("/indicators/port_traffic/confirm", json={}, headers=key)
    assert findings(elsewhere) == [("S130", "Idempotency-Key")]
    assert len(house.vias()) == 1


def test_a_key_belongs_to_its_token(house: House) -> None:
    for _ in range(2):
        house.writer().post("/observations", json=REPORT, headers={"Idempotency-Key": "b7a4"})
    assert len(house.vias()) == 2


def test_what_was_refused_may_be_asked_again_under_its_key(house: House) -> None:
    writer, key = house.writer(), {"Idempotency-Key": "b7a4"}
    assert writer.post("/indicators/port_traffic/confirm", json={}, headers=key).status_code == 422
    writer.post("/observations", json=REPORT)
    assert writer.post("/indicators/port_traffic/confirm", json={}, headers=key).status_code == 201


@pytest.mark.parametrize("key", ["", "two words", "ü", "x" * 201])
def test_a_key_is_plain_and_short(quiet: House, key: str) -> None:
    answer = quiet.writer().post("/observations", json=REPORT, headers=[(b"idempotency-key", key.encode())])
    assert answer.status_code == 422
    assert quiet.vias() == []


def test_a_key_is_forgotten_after_two_days_and_not_before() -> None:
    clock = AClock()
    with Journal.open("sqlite://", clock=clock) as journal:
        store, ours = AnswerStore(journal), asked("ours")
        store.keep(ours, Answer(status=201, body="{}"))
        for hours, is_there in ((47, True), (49, False)):
            clock.at = MONDAY + hours * HOUR
            store.keep(asked(f"at {hours}"), Answer(status=201, body="{}"))
            assert (store.find(ours) is not None) is is_there


def asked(key: str, what: str = "all of it") -> Request:
    return Request(asker="token:1", key=key, asked=what)


def recording(journal: Journal, body: str = "{}") -> Callable[[], Answer]:
    """Return an act that records a report."""

    def act() -> Answer:
        journal.append([a_submission()], via="api")
        return Answer(status=201, body=body)

    return act


def test_the_write_and_its_answer_are_there_together_or_not_at_all() -> None:
    with Journal.open("sqlite://", clock=AClock()) as journal:

        def cut_off() -> Answer:
            recording(journal)()
            raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            once(journal, asked("a"), cut_off)
        assert (journal.position(), AnswerStore(journal).find(asked("a"))) == (0, None)
        assert once(journal, asked("a"), recording(journal, "done"))[0].body == "done"
        assert once(journal, asked("a"), cut_off) == (Answer(status=201, body="done"), True)
        assert journal.position() == journal.verify() == 1


def test_two_processes_that_are_asked_the_same_at_once_do_it_once(tmp_path: Path) -> None:
    url, both = file_url(tmp_path / "journal.db"), threading.Barrier(2)
    told: list[tuple[str, bool]] = []

    def ask(number: int) -> None:
        with Journal.open(url, clock=AClock()) as journal:

            def act() -> Answer:
                both.wait(20)  # both have looked, and neither found an answer
                return recording(journal, f"by {number}")()

            said, again = once(journal, asked("a"), act)
            told.append((said.body, again))

    with Journal.open(url, clock=AClock()) as journal:
        threads = [threading.Thread(target=ask, args=(number,)) for number in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len({body for body, _ in told}) == 1
        assert sorted(again for _, again in told) == [False, True]
        assert journal.verify() == 1


def test_a_repeat_that_comes_too_late_to_write_is_answered_as_the_first_and_not_refused(tmp_path: Path) -> None:
    """The first was done by another process after this one looked: compare-and-set would call that a conflict."""
    url = file_url(tmp_path / "journal.db")
    with Journal.open(url, clock=AClock()) as journal, Journal.open(url, clock=AClock()) as other:

        def late() -> Answer:
            once(other, asked("a"), recording(other, "the first"))
            raise ConflictError(indicator="port_traffic", seen=None, theirs="x")

        said, again = once(journal, asked("a"), late)
        assert (said.body, again, journal.position()) == ("the first", True, 1)


def test_a_write_that_failed_cannot_be_passed_over_inside_a_block() -> None:
    with Journal.open("sqlite://", clock=AClock()) as journal:
        with pytest.raises(RuntimeError, match="failed"), journal.together():
            journal.append([a_submission()], via="api")
            with suppress(InputError):
                journal.retract("none", pack="harbour", reason="x", author="ada", via="api")
        assert journal.position() == 0


def test_blocks_do_not_lie_within_each_other() -> None:
    with Journal.open("sqlite://", clock=AClock()) as journal:
        with pytest.raises(RuntimeError, match="within"), journal.together(), journal.together():
            pass
        journal.append([a_submission()], via="api")
        assert journal.position() == 1

"""Past windows over HTTP: what waits, closing and reopening by name, and each request once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from iw_monitor.model.accounts import Role
from iw_monitor.model.tokens import Scope
from iw_monitor.publish.of_windows import windows_json
from iw_monitor.service.windows import Windows
from tests.accounts_site import add
from tests.api_site import House, a_house, findings
from tests.builders import DAY, MONDAY, AClock, AWatch, a_pack, a_site, a_submission, tracked

SAID: dict[str, Any] = {
    "problem": "blockade",
    "window": "2024-05-03",  # windows of five days from the first of April on; Monday is the sixth of May
    "outcome": "did-not",
    "reason": "Ships left every day.",
}


@pytest.fixture
def house() -> Iterator[House]:
    """Return a house on which everything was reported ten days before Monday, so that two past windows wait."""
    clock = AClock(at=MONDAY - 10 * DAY)
    site = a_site(clock=clock, watch=AWatch(tracked(a_pack(), horizon="P5D")))
    names = ("port_traffic", "ferry_strikes", "patrol_boats")
    site.journal.append([a_submission(indicator=one, level=0, observed_at=clock.at) for one in names], via="test")
    clock.at = MONDAY
    with a_house(site=site) as found:
        add(found.accounts, "bob", Role.EDITOR, pack="harbour")
        add(found.accounts, "max", Role.APPROVER, pack="harbour")
        yield found


def test_windows_are_listed_as_the_command_line_lists_them(house: House) -> None:
    house.writer().post("/closings", json=SAID)
    past = Windows(site=house.site, actor=None, via="test").past()
    everything = house.writer().get("/windows", params={"all": True}).json()["windows"]
    assert everything == json.loads(windows_json((one.window, one.expected, one.newest) for one in past))
    assert [one["first"] for one in everything] == ["2024-05-01", "2024-04-26"]
    assert [one["first"] for one in house.writer().get("/windows").json()["windows"]] == ["2024-04-26"]


def test_a_window_is_closed_by_name_and_moves_the_gauge(house: House) -> None:
    before = house.site.assess().problem("blockade").points
    done = house.writer().post("/closings", json=SAID | {"seen": ""})
    assert (done.status_code, done.json()["author"], done.json()["outcome"]) == (201, "ada", "did-not")
    assert house.site.assess().problem("blockade").points < before
    assert ("closing", "ada", "api") in house.vias()


def test_a_window_is_closed_once_under_a_key(house: House) -> None:
    caller = house.writer()
    first, again = (caller.post("/closings", json=SAID, headers={"idempotency-key": "may"}) for _ in range(2))
    assert (again.status_code, again.text, again.headers["idempotency-replayed"]) == (201, first.text, "true")
    without = caller.post("/closings", json=SAID)
    assert (without.status_code, findings(without)) == (422, [("J421", "window")])


def test_whoever_closes_what_somebody_else_closed_in_between_is_told(house: House) -> None:
    assert house.writer().post("/closings", json=SAID | {"seen": ""}).status_code == 201
    late = house.caller(house.token(owner="bob")).post("/closings", json=SAID | {"seen": ""})
    assert (late.status_code, findings(late)) == (409, [("R307", "seen")])


def test_everything_that_is_wrong_with_a_closing_is_answered_at_once(house: House) -> None:
    wrong = SAID | {"window": "2024-06-01", "onset": "2024-05-03", "reason": ""}
    answer = house.writer().post("/closings", json=wrong)
    assert answer.status_code == 422
    assert {code for code, _ in findings(answer)} == {"C311", "C314", "C108"}


def test_one_reopens_ones_own_and_an_approver_anybodys(house: House) -> None:
    closing = house.writer().post("/closings", json=SAID).json()["id"]
    why = {"reason": "That was another port."}
    assert house.caller(house.token(owner="bob")).post(f"/closings/{closing}/reopen", json=why).status_code == 403
    done = house.caller(house.token(Scope.APPROVE, owner="max")).post(f"/closings/{closing}/reopen", json=why)
    assert (done.status_code, done.json()["closing"], done.json()["author"]) == (201, closing, "max")
    (window, _) = house.writer().get("/windows").json()["windows"]
    assert window["closing"]["reopened"]["reason"] == why["reason"]
    mine = house.writer().post("/closings", json=SAID).json()["id"]
    assert house.writer().post(f"/closings/{mine}/reopen", json=why).status_code == 201
    nothing = house.writer().post("/closings/018f0000-0000-7000-8000-000000000000/reopen", json=why)
    assert (nothing.status_code, findings(nothing)) == (404, [("J422", "closing")])


def test_only_who_may_record_closes(house: House) -> None:
    reader = house.caller(house.token(Scope.READ)).post("/closings", json=SAID)
    nobody = house.caller().post("/closings", json=SAID)
    assert (reader.status_code, nobody.status_code) == (403, 401)
    assert house.caller(house.token(Scope.READ)).get("/windows").status_code == 200

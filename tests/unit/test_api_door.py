"""Trying to get into the API: without a token, with a wrong one, with another's, too often, too much."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from iw_monitor.access.lockout import FREE, Counted
from iw_monitor.api.app import the_api
from iw_monitor.api.door import LARGEST_BODY
from iw_monitor.api.limits import Allowance, Counter, Guesses
from iw_monitor.errors import BusyDatabaseError, StoreError
from iw_monitor.model.accounts import Role
from iw_monitor.model.tokens import Scope
from iw_monitor.service.tokens import Tokens
from iw_monitor.web.gate import Gate
from iw_monitor.web.guard import Guard
from tests.accounts_site import PASSWORD, add, admission_of
from tests.api_site import REPORT, House, a_house, findings
from tests.builders import MONDAY

LOOKING = ("/assessment", "/pack", "/observations", "/openapi.json", "/nothing")
WRITING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("/observations", dict(REPORT)),
    ("/indicators/port_traffic/confirm", {}),
    ("/observations/x/retract", {"reason": "x"}),
    ("/observations/x/regrade", {"reliability": "A", "credibility": 1, "reason": "x"}),
)
UNKNOWN = f"iwm_{'a' * 43}"


@pytest.fixture
def house() -> Iterator[House]:
    with a_house() as found:
        yield found


@pytest.fixture(scope="module")
def quiet() -> Iterator[House]:
    """Return a house for tests that change nothing in it: making one takes most of their time."""
    with a_house() as found:
        yield found


# --- Tokens that are not good ---


@pytest.mark.parametrize("path", LOOKING)
def test_nobody_gets_in_without_a_token(quiet: House, path: str) -> None:
    answer = quiet.caller().get(path)
    assert (answer.status_code, findings(answer)) == (401, [("R301", "Authorization")])
    assert answer.headers["www-authenticate"].startswith("Bearer")


@pytest.mark.parametrize(
    "header",
    [
        f"Bearer {UNKNOWN}",
        "Bearer ",
        "Bearer",
        UNKNOWN,
        "Basic YWRhOnNldmVu",
        "bearer x",
        f"Bearer {'x' * 5000}",
        "\xff",
    ],
)
def test_nobody_gets_in_with_what_is_no_good_token(quiet: House, header: str) -> None:
    answer = quiet.caller().get("/pack", headers=[(b"authorization", header.encode("latin-1"))])
    assert (answer.status_code, findings(answer)) == (401, [("R302", "Authorization")])


def test_two_tokens_are_none(quiet: House) -> None:
    good = f"Bearer {quiet.token()}"
    answer = quiet.caller().get("/pack", headers=[("authorization", good), ("authorization", good)])
    assert answer.status_code == 401


def test_a_token_ends_when_it_expires(house: House) -> None:
    reader = house.writer()
    assert reader.get("/pack").status_code == 200
    house.clock.move(days=29, hours=23)
    assert reader.get("/pack").status_code == 200
    house.clock.move(hours=1)
    assert findings(reader.get("/pack")) == [("R302", "Authorization")]


def test_a_token_ends_at_once_when_it_is_revoked(house: House) -> None:
    writer = house.writer()
    assert writer.get("/pack").status_code == 200
    (kept,) = house.tokens.tokens()
    house.tokens.revoke(kept.id, author="root", via="cli")
    assert writer.get("/pack").status_code == writer.post("/observations", json=REPORT).status_code == 401


def test_a_token_ends_when_its_owner_may_not_come_in_any_more(house: House) -> None:
    writer = house.writer()
    house.accounts.disable("ada", author="root", via="cli")
    assert writer.get("/pack").status_code == 401


def test_a_token_for_another_pack_sees_and_does_nothing_here(house: House) -> None:
    add(house.accounts, "ben", Role.ADMIN)
    stranger = house.caller(house.token(owner="ben", pack="desert"))
    assert findings(stranger.get("/assessment")) == [("R304", "Authorization")]
    assert stranger.post("/observations", json=REPORT).status_code == 403
    assert house.vias() == []


@pytest.mark.parametrize(("path", "body"), WRITING)
def test_a_token_for_reading_writes_nothing(quiet: House, path: str, body: dict[str, Any]) -> None:
    reader = quiet.caller(quiet.token(Scope.READ))
    assert reader.get("/pack").status_code == 200
    answer = reader.post(path, json=body)
    assert (answer.status_code, findings(answer)) == (403, [("R304", "Authorization")])
    csv = reader.post("/imports", content=b"x", headers={"content-type": "text/csv"})
    assert csv.status_code == 403
    assert quiet.vias() == []


def test_a_token_may_no_more_than_its_owner_may_now(house: House) -> None:
    writer = house.writer()
    assert writer.post("/observations", json=REPORT).status_code == 201
    house.accounts.set_role("ada", Role.VIEWER, pack="harbour", author="root", via="cli")
    assert writer.post("/observations", json=REPORT).status_code == 403
    assert writer.get("/pack").status_code == 200
    house.accounts.set_role("ada", None, pack="harbour", author="root", via="cli")
    assert writer.get("/pack").status_code == 403


# --- Other ways in ---


def test_a_browsers_cookie_is_not_looked_at(quiet: House) -> None:
    cookie = quiet.accounts.sign_in("ada", PASSWORD, address="192.0.2.7")
    caller = quiet.caller(cookie=f"{quiet.accounts.cookie_name}={cookie}")
    assert caller.get("/pack").status_code == 401
    assert caller.post("/observations", json=REPORT).status_code == 401


@pytest.mark.parametrize("name", ["token", "access_token", "API_KEY", "q"])
def test_a_token_in_the_address_is_refused_even_where_it_is_good(quiet: House, name: str) -> None:
    token = quiet.token()
    for caller in (quiet.caller(), quiet.caller(token)):
        answer = caller.get("/pack", params={name: token})
        assert (answer.status_code, findings(answer)) == (400, [("R303", "token")])
        assert token not in answer.text


def test_a_token_is_never_written_into_a_log_or_the_journal(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    token = house.token()
    house.caller(token).post("/observations", json=REPORT)
    house.caller(token).get("/pack", params={"token": token})
    house.caller(f"{token}x").get("/pack")
    written = "\n".join(one.getMessage() for one in caplog.records if not one.name.startswith("httpx"))
    assert token not in written
    assert token not in "\n".join(one.body for one in house.site.journal.entries())
    assert token not in repr(house.entrance)


def test_looking_is_free_only_where_the_pages_are_and_writing_never(house: House) -> None:
    with a_house(looking_needs_token=False) as open_house:
        visitor = open_house.caller()
        assert visitor.get("/assessment").status_code == 200
        assert visitor.get("/who").json()["name"] is None
        assert visitor.post("/observations", json=REPORT).status_code == 401
        assert open_house.caller(UNKNOWN).get("/assessment").status_code == 401
        assert open_house.vias() == []


def test_the_gate_leaves_the_api_to_its_own_door_and_nothing_beside_it(house: House) -> None:
    admission = admission_of(house.accounts, pack="harbour", bound_to="0.0.0.0")
    guard = Middleware(Guard, bound_to="0.0.0.0", scripts=())
    app = Starlette(routes=house.app.routes, middleware=[guard, Middleware(Gate, admission=admission)])
    outside = TestClient(app, "http://127.0.0.1", raise_server_exceptions=False)
    assert findings(outside.get("/api/v1/pack")) == [("R301", "Authorization")]
    assert outside.get("/api/v1/pack", headers={"authorization": f"Bearer {house.token()}"}).status_code == 200
    for beside in ("/api/v1", "/api/v2/pack", "/api/v1x/pack", "/api/"):
        assert outside.get(beside).text == "Sign in first.\n"
    foreign = {"authorization": f"Bearer {house.token()}", "origin": "https://elsewhere.example"}
    assert outside.post("/api/v1/observations", json=REPORT, headers=foreign).status_code == 403


# --- Too often ---


def test_a_token_has_an_allowance_that_the_answers_tell_of() -> None:
    with a_house(per_token=Allowance(requests=2, seconds=60.0)) as house:
        reader, other = house.writer(), house.writer()
        first, second, third = (reader.get("/pack") for _ in range(3))
        assert (first.status_code, second.status_code, third.status_code) == (200, 200, 429)
        assert first.headers["ratelimit-policy"] == '"requests";q=2;w=60'
        assert [one.headers["ratelimit"] for one in (first, second)] == ['"requests";r=1;t=30', '"requests";r=0;t=60']
        assert findings(third) == [("R401", "")]
        assert other.get("/pack").status_code == 200
        house.seconds += int(third.headers["retry-after"])
        assert reader.get("/pack").status_code == 200


def test_an_address_has_an_allowance_whoever_comes_from_it() -> None:
    with a_house(per_address=Allowance(requests=3, seconds=60.0)) as house:
        assert [house.caller().get("/pack").status_code for _ in range(4)] == [401, 401, 401, 429]
        assert house.writer().get("/pack").status_code == 429


def test_what_is_refused_costs_nothing_so_a_caller_that_goes_on_gets_through() -> None:
    counter = Counter(Allowance(requests=1, seconds=10.0))
    assert counter.spend("a", 0.0).is_allowed
    assert [counter.spend("a", now).is_allowed for now in (1.0, 5.0, 9.9, 10.0)] == [False, False, False, True]


def test_counting_takes_no_more_room_however_many_addresses_come() -> None:
    guesses = Guesses()
    places = {guesses.place(f"10.{a}.{b}.7") for a in range(40) for b in range(40)}
    assert 1_500 < len(places) <= 1_600  # apart, but for the odd two
    assert max(one.number for one in places) < 65_536
    assert guesses.place("2001:db8::1") == guesses.place("2001:db8::2")  # one subscriber has a whole /64


def test_guessing_tokens_costs_a_wait_and_good_tokens_are_not_kept_waiting(house: House) -> None:
    for _ in range(FREE[Counted.ADDRESS]):
        assert house.caller(UNKNOWN).get("/pack").status_code == 401
    locked = house.caller(UNKNOWN).get("/pack")
    assert (locked.status_code, locked.headers["retry-after"]) == (429, "31")
    assert house.writer().get("/pack").status_code == 200
    house.clock.move(seconds=31)
    assert house.caller(UNKNOWN).get("/pack").status_code == 401


# --- Too much, and not as meant ---


def test_a_body_that_is_too_large_is_not_read(quiet: House) -> None:
    writer = quiet.writer()
    much = b"x" * (LARGEST_BODY + 1)
    kind = {"content-type": "application/json"}
    stated = writer.post("/observations", content=much, headers=kind)
    unstated = writer.post("/observations", content=iter([much[:9], much]), headers=kind)
    for answer in (stated, unstated):
        assert (answer.status_code, findings(answer)) == (413, [("R104", "")])
    file = writer.post("/imports", content=much, headers={"content-type": "text/csv"})
    assert file.status_code == 422  # a file may be larger


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_of_another_kind_is_refused(quiet: House, kind: str) -> None:
    answer = quiet.writer().post("/observations", content=b"a=1", headers={"content-type": kind})
    assert (answer.status_code, findings(answer)) == (415, [("R103", "Content-Type")])


def test_a_body_that_is_no_json_is_refused_with_its_place(quiet: House) -> None:
    answer = quiet.writer().post("/observations", content=b'{"level": ', headers={"content-type": "application/json"})
    assert (answer.status_code, findings(answer)) == (422, [("R102", "")])


def test_a_method_that_is_not_there_is_refused_with_those_that_are(quiet: House) -> None:
    answer = quiet.writer().delete("/observations")
    assert (answer.status_code, findings(answer)) == (405, [("R202", "")])
    assert answer.headers["allow"]


def test_every_answer_says_that_it_is_not_to_be_kept(quiet: House) -> None:
    writer = quiet.writer()
    for answer in (writer.get("/pack"), writer.get("/nothing"), quiet.caller().get("/pack")):
        assert answer.headers["cache-control"] == "no-store"


def test_a_journal_that_is_busy_is_said_with_when_to_come_again(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object, **__: object) -> None:
        raise BusyDatabaseError("The journal is busy. Try again.")

    writer = house.writer()
    writer.get("/pack")
    monkeypatch.setattr(house.site.journal, "append", busy)
    answer = writer.post("/observations", json=REPORT)
    assert (answer.status_code, findings(answer), answer.headers["retry-after"]) == (503, [("R501", "")], "2")


@pytest.mark.parametrize("needs", [True, False])
def test_a_journal_that_knows_no_token_any_more_is_named_only_where_everybody_may_look(
    monkeypatch: pytest.MonkeyPatch, needs: bool
) -> None:
    def gone(*_: object, **__: object) -> None:
        raise StoreError("The journal /srv/iw/journal.db is gone.")

    monkeypatch.setattr(Tokens, "bearer", gone)
    with a_house(looking_needs_token=needs) as found:
        answer = found.caller().get("/pack", headers={"authorization": f"Bearer {UNKNOWN}"})
    assert (answer.status_code, findings(answer)) == (503, [("R501", "")])
    assert ("/srv/iw" in answer.text) is not needs
    assert ("iw-monitor verify" in answer.text) is needs


def test_what_nobody_foresaw_is_answered_without_a_word_of_the_code(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("secret of the house")

    writer = house.writer()
    monkeypatch.setattr(house.site, "assess", broken)
    answer = writer.get("/assessment")
    assert (answer.status_code, findings(answer)) == (500, [("R502", "")])
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


def test_nothing_is_reported_to_a_collector_that_the_environment_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FASTAPI_OTEL_AUTO_CONFIGURE", "true")
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:9")
    app = the_api.__wrapped__()
    assert not app._native_telemetry.enabled()
    assert app._telemetry["auto_configure"] is False


def test_the_use_of_a_token_is_noted_now_and_then(house: House) -> None:
    reader = house.writer()
    reader.get("/pack")
    assert house.tokens.tokens()[0].used_at == MONDAY
    house.clock.move(minutes=4)
    reader.get("/pack")
    assert house.tokens.tokens()[0].used_at == MONDAY
    house.clock.move(minutes=1)
    reader.get("/pack")
    assert house.tokens.tokens()[0].used_at == MONDAY + timedelta(minutes=5)

"""Sources over HTTP: how each was last seen, and what a colleague's machine sends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.testclient import TestClient

from iw_monitor.model.accounts import EVERY_PACK, Role
from iw_monitor.model.pack.sources import Source, SourcesFile
from iw_monitor.model.tokens import Scope
from iw_monitor.publish.channels.signing import signature
from tests.accounts_site import add
from tests.api_site import REPORT, House, a_house, findings
from tests.builders import MONDAY, AWatch, a_pack, a_site

YESTERDAY = f"{MONDAY.date() - timedelta(days=1)}"
_RULE: dict[str, Any] = {
    "indicator": "port_traffic",
    "readings": ["missing"],
    "take": "last",
    "levels": {0: 0, 1: 0.1, 2: 0.33, 3: 0.5, 4: 0.95},
    "unit": "share of ships missing",
    "says": "Ships missing",
}
_ORDINARY: dict[str, Any] = {
    "title": "Harbour office",
    "publisher": "Harbour office",
    "originator": "Port authority",
    "licence": "With permission",
    "grade": "B2",
    "schedule": {"every": "P1D"},
    "picks": {"at": "day", "readings": {"missing": "missing"}},
    "rules": [_RULE],
}
SENT = {"id": "office", "kind": "webhook", "accept": "auto"} | _ORDINARY
ASKED = {"id": "log", "kind": "csv", "url": "https://example.org/log.csv"} | _ORDINARY


@pytest.fixture
def house() -> Iterator[House]:
    file = SourcesFile.model_validate({"sources": [SENT, ASKED]}, strict=False)
    watch = AWatch(a_pack(), sources=file.sources)
    with a_house(site=a_site(watch=watch)) as found:
        yield found


def test_what_a_colleagues_machine_sends_is_recorded_as_far_as_the_pack_lets_it(house: House) -> None:
    sent = {"day": YESTERDAY, "missing": 0.4}
    answer = house.writer().post("/sources/office/readings", json=[sent])
    assert answer.status_code == 200
    told = answer.json()
    assert (told["outcome"], told["rows"], len(told["recorded"]), told["proposed"]) == ("new", 1, 1, [])
    assert house.vias() == [("observation", "collector office", "collector")]
    (office, log) = house.writer().get("/sources").json()["sources"]
    assert (office["outcome"], office["detail"], office["next_due"]) == ("new", "1 rows; sent by ada", None)
    assert (log["outcome"], log["indicators"]) == (None, ["port_traffic"])


def test_what_is_sent_never_lowers_what_stands_but_waits(house: House) -> None:
    stands = house.writer().post("/observations", json={**REPORT, "level": 4, "reliability": "A"})
    assert stands.status_code == 201
    told = house.writer().post("/sources/office/readings", json=[{"day": YESTERDAY, "missing": 0.0}]).json()
    assert (told["recorded"], len(told["proposed"])) == ([], 1)
    assert house.writer().get("/sources").json()["sources"][0]["waiting"] == 1


def test_a_table_is_taken_too_and_sent_again_it_says_nothing_new(house: House) -> None:
    table, kind = f"day,missing\n{YESTERDAY},0.4\n", {"content-type": "text/csv"}
    caller = house.writer()
    first = caller.post("/sources/office/readings", content=table, headers=kind).json()
    again = caller.post("/sources/office/readings", content=table, headers=kind).json()
    assert (first["outcome"], len(first["recorded"])) == ("new", 1)
    assert (again["outcome"], again["recorded"], again["proposed"]) == ("unchanged", [], [])


def test_what_is_sent_again_under_its_key_is_answered_as_before_also_when_something_else_came_between(
    house: House,
) -> None:
    caller, rows = house.writer(), [{"day": YESTERDAY, "missing": 0.4}]
    first = caller.post("/sources/office/readings", json=rows, headers={"idempotency-key": "evening"})
    assert caller.post("/observations", json=REPORT).status_code == 201
    again = caller.post("/sources/office/readings", json=rows, headers={"idempotency-key": "evening"})
    assert (again.status_code, again.text) == (200, first.text)
    assert again.headers["idempotency-replayed"] == "true"
    other = caller.post("/sources/office/readings", json=[*rows, *rows], headers={"idempotency-key": "evening"})
    assert (other.status_code, findings(other)) == (422, [("S130", "Idempotency-Key")])
    assert [kind for kind, _, _ in house.vias()] == ["observation", "observation"]


def test_what_could_not_be_made_out_may_be_sent_again_under_its_key(house: House) -> None:
    caller, key = house.writer(), {"idempotency-key": "evening"}
    for _ in range(2):
        refused = caller.post("/sources/office/readings", json=[{"tag": "gestern"}], headers=key)
        assert (refused.status_code, findings(refused)) == (422, [("R106", "body")])
    assert caller.get("/sources").json()["sources"][0]["outcome"] == "failed"
    rows = [{"day": YESTERDAY, "missing": 0.4}]
    assert caller.post("/sources/office/readings", json=rows, headers=key).json()["outcome"] == "new"


def test_whoever_sends_what_cannot_be_made_out_is_told_and_nothing_is_recorded(house: House) -> None:
    answer = house.writer().post("/sources/office/readings", json=[{"tag": "gestern"}])
    assert (answer.status_code, findings(answer)) == (422, [("R106", "body")])
    assert house.vias() == []
    assert house.writer().get("/sources").json()["sources"][0]["outcome"] == "failed"


def test_only_a_source_that_waits_for_it_is_sent_to_and_only_by_who_may_record(house: House) -> None:
    row = [{"day": YESTERDAY, "missing": 0.4}]
    asked = house.writer().post("/sources/log/readings", json=row)
    assert (asked.status_code, findings(asked)) == (422, [("S117", "source")])
    nowhere = house.writer().post("/sources/ofice/readings", json=row)
    assert (nowhere.status_code, findings(nowhere)) == (404, [("R201", "source")])
    reader = house.caller(house.token(Scope.READ)).post("/sources/office/readings", json=row)
    nobody = house.caller().post("/sources/office/readings", json=row)
    assert (reader.status_code, nobody.status_code) == (403, 401)
    assert house.vias() == []


# --- Signed ---

SECRET = "a secret of sixteen"
BODY = f'[{{"day": "{YESTERDAY}", "missing": 0.4}}]'.encode()


@pytest.fixture
def signing(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Return a house whose one source takes only what is signed."""
    monkeypatch.setenv("IW_SECRET_OFFICE", SECRET)
    with a_house(site=a_site(watch=AWatch(a_pack(), sources=_signing()))) as found:
        yield found


def _signing() -> tuple[Source, ...]:
    one = SENT | {"secrets": {"X-IW-Signature": "IW_SECRET_OFFICE"}}
    return SourcesFile.model_validate({"sources": [one]}, strict=False).sources


def post(
    house: House,
    *,
    secret: str = SECRET,
    late: timedelta = timedelta(0),
    body: bytes = BODY,
    caller: TestClient | None = None,
    pack: str = "harbour",
    key: str = "",
) -> Any:
    """Send signed rows; ``body`` is what arrives, whatever was signed."""
    seconds = int((MONDAY - late).timestamp())
    headers = {
        "content-type": "application/json",
        "x-iw-timestamp": str(seconds),
        "x-iw-signature": signature(secret, seconds, BODY),
    } | ({"idempotency-key": key} if key else {})
    sender = caller or house.writer()
    return sender.post("/sources/office/readings", params={"pack": pack}, content=body, headers=headers)


def test_what_is_signed_is_taken_once(signing: House) -> None:
    assert post(signing).json()["outcome"] == "new"
    again = post(signing)
    assert (again.status_code, findings(again)) == (409, [("R306", "X-IW-Signature")])


def test_a_signed_sending_that_is_sent_again_under_its_key_is_answered_as_before(signing: House) -> None:
    caller = signing.writer()
    first, again = (post(signing, caller=caller, key="evening") for _ in range(2))
    assert (first.json()["outcome"], again.text) == ("new", first.text)


def test_a_sending_to_one_pack_is_no_replay_at_another_whose_source_is_named_alike(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("IW_SECRET_OFFICE", SECRET)
    harbour = a_site(watch=AWatch(a_pack(), sources=_signing()))
    quay = AWatch(a_pack(file={"id": "quay"}), sources=_signing())
    with a_house(site=harbour, beside=(a_site(watch=quay, journal=harbour.journal),)) as house:
        add(house.accounts, "root", Role.EDITOR, pack=EVERY_PACK)
        caller = house.caller(house.token(owner="root", pack=EVERY_PACK))
        taken = [post(house, caller=caller, pack=one).status_code for one in ("harbour", "quay", "harbour", "quay")]
    assert taken == [200, 200, 409, 409]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"secret": "another one of sixteen"}, "X-IW-Signature"),
        ({"body": BODY.replace(b"0.4", b"0.0")}, "X-IW-Signature"),
        ({"late": timedelta(minutes=6)}, "X-IW-Timestamp"),
        ({"late": -timedelta(minutes=6)}, "X-IW-Timestamp"),
    ],
)
def test_a_forged_changed_or_old_sending_is_refused(signing: House, changes: dict[str, Any], field: str) -> None:
    answer = post(signing, **changes)
    assert (answer.status_code, findings(answer)) == (401, [("R305", field)])
    assert signing.vias() == []


def test_a_sending_without_a_signature_is_refused_where_one_is_asked(signing: House) -> None:
    answer = signing.writer().post("/sources/office/readings", json=[{"day": YESTERDAY, "missing": 0.4}])
    assert (answer.status_code, findings(answer)) == (401, [("R305", "X-IW-Signature")])


def test_a_secret_that_is_not_set_lets_nobody_in(signing: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IW_SECRET_OFFICE")
    answer = post(signing)
    assert (answer.status_code, findings(answer)) == (503, [("R503", "X-IW-Signature")])

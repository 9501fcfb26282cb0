"""Looking through the API: the same answers as the command line, and nothing that was not asked for."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from iw_monitor.api.shapes_assessment import AssessmentShape, ReplayShape
from iw_monitor.cli.program import app as command_line
from iw_monitor.model.accounts import Role
from iw_monitor.model.tokens import Scope
from iw_monitor.service.site import open_site
from iw_monitor.store.place import file_url
from tests.accounts_site import Clock, add
from tests.api_site import REPORT, House, a_house, findings
from tests.builders import DAY, HOUR, MONDAY, a_submission


@pytest.fixture
def house() -> Iterator[House]:
    with a_house() as found:
        yield found


@pytest.fixture(scope="module")
def quiet() -> Iterator[House]:
    """Return a house for tests that change nothing in it: making one takes most of their time."""
    with a_house() as found:
        yield found


def several(house: House, count: int = 5) -> list[str]:
    """Record some reports, one an hour, and return their ids."""
    rows = [a_submission(observed_at=MONDAY - DAY + n * HOUR, statement=f"Report {n}.") for n in range(count)]
    return [one.id for one in house.site.journal.append(rows, via="cli")]


# --- The Assessment ---


def test_the_assessment_is_to_the_letter_what_the_command_line_prints(tmp_path: Path) -> None:
    file = tmp_path / "journal.db"
    arguments = ["--pack", "volcano-unrest", "--db", str(file)]
    asked = ["--as-of", "2024-03-01T10:00Z", "--known", "published", "--json"]
    with_clock = Clock()
    with a_house(
        site=open_site(clock=with_clock, pack="volcano-unrest", url=file_url(file)), clock=with_clock
    ) as house:
        reader = house.caller(house.token(Scope.READ, owner=an_admin(house), pack="*"))
        answer = reader.get("/assessment", params={"as_of": "2024-03-01T10:00Z", "known": "published"})
        printed = CliRunner().invoke(command_line, ["assess", *arguments, *asked])
    assert printed.exit_code == 0, printed.stderr
    assert answer.text == printed.stdout


def an_admin(house: House) -> str:
    add(house.accounts, "root", Role.ADMIN)
    return "root"


def test_the_described_shape_of_an_assessment_is_what_is_said(house: House) -> None:
    several(house)
    answer = house.writer().get("/assessment").text
    described = AssessmentShape.model_validate_json(answer)
    assert described.model_dump(mode="json") == AssessmentShape.model_validate_json(answer).model_dump(mode="json")
    assert list(AssessmentShape.model_fields) == list(house.writer().get("/assessment").json())


def test_an_instant_of_the_past_knows_nothing_of_later(house: House) -> None:
    several(house)
    reader = house.writer()
    assert reader.get("/assessment", params={"as_of": "2024-05-05T12:00Z"}).json()["indicators"][0]["level"] is None
    assert reader.get("/assessment").json()["indicators"][0]["level"] == 2


@pytest.mark.parametrize(
    ("asked", "code", "field"),
    [
        ({"as_of": "2024-05-07T00:00Z"}, "S101", "as_of"),
        ({"as_of": "yesterday"}, "C104", "as_of"),
        ({"as_of": "2024-05-05T10:00"}, "C105", "as_of"),
        ({"known": "guessed"}, "R101", "known"),
        ({"asof": "2024-05-05"}, "R101", "asof"),
    ],
)
def test_what_cannot_be_asked_is_refused_and_never_passed_over(
    quiet: House, asked: dict[str, str], code: str, field: str
) -> None:
    answer = quiet.writer().get("/assessment", params=asked)
    assert answer.status_code == 422
    assert findings(answer) == [(code, field)]


# --- The replay ---


def test_a_replay_is_the_command_lines_as_json_and_as_csv(house: House) -> None:
    several(house)
    asked = {"from": "2024-05-04", "to": "2024-05-06", "every": "12h"}
    reader = house.writer()
    told = ReplayShape.model_validate_json(reader.get("/replay", params=asked).text)
    table = list(csv.DictReader(io.StringIO(reader.get("/replay", params=asked | {"format": "csv"}).text)))
    assert [row.at for row in told.rows] == [row["at"] for row in table]
    assert len(table) == 5
    assert [repr(row.points) for row in told.rows] == [row["points"] for row in table]


def test_everything_wrong_with_a_replay_is_said_at_once(quiet: House) -> None:
    answer = quiet.writer().get("/replay", params={"from": "?", "to": "then", "every": "0d"})
    assert findings(answer) == [("C104", "from"), ("C104", "to"), ("C118", "every")]


def test_a_replay_of_very_many_instants_is_refused_before_it_is_computed(quiet: House) -> None:
    answer = quiet.writer().get("/replay", params={"from": "2020-01-01", "to": "2024-01-01", "every": "1h"})
    assert findings(answer) == [("S104", "every")]


# --- What is watched, and what was reported ---


def test_the_pack_is_told_with_its_problems_levels_and_anchors(quiet: House) -> None:
    told = quiet.writer().get("/pack").json()
    assert (told["id"], told["hash"]) == ("harbour", quiet.site.pack.hash)
    assert [one["id"] for one in told["problems"]] == ["blockade"]
    assert [one["word"] for one in told["levels"]] == [one.word for one in quiet.site.pack.file.levels]
    traffic = told["indicators"][0]
    assert traffic["anchors"]["4"] == "none for three days"
    assert traffic["links"] == {"blockade": 5.0}  # tests/builders.py: C against U is 10 log10(.5/.15), rounded


def test_an_indicator_comes_with_its_state_and_its_reports_newest_first(house: House) -> None:
    ids = several(house)
    house.site.retract(ids[-1], reason="wrong port", author="ben", via="cli")
    told = house.writer().get("/indicators/port_traffic").json()
    assert [one["id"] for one in told["reports"]] == ids[::-1]
    assert told["reports"][0]["retraction"]["reason"] == "wrong port"
    assert told["now"]["newest"] == ids[-2]
    assert told["now"]["state"]["level"] == 2
    everyone = house.writer().get("/indicators").json()["indicators"]
    assert everyone["port_traffic"] == told["now"]
    assert everyone["fish_prices"]["newest"] is None


@pytest.mark.parametrize("path", ["/indicators/port_trafic", "/observations/nothing", "/nothing"])
def test_what_is_not_there_is_not_found(quiet: House, path: str) -> None:
    answer = quiet.writer().get(path)
    assert answer.status_code == 404
    assert [code for code, _ in findings(answer)] == ["R201"]


def test_observations_come_page_by_page_and_none_twice(house: House) -> None:
    ids = several(house, 7)
    reader = house.writer()
    seen: list[str] = []
    after: dict[str, Any] = {}
    while True:
        page = reader.get("/observations", params={"limit": 3, "order": "oldest", **after}).json()
        assert page["total"] == 7
        seen += [one["id"] for one in page["observations"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert seen == ids


def test_observations_are_chosen_by_what_is_asked(house: House) -> None:
    ids = several(house, 3)
    house.site.retract(ids[0], reason="wrong port", author="ben", via="cli")
    mine = house.writer().post("/observations", json=REPORT).json()["id"]
    reader = house.writer()

    def asked(**question: str) -> list[str]:
        return [one["id"] for one in reader.get("/observations", params=question).json()["observations"]]

    assert asked() == [mine, *ids[::-1]]
    assert asked(retracted="only") == [ids[0]]
    assert asked(retracted="without", order="oldest") == [ids[1], ids[2], mine]
    assert asked(method="api") == [mine]
    assert asked(author="nobody") == asked(indicator="patrol_boats") == asked(recorded_to="2024-01-01") == []
    assert asked(recorded_from="2024-05-06") == asked()


def test_the_tray_holds_what_waits_for_a_person(house: House) -> None:
    writer = house.writer()
    vague = writer.post("/observations", json={**REPORT, "credibility": 6}).json()
    assert [one["id"] for one in writer.get("/tray").json()["observations"]] == [vague["id"]]


def test_an_export_can_be_imported_and_adds_nothing(house: House) -> None:
    several(house)
    writer = house.writer()
    table = writer.get("/export")
    assert table.headers["content-type"].startswith("text/csv")
    again = writer.post("/imports", content=table.content, headers={"content-type": "text/csv"})
    assert (again.json()["added"], again.json()["unchanged"]) == (0, 5)
    assert "retraction_reason" in writer.get("/export", params={"full": True}).text.partition("\n")[0]


def test_a_caller_can_ask_who_it_is(quiet: House) -> None:
    told = quiet.caller(quiet.token(Scope.READ)).get("/who").json()
    assert (told["name"], told["scope"], told["role"], told["pack"]) == ("ada", "read", "viewer", "harbour")

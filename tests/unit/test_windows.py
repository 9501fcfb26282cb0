"""Closing past windows: who may, what is refused, what waits, and what the journal, the gauge and the history say."""

from __future__ import annotations

import json
import math
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from iw_monitor.cli.program import app
from iw_monitor.collect.closing import validate_closing
from iw_monitor.errors import AccessDeniedError, ConflictError, InputError
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.publish.as_json import assessment_dict
from iw_monitor.publish.as_text import assessment_text
from iw_monitor.service.done import Wanted, history
from iw_monitor.service.reverting import revert
from iw_monitor.service.site import Site
from iw_monitor.service.windows import RawClosing, Windows
from tests.builders import DAY, MONDAY, AClock, AWatch, a_pack, a_site, a_submission, tracked

FIVE_DAYS = "P5D"  # windows from the first of April on; Monday is the sixth of May


@pytest.fixture
def site() -> Site:
    """Return a site on which everything was reported at its T0 level ten days before Monday, and nothing before."""
    clock = AClock(at=MONDAY - 10 * DAY)
    site = a_site(clock=clock, watch=AWatch(tracked(a_pack(), horizon=FIVE_DAYS)))
    names = ("port_traffic", "ferry_strikes", "patrol_boats")
    site.journal.append([a_submission(indicator=one, level=0, observed_at=clock.at) for one in names], via="test")
    clock.at = MONDAY
    return site


def windows(site: Site, name: str = "ada", role: Role = Role.EDITOR) -> Windows:
    actor = Actor(name=name, display_name=name, roles={EVERY_PACK: role}, via="local")
    return Windows(site=site, actor=actor, via="test")


def raw(**changes: str) -> RawClosing:
    ordinary = {"problem": "blockade", "window": "2024-05-03", "outcome": "did-not", "reason": "Ships left every day."}
    return RawClosing(**ordinary | changes)


def test_windows_in_which_something_was_expected_wait_the_newest_first(site: Site) -> None:
    past = windows(site).past()
    assert [(one.window.first, one.waits) for one in past] == [(date(2024, 5, 1), True), (date(2024, 4, 26), True)]
    assert past[0].expected == pytest.approx(math.log(1.1))  # the prior's: -10 points, so -ln(1 - 1/11)


def test_a_closed_window_waits_no_longer_and_moves_the_gauge(site: Site) -> None:
    before = site.assess().problem("blockade").points
    done = windows(site).close(raw(), seen="")
    assert [one.waits for one in windows(site).past()] == [False, True]
    problem = site.assess().problem("blockade")
    assert problem.track is not None
    assert problem.points < before
    assert problem.points == pytest.approx(before + problem.track.points)
    assert (done.author, done.reason, done.basis.value, done.window.last) == (
        "ada",
        "Ships left every day.",
        "seen",
        date(2024, 5, 5),
    )


def test_what_is_shown_names_the_record_with_and_without(site: Site) -> None:
    windows(site).close(raw())
    now = site.assess()
    said = " ".join(assessment_text(site.pack, now).split())
    assert "0.10 events were expected in 1 closed window, and 0 came; hazard × 0.91, −0.4 points." in said
    assert "Without it: −10.0 points." in said
    assert assessment_dict(now)["problems"][0]["track_record"]["windows"] == 1


def test_an_assessment_of_before_the_closing_does_not_know_of_it(site: Site) -> None:
    windows(site).close(raw())
    assert site.assess(MONDAY - DAY).problem("blockade").track is None


def test_two_officers_cannot_close_one_window(site: Site) -> None:
    first = windows(site).close(raw(), seen="")
    with pytest.raises(ConflictError, match="recorded by somebody else in between"):
        windows(site, "ben").close(raw(), seen="")
    with pytest.raises(InputError, match="ada closed it"):
        windows(site, "ben").close(raw(), seen=first.id)


def test_whoever_closed_a_window_wrongly_reopens_it_and_it_waits_again(site: Site) -> None:
    before = site.assess().problem("blockade")
    one = windows(site).close(raw())
    windows(site).reopen(one.id, reason="It was the other port.")
    assert windows(site).past()[0].waits
    assert site.assess().problem("blockade") == before
    with pytest.raises(InputError, match="took it back already"):
        windows(site).reopen(one.id, reason="Again.")
    assert windows(site).close(raw(outcome="happened", onset="2024-05-04"), seen=one.id).happened


def test_only_an_approver_reopens_what_somebody_else_closed(site: Site) -> None:
    one = windows(site).close(raw())
    with pytest.raises(AccessDeniedError):
        windows(site, "ben").reopen(one.id, reason="I think it came.")
    assert windows(site, "ann", Role.APPROVER).reopen(one.id, reason="It came.").author == "ann"
    with pytest.raises(AccessDeniedError):
        windows(site, "eve", Role.VIEWER).close(raw())


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"problem": "blokade", "outcome": "perhaps", "reason": " "}, {"C301", "C312", "C108"}),
        ({"window": "2024-05-06"}, {"C311"}),
        ({"window": "soon"}, {"C104"}),
        ({"outcome": "happened"}, {"C108"}),
        ({"outcome": "happened", "onset": "2024-04-30"}, {"C313"}),
        ({"outcome": "happened", "onset": "2024-05-04", "until": "2024-05-09"}, {"C315"}),
        ({"onset": "2024-05-04"}, {"C314"}),
        ({"basis": "hearsay"}, {"C115"}),
    ],
)
def test_everything_that_is_wrong_with_a_closing_is_said_at_once(changes: dict[str, str], codes: set[str]) -> None:
    with pytest.raises(InputError) as refused:
        validate_closing(tracked(a_pack(), horizon=FIVE_DAYS), raw(**changes), now=MONDAY, author="ada")
    assert {one.code for one in refused.value.findings} == codes


def test_the_history_tells_of_closing_and_reopening_and_both_can_be_reverted(site: Site) -> None:
    one = windows(site).close(raw())
    actor = windows(site).actor
    assert actor is not None
    reopened = revert(site, one.id, reason="The wrong port.", actor=actor, via="test")
    revert(site, reopened, reason="It was the right one.", actor=actor, via="test")
    told = history(site, Wanted(part="windows"))
    assert [(each.kind, each.subject, each.after) for each in told] == [
        ("closing", "blockade", "2024-05-01 to 2024-05-05: did not happen"),
        ("reopening", "blockade", None),
        ("closing", "blockade", "2024-05-01 to 2024-05-05: did not happen"),
    ]
    assert "It was the right one." in told[0].why


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.slow
def test_windows_are_closed_and_reopened_on_the_command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IW_DATABASE_URL", f"sqlite:///{tmp_path / 'journal.db'}")
    monkeypatch.setenv("IW_AUTHOR", "ada")
    said = run("close", "iran_direct", "2023-10-20", "did-not", "--reason", "No fire came from Iran.")
    assert said.stdout.startswith("iran_direct 2023-10-18 to 2023-11-16: did not happen by ada: No fire"), said.output
    (row,) = json.loads(run("windows", "--all", "--json").stdout)
    assert (row["problem"], row["expected"], row["closing"]["outcome"]) == ("iran_direct", 0.0, "did-not")
    assert run("windows").stdout == "No window waits to be closed.\n"  # nothing was ever reported
    assert run("reopen", row["closing"]["id"], "--reason", "Look again.").stdout.startswith("Reopened by ada at ")

"""One source, once: what comes of it in the journal, in the tray and in what is remembered; and the job of a worker."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from iw_monitor.collect.fetching import Around
from iw_monitor.errors import InputError
from iw_monitor.model.alert import Holds
from iw_monitor.model.collecting import FetchOutcome, SourceState
from iw_monitor.model.judgement import JudgementKind
from iw_monitor.model.pack.sources import Source
from iw_monitor.model.running import RunOutcome
from iw_monitor.pack.load import LoadedPack, load_pack
from iw_monitor.pack.watch import WatchedPack
from iw_monitor.schedule.collecting import SourceJob, source_jobs
from iw_monitor.schedule.simulate import run_now, run_until
from iw_monitor.schedule.worker import Worker
from iw_monitor.service import collecting
from iw_monitor.service.collecting import Collected, accept_pushed, collect
from iw_monitor.service.facts import facts_of
from iw_monitor.service.site import Site
from iw_monitor.service.sources import due_sources, health
from iw_monitor.service.taking import judge
from iw_monitor.store.journal import Journal
from iw_monitor.store.source_states import SourceStates
from tests.builders import AClock, a_judgement, a_submission
from tests.mutating import spoilt

NOW = datetime(2024, 5, 20, 12, tzinfo=UTC)
DAY = timedelta(days=1)
LOG = "harbour_log"


@dataclass
class Port:
    """The pack ``port`` with a journal in memory, a clock, and files in place of what its sources would send."""

    site: Site
    clock: AClock
    folder: Path

    @property
    def around(self) -> Around:
        files = {one.stem: one for one in self.folder.iterdir()}
        return Around(pack=self.site.loaded.folder, recorded=files)

    def says(self, source: str, text: str) -> None:
        (self.folder / f"{source}.txt").write_text(text, encoding="utf-8")

    def missing(self, *shares: float) -> None:
        """Let the harbour log say the share of missing ships of days in a row, to the day before yesterday."""
        last = self.clock().date() - 2 * DAY
        rows = [f"{last - DAY * number},{share}" for number, share in enumerate(reversed(shares))]
        self.says(LOG, "\n".join(["day,ships_missing", *reversed(rows)]))

    def collect(self, source: str = LOG) -> Collected:
        return collect(self.site, source, now=self.clock(), around=self.around)

    def level(self) -> int | None:
        newest = self.site.journal.latest("port", "port_traffic")
        return None if newest is None else newest.level

    def report(self, level: int) -> None:
        self.site.journal.append(
            [a_submission(pack="port", indicator="port_traffic", level=level, observed_at=self.clock() - 20 * DAY)],
            via="page",
        )

    def why(self, done: Collected) -> str:
        (one,) = done.proposed
        return (one.report or {})["note"]

    def waiting(self) -> list[str]:
        return [one.subject for one in self.site.acts.proposals("port")]


@dataclass
class Still:
    loaded: LoadedPack

    def current(self) -> WatchedPack:
        return WatchedPack(loaded=self.loaded)


@pytest.fixture
def port(tmp_path: Path, repository: Path) -> Iterator[Port]:
    clock = AClock(NOW)
    loaded = load_pack(repository / "tests" / "packs" / "base")
    with Journal.open("sqlite://", clock=clock) as journal:
        yield Port(Site(Still(loaded), journal, clock), clock, tmp_path)


WEEK = [0.4] * 8


def test_within_one_step_it_records_with_every_field_that_a_person_would_give(port: Port) -> None:
    port.report(1)
    port.missing(*WEEK)
    done = port.collect()
    assert (done.outcome, port.level()) == (FetchOutcome.NEW, 2)
    (one,) = done.accepted
    assert (one.source_name, one.originator, one.grade.reliability, one.grade.credibility) == (
        "Harbour log",
        "Port authority",
        "B",
        2,
    )
    assert (one.author, one.reading) == ("collector harbour_log", 0.4)
    assert one.statement.startswith("Ships missing from the harbour log: 0.4 share of ships missing")
    assert one.published_at == one.observed_at + DAY


@pytest.mark.parametrize(("stands", "why"), [(None, "nothing stands"), (4, "does not lower"), (0, "more than one")])
def test_the_rest_waits_for_a_person_and_says_why(port: Port, stands: int | None, why: str) -> None:
    if stands is not None:
        port.report(stands)
    port.missing(*WEEK)
    done = port.collect()
    assert (done.accepted, port.level(), port.waiting()) == ((), stands, ["port_traffic"])
    assert why in port.why(done)


def test_an_override_is_undone_by_no_machine(port: Port) -> None:
    port.report(1)
    port.site.acts.state(
        a_judgement(
            kind=JudgementKind.OVERRIDE, pack="port", subject="port_traffic", level=4, until=NOW + DAY, author="ada"
        ),
        via="page",
    )
    port.missing(*WEEK)
    done = port.collect()
    assert (done.accepted, port.level()) == ((), 1)
    assert "a person's override is in force" in port.why(done)


def test_the_same_again_is_unchanged_and_writes_nothing(port: Port) -> None:
    port.report(1)
    port.missing(*WEEK)
    port.collect()
    position = port.site.journal.position()
    port.clock.at += timedelta(hours=1)
    assert port.collect().outcome is FetchOutcome.UNCHANGED
    assert port.site.journal.position() == position


def test_a_figure_that_is_revised_is_news_and_one_that_is_not_is_none(port: Port) -> None:
    port.report(1)
    port.missing(*WEEK)
    first = port.collect()
    port.clock.at += timedelta(hours=1)
    port.missing(*WEEK[:-1], WEEK[-1] + 0.02)  # the newest day, as it was counted again
    revised = port.collect()
    assert revised.outcome is FetchOutcome.NEW
    values = [one.judged[0].suggestion.value for one in (first, revised)]
    assert values[0] != values[1]
    port.clock.at += timedelta(hours=1)
    assert port.collect().outcome is FetchOutcome.UNCHANGED


@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        ("day,ships_missing\n", FetchOutcome.EMPTY),
        ("", FetchOutcome.EMPTY),
        ("<html>sorry</html>", FetchOutcome.FAILED),
        ("day,ships_missing\nsoon,many\n", FetchOutcome.FAILED),
    ],
)
def test_an_answer_with_nothing_is_told_from_a_failure_and_neither_is_calm(
    port: Port, says: str, outcome: FetchOutcome
) -> None:
    port.report(3)
    port.says(LOG, says)
    done = port.collect()
    assert (done.outcome, done.accepted, done.proposed, port.level()) == (outcome, (), (), 3)
    state = SourceStates(port.site.journal).get("port", LOG)
    assert state is not None
    assert state.answered_at is None


def test_what_is_missing_on_this_machine_is_unconfigured_and_no_failure(port: Port) -> None:
    secret = port.site.loaded.sources[0].model_copy(update={"secrets": {"Authorization": "IW_SECRET_X"}})
    port.site = Site(Still(_with(port, secret)), port.site.journal, port.clock)
    done = collect(port.site, LOG, now=NOW, around=Around(pack=port.site.loaded.folder))
    assert (done.outcome, done.detail) == (
        FetchOutcome.UNCONFIGURED,
        "IW_SECRET_X is not set where this program runs",
    )


def _with(port: Port, source: Source) -> LoadedPack:
    loaded = port.site.loaded
    return LoadedPack(pack=loaded.pack, folder=loaded.folder, issues=(), sources=(source,))


def test_items_of_a_feed_wait_in_the_tray_once_and_change_no_level(port: Port) -> None:
    feed = {"items": [{"id": "1", "title": "A mine was seen", "date_published": "2024-05-20T10:00:00Z"}]}
    port.says("notices", json.dumps(feed))
    before = [one.points for one in port.site.assess().problems]
    assert port.collect("notices").outcome is FetchOutcome.NEW
    assert port.waiting() == ["mine_notices"]
    feed["items"].append({"id": "2", "title": "Another mine", "date_published": "2024-05-20T11:00:00Z"})
    port.says("notices", json.dumps(feed))
    port.clock.at += timedelta(hours=1)
    port.collect("notices")
    assert port.waiting() == ["mine_notices", "mine_notices"]
    assert [one.points for one in port.site.assess().problems] == before


def test_two_sources_that_disagree_are_put_before_a_person(port: Port) -> None:
    pilots = next(one for one in port.site.loaded.sources if one.id == "pilots")
    other = pilots.model_copy(update={"rules": port.site.loaded.sources[0].rules})
    loaded = port.site.loaded
    both = LoadedPack(pack=loaded.pack, folder=loaded.folder, issues=(), sources=(loaded.sources[0], other))
    port.site = Site(Still(both), port.site.journal, port.clock)
    port.report(1)
    day = f"{(port.clock().date() - 2 * DAY).isoformat()}"
    rows = [{"day": f"{datetime.fromisoformat(day).date() - DAY * n}", "missing": 0.05} for n in range(9)]
    port.says("pilots", json.dumps({"days": rows}))
    port.collect("pilots")
    port.missing(*WEEK)
    done = port.collect()
    assert done.accepted == ()
    assert "pilots says 0.05" in port.why(done)


def test_a_run_that_is_killed_is_as_if_it_had_not_begun(port: Port, monkeypatch: pytest.MonkeyPatch) -> None:
    class KilledError(BaseException):
        pass

    def killed(_self: SourceStates, _state: object) -> None:
        raise KilledError

    port.report(1)
    port.missing(*WEEK)
    with monkeypatch.context() as patch:
        patch.setattr(SourceStates, "put", killed)
        with pytest.raises(KilledError):
            port.collect()
    assert port.level() == 1
    port.collect()
    assert port.level() == 2


def test_a_report_made_in_between_is_not_overwritten(port: Port, monkeypatch: pytest.MonkeyPatch) -> None:
    port.report(1)
    port.missing(*WEEK)

    def slowly(*args: Any, **named: Any) -> object:
        found = judge(*args, **named)
        port.site.journal.append(
            [a_submission(pack="port", indicator="port_traffic", level=3, observed_at=NOW - DAY)], via="page"
        )
        return found

    monkeypatch.setattr(collecting, "judge", slowly)
    done = port.collect()
    assert (done.accepted, port.level()) == ((), 3)
    assert "somebody else reported on it in between" in port.why(done)


def test_what_is_sent_is_taken_only_by_a_source_that_is_sent(port: Port) -> None:
    with pytest.raises(InputError, match="S117"):
        accept_pushed(port.site, LOG, b"day,ships_missing\n", sender="ada", now=NOW)
    with pytest.raises(InputError, match="S116"):
        accept_pushed(port.site, "harbor_log", b"", sender="ada", now=NOW)


def test_a_source_that_says_nothing_again_and_again_is_down_and_one_that_cannot_be_asked_is_not(port: Port) -> None:
    port.missing(*WEEK)
    port.collect()
    assert facts_of(port.site).sources == {}
    port.says(LOG, "day,ships_missing\n")
    port.clock.at += 4 * DAY
    assert port.collect().outcome is FetchOutcome.EMPTY
    lacking = SourceState(pack="port", source="pilots", outcome=FetchOutcome.UNCONFIGURED, detail="", run_at=NOW)
    SourceStates(port.site.journal).put(lacking)
    assert facts_of(port.site).sources == {LOG: Holds.YES}


# --- The job ---


@pytest.fixture
def hired(port: Port) -> Worker:
    def jobs(site: Site) -> tuple[SourceJob, ...]:
        return tuple(one for one in source_jobs(site, lambda _: port.around) if one.source.id == LOG)

    return Worker(port.site, jobs, name="w:1:a", version="0")


def run_on(port: Port, worker: Worker, until: datetime) -> int:
    return run_until(worker, until, now=port.clock, turn_to=lambda at: setattr(port.clock, "at", at))


def test_a_new_source_is_asked_at_once_and_then_when_it_is_due(port: Port, hired: Worker) -> None:
    port.report(1)
    port.missing(*WEEK)
    (first,) = run_now(hired)
    assert (first.job, first.outcome, first.rows) == ("source harbour_log", RunOutcome.DONE, 1)
    # 04:15 in Helsinki is 01:15 UTC in summer, Monday to Saturday; Sunday is left out.
    assert run_on(port, hired, datetime(2024, 5, 27, 12, tzinfo=UTC)) == 6


def test_a_source_that_fails_is_a_failed_run_and_makes_its_indicator_stale(port: Port, hired: Worker) -> None:
    port.report(1)
    port.says(LOG, "<html>sorry</html>")
    (run,) = run_now(hired)
    assert (run.outcome, run.note) == (
        RunOutcome.FAILED,
        "failed: the column day is not there; the layout may have changed",
    )
    run_on(port, hired, NOW + 60 * DAY)
    (seen,) = (one for one in health(port.site, now=port.clock()) if one.source.id == LOG)
    assert seen.overdue
    assert port.site.assess().indicator("port_traffic").status.value in ("stale", "unknown")
    assert port.level() == 1


def test_a_source_that_failed_is_left_alone_longer_each_time(port: Port) -> None:
    port.says(LOG, "<html>sorry</html>")
    for _ in range(12):
        port.collect()
        port.clock.at += timedelta(minutes=1)
    assert LOG not in {one.id for one in due_sources(port.site, now=port.clock() + timedelta(hours=22))}
    assert LOG in {one.id for one in due_sources(port.site, now=port.clock() + timedelta(days=3))}


# --- Malformed ---


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_two_thousand_malformed_feeds_crash_nothing_and_lower_nothing(port: Port) -> None:
    chance = Random(20231007)
    port.report(3)
    port.missing(*[0.4, 0.5, 0.6, 0.5, 0.4, 0.5, 0.6, 0.5, 0.55])
    table = (port.folder / f"{LOG}.txt").read_bytes()
    feed = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><title>A mine</title>
<link>https://example.org/1</link><pubDate>Mon, 20 May 2024 10:00:00 GMT</pubDate></item></channel></rss>"""
    outcomes = set()
    for number in range(2000):
        source, good = (LOG, table) if number % 2 else ("notices", feed)
        (port.folder / f"{source}.txt").write_bytes(spoilt(good, chance))
        outcomes.add(collect(port.site, source, now=port.clock(), around=port.around).outcome)
        port.clock.at += timedelta(seconds=1)
        assert (port.level() or 0) >= 3
    assert {FetchOutcome.NEW, FetchOutcome.FAILED} <= outcomes

"""Alerts of a worker over days: what was noticed and told does not depend on who was killed, or what was down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest

from iw_monitor.model.alert import Transition
from iw_monitor.model.notice import Message
from iw_monitor.model.times import Every
from iw_monitor.publish.channels.sending import Results
from iw_monitor.schedule.delivery import Delivery
from iw_monitor.schedule.evaluation import Evaluation, conclude
from iw_monitor.schedule.jobs import Job, Result, TimedJob, Turn
from iw_monitor.schedule.simulate import run_now, run_until
from iw_monitor.schedule.worker import LIFE, Worker
from iw_monitor.service.delivering import deliver
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore
from tests.alerts import OUTLETS, KilledError, Receiver, a_file, a_rule, a_traffic_rule, report
from tests.builders import HOUR, MONDAY, AClock, AWatch, a_pack, a_site

MINUTE = timedelta(minutes=1)
RULES = a_file(
    a_traffic_rule(hold="PT2H", keep="PT1H"), a_rule(at_least=2, keep="PT3H"), a_traffic_rule(id="low", at_least=1)
)
REPORTED = {2: 3, 5: 1, 9: 4, 10: 0, 20: 3, 26: 2, 33: 4, 40: 1}  # hour after Monday: level of port_traffic
END = 48
Told = set[tuple[str, str, str, datetime]]


@dataclass
class Life:
    """Two days of a site, with a worker that is killed at some of its acts and a channel that is down for a while."""

    kills: frozenset[int] = frozenset()  # of the acts and sendings, counted
    down: range = range(0)  # hours in which the channel is down
    receiver: Receiver = field(default_factory=Receiver)
    clock: AClock = field(default_factory=lambda: AClock(MONDAY + MINUTE))
    count: int = 0

    def __post_init__(self) -> None:
        self.site = a_site(clock=self.clock, watch=AWatch(a_pack(), alerts=RULES))

    def _may_die(self) -> None:
        self.count += 1
        if self.count in self.kills:
            raise KilledError

    def _deadly(self, act: Callable[[Turn], Result]) -> Callable[[Turn], Result]:
        def deadly(turn: Turn) -> Result:
            self._may_die()  # before anything is written
            result = act(turn)
            self._may_die()  # all is written, and nobody has noted that the run ended
            return result

        return deadly

    def _send(self, message: Message, now: datetime) -> Results:
        self._may_die()  # the attempt is counted, and nothing was sent
        self.receiver.fails = (now - MONDAY) // HOUR in self.down
        results = self.receiver(message, now)
        self._may_die()  # it arrived, and nobody has noted that
        return results

    def _jobs(self, _: Site) -> tuple[Job, ...]:
        def sends(turn: Turn) -> Result:
            deliver(turn.site, outlets=OUTLETS, send_by=self._send)
            return Result()

        return Evaluation(act=self._deadly(conclude)), Delivery(act=self._deadly(sends))

    def live(self) -> None:
        """Let the two days pass; whenever the worker is killed another takes over once the lease has run out."""
        for hour in range(1, END + 1):
            if hour in REPORTED:
                self._until(MONDAY + hour * HOUR - MINUTE)
                report(self.site, REPORTED[hour])
            self._until(MONDAY + hour * HOUR)
        self._until(MONDAY + (END + 2) * HOUR)  # what waits for its next attempt

    def _until(self, end: datetime) -> None:
        while True:
            worker = Worker(self.site, self._jobs, name=f"worker {self.count} {self.clock.at}", version="1")
            try:
                run_until(worker, end, now=self.clock, turn_to=lambda at: setattr(self.clock, "at", at))
            except KilledError:
                self.clock.at += LIFE
                continue
            worker.stop()
            return

    @property
    def noticed(self) -> list[Transition]:
        return list(AlertStore(self.site.journal, self.site.pack.id).transitions())

    @property
    def told(self) -> Told:
        """Everything that arrived, however often."""
        lines = (line for one in self.receiver.got for notice in one.notices for line in notice.lines)
        return {(line.rule, line.subject, line.news, line.since) for line in lines}


@pytest.fixture(autouse=True)
def with_channels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IW_CHANNELS", str(OUTLETS.channels))


@pytest.fixture(scope="module")
def calm() -> Iterator[Life]:
    """Two days in which nothing goes wrong."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IW_CHANNELS", str(OUTLETS.channels))
        life = Life()
        life.live()
    yield life
    life.site.close()


@pytest.mark.slow
def test_without_faults_each_message_arrives_once_and_the_journal_says_what_a_replay_says(calm: Life) -> None:
    keys = [notice.key for one in calm.receiver.got for notice in one.notices]
    assert len(keys) == len(set(keys)) > 5
    replayed = calm.site.noticed(RULES, MONDAY)
    assert calm.noticed == [one for done in replayed for one in done.transitions]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_a_worker_killed_at_random_moments_and_a_channel_down_for_hours_lose_and_change_nothing(
    calm: Life, seed: int
) -> None:
    kills = frozenset(Random(seed).sample(range(1, 220), 30))
    life = Life(kills=kills, down=range(8, 32))
    life.live()
    assert life.noticed == calm.noticed
    assert life.told == calm.told
    assert not [one for one in AlertStore(life.site.journal, life.site.pack.id).messages(limit=99) if one.is_waiting]
    life.site.close()


# --- What operation tells is told at once ---


def test_a_report_that_fails_is_told_at_once_and_again_when_it_works() -> None:
    works = {"weekly": True}
    rule = a_traffic_rule().model_dump(exclude={"kind", "indicators", "at_least", "at_most"})
    failing = {"rules": [rule | {"id": "report_failed", "kind": "report_failed"}]}
    clock = AClock(MONDAY + MINUTE)
    site = a_site(clock=clock, watch=AWatch(a_pack(), alerts=type(RULES).model_validate(failing, strict=False)))
    receiver = Receiver()

    def makes(_: Turn) -> Result:
        return Result(failed=not works["weekly"])

    def sends(turn: Turn) -> Result:
        deliver(turn.site, outlets=OUTLETS, send_by=receiver)
        return Result()

    weekly = TimedJob(id="report weekly on change", times=Every(10 * MINUTE), act=makes)
    worker = Worker(site, lambda _: (Evaluation(act=conclude), weekly, Delivery(act=sends)), name="one", version="1")
    run_now(worker)  # evaluated at noon
    works["weekly"] = False
    for at in (10 * MINUTE, 20 * MINUTE):
        clock.at = MONDAY + at
        run_now(worker)
    assert receiver.news == ["firing weekly"]  # not at the next full hour
    works["weekly"] = True
    clock.at = MONDAY + 30 * MINUTE
    run_now(worker)
    assert receiver.news == ["firing weekly", "resolved weekly"]
    site.close()

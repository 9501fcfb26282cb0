"""A channel is away for a day, and then comes a flood: all of it arrives, under one key, and never more than may.

In this process, on a clock of its own: what is evaluated and delivered is real, the far end is not. The sender is
killed now and then while it sends: before anything left, or after, when nobody has noted yet what came of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from iw_monitor.model.notice import Message, Notice
from iw_monitor.model.pack.alerts import Flood
from iw_monitor.publish.channels.sending import Results
from iw_monitor.service.delivering import deliver
from iw_monitor.store.alerting import AlertStore
from tests.alerts import OUTLETS, KilledError, Receiver, a_file, a_traffic_rule, an_alerting_site, evaluated, report
from tests.builders import DAY, HOUR, MONDAY
from tests.conftest import IS_THOROUGH

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600 if IS_THOROUGH else 300)]
Record = Callable[[str, Any], None]

FLOODS = 12 if IS_THOROUGH else 2
INDICATORS = ("port_traffic", "ferry_strikes", "patrol_boats")
FLOOD = Flood(messages=5, within=timedelta(minutes=10))
BACK = MONDAY + DAY  # the channel answers again, and the flood begins
OVER = BACK + HOUR
SELDOM, OFTEN = timedelta(minutes=5), timedelta(seconds=20)  # between two looks at the outbox; in the flood
SHARE = {SELDOM: 0.2, OFTEN: 0.9}  # of looks before which something is reported
DEADLY = 0.1  # the share of sendings in which the sender is killed
MOST = 100_000  # messages


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A message that the channel got."""

    at: datetime
    message: Message
    is_noted: bool  # its sender lived to write that down; else it is sent again


@dataclass
class Flooded:
    """A day, an hour and what comes after them, of a site with one channel."""

    seed: int
    arrivals: list[Arrival] = field(default_factory=list)
    told: dict[str, datetime] = field(default_factory=dict)  # notices when they were put into the outbox, by their keys
    killed: int = 0
    in_vain: int = 0

    def __post_init__(self) -> None:
        rules = (a_traffic_rule(id=f"rule_{one}", indicators=(one,)) for one in INDICATORS)
        self.site, self.clock = an_alerting_site(a_file(*rules, flood=FLOOD))
        self.store = AlertStore(self.site.journal, self.site.pack.id)
        self.chance, self.receiver = Random(self.seed), Receiver()
        self.levels = dict.fromkeys(INDICATORS, 1)

    # --- Living through it ---

    def live(self) -> None:
        """Let everything pass, until nothing waits any more."""
        for step, at in enumerate(_looks()):
            self.clock.at = at
            if at < OVER and self.chance.random() < SHARE[_until_next_look(at)]:
                self._report(INDICATORS[step % len(INDICATORS)])
            self._deliver()
            if at >= OVER and not any(one.is_waiting for one in self.messages()):
                return

    def _report(self, indicator: str) -> None:
        """Let an alert fire, or end, and take down what is to be told of it before anybody puts it together."""
        self.levels[indicator] = 4 - self.levels[indicator]
        report(self.site, self.levels[indicator], indicator)
        done = evaluated(self.site, self.clock, self.clock.at)
        assert done.messages
        for one in self.store.messages(limit=done.messages):
            self.told |= {notice.key: self.clock.at for notice in one.notices}

    def _deliver(self) -> None:
        try:
            deliver(self.site, outlets=OUTLETS, send_by=self._send)
        except KilledError:
            self.killed += 1

    def _send(self, message: Message, now: datetime) -> Results:
        dies_before, dies_after = (self.chance.random() < DEADLY / 2 for _ in range(2))
        if dies_before:
            raise KilledError
        self.receiver.fails = now < BACK
        results = self.receiver(message, now)
        if self.receiver.fails:
            self.in_vain += 1
        else:
            self.arrivals.append(Arrival(at=now, message=message, is_noted=not dies_after))
        if dies_after:
            raise KilledError
        return results

    # --- What came of it ---

    def messages(self) -> list[Message]:
        """Return what is in the outbox, without what went into another one."""
        return self.store.messages(limit=MOST)

    def keys_of(self) -> dict[str, set[str]]:
        """Return, by the key of each notice that arrived, the keys of the messages in which it did."""
        found: dict[str, set[str]] = {}
        for one in self.arrivals:
            for notice in one.message.notices:
                found.setdefault(notice.key, set()).add(one.message.key)
        return found

    def contents(self) -> dict[str, set[tuple[Notice, ...]]]:
        """Return what arrived under each key of a message."""
        found: dict[str, set[tuple[Notice, ...]]] = {}
        for one in self.arrivals:
            found.setdefault(one.message.key, set()).add(one.message.notices)
        return found

    def most_at_once(self, *, noted_only: bool = True) -> int:
        """Return how many messages the channel got at most within the time of the flood rule.

        By default each counts once, at the arrival that was noted: whoever was killed could not tell of theirs.
        """
        got = [one.at for one in self.arrivals if one.is_noted or not noted_only]
        return max(sum(last - FLOOD.within < at <= last for at in got) for last in got)

    def longest_wait(self) -> timedelta:
        """Return after which time every notice of the flood had arrived."""
        first: dict[str, datetime] = {}
        for one in self.arrivals:
            for notice in one.message.notices:
                first.setdefault(notice.key, one.at)
        return max(first[key] - at for key, at in self.told.items() if at >= BACK and key in first)


def _looks() -> Iterator[datetime]:
    at = MONDAY + SELDOM
    while True:
        yield at
        at += _until_next_look(at)


def _until_next_look(at: datetime) -> timedelta:
    return SELDOM if at < BACK else OFTEN


def test_after_a_day_without_its_channel_and_in_a_flood_every_notice_arrives_and_no_more_at_once_than_may(
    record_property: Record,
) -> None:
    floods = [Flooded(seed) for seed in range(FLOODS)]
    for one in floods:
        one.live()
    told = [(n, key) for n, one in enumerate(floods) for key in one.told]
    arrived = {(n, key): keys for n, one in enumerate(floods) for key, keys in one.keys_of().items()}
    contents = [found for one in floods for found in one.contents().values()]
    arrivals = [arrival for one in floods for arrival in one.arrivals]
    lost, doubled = set(told) - set(arrived), [one for one, keys in arrived.items() if len(keys) > 1]
    most, wait = max(one.most_at_once() for one in floods), max(one.longest_wait() for one in floods)
    record_property(
        "figures",
        f"floods {FLOODS}, notices {len(told)}, lost {len(lost)}, doubled {len(doubled)}; "
        f"messages {len(contents)}, joined of several notices {sum(len(next(iter(one))) > 1 for one in contents)}, "
        f"tried in vain {sum(one.in_vain for one in floods)}, senders killed {sum(one.killed for one in floods)}, "
        f"arrived again under the same key {len(arrivals) - len(contents)}; "
        f"most in any {FLOOD.within // timedelta(minutes=1)} minutes {most} of {FLOOD.messages} allowed, "
        f"with those that are sent again because their sender was killed "
        f"{max(one.most_at_once(noted_only=False) for one in floods)}; "
        f"longest wait of a notice in the flood {wait.total_seconds():.0f} s",
    )
    assert not lost
    assert not doubled
    assert set(arrived) == set(told)
    assert all(len(one) == 1 for one in contents)
    assert most <= FLOOD.messages
    assert wait <= 2 * FLOOD.within
    assert len(arrivals) > len(contents)
    assert not any(one.failed_at for flooded in floods for one in flooded.messages())

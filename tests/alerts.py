"""The ordinary rest for tests of alerts: rules, what is seen, and a file of rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from iw_monitor.assess.alerting.states import advance
from iw_monitor.model.accounts import EVERY_PACK, Actor, Role
from iw_monitor.model.alert import Alert, Holds, Sighting, Transition
from iw_monitor.model.notice import Message, TargetResult
from iw_monitor.model.pack.alerts import AlertsFile, AnyRule, IndicatorRule, LevelRule
from iw_monitor.publish.channels.sending import Results
from iw_monitor.service.alerting import Evaluated, evaluate
from iw_monitor.service.answering import AlertDesk
from iw_monitor.service.outlets import Outlets
from iw_monitor.service.site import Site
from tests.builders import HOUR, MONDAY, AClock, AWatch, a_pack, a_raw_report, a_site

OUTLETS = Outlets(channels=Path("channels.toml"), public_url="https://watch.example")
YES, NO, UNKNOWN = Holds.YES, Holds.NO, Holds.UNKNOWN


def a_rule(**changes: Any) -> LevelRule:
    """Return the rule ``level`` on every problem at HIGH, told on channel ``desk``; say what differs."""
    ordinary: dict[str, Any] = {
        "id": "level",
        "kind": "level",
        "title": "The port may close",
        "what": "The recommended level reached HIGH.",
        "at_least": 4,
        "channels": ("desk",),
        "runbook": "Call the harbour master.",
    }
    return LevelRule.model_validate(ordinary | changes, strict=False)


def a_file(*rules: AnyRule, **changes: Any) -> AlertsFile:
    """Return alerts.yml with some rules, by default ``level`` alone."""
    return AlertsFile(rules=rules or (a_rule(),), **changes)


def a_traffic_rule(**changes: Any) -> IndicatorRule:
    """Return the rule ``traffic``: few ships leave. Unlike a level, an indicator is there at once."""
    plain = a_rule().model_dump(exclude={"kind", "at_least", "problems"})
    ordinary = plain | {"id": "traffic", "kind": "indicator", "indicators": ("port_traffic",), "at_least": 3}
    return IndicatorRule.model_validate(ordinary | changes, strict=False)


def an_alerting_site(file: AlertsFile | None = None) -> tuple[Site, AClock]:
    """Return a site of the pack ``harbour`` with rules, by default ``traffic``, and its clock."""
    clock = AClock()
    return a_site(clock=clock, watch=AWatch(a_pack(), alerts=file or a_file(a_traffic_rule()))), clock


def a_sighting(holds: Holds = YES, **changes: Any) -> Sighting:
    """Return that rule ``level`` sees HIGH of ``blockade``; say what differs."""
    ordinary: dict[str, Any] = {"rule": "level", "subject": "blockade", "level": 4, "says": "4 HIGH"}
    return Sighting(holds=holds, **ordinary | changes)


def lived(
    rule: LevelRule, seen: Iterable[Holds | tuple[Holds, int]], *, every: timedelta = timedelta(hours=1)
) -> tuple[tuple[Alert, ...], list[Transition]]:
    """Return what became of an alert by what was seen of it, hour after hour from Monday on."""
    alerts: tuple[Alert, ...] = ()
    noticed: list[Transition] = []
    for step, one in enumerate(seen):
        holds, level = one if isinstance(one, tuple) else (one, 4)
        at: datetime = MONDAY + step * every
        alerts, more = advance(alerts, [a_sighting(holds, rule=rule.id, level=level)], {rule.id: rule}, at)
        noticed += more
    return alerts, noticed


class KilledError(BaseException):
    """The process ends at this moment, as if by a kill."""


@dataclass
class Receiver:
    """What a channel's far end got; ``fails`` while it is down, ``dies`` where the sender is killed after sending."""

    got: list[Message] = field(default_factory=list)
    fails: bool = False
    dies: bool = False

    def __call__(self, message: Message, _now: datetime) -> Results:
        if self.fails:
            return {"desk": TargetResult(target="desk", is_done=False, error="no answer")}
        self.got.append(message)
        if self.dies:
            raise KilledError
        return {"desk": TargetResult(target="desk", is_done=True)}

    @property
    def news(self) -> list[str]:
        """What arrived, in the order of arrival."""
        return [f"{line.news} {line.subject}" for one in self.got for notice in one.notices for line in notice.lines]


def report(site: Site, level: int, indicator: str = "port_traffic") -> None:
    """Report a level of what is seen now."""
    seen = f"{site.now():%Y-%m-%dT%H:%MZ}"
    site.record(a_raw_report(indicator=indicator, level=str(level), observed_at=seen), author="ada", via="test")


def evaluated(site: Site, clock: AClock, at: datetime) -> Evaluated:
    """Turn the clock to an instant and evaluate it."""
    clock.at = at
    return evaluate(site, at, outlets=OUTLETS)


def a_firing_site(file: AlertsFile | None = None, *, silenced_until: datetime | None = None) -> tuple[Site, AClock]:
    """Return a site on which ``traffic`` fires since an hour after Monday; unless silenced, its message waits."""
    site, clock = an_alerting_site(file)
    if silenced_until is not None:
        ada = Actor(name="ada", display_name="Ada", roles={EVERY_PACK: Role.EDITOR}, via="local")
        AlertDesk(site, ada).silence("traffic", until=silenced_until, comment="The crane is being mended.")
    report(site, 3)
    evaluated(site, clock, MONDAY + HOUR)
    return site, clock


ESCALATING = a_traffic_rule(escalate={"after": "PT30M", "channels": ("duty",)})

"""The states of an alert: pending, firing, blind, resolved. Silence is never calm.

The condition must *hold* for a time before an alert fires, and *keep* from holding for a time before it is resolved.
What cannot be seen changes neither: a pending alert waits, a firing one goes blind, and only what is seen resolves it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from iw_monitor.model.alert import Alert, AlertState, Holds, Reason, Sighting, Transition
from iw_monitor.model.pack.alerts import AlertRule

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What became of one alert at an instant; None is no alert."""

    alert: Alert | None
    noticed: tuple[Transition, ...] = ()


def advance(
    alerts: Iterable[Alert], sightings: Iterable[Sighting], rules: Mapping[str, AlertRule], at: datetime
) -> tuple[tuple[Alert, ...], tuple[Transition, ...]]:
    """Return the alerts after what was seen at an instant, and what changed, whatever the order of what is given.

    An alert whose rule is gone, or that nothing was seen of, is resolved as gone; a rule that may be unable to see its
    subject says so by a sighting of its own.
    """
    held: dict[_Key, Alert] = {one.key: one for one in alerts}
    seen: dict[_Key, Sighting] = {one.key: one for one in sightings if one.rule in rules}
    after: list[Alert] = []
    noticed: list[Transition] = []
    for key in sorted({*held, *seen}):
        sight = seen.get(key)
        step = next_step(held.get(key), sight, rules[key[0]], at) if sight else _end(held[key], Reason.GONE, at)
        after += [] if step.alert is None else [step.alert]
        noticed += step.noticed
    return tuple(after), tuple(noticed)


def next_step(alert: Alert | None, seen: Sighting, rule: AlertRule, at: datetime) -> Step:
    """Return what becomes of one alert by what is seen of it at an instant."""
    if alert is not None and alert.is_active and seen.holds is not Holds.UNKNOWN and _is_over(alert, at):
        ended, begun = _end(alert, Reason.SUNSET, at), next_step(None, seen, rule, at)
        return Step(alert=begun.alert, noticed=(*ended.noticed, *begun.noticed))
    if seen.holds is Holds.YES:
        return _holding(alert, seen, rule, at)
    if alert is None:
        return Step(alert=None)
    return _unseen(alert, at) if seen.holds is Holds.UNKNOWN else _calm(alert, rule, at)


def _is_over(alert: Alert, at: datetime) -> bool:
    return alert.sunset_at is not None and at >= alert.sunset_at


def _holding(alert: Alert | None, seen: Sighting, rule: AlertRule, at: datetime) -> Step:
    now = alert or Alert(rule=seen.rule, subject=seen.subject, state=AlertState.PENDING, since=at)
    before, rose = now.level, _rose(now, seen)
    now = replace(now, level=seen.level, says=seen.says, calm_since=None, blind_since=None)
    if now.state is AlertState.PENDING:
        return _pending(alert, now, rule, at)
    if now.state is AlertState.BLIND:
        return _to(now, AlertState.FIRING, Reason.SEEN_AGAIN, at)
    return _to(now, AlertState.FIRING, Reason.ROSE, at) if rose and before is not None else Step(alert=now)


def _rose(alert: Alert, seen: Sighting) -> bool:
    return seen.level is not None and alert.level is not None and seen.level > alert.level


def _pending(before: Alert | None, now: Alert, rule: AlertRule, at: datetime) -> Step:
    """Fire as soon as the condition has held for long enough: at once, if it need not hold at all."""
    if at - now.since >= rule.hold:
        firing = replace(now, fired_at=at, asked_at=at, sunset_at=at + rule.sunset)
        begun = None if before is None else before.state
        return Step(
            alert=replace(firing, state=AlertState.FIRING),
            noticed=(_transition(firing, begun, AlertState.FIRING, Reason.HELD, at),),
        )
    if before is None:
        return Step(alert=now, noticed=(_transition(now, None, AlertState.PENDING, Reason.BEGAN, at),))
    return Step(alert=now)


def _unseen(alert: Alert, at: datetime) -> Step:
    if alert.state is not AlertState.FIRING:
        return Step(alert=alert)
    return _to(replace(alert, blind_since=at, calm_since=None), AlertState.BLIND, Reason.WENT_BLIND, at)


def _calm(alert: Alert, rule: AlertRule, at: datetime) -> Step:
    if alert.state is AlertState.PENDING:
        return _end(alert, Reason.LAPSED, at)
    calm = replace(alert, calm_since=alert.calm_since or at)
    if at - (calm.calm_since or at) >= rule.keep:
        return _end(calm, Reason.ENDED if calm.blind_since is None else Reason.RECOVERED, at)
    if calm.state is AlertState.BLIND:
        return _to(calm, AlertState.FIRING, Reason.SEEN_AGAIN, at)
    return Step(alert=calm)


def _to(alert: Alert, state: AlertState, reason: Reason, at: datetime) -> Step:
    return Step(alert=replace(alert, state=state), noticed=(_transition(alert, alert.state, state, reason, at),))


def _end(alert: Alert, reason: Reason, at: datetime) -> Step:
    return Step(alert=None, noticed=(_transition(alert, alert.state, AlertState.RESOLVED, reason, at),))


def _transition(alert: Alert, before: AlertState | None, after: AlertState, reason: Reason, at: datetime) -> Transition:
    return Transition(
        at=at,
        rule=alert.rule,
        subject=alert.subject,
        before=before,
        after=after,
        reason=reason,
        level=alert.level,
        says=alert.says,
    )


def active(alerts: Iterable[Alert]) -> Iterator[Alert]:
    """Yield the alerts that fire, seen or not."""
    return (one for one in alerts if one.is_active)

"""Who is told what: from how alerts stand to one letter a channel. Noticing came before; this only tells.

Nothing is told twice, and what could not be told because of a silence is told when the silence ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from iw_monitor.model.alert import Alert, AlertState, Reason, Standing, Transition
from iw_monitor.model.pack.alerts import AlertRule, AlertsFile, Quiet


class News(StrEnum):
    """What is new about an alert, in a word for people."""

    FIRED = "firing"
    ROSE = "level rose"
    BLIND = "no longer seen"
    UNACKNOWLEDGED = "not acknowledged"
    UNOWNED = "acknowledgement ended"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What is told of one alert."""

    rule: str
    subject: str
    news: News
    reason: Reason | None  # of what is resolved
    level: int | None
    says: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Everything that one channel is told at once, the most urgent first."""

    channel: str
    lines: tuple[Line, ...]
    urgent: bool  # quiet hours do not hold it back


def tell(
    before: Standing, after: Standing, noticed: Iterable[Transition], file: AlertsFile, now: datetime
) -> tuple[Standing, tuple[Letter, ...]]:
    """Return how alerts stand once all that is new was told, and the letters, one a channel.

    Args:
        before: how they stood before it was noticed: only who was told that it fires is told that it ended.
        after: how they stand.
        noticed: what changed, if anything did; silences, acknowledgements and escalations run by the clock alone.
        file: the rules.
        now: when it is told.
    """
    rules = {one.id: one for one in file.rules}
    told, news = [], list(_ended(before, noticed, now))
    blind = {(one.rule, one.subject) for one in noticed if one.reason is Reason.WENT_BLIND}
    for alert in after.alerts:
        rule = rules.get(alert.rule)
        if rule is None or not alert.is_active or after.silence_of(alert, now) is not None:
            told.append(alert)
            continue
        one, lines = _told(alert, rule, now, went_blind=alert.key in blind)
        told.append(one)
        news += lines
    return replace(after, alerts=tuple(told)), tuple(_letters(news, rules, file.quiet))


def _ended(before: Standing, noticed: Iterable[Transition], now: datetime) -> Iterator[Line]:
    for one in noticed:
        alert = before.alert(one.rule, one.subject)
        if one.after is AlertState.RESOLVED and alert is not None and alert.told and not before.silence_of(alert, now):
            yield _line(alert, News.RESOLVED, reason=one.reason)


def _told(alert: Alert, rule: AlertRule, now: datetime, *, went_blind: bool) -> tuple[Alert, list[Line]]:
    """Return an alert once it was told, and what was told of it."""
    if not alert.told:
        fired = replace(alert, told=True, told_level=alert.level, asked_at=now)
        return fired, [_line(fired, News.FIRED)]
    lines = [_line(alert, News.BLIND)] if went_blind else []
    if alert.level is not None and alert.level > (alert.told_level or 0):
        alert = replace(alert, told_level=alert.level)
        lines.append(_line(alert, News.ROSE))
    if alert.owned_until is not None and not alert.is_owned(now):
        lines.append(_line(alert, News.UNOWNED))
        alert = replace(alert, owner="", owned_until=None, asked_at=now, escalated=False)
    if _is_left_alone(alert, rule, now):
        alert = replace(alert, escalated=True)
        lines.append(_line(alert, News.UNACKNOWLEDGED))
    return alert, lines


def _is_left_alone(alert: Alert, rule: AlertRule, now: datetime) -> bool:
    if rule.escalate is None or alert.escalated or alert.is_owned(now) or alert.asked_at is None:
        return False
    return now - alert.asked_at >= rule.escalate.after


def _line(alert: Alert, news: News, *, reason: Reason | None = None) -> Line:
    return Line(
        rule=alert.rule,
        subject=alert.subject,
        news=news,
        reason=reason,
        level=alert.level,
        says=alert.says,
        since=alert.fired_at or alert.since,
    )


def _letters(lines: Iterable[Line], rules: Mapping[str, AlertRule], quiet: Quiet | None) -> Iterator[Letter]:
    boxes: dict[str, list[Line]] = {}
    for line in lines:
        rule = rules.get(line.rule)
        for channel in () if rule is None else _channels(line, rule):
            boxes.setdefault(channel, []).append(line)
    for channel, held in sorted(boxes.items()):
        held.sort(key=lambda one: (-(one.level or 0), one.rule, one.subject, one.news))
        urgent = any(_breaks_through(one, rules[one.rule], quiet) for one in held)
        yield Letter(channel=channel, lines=tuple(held), urgent=urgent)


def _channels(line: Line, rule: AlertRule) -> tuple[str, ...]:
    """Return who is told: the second step only when nobody acknowledged, and then beside the first."""
    if line.news is News.UNACKNOWLEDGED and rule.escalate is not None:
        return tuple(dict.fromkeys((*rule.escalate.channels, *rule.channels)))
    return rule.channels


def _breaks_through(line: Line, rule: AlertRule, quiet: Quiet | None) -> bool:
    if line.news is News.RESOLVED:
        return False
    return rule.breaks_quiet or (quiet is not None and (line.level or 0) >= quiet.break_through)


def not_before(letter: Letter, quiet: Quiet | None, now: datetime) -> datetime:
    """Return when a letter may go out: now, or when the quiet hours end."""
    return now if letter.urgent else end_of_quiet(quiet, now) or now


def end_of_quiet(quiet: Quiet | None, now: datetime) -> datetime | None:
    """Return when the quiet hours end that hold at an instant; None outside of them."""
    if quiet is None:
        return None
    begin, end = time.fromisoformat(quiet.begin), time.fromisoformat(quiet.end)
    here = now.astimezone(ZoneInfo(quiet.time_zone))
    clock = here.time().replace(tzinfo=None)
    over_midnight = end < begin
    if over_midnight and clock >= begin:
        day = here.date() + timedelta(days=1)
    elif clock < end and (over_midnight or clock >= begin):
        day = here.date()
    else:
        return None
    return datetime.combine(day, end, tzinfo=here.tzinfo).astimezone(now.tzinfo)

"""From readings and items to what is suggested: a level by the rule's thresholds, or evidence without one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from iw_monitor.collect.readings import Item, Parsed
from iw_monitor.collect.windows import Gauged, gauge
from iw_monitor.model.pack.sources import Accept, FeedSource, ReadingRule, Source, Take

_TAKEN = {
    Take.LAST: "the newest value",
    Take.SUM: "the sum of",
    Take.MEAN: "the mean of",
    Take.MAX: "the greatest of",
    Take.COUNT: "counted over",
    Take.CHANGE: "the change over",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """What a source suggests about one indicator. It is nothing yet: ``decide`` says how far it goes alone."""

    key: str  # the same for the same rule or item at every run
    indicator: str
    level: int | None  # None: evidence for people, without a level
    statement: str
    observed_at: datetime
    published_at: datetime
    accept: Accept = Accept.REVIEW
    may_lower: bool = False
    whole: bool = True  # the readings reach over the whole window
    value: float | None = None
    unit: str = ""
    link: str = ""


def suggest(source: Source, parsed: Parsed) -> tuple[Suggestion, ...]:
    """Return what a source suggests: of the rules that find a level, the highest for each indicator; and each item."""
    highest: dict[str, Suggestion] = {}
    evidence: list[Suggestion] = []
    for one in _of_rules(source, parsed):
        if one.level is None:
            evidence.append(one)
        elif one.indicator not in highest or one.level > (highest[one.indicator].level or 0):
            highest[one.indicator] = one
    if isinstance(source, FeedSource):
        evidence += _of_items(source, parsed.items)
    return (*highest.values(), *evidence)


def _of_rules(source: Source, parsed: Parsed) -> Iterator[Suggestion]:
    """Give what each rule reads, but for one that has levels and reaches none of them."""
    for number, rule in enumerate(source.rules):
        read = gauge(rule, parsed.readings, ZoneInfo(source.zone))
        if read is not None and (not rule.levels or level_of(rule, read) is not None):
            yield _of_rule(source, rule, read, key=f"{rule.indicator}#{number}")


def level_of(rule: ReadingRule, read: Gauged) -> int | None:
    """Return the highest level whose threshold is reached and whose day has come; None if there is none."""
    day = read.at.date()
    reached = (
        level for level, bound in rule.levels.items() if read.value >= bound and rule.since.get(level, day) <= day
    )
    return max(reached, default=None)


def _of_rule(source: Source, rule: ReadingRule, read: Gauged, *, key: str) -> Suggestion:
    return Suggestion(
        key=key,
        indicator=rule.indicator,
        level=level_of(rule, read),
        statement=f"{rule.says}: {read.value:.4g} {rule.unit} ({_window(rule)}, to {read.at:%Y-%m-%d %H:%M} UTC).",
        observed_at=read.at,
        published_at=max(read.at, read.published_at),
        accept=rule.accept or source.accept,
        may_lower=rule.may_lower,
        whole=read.whole,
        value=read.value,
        unit=rule.unit,
    )


def _window(rule: ReadingRule) -> str:
    if rule.over is None:
        return _TAKEN[rule.take]
    days = rule.over / timedelta(days=1)
    return f"{_TAKEN[rule.take]} {days:g} days"


def _of_items(source: FeedSource, items: Iterable[Item]) -> Iterator[Suggestion]:
    for item in items:
        yield Suggestion(
            key=item.key,
            indicator=source.evidence_for,
            level=None,
            statement=item.title,
            observed_at=item.published_at,
            published_at=item.published_at,
            link=item.link,
        )

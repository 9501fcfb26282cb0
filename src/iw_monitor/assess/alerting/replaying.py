"""Alerts of a whole history: the same steps as live, one canonical instant after the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import numpy as np

from iw_monitor.assess.alerting.pictures import Picture, pictures
from iw_monitor.assess.alerting.sightings import OperationRule, Scene, operation_sightings, sightings, windows
from iw_monitor.assess.alerting.states import advance
from iw_monitor.assess.compiled import Integers
from iw_monitor.assess.engine import Engine
from iw_monitor.assess.recommend import canonical_instants
from iw_monitor.model.alert import Facts, LevelChange, Standing, Transition
from iw_monitor.model.instants import duration_microseconds, microseconds
from iw_monitor.model.judgement import Judgement
from iw_monitor.model.pack import Pack
from iw_monitor.model.pack.alerts import AlertsFile


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """What one evaluation came to: how everything stands now, and what changed. Nobody is told by it."""

    at: datetime
    standing: Standing
    transitions: tuple[Transition, ...]
    levels: tuple[LevelChange, ...]


def notice(pack: Pack, file: AlertsFile, standing: Standing, scene: Scene, facts: Facts) -> Noticed:
    """Return what an evaluation at a scene's instant comes to; an instant that was evaluated before changes nothing."""
    at = scene.now.at
    if standing.evaluated_at is not None and at <= standing.evaluated_at:
        return Noticed(at=at, standing=standing, transitions=(), levels=())
    rules = {one.id: one for one in file.rules}
    seen = sightings(pack, file.rules, scene, facts, standing.alerts)
    alerts, transitions = advance(standing.alerts, seen, rules, at)
    levels = {name: one.level for name, one in scene.now.problems.items()}
    changes = tuple(
        LevelChange(at=at, problem=name, before=standing.levels.get(name), after=level)
        for name, level in levels.items()
        if level != standing.levels.get(name)
    )
    after = replace(standing, evaluated_at=at, levels=levels, alerts=alerts)
    return Noticed(at=at, standing=after, transitions=transitions, levels=changes)


def notice_operation(file: AlertsFile, standing: Standing, facts: Facts, now: datetime) -> Noticed:
    """Return what sources, reports and the worker come to at a moment; told of at once, not at the next evaluation."""
    rules = {one.id: one for one in file.rules if isinstance(one, OperationRule)}
    held = [one for one in standing.alerts if one.rule in rules]
    seen = (one for rule in rules.values() for one in operation_sightings(rule, facts, held))
    alerts, transitions = advance(held, seen, rules, now)
    rest = (one for one in standing.alerts if one.rule not in rules)
    after = replace(standing, alerts=tuple(sorted((*alerts, *rest), key=lambda one: one.key)))
    return Noticed(at=now, standing=after, transitions=transitions, levels=())


def scenes(
    engine: Engine, file: AlertsFile, instants: Integers, judgements: Sequence[Judgement] = ()
) -> Iterator[Scene]:
    """Yield the scene of each instant (microseconds); ``judgements`` are all that were ever stated, in order.

    Raises:
        ValueError: an instant is later than the engine reaches.
    """
    spans = windows(file.rules)
    earlier = {span: pictures(engine, np.asarray(instants) - duration_microseconds(span)) for span in spans}
    for row, picture in enumerate(pictures(engine, instants, judgements)):
        yield Scene(now=picture, before=_before(earlier, row))


def _before(earlier: dict[timedelta, tuple[Picture, ...]], row: int) -> dict[timedelta, Picture]:
    return {span: found[row] for span, found in earlier.items()}


def history(
    pack: Pack,
    file: AlertsFile,
    engine: Engine,
    until: int,
    *,
    begin: int | None = None,
    also: Sequence[datetime] = (),
    judgements: Sequence[Judgement] = (),
) -> Iterator[Noticed]:
    """Yield what every evaluation up to an instant (microseconds) came to, had a worker run.

    Args:
        pack: what is watched.
        file: its rules.
        engine: assesses; reaches at least to ``until``.
        until: the last instant.
        begin: when the worker would have begun; by default at the first report.
        also: instants that are evaluated too.
        judgements: all that were ever stated, in order.
    """
    more = np.array([microseconds(one) for one in also], dtype=np.int64)
    instants = np.union1d(canonical_instants(engine.history, until), more)
    instants = instants if begin is None else instants[instants >= begin]
    standing = Standing()
    for scene in scenes(engine, file, instants, judgements):
        noticed = notice(pack, file, standing, scene, Facts())
        standing = noticed.standing
        yield noticed

"""The sources of a site's pack: which there are, how each was last seen, and when it is next asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from iw_monitor.collect.due import next_due, times_of
from iw_monitor.collect.fetching import Around
from iw_monitor.collect.http import Door
from iw_monitor.model.collecting import DeadSource, FetchOutcome, SourceState
from iw_monitor.model.pack.sources import FeedSource, Source, WebhookSource
from iw_monitor.pack.words import did_you_mean
from iw_monitor.service.codes import refused
from iw_monitor.service.site import Site
from iw_monitor.store.place import default_file
from iw_monitor.store.source_states import SourceStates

TROUBLE = frozenset({FetchOutcome.FAILED, FetchOutcome.UNCONFIGURED})
HOSTS, DROP, SECRETS = "IW_COLLECT_HOSTS", "IW_DROP", "IW_SECRET_"  # variables of the environment


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """A source as people see it. A source that is overdue makes its indicators stale; it never makes them calm."""

    source: Source
    state: SourceState | None  # None: never asked
    next_due: datetime | None  # None: it is never asked, and waits for what is sent
    overdue: bool  # something should have come, and has not
    indicators: tuple[str, ...]
    waiting: int = 0  # of what it proposed, how many wait for a person

    @property
    def is_troubled(self) -> bool:
        """Whether somebody should look: it failed, lacks something here, or is overdue."""
        return self.overdue or (self.state is not None and self.state.outcome in TROUBLE)


def sources(site: Site) -> tuple[Source, ...]:
    """Return the sources of the pack, in its order."""
    return site.loaded.sources


def source_of(site: Site, name: str) -> Source:
    """Return a source of the pack.

    Raises:
        InputError: the pack has none of this name.
    """
    for one in sources(site):
        if one.id == name.strip():
            return one
    known = [one.id for one in sources(site)]
    problem = f"{name.strip()!r} is not a source of the pack {site.pack.id}"
    raise refused("S116", "source", problem, remedy=did_you_mean(name, known) or "This pack has no sources.yml")


def due_sources(site: Site, *, now: datetime) -> tuple[Source, ...]:
    """Return the sources that are due by an instant, in the pack's order."""
    return tuple(one.source for one in health(site, now=now) if one.next_due is not None and one.next_due <= now)


def health(site: Site, *, now: datetime) -> tuple[SourceHealth, ...]:
    """Return how each source of the pack was last seen, in the pack's order."""
    states = SourceStates(site.journal).all(site.pack.id)
    waiting = Counter(one.source for one in site.acts.proposals(site.pack.id) if one.is_open)
    return tuple(_health(one, states.get(one.id), now=now, waiting=waiting[one.id]) for one in sources(site))


def dead_sources(site: Site, *, at: datetime) -> tuple[DeadSource, ...]:
    """Return the sources that somebody had to look at, at an instant, in the pack's order.

    Only the last run of a source is remembered, so of an instant before it nothing is said.
    """
    return tuple(
        DeadSource(
            id=one.source.id,
            title=one.source.title,
            indicators=one.indicators,
            outcome=one.state.outcome,
            failures=one.state.failures,
            run_at=one.state.run_at,
            answered_at=one.state.answered_at,
        )
        for one in health(site, now=at)
        if one.state is not None and one.is_troubled and one.state.run_at <= at
    )


def silent_sources(site: Site, *, now: datetime) -> tuple[str, ...]:
    """Return the ids of sources that should have said something and have not, whether they failed or said nothing.

    One that lacks something where this program runs is not among them: it has not been silent, it cannot be asked.
    """
    states = SourceStates(site.journal).all(site.pack.id)
    able = {name: one for name, one in states.items() if one.outcome is not FetchOutcome.UNCONFIGURED}
    return tuple(one.id for one in sources(site) if _is_overdue(one, able.get(one.id), now=now))


def _health(source: Source, state: SourceState | None, *, now: datetime, waiting: int) -> SourceHealth:
    due = next_due(source, state, now=now)
    return SourceHealth(
        source=source,
        state=state,
        next_due=due,
        overdue=_is_overdue(source, state, now=now),
        indicators=tuple(dict.fromkeys(indicators_of(source))),
        waiting=waiting,
    )


def _is_overdue(source: Source, state: SourceState | None, *, now: datetime) -> bool:
    """Say whether two of its times have passed since it last answered, or it never did once it was asked."""
    if state is None or state.answered_at is None:
        return state is not None
    times, patience = times_of(source.schedule), source.schedule.jitter or timedelta(0)
    first = times.after(state.answered_at)
    second = None if first is None else times.after(first)
    return second is not None and second + patience < now


def indicators_of(source: Source) -> tuple[str, ...]:
    """Return the indicators that a source says something about."""
    named = tuple(rule.indicator for rule in source.rules)
    return (*named, source.evidence_for) if isinstance(source, FeedSource) else named


def is_sent(source: Source) -> bool:
    """Say whether a source is sent here rather than asked."""
    return isinstance(source, WebhookSource)


def around(site: Site, environment: Mapping[str, str], *, recorded: Mapping[str, Path] | None = None) -> Around:
    """Return what collecting may use where this program runs.

    Args:
        site: whose pack it is.
        environment: names hosts of one's own network in IW_COLLECT_HOSTS (with commas), the folder for files in
            IW_DROP, and secrets in variables that begin with IW_SECRET_.
        recorded: by source, a file that is read in place of asking it.
    """
    hosts = (one.strip().rstrip(".").lower() for one in environment.get(HOSTS, "").split(","))
    drop = environment.get(DROP, "")
    return Around(
        door=Door(allowed=frozenset(one for one in hosts if one)),
        pack=site.loaded.folder,
        drop=Path(drop) if drop else default_file().parent / "drop",
        kept=default_file().parent / "tables",
        secrets={name: text for name, text in environment.items() if name.startswith(SECRETS)},
        recorded=recorded or {},
    )

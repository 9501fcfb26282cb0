"""Delivering what is in the outbox: at least once, with a key that stays, later and later, and never out of sight.

An attempt is counted before it is made, and a message counts as delivered only after its target took it: who is killed
in between sends it again, with the same key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from iw_monitor.errors import InputError
from iw_monitor.model.notice import Message, TargetResult
from iw_monitor.model.pack.alerts import Flood
from iw_monitor.publish.channels.sending import Results, send
from iw_monitor.publish.channels.settings import read_channels
from iw_monitor.service.alerting import has_reminder, remind, rules_of
from iw_monitor.service.outlets import Outlets, outlets_of
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
GIVE_UP_AFTER = timedelta(days=7)

Send = Callable[[Message, datetime], Results]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """What came of one round."""

    delivered: int = 0
    failed: int = 0  # attempts in vain; they are made again


def deliver(site: Site, *, outlets: Outlets | None = None, send_by: Send | None = None) -> Delivered:
    """Tell what the clock brought, and try everything in the outbox that may be tried now.

    Args:
        site: what it is about; a worker gives one that is fenced.
        outlets: where notices leave; by default as the environment says.
        send_by: sends one message; for tests.

    Raises:
        StoreError: the journal cannot be written.
    """
    places = outlets or outlets_of()
    remind(site, outlets=places)
    if places.channels is None:
        return Delivered()
    sender = send_by or _sender(places.channels)
    store, now, flood = AlertStore(site.journal, site.pack.id), site.now(), rules_of(site).flood
    if store.has_strayed(now, longest=_longest(flood)):
        store.take_back(now, longest=_longest(flood))
    _put_together(store, now)
    outcomes = [
        _try(store, one, now, sender)
        for one in _within_flood(store, flood, now)
        if store.claim(one, next_at=now + wait_after(one.key, one.attempts + 1))
    ]
    return Delivered(delivered=sum(outcomes), failed=len(outcomes) - sum(outcomes))


def has_work(site: Site, *, outlets: Outlets | None = None) -> bool:
    """Say whether ``deliver`` would send or tell anything now.

    Raises:
        StoreError: the journal cannot be read.
    """
    places = outlets or outlets_of()
    store, now = AlertStore(site.journal, site.pack.id), site.now()
    waiting = bool(store.due(now)) or store.has_strayed(now, longest=_longest(rules_of(site).flood))
    return (waiting and places.channels is not None) or has_reminder(site)


def wait_after(key: str, attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: twice as long each time, and up to half of it by chance.

    The chance is drawn from the key, so that many messages do not knock at one door in the same second.
    """
    plain = min(FIRST_WAIT * (1 << min(attempts - 1, 20)), LONGEST_WAIT)
    drawn = int(hashlib.sha256(f"{key}/{attempts}".encode()).hexdigest()[:8], 16) / 0xFFFFFFFF
    return plain * (0.5 + 0.5 * drawn)


def _sender(file: Path) -> Send:
    """Return a way to send by the operator's file; where that cannot be used, every message says so and waits."""
    try:
        channels = read_channels(file)
    except InputError as error:
        said = "; ".join(f"{one.code} {one.field or one.file} {one.problem}" for one in error.findings)
        broken = {"channels": TargetResult(target="channels", is_done=False, error=f"the file cannot be used: {said}")}
        return lambda _message, _now: broken
    return lambda message, now: send(channels, message, now=now)


def _by_channel(messages: list[Message]) -> Iterator[tuple[str, list[Message]]]:
    channel = attrgetter("channel")
    return ((name, list(held)) for name, held in groupby(sorted(messages, key=channel), key=channel))


def _longest(flood: Flood) -> timedelta:
    """Return for how long a message waits at most: until quiet hours end, for its next attempt, or in a flood."""
    return max(timedelta(days=1), LONGEST_WAIT, flood.within)


def _put_together(store: AlertStore, now: datetime) -> None:
    """Let what waits for one channel go together: after a day without it, one message and not fifty."""
    for _, held in _by_channel([one for one in store.due(now) if one.may_join]):
        if len(held) > 1:
            store.joined(held)


def _within_flood(store: AlertStore, flood: Flood, now: datetime) -> Iterator[Message]:
    """Yield what may go out now, the oldest first; the rest waits until there is room, and is put together then."""
    for channel, held in _by_channel(store.due(now)):
        got = store.delivered_between(channel, now - flood.within, now)
        room = max(flood.messages - len(got), 0)
        if late := held[room:]:
            first_to_count_no_more = [*got, *[now] * room][-flood.messages]
            store.postpone(late, next_at=first_to_count_no_more + flood.within)
        yield from held[:room]


def _try(store: AlertStore, one: Message, now: datetime, send_by: Send) -> bool:
    results = send_by(one, now)
    if all(each.is_done for each in results.values()):
        store.note_results(one, results, delivered_at=now)
        return True
    given_up = now if now - one.created_at >= GIVE_UP_AFTER else None
    store.note_results(one, results, failed_at=given_up)
    return False

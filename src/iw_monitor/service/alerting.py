"""Evaluating the rules of alerts at an instant: what changed, how alerts stand, and who is told, in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from iw_monitor.assess.alerting.replaying import Noticed, notice, notice_operation
from iw_monitor.assess.alerting.telling import Letter, not_before, tell
from iw_monitor.errors import BusyDatabaseError
from iw_monitor.model.alert import Facts, Standing
from iw_monitor.model.instants import MICROSECOND
from iw_monitor.model.notice import Outgoing
from iw_monitor.model.pack.alerts import AlertsFile
from iw_monitor.model.running import FAR_AHEAD
from iw_monitor.service.facts import facts_of
from iw_monitor.service.notices import Backdrop
from iw_monitor.service.outlets import Outlets, outlets_of
from iw_monitor.service.site import Site
from iw_monitor.store.alerting import AlertStore, Seen

TRIES = 5  # somebody answers an alert while it is evaluated: look again, that often
NO_RULES = AlertsFile.model_construct(rules=())  # of a pack without alerts.yml: levels are noticed all the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """What one evaluation wrote."""

    transitions: int = 0
    levels: int = 0
    messages: int = 0


def rules_of(site: Site) -> AlertsFile:
    """Return the rules of the site's pack."""
    return site.loaded.alerts or NO_RULES


def evaluate(site: Site, at: datetime, *, facts: Facts | None = None, outlets: Outlets | None = None) -> Evaluated:
    """Notice what changed by an instant, and put what is to be told of it into the outbox.

    Called at each canonical instant, in order. An instant that was evaluated before, here or by another process,
    writes nothing.

    Args:
        site: what it is about; a worker gives one that is fenced.
        at: the instant, not in the future.
        facts: what only operation knows; by default what the ledger of runs says.
        outlets: where notices leave; by default as the environment says.

    Raises:
        InputError: the instant lies in the future.
        StoreError: the journal cannot be written; nothing was.
    """
    store, file, pack = AlertStore(site.journal, site.pack.id), rules_of(site), site.pack
    places = outlets or outlets_of()
    scene = site.scene(file, at)
    for _ in range(TRIES):
        seen = store.look()
        standing = _as_of_now(site, seen.standing, at)
        noticed = notice(pack, file, standing, scene, _facts(site, standing, facts or facts_of(site)))
        if noticed.standing == seen.standing:
            return Evaluated()
        written = _write(site, store, seen, noticed, places=places)
        if written is not None:
            return written
    raise BusyDatabaseError(f"Alerts of {pack.id} were answered again and again while they were evaluated. Try again.")


def _as_of_now(site: Site, standing: Standing, at: datetime) -> Standing:
    """Return how alerts stand; what a clock that was far ahead evaluated stands in the way of no instant that comes."""
    ahead = standing.evaluated_at is not None and standing.evaluated_at > site.now() + FAR_AHEAD
    return standing.taken_back_to(at - MICROSECOND) if ahead else standing


def catch_up(site: Site, begin: datetime) -> Evaluated:
    """Notice all that a worker would have noticed from an instant until now, at once; nobody is told.

    For a journal that was filled afterwards and was never evaluated, as the demo's.

    Raises:
        StoreError: the journal cannot be written; nothing was.
    """
    store = AlertStore(site.journal, site.pack.id)
    noticed = site.noticed(rules_of(site), begin)
    seen = store.look()
    if not noticed or seen.standing.evaluated_at is not None:
        return Evaluated()
    transitions = tuple(one for each in noticed for one in each.transitions)
    levels = tuple(one for each in noticed for one in each.levels)
    after, pack_hash = noticed[-1].standing, site.pack.hash
    store.evaluated(seen, after, transitions=transitions, levels=levels, via="worker", pack_hash=pack_hash)
    return Evaluated(transitions=len(transitions), levels=len(levels))


def remind(site: Site, *, outlets: Outlets | None = None) -> Evaluated:
    """Tell what waits for no evaluation: a source or a report failed, the worker is dead, a silence ended, and such.

    Raises:
        StoreError: the journal cannot be written; nothing was.
    """
    store, places = AlertStore(site.journal, site.pack.id), outlets or outlets_of()
    for _ in range(TRIES):
        seen = store.look()
        if seen.standing.evaluated_at is None:
            return Evaluated()
        written = _write(site, store, seen, _by_the_clock(site, seen.standing), places=places)
        if written is not None:
            return written
    return Evaluated()  # it is tried again in a moment


def has_reminder(site: Site) -> bool:
    """Say whether ``remind`` would tell or change anything now."""
    standing = AlertStore(site.journal, site.pack.id).look().standing
    if standing.evaluated_at is None:
        return False
    noticed = _by_the_clock(site, standing)
    return tell(standing, noticed.standing, noticed.transitions, rules_of(site), site.now())[0] != standing


def _by_the_clock(site: Site, standing: Standing) -> Noticed:
    """Return what is noticed between evaluations; what is told of it is told by the picture of the last one."""
    noticed = notice_operation(rules_of(site), standing, _facts(site, standing, facts_of(site)), site.now())
    return replace(noticed, at=standing.evaluated_at or noticed.at)


def _facts(site: Site, standing: Standing, given: Facts) -> Facts:
    """Return what is known of operation, with how long nothing had been evaluated."""
    if standing.evaluated_at is None or given.silent_for is not None:
        return given
    return replace(given, silent_for=site.now() - standing.evaluated_at)


def _write(site: Site, store: AlertStore, seen: Seen, noticed: Noticed, *, places: Outlets) -> Evaluated | None:
    """Write what was noticed and is told; None if somebody else wrote in between."""
    file = rules_of(site)
    after, letters = tell(seen.standing, noticed.standing, noticed.transitions, file, site.now())
    if places.channels is None:
        letters = ()
    outgoing = tuple(_outgoing(site, letters, at=noticed.at, public_url=places.public_url))
    if after == seen.standing and not outgoing:
        return Evaluated()
    done = store.evaluated(
        seen,
        after,
        transitions=noticed.transitions,
        levels=noticed.levels,
        outgoing=outgoing,
        via="worker",
        pack_hash=site.pack.hash,
    )
    if not done:
        return None
    return Evaluated(transitions=len(noticed.transitions), levels=len(noticed.levels), messages=len(outgoing))


def _outgoing(site: Site, letters: Iterable[Letter], *, at: datetime, public_url: str) -> Iterator[Outgoing]:
    backdrop, now, file = None, site.now(), rules_of(site)
    for letter in letters:
        backdrop = backdrop or Backdrop.of(site, file, at, public_url=public_url)
        key = _key(site.pack.id, letter, at, now)
        yield Outgoing(
            channel=letter.channel,
            key=key,
            not_before=not_before(letter, file.quiet, now),
            notices=(backdrop.notice(letter, key),),
        )


def _key(pack: str, letter: Letter, at: datetime, now: datetime) -> str:
    """Return the key of a message: what is told, where, of when and when. Kept, it is the same at every attempt."""
    lines = [f"{one.rule}/{one.subject}/{one.news}/{one.level}/{one.since.isoformat()}" for one in letter.lines]
    said = "\n".join([pack, letter.channel, at.isoformat(), now.isoformat(), *lines])
    return hashlib.sha256(said.encode()).hexdigest()

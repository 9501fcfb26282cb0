"""Collecting: one source, once, from the question to the journal; and what a colleague's machine sends here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime

from iw_monitor.collect.fetching import Around, Held, hash_of
from iw_monitor.collect.http import BusyError
from iw_monitor.collect.kinds import fetch, parse, tables_of
from iw_monitor.collect.readings import Fetched, Parsed
from iw_monitor.collect.suggest import suggest
from iw_monitor.errors import CollectError, ConflictError, UnconfiguredError
from iw_monitor.model.collecting import ANSWERED, MOST_SEEN, FetchOutcome, SourceState
from iw_monitor.model.observation import Observation
from iw_monitor.model.pack.sources import Source
from iw_monitor.model.proposal import Proposal
from iw_monitor.service.codes import refused
from iw_monitor.service.site import Site
from iw_monitor.service.sources import is_sent, source_of
from iw_monitor.service.taking import Judged, for_a_person, judge, remembered, take
from iw_monitor.store.source_states import SourceStates

MOST_PUSHED = 8 * 2**20  # bytes of one sending


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """What came of one run. ``newest_at`` is when it was true, ``fetched_at`` when it was fetched: two clocks."""

    source: str
    outcome: FetchOutcome
    detail: str  # one sentence
    fetched_at: datetime
    newest_at: datetime | None = None
    rows: int = 0
    judged: tuple[Judged, ...] = ()
    accepted: tuple[Observation, ...] = ()
    proposed: tuple[Proposal, ...] = ()
    damage: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answer:
    """How a source answered, before anything is made of it."""

    outcome: FetchOutcome
    detail: str = ""
    fetched: Fetched | None = None
    parsed: Parsed = field(default_factory=Parsed)
    not_before: datetime | None = None


def _nothing(_: Collected) -> None:
    """Note nothing beside what was recorded."""


def collect(site: Site, name: str, *, now: datetime, around: Around, dry_run: bool = False) -> Collected:
    """Ask one source once, and record or propose what it says that is new.

    A source that does not answer, or with nothing, records nothing: its indicators age, visibly.

    Args:
        site: of the pack whose source it is.
        name: id of the source.
        now: nothing that was said later is used, whatever lies in a recorded file.
        around: what may be used for it.
        dry_run: write nothing, and remember nothing.

    Raises:
        InputError: the pack has no such source.
        StoreError: the journal cannot be written.
    """
    source = source_of(site, name)
    state = SourceStates(site.journal).get(site.pack.id, source.id)
    answer = _ask(source, state, around, now=now)
    return _conclude(site, source, answer, now=now, dry_run=dry_run)


def accept_pushed(
    site: Site, name: str, body: bytes, *, sender: str, now: datetime, note: Callable[[Collected], None] = _nothing
) -> Collected:
    """Take what somebody sent for a source that is sent here. Whoever calls has made sure of who the sender is.

    ``note`` is given what came of it and may write that down in the same transaction.

    Raises:
        InputError: the pack has no such source, or it is one that is asked; or too much was sent.
        StoreError: the journal cannot be written.
    """
    source = source_of(site, name)
    if not is_sent(source):
        problem = f"{source.id} is asked by this site, and takes nothing that is sent"
        raise refused("S117", "source", problem, remedy="Send it for a source of the kind webhook")
    if len(body) > MOST_PUSHED:
        raise refused("S118", "body", f"more than {MOST_PUSHED // 2**20} MiB were sent", remedy="Send it in parts")
    try:
        answer = _read(source, Fetched(parts=(body,)), Around(pack=site.loaded.folder), now=now)
    except CollectError as error:
        answer = _failed(error, now)
    return _conclude(site, source, answer, now=now, dry_run=False, sender=sender, note=note)


# --- Asking ---


def _ask(source: Source, state: SourceState | None, around: Around, *, now: datetime) -> _Answer:
    held = Held() if state is None else Held(etag=state.etag, last_modified=state.last_modified)
    try:
        fetched = fetch(source, held, around)
        same = fetched.unchanged or (state is not None and state.content_hash == hash_of(fetched.parts))
        if same:
            return _Answer(outcome=FetchOutcome.UNCHANGED, detail="nothing changed since the last time")
        return _read(source, fetched, around, now=now)
    except CollectError as error:
        return _failed(error, now)


def _read(source: Source, fetched: Fetched, around: Around, *, now: datetime) -> _Answer:
    """Return what the bytes say.

    Raises:
        CollectError: they are not what the source usually sends.
    """
    parsed = parse(fetched.parts, source, tables_of(source, around), now=now)
    if parsed.is_empty and parsed.damage:
        raise CollectError(f"nothing can be made out: {parsed.damage[0]}")
    if parsed.is_empty:
        waits = f"; {parsed.withheld} are too young to be used" if parsed.withheld else ""
        return _Answer(outcome=FetchOutcome.EMPTY, detail=f"it answered with nothing to use{waits}", parsed=parsed)
    return _Answer(outcome=FetchOutcome.UNCHANGED, fetched=fetched, parsed=parsed)


def _failed(error: CollectError, now: datetime) -> _Answer:
    if isinstance(error, UnconfiguredError):
        return _Answer(outcome=FetchOutcome.UNCONFIGURED, detail=str(error))
    wait = error.wait if isinstance(error, BusyError) else None
    return _Answer(outcome=FetchOutcome.FAILED, detail=str(error), not_before=now + wait if wait else None)


# --- Concluding ---


def _conclude(
    site: Site,
    source: Source,
    answer: _Answer,
    *,
    now: datetime,
    dry_run: bool,
    sender: str = "",
    note: Callable[[Collected], None] = _nothing,
) -> Collected:
    states = SourceStates(site.journal).all(site.pack.id)
    parsed = answer.parsed
    suggested = suggest(source, parsed)
    judged = judge(site, source, suggested, states=states, now=now, damage=parsed.damage) if suggested else ()
    if judged:
        answer = replace(answer, outcome=FetchOutcome.NEW)
    detail = answer.detail or _told(parsed, judged)
    answer = replace(answer, detail=f"{detail}; sent by {sender}" if sender else detail)
    found = Collected(
        source=source.id,
        outcome=answer.outcome,
        detail=answer.detail,
        fetched_at=now,
        newest_at=parsed.newest_at,
        rows=parsed.rows,
        judged=judged,
        damage=parsed.damage,
    )
    if dry_run:
        return found
    return _write(site, source, answer, found, before=states.get(source.id), note=note)


def _write(
    site: Site,
    source: Source,
    answer: _Answer,
    found: Collected,
    *,
    before: SourceState | None,
    note: Callable[[Collected], None],
) -> Collected:
    """Record, propose and remember in one transaction, so that a run that is killed is as if it had not begun."""
    now = found.fetched_at
    try:
        with site.journal.together():
            taken = take(site, source, found.judged, now=now)
            SourceStates(site.journal).put(_next_state(site, source, before, answer, found.judged, now=now))
            done = replace(found, accepted=taken.accepted, proposed=taken.proposed)
            note(done)
    except ConflictError:
        waiting = replace(found, judged=for_a_person(source, found.judged))
        return _write(site, source, answer, waiting, before=before, note=note)
    return done


def _told(parsed: Parsed, judged: tuple[Judged, ...]) -> str:
    if not judged:
        return "it says what it said before"
    return f"{parsed.rows} rows, {len(judged)} of them news" if not parsed.readings else f"{parsed.rows} rows"


def _next_state(
    site: Site,
    source: Source,
    before: SourceState | None,
    answer: _Answer,
    judged: tuple[Judged, ...],
    *,
    now: datetime,
) -> SourceState:
    base = before or SourceState(
        pack=site.pack.id, source=source.id, outcome=answer.outcome, detail=answer.detail, run_at=now
    )
    state = replace(
        base,
        outcome=answer.outcome,
        detail=answer.detail,
        run_at=now,
        failures=base.failures + 1 if answer.outcome is FetchOutcome.FAILED else 0,
        not_before=answer.not_before,
        said=remembered(judged, before, now=now),
        seen=(*base.seen, *(one.suggestion.key for one in judged if one.suggestion.level is None))[-MOST_SEEN:],
    )
    if answer.outcome in ANSWERED:
        newest = max((one for one in (base.newest_at, answer.parsed.newest_at) if one), default=None)
        state = replace(state, answered_at=now, newest_at=newest)
    if answer.fetched is not None and not answer.parsed.withheld:
        marks = answer.fetched
        state = replace(state, etag=marks.etag, last_modified=marks.last_modified, content_hash=hash_of(marks.parts))
    return state

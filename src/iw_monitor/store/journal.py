"""The journal as everyone else sees it. Every error of the database leaves here in plain words."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine

from iw_monitor.errors import BusyDatabaseError, CorruptDatabaseError
from iw_monitor.model.instants import as_utc, microseconds
from iw_monitor.model.observation import Observation, Retraction, Submission
from iw_monitor.model.running import Fence
from iw_monitor.store import lease_rows, reading, verify, writing
from iw_monitor.store.blocks import Blocks
from iw_monitor.store.chain import BEFORE_ALL, Entry
from iw_monitor.store.columns import Columns, read_columns
from iw_monitor.store.completing import complete
from iw_monitor.store.engine import WRITES, name_for_people, open_engine, read_url, sqlite_file
from iw_monitor.store.moving import MovedJournal, write_moved
from iw_monitor.store.opening import make_ready, refuse_unusable
from iw_monitor.store.place import place_warnings
from iw_monitor.store.prints import Booleans, Prints, among
from iw_monitor.store.staging import Staging
from iw_monitor.store.trouble import in_plain_words
from iw_monitor.store.used_file import UsedFile

__all__ = ["Entry", "Journal"]

_ENTRIES_AT_ONCE = 2_000
_PATIENCE = timedelta(seconds=10)  # how long to wait for another writer


class Journal:
    """Everything ever reported, in the order in which we learnt it. Append-only; safe to share between threads."""

    def __init__(self, url: str, engine: Engine, *, clock: Callable[[], datetime], patience: timedelta) -> None:
        """Use ``Journal.open``."""
        parsed = read_url(url)
        self.url = url
        self._engine, self._to_write = engine, engine.execution_options(**WRITES)
        weakref.finalize(self, engine.dispose)  # a journal that is dropped unclosed lets go of its file all the same
        self._clock = clock
        self._patience = patience
        self._file = sqlite_file(parsed)
        self.where = name_for_people(parsed)
        self.warnings = () if self._file is None else place_warnings(self._file)  # what is unwise about its place
        self._used = None if self._file is None else UsedFile(self._file)
        self._fence: Fence | None = None
        self._turn = threading.Lock()  # threads of one process take turns without polling the file's lock
        self._blocks: Blocks[tuple[Connection, writing.Tail]] = Blocks()

    @classmethod
    def open(
        cls, url: str, *, clock: Callable[[], datetime], read_only: bool = False, patience: timedelta = _PATIENCE
    ) -> Self:
        """Open a journal, creating it if there is none, and bring its tables up to date.

        Args:
            url: ``sqlite:////folder/journal.db``, ``sqlite://`` (in memory), or ``postgresql://…``.
            clock: says what time it is, aware.
            read_only: create and change nothing.
            patience: how long to wait for another writer.

        Raises:
            StoreError: it cannot be used; the message says why and what to do. Nothing was changed.
        """
        parsed = read_url(url)
        file = sqlite_file(parsed)
        if file is not None:
            refuse_unusable(file, read_only=read_only)
        journal = cls(url, open_engine(parsed, read_only=read_only, patience=patience), clock=clock, patience=patience)
        try:
            with in_plain_words(journal.where, file):
                make_ready(journal._engine, journal.where, file=file, read_only=read_only)
        except BaseException:
            journal.close()
            raise
        return journal

    @property
    def folder(self) -> Path | None:
        """Where its file lies; None for one in memory or on a server."""
        return None if self._file is None else self._file.parent

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def fenced(self, fence: Fence) -> Self:
        """Return the same journal for a worker: each write is refused once another worker has taken over.

        That is looked at inside the transaction of the write, so a worker that slept cannot slip through.
        """
        one = copy(self)
        one._fence, one._blocks = fence, Blocks()  # nothing is written into a block that has no fence
        return one

    # -- writing ----------------------------------------------------------------------------------------------------

    def append(
        self,
        submissions: Sequence[Submission],
        *,
        via: str,
        seen: Mapping[str, str | None] | None = None,
        new_only: bool = False,
        on_progress: Callable[[int], None] | None = None,
    ) -> tuple[Observation, ...]:
        """Record submissions: all or none, at one instant, which is the clock's but never before the last entry's.

        Args:
            submissions: what to record, in this order.
            via: the way in, such as ``cli`` or ``page``.
            seen: indicator to the id of the newest live observation that the author saw (None: there was none).
            new_only: leave out what the journal holds already, to the letter and not retracted.
            on_progress: told how many are written so far; must not use this journal.

        Raises:
            InputError: a submission says something of the future, or holds text that cannot be stored.
            ConflictError: somebody else recorded about an indicator of ``seen`` in between.
            StoreError: the database failed.
        """
        done: list[Observation] = []
        if not submissions:
            return ()
        with self._writing() as (connection, tail):
            packs = sorted({one.pack for one in submissions})
            writing.refuse_if_changed(connection, packs, seen or {})
            fresh = writing.not_yet_held(connection, submissions) if new_only else submissions
            for batch in writing.write_observations(connection, tail, fresh, via=via):
                done += batch
                if on_progress is not None:
                    on_progress(len(done))
        return tuple(done)

    def append_stream(
        self, submissions: Iterable[Submission], *, via: str, on_progress: Callable[[int], None] | None = None
    ) -> int:
        """Record as ``append`` does, however many, in flat memory, and return how many.

        Raises:
            InputError: as ``append``.
            StoreError: as ``append``.
        """
        count = 0
        with self._writing() as (connection, tail):
            for batch in writing.write_observations(connection, tail, submissions, via=via):
                count += len(batch)
                if on_progress is not None:
                    on_progress(count)
        return count

    def append_staged(
        self,
        staging: Staging,
        *,
        pack: str,
        leave: Booleans,
        since: int,
        via: str,
        on_progress: Callable[[int], None] | None = None,
    ) -> Booleans:
        """Record what was set aside and is not held yet, all or none, in flat memory.

        Args:
            staging: the submissions.
            pack: whose they are.
            leave: which of them to leave out.
            since: the journal's position from before ``leave`` was found: what was recorded since is looked at again,
                for the same may be coming in twice at this moment.
            via: as ``append``.
            on_progress: as ``append``.

        Returns:
            Which of them were left out.

        Raises:
            InputError: as ``append``.
            StoreError: as ``append``.
        """
        count = 0
        with self._writing() as (connection, tail):
            left = leave | among(staging.prints(), reading.prints(connection, pack, after=since))
            for size in writing.write_staged(connection, tail, staging.batches(left), via=via):
                count += size
                if on_progress is not None:
                    on_progress(count)
        return left

    def retract(self, observation: str, *, pack: str, reason: str, author: str, via: str) -> Retraction:
        """Record that a named person withdraws an observation. It stays in the journal.

        Raises:
            InputError: the pack has no such observation, it was retracted before, or reason or author is missing.
            StoreError: the database failed.
        """
        with self._writing() as (connection, tail):
            return writing.write_retraction(
                connection, tail, observation_id=observation, pack=pack, reason=reason, author=author, via=via
            )

    def take_over(self, moved: MovedJournal, *, on_progress: Callable[[int], None] | None = None) -> int:
        """Bring a whole other journal into this empty one, entry by entry as it stands, and return how many.

        Times, names, ids and hashes stay as they are; everything is verified before it counts. All or nothing.

        Raises:
            InputError: this journal is not empty, or what is brought is not a whole journal.
            StoreError: the database failed.
        """
        with self._writing() as (connection, tail):
            count = write_moved(connection, moved, now=as_utc(self._clock()), on_progress=on_progress)
            verify.verify(connection, self.where)
            tail.sequence, tail.hash = moved.head.entries, moved.head.hash
        return count

    def regrade(
        self, submission: Submission, *, replaces: str, reason: str, via: str
    ) -> tuple[Observation, Retraction]:
        """Record a report anew and withdraw the one it takes the place of: both or neither, by one person.

        Raises:
            InputError: as ``append`` and ``retract``; nothing was written then.
            StoreError: the database failed.
        """
        with self._writing() as (connection, tail):
            [[one]] = writing.write_observations(connection, tail, [submission], via=via)
            gone = writing.write_retraction(
                connection,
                tail,
                observation_id=replaces,
                pack=submission.pack,
                reason=reason,
                author=submission.author,
                via=via,
            )
        return one, gone

    # -- reading ----------------------------------------------------------------------------------------------------

    def position(self) -> int:
        """Return the sequence of the newest entry, 0 when empty: the key of everything cached."""
        with self._reading() as connection:
            return reading.position(connection)

    def end(self) -> datetime | None:
        """Return when the newest entry was recorded, or None; later than now if a clock was set back."""
        with self._reading() as connection:
            newest = reading.newest(connection)
        return None if newest is None else newest.recorded_at

    def head(self) -> tuple[int, str]:
        """Return sequence and hash of the newest entry. Who keeps them elsewhere can tell that nothing was cut off."""
        with self._reading() as connection:
            newest = reading.newest(connection)
        return (0, BEFORE_ALL) if newest is None else (newest.sequence, newest.hash)

    def observations(
        self,
        pack: str,
        *,
        indicator: str | None = None,
        ids: Collection[str] | None = None,
        newest: int | None = None,
    ) -> tuple[Observation, ...]:
        """Return observations in journal order, retracted ones too.

        Args:
            pack: its id.
            indicator: of this indicator only.
            ids: with these ids only; unknown ones are passed over.
            newest: only so many, those recorded last.
        """
        with self._reading() as connection:
            return reading.observations(connection, pack, indicator=indicator, ids=ids, newest=newest)

    def retractions(self, pack: str) -> tuple[Retraction, ...]:
        """Return all retractions of a pack, in journal order."""
        with self._reading() as connection:
            return reading.retractions(connection, pack)

    def columns(self, pack: str, *, after: int = 0) -> Columns:
        """Return all observations of a pack that stand after a place in the journal, as columns, fast."""
        with self._reading() as connection:
            return read_columns(connection, pack, after=after)

    def latest(self, pack: str, indicator: str) -> Observation | None:
        """Return the newest observed, not retracted observation (of equals, the newest recorded), or None."""
        with self._reading() as connection:
            return reading.latest(connection, pack, indicator)

    def acts(self, pack: str, indicator: str) -> tuple[Entry, ...]:
        """Return the entries that concern an indicator, observations and retractions, in journal order."""
        with self._reading() as connection:
            return reading.acts(connection, pack, indicator)

    def prints(self, pack: str) -> Prints:
        """Return the fingerprints of all observations of a pack that are not retracted, sorted, sixteen bytes each."""
        with self._reading() as connection:
            return reading.prints(connection, pack, after=0)

    def observed_between(self, pack: str, begin: datetime, end: datetime) -> Iterator[Observation]:
        """Give the observations that were true from one instant until before another and are not retracted."""
        after = 0
        while True:
            with self._reading() as connection:
                page = reading.observations_page(
                    connection,
                    pack,
                    begin=microseconds(begin),
                    end=microseconds(end),
                    after=after,
                    limit=_ENTRIES_AT_ONCE,
                )
            if not page:
                return
            yield from (one for _, one in page)
            after = page[-1][0]

    def entries(self, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        """Give every entry after a place, in order, up to what is the newest one when the first is asked for."""
        last = self.position()
        if limit is not None:
            last = min(last, after + limit)
        while after < last:
            with self._reading() as connection:
                page = reading.entries_page(connection, after=after, limit=min(_ENTRIES_AT_ONCE, last - after))
            if not page:
                return
            yield from page
            after = page[-1].sequence

    def verify(self) -> int:
        """Check the chain and the typed tables, and return how many entries were checked.

        Raises:
            BrokenChainError: an entry is not what was written; names the first one.
            CorruptDatabaseError: the file itself is damaged.
        """
        return self.verified_head()[0]

    def verified_head(self) -> tuple[int, str]:
        """Do the same, and return sequence and hash of the newest entry that was checked, though others may write."""
        with self._reading() as connection:
            return verify.verify(connection, self.where)

    # -- transactions -----------------------------------------------------------------------------------------------

    def _look_at_file(self) -> None:
        if self._used is not None:
            self._used.check(self.where)

    @contextmanager
    def _undamaged(self) -> Iterator[None]:
        """Use the database, in plain words; what was read of a damaged file is forgotten, for when it is mended."""
        try:
            with in_plain_words(self.where, self._file):
                yield
        except CorruptDatabaseError:
            if self._file is not None:
                self._engine.dispose()
            raise

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        self._look_at_file()
        with self._undamaged(), self._engine.connect() as connection:
            yield connection

    def together(self) -> AbstractContextManager[None]:
        """Make everything that this thread writes within a block one transaction: all of it or nothing.

        It begins with the first write. Until the end nothing of it can be read, by this thread either.
        """
        return self._blocks.block()

    def _writing(self) -> AbstractContextManager[tuple[Connection, writing.Tail]]:
        return self._blocks.entered(self._transaction)

    @contextmanager
    def _transaction(self) -> Iterator[tuple[Connection, writing.Tail]]:
        """Hold the write lock from before the clock is read until everything is on the disk; all of it or nothing."""
        if not self._turn.acquire(timeout=self._patience.total_seconds()):
            raise BusyDatabaseError(
                f"The journal {self.where} is busy: another write has been going on for too long. "
                "Nothing was written. Try again."
            )
        try:
            self._look_at_file()
            with self._undamaged(), self._connected_to_write() as connection:
                if self._fence is not None:
                    lease_rows.require(connection, self._fence)
                tail = writing.Tail.of(connection, as_utc(self._clock()))
                before = tail.sequence
                yield connection, tail
                complete(connection, tail, before=before, again=self._connected_to_write, where=self.where)
        finally:
            self._turn.release()

    def _connected_to_write(self) -> Connection:
        return self._to_write.connect()  # closed without a commit, it is rolled back

"""Snapshots as everyone else sees them: each an entry of the journal, with the hash of every file."""

from __future__ import annotations

from iw_monitor.model.snapshot import KeptSnapshot, SnapshotRecord
from iw_monitor.store.act_rows import entries_of, entry_of, write_act
from iw_monitor.store.journal import Journal
from iw_monitor.store.records import EntryKind
from iw_monitor.store.snapshot_records import said_of_snapshot, snapshot_from

_KINDS = frozenset({EntryKind.SNAPSHOT})


class SnapshotStore:
    """The kept snapshots of one journal. Safe to share between threads; writes take turns with the journal's."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal

    def keep(self, record: SnapshotRecord, *, pack: str, pack_hash: str, author: str, via: str) -> KeptSnapshot:
        """Record that a snapshot was made.

        Raises:
            InputError: it holds text that cannot be stored.
            StoreError: the database failed.
        """
        with self._journal._writing() as (connection, tail):
            row = write_act(
                connection,
                tail,
                EntryKind.SNAPSHOT,
                said_of_snapshot(record),
                pack=pack,
                author=author,
                via=via,
                pack_hash=pack_hash,
            )
        return snapshot_from(row)

    def all(self, pack: str) -> tuple[KeptSnapshot, ...]:
        """Return the snapshots of a pack, newest first."""
        with self._journal._reading() as connection:
            rows = entries_of(connection, pack, _KINDS)
        return tuple(snapshot_from(row) for row in reversed(rows))

    def find(self, pack: str, snapshot_id: str) -> KeptSnapshot | None:
        """Return the snapshot of this id, or None."""
        with self._journal._reading() as connection:
            row = entry_of(connection, pack, _KINDS, snapshot_id)
        return None if row is None else snapshot_from(row)

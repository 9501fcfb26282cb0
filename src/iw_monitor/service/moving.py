"""Moving a site to another database: the whole journal of every pack as one file, and that file into an empty one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TextIO

from iw_monitor.store.journal import Journal
from iw_monitor.store.moving import Head, MovedJournal, line_of


def export_journal(journal: Journal, target: TextIO) -> int:
    """Write every entry as it stands, with its hashes, and return how many. What is added meanwhile is left out.

    Raises:
        BrokenChainError: the journal is not what was written; a move would not mend it.
        StoreError: the journal cannot be read.
    """
    journal.verify()
    entries, newest = journal.head()
    target.write(f"{Head(entries=entries, hash=newest).line}\n")
    for one in journal.entries(limit=entries):
        target.write(f"{line_of(one)}\n")
    return entries


def export_journal_to(journal: Journal, path: Path) -> int:
    """Write every entry into a new file that only its owner may read; a part of one is not left behind.

    Raises:
        FileExistsError: there is such a file.
        StoreError: as ``export_journal``.
    """
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as target:
        try:
            return export_journal(journal, target)
        except BaseException:
            path.unlink()
            raise


def import_journal(
    journal: Journal, lines: Iterable[bytes], name: str, *, on_progress: Callable[[int], None] | None = None
) -> int:
    """Bring a whole journal into an empty one, all or nothing, and return how many entries.

    Raises:
        InputError: the journal is not empty, or the lines are not a whole journal.
        StoreError: the journal cannot be written; nothing was.
    """
    return journal.take_over(MovedJournal(lines, name), on_progress=on_progress)

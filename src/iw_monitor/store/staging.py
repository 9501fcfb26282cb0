"""Staging: many submissions on their way into the journal, made ready and set aside, so that memory stays flat."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import compress, islice
from tempfile import SpooledTemporaryFile, gettempdir
from typing import IO

from iw_monitor.errors import InputError, StoreError
from iw_monitor.model.observation import Submission
from iw_monitor.store.prints import PRINT_SIZE, Booleans, Prints, as_prints
from iw_monitor.store.records import Prepared, prepare
from iw_monitor.store.writing import BATCH, unstorable_findings

_IN_MEMORY = 1 << 23  # bytes; what is longer goes to a file that has no name


@contextmanager
def staged() -> Iterator[Staging]:
    """Open a place to set submissions aside, which is gone afterwards."""
    with SpooledTemporaryFile(_IN_MEMORY, prefix="iw-monitor-") as file:
        yield Staging(file)


class Staging:
    """Submissions of one pack in the order in which they are to be written; nothing of them is in the journal yet."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._packed = bytearray()
        self._batch: list[Prepared] = []

    def add(self, submission: Submission) -> Prepared:
        """Set one more aside.

        Raises:
            InputError: it holds text that cannot be stored.
            StoreError: there is no room to set it aside.
        """
        if findings := unstorable_findings(submission, row=len(self._packed) // PRINT_SIZE + 1):
            raise InputError(findings)
        one = prepare(submission)
        self._packed += bytes.fromhex(one.fingerprint)
        self._batch.append(one)
        if len(self._batch) == BATCH:
            self._set_aside()
        return one

    def prints(self) -> Prints:
        """Return the fingerprints of all of them, in order."""
        return as_prints(bytes(self._packed))

    def batches(self, leave: Booleans) -> Iterator[list[Prepared]]:
        """Give them in order, some at a time, but for those to leave out."""
        if self._batch:
            self._set_aside()
        self._file.seek(0)
        for start in range(0, len(leave), BATCH):
            heads = json.loads(next(self._file))
            rows = zip(heads, islice(self._file, len(heads)), strict=True)
            wanted = compress(rows, ~leave[start : start + BATCH])
            if batch := [Prepared._make((*head, body[:-1].decode())) for head, body in wanted]:
                yield batch

    def _set_aside(self) -> None:
        # Bodies are JSON of one line each, and most of what there is: they need no second coat of it.
        heads = json.dumps([one[:-1] for one in self._batch], ensure_ascii=False)
        lines = "\n".join([heads, *(one.body for one in self._batch), ""])
        try:
            self._file.write(lines.encode())
            self._file.flush()
        except OSError as error:
            raise StoreError(
                f"The rows cannot be set aside in {gettempdir()}: {error.strerror or error}. Nothing was written. "
                "Make room there, or name another folder in the environment as TMPDIR."
            ) from error
        self._batch.clear()

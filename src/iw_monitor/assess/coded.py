"""A column of texts that repeat, such as names: a small number a row, and what each number stands for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from iw_monitor.assess.compiled import Integers
from iw_monitor.assess.growing import grown

Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class Coded:
    """Texts, of which each row holds only the number. Every text is in some row."""

    numbers: Mapping[str, int]  # of each text, from 0 on in this order
    codes: Codes  # one a row

    def __len__(self) -> int:
        return len(self.codes)

    def __iter__(self) -> Iterator[str]:
        return map(list(self.numbers).__getitem__, self.codes.tolist())

    @classmethod
    def of(cls, texts: Iterable[str]) -> Coded:
        """Return texts as such a column."""
        numbers = numbering()
        codes = np.fromiter(map(numbers.__getitem__, texts), dtype=np.int32)
        return cls(dict(numbers), codes)

    def after(self, row: int) -> Coded:
        """Return the rows from one on, with their own numbers: what it costs hangs on how many these are."""
        if not row:
            return self
        texts = list(self.numbers)
        used, codes = np.unique(self.codes[row:], return_inverse=True)
        return Coded({texts[code]: number for number, code in enumerate(used.tolist())}, codes.astype(np.int32))

    def followed_by(self, newer: Coded) -> Coded:
        """Return these rows and then the newer ones."""
        new = [text for text in newer.numbers if text not in self.numbers]
        numbers = {**self.numbers, **dict(zip(new, count(len(self.numbers)), strict=False))} if new else self.numbers
        codes = np.array([numbers[text] for text in newer.numbers], dtype=np.int32)[newer.codes]
        return Coded(numbers, grown(self.codes, codes))

    def each(self, number_of: Callable[[str], int]) -> Integers:
        """Return for each row what a function says of its text, which is asked once a text."""
        return np.array([number_of(text) for text in self.numbers], dtype=np.int64)[self.codes]


def numbering() -> defaultdict[str, int]:
    """Return what numbers texts in the order in which they are first asked for."""
    return defaultdict(count().__next__)

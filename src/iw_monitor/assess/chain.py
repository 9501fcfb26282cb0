"""The chain of recommendations: what was recommended from when on, as a journal grows (METHOD 4.10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from iw_monitor.assess.compiled import Booleans, Floats, Integers, Levels
from iw_monitor.assess.growing import grown


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """What holds at T consecutive canonical instants, of P problems and R rules that set floors."""

    instants: Integers  # T, microseconds
    points: Floats  # T x P
    hold: Floats  # T x P: L_hold
    level: Levels  # T x P: of the instant (boundaries and floors)
    latched: Booleans  # T x R
    assessed: Booleans  # T x P: coverage suffices
    recommended: Levels  # T x P, 0 before the first assessment
    since: Integers  # T x P: when the recommendation last changed or began, 0 before

    def __len__(self) -> int:
        return len(self.instants)

    def columns(self) -> tuple[NDArray[Any], ...]:
        """Return all of it, in the order above."""
        return tuple(getattr(self, one.name) for one in fields(self))

    @classmethod
    def of(cls, columns: Sequence[NDArray[Any]]) -> Piece:
        """Return a piece of its columns, in the order above."""
        return cls(**{one.name: column for one, column in zip(fields(cls), columns, strict=True)})

    @classmethod
    def silent(cls, rows: int, *, problems: int, rules: int) -> Piece:
        """Return so many rows that say nothing, to be written to."""
        each = (rows, problems)
        return cls(
            instants=np.zeros(rows, dtype=np.int64),
            points=np.zeros(each),
            hold=np.zeros(each),
            level=np.zeros(each, dtype=np.int8),
            latched=np.zeros((rows, rules), dtype=bool),
            assessed=np.zeros(each, dtype=bool),
            recommended=np.zeros(each, dtype=np.int8),
            since=np.zeros(each, dtype=np.int64),
        )

    @classmethod
    def joined(cls, pieces: Sequence[Piece]) -> Piece:
        """Return several, one after the other."""
        return cls.of([np.concatenate(parts) for parts in zip(*(one.columns() for one in pieces), strict=True)])

    def rows(self, keep: slice) -> Piece:
        """Return some of the rows."""
        return Piece.of([column[keep] for column in self.columns()])

    def before(self, instant: int) -> Piece:
        """Return the rows of what is before an instant."""
        return self.rows(slice(int(np.searchsorted(self.instants, instant))))

    def followed_by(self, newer: Piece) -> Piece:
        """Return these rows and then the newer ones, at the cost of the newer ones."""
        return Piece.of([grown(*both) for both in zip(self.columns(), newer.columns(), strict=True)])


@dataclass(frozen=True, slots=True)
class Chain:
    """The recommendation from the first instant of the history on.

    The row of an instant depends only on what was known by then. So the chain of a journal that has grown begins with
    what was settled before, and only what lies ahead of it is concluded anew.
    """

    settled: Piece  # up to when something last came in
    ahead: Piece  # from then on, as if nothing came in any more

    @property
    def whole(self) -> Piece:
        """Both pieces as one. It costs as much as the chain is long."""
        return Piece.joined([self.settled, self.ahead])

    def before(self, instant: int) -> Piece:
        """Return the rows of what is before an instant."""
        ahead = self.ahead.before(instant)
        return self.settled.followed_by(ahead) if len(ahead) else self.settled.before(instant)

    def between(self, after: int, until: int) -> Integers:
        """Return the canonical instants after one instant, up to and including another."""
        found = []
        for one in (self.settled.instants, self.ahead.instants):
            first, end = np.searchsorted(one, (after, until), side="right").tolist()
            found.append(one[first:end])
        return np.concatenate(found)

    def at(self, instants: Integers) -> Piece:
        """Return the row in force at each instant, that of the last canonical one; a silent one before the first."""
        problems, rules = self.ahead.points.shape[1], self.ahead.latched.shape[1]
        found = Piece.silent(len(instants), problems=problems, rules=rules)
        for piece in (self.settled, self.ahead):
            row = np.searchsorted(piece.instants, instants, side="right") - 1
            begun = row >= 0
            for column, into in zip(piece.columns(), found.columns(), strict=True):
                into[begun] = column[row[begun]]
        return found

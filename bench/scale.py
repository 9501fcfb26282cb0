"""How much is measured: everything, or a short form that only keeps the benchmarks from rotting."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Sizes of one run."""

    rounds: int  # how often each way is measured
    observations: tuple[int, ...]  # of the score history
    decades: tuple[int, ...]  # of observations, for what must grow in proportion
    instants: tuple[int, ...]  # hours, likewise; the most of them are those of the score history
    journal: tuple[int, ...]  # rows, for what must not grow at all
    dense: tuple[int, ...]  # the same, where all rows are of the same years
    imported: int  # rows of the file that is imported, and of the journal that is opened cold
    shown: tuple[int, ...]  # older reports in the journal behind the pages
    watchers: int  # pages that are open at once
    watching: float  # seconds for which they only watch
    edits: int  # rounds of writing after that


FULL = Scale(
    rounds=7,
    observations=(1_000_000, 50_000_000),
    decades=(10_000, 100_000, 1_000_000, 10_000_000),
    instants=(44, 438, 4_382, 43_824),
    journal=(1_000, 10_000, 100_000, 1_000_000),
    dense=(1_000, 1_000_000),
    imported=1_000_000,
    shown=(0, 1_000_000),
    watchers=200,
    watching=180,
    edits=6,
)
SHORT = Scale(
    rounds=2,
    observations=(50_000,),
    decades=(1_000, 10_000, 100_000),
    instants=(4, 44, 438),
    journal=(1_000, 10_000),
    dense=(1_000, 10_000),
    imported=5_000,
    shown=(0,),
    watchers=20,
    watching=10,
    edits=1,
)

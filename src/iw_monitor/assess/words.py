"""Estimative words bound to numbers (METHOD §5; ICD 203)."""

from __future__ import annotations

from iw_monitor.model.pack import Pack, Words


def words_of(pack: Pack, probability: float) -> Words:
    """Return the word whose band holds a probability (0 to 1); a value on a boundary belongs to the upper band."""
    percent = 100 * probability
    return next(
        (one for one in reversed(pack.method.words) if percent >= one.from_percent - 1e-9), pack.method.words[0]
    )

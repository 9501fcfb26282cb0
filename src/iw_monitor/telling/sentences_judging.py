"""Sentences on how the warnings did: the same on the page and on the command line."""

from __future__ import annotations

from typing import Final

from iw_monitor.assess.scoring.scorecard import TrackBasis

_NONE: Final = "Nobody closed a past window by the last forecast, so there is no track record to score: {applied}. "
_APPLIED_TO_NOTHING: Final = "the gauge applies one, and so far it changes nothing"
_NOT_APPLIED: Final = "the gauge applies none, and it would change nothing"
_WITH: Final = (
    "Track record, with and without: named persons closed {windows}, and the gauge applies that. The model, its levels "
    'and its ablations are with it; "no track record" is the model without. '
)
_WITHOUT: Final = (
    "Track record, with and without: named persons closed {windows}, and the gauge applies no track record. The model, "
    'its levels and its ablations are without; "what if: with its track record" is what applying it would say. '
)
_WHAT_IF: Final = (
    '"What if: outcomes had closed every window" is no record of the gauge: nobody closed those windows, the outcomes '
    "that everything is scored by do, each at its end."
)


def track_basis(basis: TrackBasis) -> str:
    """Return what of a scorecard is with a track record and what without, and who closed its windows."""
    if not basis.windows:
        return _NONE.format(applied=_APPLIED_TO_NOTHING if basis.applied else _NOT_APPLIED) + _WHAT_IF
    windows = f"{basis.windows} window{'' if basis.windows == 1 else 's'}"
    return (_WITH if basis.applied else _WITHOUT).format(windows=windows) + _WHAT_IF

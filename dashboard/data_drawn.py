"""The part of the door that remembers what was drawn: who looks at the same in the same way gets the same text."""

from __future__ import annotations

from collections.abc import Callable, Hashable

from dashboard import data_sources
from dashboard.data import Look
from iw_monitor.service.memo import Memo

_DRAWN: Memo[str] = Memo(most=24)


def drawn(look: Look, part: str, make: Callable[[], str], *, by: Hashable = None) -> str:
    """Return a part of a page as escaped HTML, made once for everybody for whom it is the same.

    Args:
        look: what is looked at.
        part: the part's name.
        make: makes it of nothing but the look, its dead sources, and what ``by`` says.
        by: what else it depends on, such as a choice or the inks of the viewer's theme.
    """
    seen = (look.revision, look.at.as_of, look.moment, look.usual, look.is_beside_others)
    return _DRAWN.get((part, by, seen, data_sources.dead(look)), make)

"""What the address says: which pack and moment, which reading of "known", which problem or indicator. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from iw_monitor.model.instants import as_utc
from iw_monitor.model.observation import Known, parse_instant

AS_OF, KNOWN, PACK = "as_of", "known", "pack"
KEPT = (PACK, AS_OF, KNOWN)  # what is carried from page to page
HOME = "."  # the Watch page stands at the root of the site


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """The moment every page looks at. ``as_of`` is None for now; ``unreadable`` is what the address said instead."""

    as_of: datetime | None
    known: Known
    unreadable: str | None = None
    in_future: bool = False


def read_moment(query: Mapping[str, str], now: datetime, usual: Known) -> Moment:
    """Return the moment an address asks for; nonsense and the future fall back to now and say so."""
    known = _known(query.get(KNOWN, ""), usual)
    text = query.get(AS_OF, "").strip()
    if not text:
        return Moment(as_of=None, known=known)
    try:
        asked = parse_instant(text.replace(" ", "+"))  # an unescaped + of a zone arrives as a space
    except (ValueError, OverflowError):
        return Moment(as_of=None, known=known, unreadable=text)
    if asked > now:
        return Moment(as_of=None, known=known, unreadable=text, in_future=True)
    return Moment(as_of=asked, known=known)


def _known(text: str, usual: Known) -> Known:
    return Known(text) if text in tuple(Known) else usual


def write_instant(instant: datetime) -> str:
    """Return an instant as it stands in an address: ``2024-01-31T18:00Z``, with seconds only where there are some."""
    utc = as_utc(instant)
    exact = "minutes" if not (utc.second or utc.microsecond) else "auto"
    return utc.replace(tzinfo=None).isoformat(timespec=exact) + "Z"


def link(page: str, kept: Mapping[str, str], **params: str) -> str:
    """Return a relative link to a page that keeps the moment; ``page`` is its path, ``.`` for Watch."""
    query = urlencode({**kept, **params}, safe=":")
    return f"{page}?{query}" if query else page


def kept_params(moment: Moment, usual: Known) -> dict[str, str]:
    """Return what every link carries along: the moment, and the reading of "known" where it is not the usual one."""
    kept = {}
    if moment.as_of is not None:
        kept[AS_OF] = write_instant(moment.as_of)
    if moment.known is not usual:
        kept[KNOWN] = moment.known.value
    return kept

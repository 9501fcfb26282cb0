"""Writing HTML safely: everything that comes from a pack, a report or an address goes through ``esc``."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from iw_monitor.telling import formats

# From a Hebrew or Arabic letter to the last one before a letter of another script: a name with its marks and figures.
_RTL = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff"
RIGHT_TO_LEFT = re.compile(f"([{_RTL}](?:[^A-Za-z\u00c0-\u058f]*[{_RTL}])*)")
SAFE_SCHEMES = ("http", "https")


def esc(text: object) -> str:
    """Return text safe inside an element; a name written from right to left turns nothing that stands around it."""
    pieces = RIGHT_TO_LEFT.split(str(text))  # every second one runs from right to left
    return "".join(f"<bdi>{attr(one)}</bdi>" if place % 2 else attr(one) for place, one in enumerate(pieces))


def attr(text: object) -> str:
    """Return text safe inside a quoted attribute."""
    return html.escape(str(text), quote=True)


def plain(text: str) -> str:
    """Return text that Streamlit does not take for markup, where a widget shows it."""
    return "".join(f"\\{one}" if one in "\\`*_{}[]()#+-.!|$:<>~" else one for one in text)


def inner_link(href: str, label: str, css: str = "") -> str:
    """Return a link inside the dashboard that stays in the same tab; the label is escaped here."""
    return f'<a class="{attr(css)}" target="_self" href="{attr(href)}">{esc(label)}</a>'


def outer_link(url: str, label: str) -> str:
    """Return a link to a source in a new tab, or the bare label when the address is not http(s)."""
    try:
        safe = urlsplit(url.strip()).scheme.lower() in SAFE_SCHEMES
    except ValueError:
        safe = False
    if not safe:
        return esc(label)
    return f'<a href="{attr(url.strip())}" target="_blank" rel="noopener noreferrer nofollow">{esc(label)} ↗</a>'


def alarm(name: str, title: str, says: str, more: str = "") -> str:
    """Return a banner that must be seen; ``says`` and ``more``, which stands behind it, are HTML already."""
    return (
        f'<div class="iw iw-banner iw-broken" role="alert" data-{attr(name)}><b>{esc(title)}</b>'
        f"<span>{says}</span>{more}</div>"
    )


def aged(instant: datetime | None, now: datetime, zone: ZoneInfo) -> str:
    """Return a relative age whose tooltip says the exact time, in UTC and in the theatre."""
    if instant is None:
        return '<span class="iw-age">never</span>'
    exact = formats.both_times(instant, zone)
    return (
        f'<time class="iw-age" datetime="{instant.isoformat()}" title="{attr(exact)}">{esc(formats.age(instant, now))}'
        "</time>"
    )


def rows_table(
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    numeric: Collection[int] = (),
    wide_only: Collection[int] = (),
    stacked: bool = False,
) -> str:
    """Return a table of already escaped cells.

    Args:
        head: the columns' titles, escaped here; may be empty.
        rows: the cells, escaped by whoever made them.
        numeric: columns set flush right.
        wide_only: columns left out on a phone.
        stacked: on a phone each row becomes a block, its cells below one another under their titles.
    """

    def css(place: int) -> str:
        names = [name for name, chosen in (("iw-n", numeric), ("iw-wide", wide_only)) if place in chosen]
        return f' class="{" ".join(names)}"' if names else ""

    titles = [*head, *[""] * 20]
    body = "".join(
        "<tr>"
        + "".join(f'<td{css(n)} data-label="{attr(titles[n])}">{cell}</td>' for n, cell in enumerate(cells))
        + "</tr>"
        for cells in rows
    )
    # A column without a title has no header cell: a screen reader would announce an empty one.
    top = "".join(f"<th{css(n)}>{esc(one)}</th>" if one else f"<td{css(n)}></td>" for n, one in enumerate(head))
    kind = "iw-table iw-stack" if stacked else "iw-table"
    return (
        f'<div class="iw-scroll" tabindex="0"><table class="{kind}">'
        f"{f'<thead><tr>{top}</tr></thead>' if top else ''}<tbody>{body}</tbody></table></div>"
    )

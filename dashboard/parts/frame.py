"""What stands on every page: the banners, and the line that says what is watched, when, and how old the data are."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import data, texts
from dashboard.data import Look
from dashboard.parts import bell, pulse, who
from dashboard.parts.markup import aged, attr, esc, inner_link
from iw_monitor.errors import AccessDeniedError, Finding, IwError
from iw_monitor.model.instants import day_time_group
from iw_monitor.telling import formats
from iw_monitor.telling.sentences import KNOWN

MOST_FINDINGS = 5


def banners(look: Look, here: str, page_params: dict[str, str]) -> str:
    """Return every banner that applies, or nothing. ``here`` is the page's path, for the way back to now."""
    found = [
        _demo() if look.demo else "",
        bell.exercise(look),
        _as_of(look, here, page_params),
        _complaint(look),
        _broken(look.broken) if look.broken and look.guest is None else "",
        pulse.banner(look),
        pulse.clock(look),
    ]
    return "".join(one for one in found if one)


def _banner(css: str, title: str, body: str) -> str:
    return f'<div class="iw iw-banner iw-{css}" role="status"><b>{esc(title)}</b><span>{body}</span></div>'


def _demo() -> str:
    return _banner("demo", texts.DEMO, esc(texts.DEMO_SAYS))


def _as_of(look: Look, here: str, page_params: dict[str, str]) -> str:
    if look.moment.as_of is None:
        return ""
    moment = formats.both_times(look.moment.as_of, look.zone)
    says = texts.AS_OF_SAYS.format(moment=moment, known=KNOWN[look.known.value])
    back = inner_link(look.link_now(here, **page_params), texts.BACK_TO_NOW)
    return (
        f'<div class="iw iw-banner iw-asof" role="status" data-as-of="{attr(look.moment.as_of.isoformat())}">'
        f"<b>{esc(texts.AS_OF)} {esc(day_time_group(look.moment.as_of))}</b><span>{esc(says)}</span>{back}</div>"
    )


def _complaint(look: Look) -> str:
    text = look.moment.unreadable
    if text is None:
        return ""
    says = texts.AS_OF_FUTURE if look.moment.in_future else texts.AS_OF_UNREADABLE
    return _banner("note", texts.AS_OF, esc(says.format(text=text[:60])))


def _broken(findings: Iterable[Finding]) -> str:
    listed = list(findings)
    more = f"\n… {len(listed) - MOST_FINDINGS} more" if len(listed) > MOST_FINDINGS else ""
    lines = "\n".join(str(one) for one in listed[:MOST_FINDINGS]) + more
    return (
        f'<div class="iw iw-banner iw-broken" role="alert"><b>{esc(texts.BROKEN)}</b>'
        f"<span>{esc(texts.BROKEN_SAYS)}</span><code>{esc(lines)}</code></div>"
    )


def header(look: Look) -> str:
    """Return the line under the navigation: pack, handling mark, data age, worker, and both clocks."""
    file = look.pack.file
    newest = look.newest
    data = esc(texts.NO_DATA)
    if newest is not None:
        data = texts.DATA_AGE.format(age=aged(newest, look.at.as_of, look.zone))
    return (
        f'<div class="iw iw-head"><h1>{esc(file.title)}</h1><span class="iw-mark">{esc(file.handling)}</span>'
        f'<span class="iw-soft iw-small">{data}</span>{pulse.line()}'
        f"{'' if look.guest else bell.mark(look)}"
        f'<span class="iw-clock"><time datetime="{look.at.as_of.isoformat()}">{esc(day_time_group(look.at.as_of))}'
        "</time>"
        f" · {esc(formats.local_time(look.at.as_of, look.zone))}</span>{who.line(look)}</div>"
    )


def cannot_open(error: IwError, *, has_draft: bool = False) -> str:
    """Return what is shown when the pack or the journal cannot be opened: what is wrong and what to do."""
    if isinstance(error, AccessDeniedError):
        return who.denied(error)
    kept = f"<p>{esc(texts.CANNOT_OPEN_DRAFT)}</p>" if has_draft else ""
    return (
        f'<div class="iw iw-empty" role="alert"><div class="iw-title">{esc(texts.CANNOT_OPEN)}</div>'
        f"<p>{esc(texts.CANNOT_OPEN_SAYS)}</p>{kept}<code>{esc(data.told(error))}</code></div>"
    )
